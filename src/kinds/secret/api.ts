// Secrets on their way into the store: stringData becomes data.
import type { Secret } from "../../cluster/api/types.gen.ts";
import { ServiceAccountNameKey } from "../../cluster/api/well-known.ts";
import { decodeBase64, encodeBase64 } from "../../cluster/apimachinery/base64.ts";
import { type FieldErrors, forbidden, invalid, invalidEach, required } from "../../cluster/apimachinery/field.ts";
import { unchanged } from "../../cluster/apimachinery/metadata.ts";
import { configMapKey, dns1123Subdomain } from "../../cluster/apimachinery/names.ts";
import type { Strategy } from "../../cluster/apiserver/strategy/strategy.ts";
import { deepEqual, own } from "../../cluster/sim/values.ts";

const MOST_BYTES = 1048576;
const FROZEN = "field is immutable when `immutable` is set";

/** Keys that a type of Secret must have. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  "kubernetes.io/dockercfg": [".dockercfg"],
  "kubernetes.io/dockerconfigjson": [".dockerconfigjson"],
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

function validate({ data = {}, type = "", metadata }: Secret): FieldErrors {
  const errors = Object.keys(data).flatMap((key) => invalidEach(`data[${key}]`, key, configMapKey(key)));
  const size = Object.values(data).reduce((sum, value) => sum + Math.floor((value.length * 3) / 4), 0);
  if (size > MOST_BYTES)
    errors.push({ type: "Too long", field: "data", detail: `may not be more than ${MOST_BYTES} bytes` });
  for (const key of own(KEYS, type) ?? []) {
    const value = own(data, key);
    if (value === undefined) errors.push(required(`data[${key}]`));
    else if (key.startsWith(".docker")) errors.push(...validateJson(value, `data[${key}]`));
  }
  if (type === "kubernetes.io/ssh-auth" && (data["ssh-privatekey"] ?? "") === "")
    errors.push(required("data[ssh-privatekey]"));
  if (type === "kubernetes.io/service-account-token" && (metadata.annotations?.[ServiceAccountNameKey] ?? "") === "")
    errors.push(required(`metadata.annotations[${ServiceAccountNameKey}]`));
  if (type === "kubernetes.io/basic-auth" && data.username === undefined && data.password === undefined)
    errors.push(required("data[username]"), required("data[password]"));
  return errors;
}

/** That a value is a JSON object, in Go's words for the commonest mistakes. */
function validateJson(value: string, at: string): FieldErrors {
  const text = decodeBase64(value).trim();
  const refuse = (why: string) => [invalid(at, "<secret contents redacted>", why)];
  const [first = ""] = text;
  if (!/["[{\d-]/.test(first) && first !== "")
    return refuse(`invalid character '${first}' looking for beginning of value`);
  try {
    const json: unknown = JSON.parse(text);
    if (typeof json === "object" && !Array.isArray(json)) return [];
    const kind = Array.isArray(json) ? "array" : typeof json;
    return refuse(`json: cannot unmarshal ${kind} into Go value of type map[string]interface {}`);
  } catch {
    return refuse("unexpected end of JSON input");
  }
}
