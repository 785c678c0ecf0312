// Secrets on their way into the store: stringData becomes data.
import type { Secret } from "../../api/types.gen.ts";
import { encodeBase64 } from "../../apimachinery/base64.ts";
import { type FieldErrors, forbidden, invalidEach, required } from "../../apimachinery/field.ts";
import { unchanged } from "../../apimachinery/metadata.ts";
import { configMapKey, dns1123Subdomain } from "../../apimachinery/names.ts";
import { deepEqual } from "../../sim/values.ts";
import type { Strategy } from "./strategy.ts";

const MOST_BYTES = 1048576;
const FROZEN = "field is immutable when `immutable` is set";

/** Keys that a type of Secret must have. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  "kubernetes.io/dockercfg": [".dockercfg"],
  "kubernetes.io/dockerconfigjson": [".dockerconfigjson"],
  "kubernetes.io/ssh-auth": ["ssh-privatekey"],
  "kubernetes.io/tls": ["tls.crt", "tls.key"],
};

/** Secrets. */
// Models kubernetes/pkg/apis/core/validation ValidateSecret
export const secret: Strategy<Secret> = {
  checkName: dns1123Subdomain,
  selectableFields: ["type"],
  setDefaults(object) {
    const texts = Object.entries(object.stringData ?? {});
    if (texts.length > 0)
      object.data = { ...object.data, ...Object.fromEntries(texts.map(([key, text]) => [key, encodeBase64(text)])) };
    delete object.stringData;
    if ((object.type ?? "") === "") object.type = "Opaque";
  },
  validate,
  validateUpdate(object, old) {
    const errors = unchanged("type", object.type, old.type);
    if (old.immutable === true) {
      if (object.immutable !== true) errors.push(forbidden("immutable", FROZEN));
      if (!deepEqual(object.data ?? {}, old.data ?? {})) errors.push(forbidden("data", FROZEN));
    }
    return [...errors, ...validate(object)];
  },
};

function validate({ data = {}, type = "" }: Secret): FieldErrors {
  const errors = Object.keys(data).flatMap((key) => invalidEach(`data[${key}]`, key, configMapKey(key)));
  const size = Object.values(data).reduce((sum, value) => sum + Math.floor((value.length * 3) / 4), 0);
  if (size > MOST_BYTES)
    errors.push({ type: "Too long", field: "data", detail: `may not be more than ${MOST_BYTES} bytes` });
  for (const key of KEYS[type] ?? []) if (data[key] === undefined) errors.push(required(`data[${key}]`));
  if (type === "kubernetes.io/basic-auth" && data.username === undefined && data.password === undefined)
    errors.push(required("data[username]"), required("data[password]"));
  return errors;
}
