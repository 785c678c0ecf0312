// ConfigMaps on their way into the store.
import type { ConfigMap } from "../../api/types.gen.ts";
import { type FieldErrors, forbidden, invalid, invalidEach } from "../../apimachinery/field.ts";
import { utf8Length } from "../../apimachinery/metadata.ts";
import { configMapKey, dns1123Subdomain } from "../../apimachinery/names.ts";
import { deepEqual } from "../../sim/values.ts";
import type { Strategy } from "./strategy.ts";

const MOST_BYTES = 1048576;
const FROZEN = "field is immutable when `immutable` is set";

/** ConfigMaps. */
// Models kubernetes/pkg/apis/core/validation ValidateConfigMap
export const configmap: Strategy<ConfigMap> = {
  checkName: dns1123Subdomain,
  validate,
  validateUpdate(object, old) {
    const errors: FieldErrors = [];
    if (old.immutable === true) {
      if (object.immutable !== true) errors.push(forbidden("immutable", FROZEN));
      if (!deepEqual(object.data ?? {}, old.data ?? {})) errors.push(forbidden("data", FROZEN));
      if (!deepEqual(object.binaryData ?? {}, old.binaryData ?? {})) errors.push(forbidden("binaryData", FROZEN));
    }
    return [...errors, ...validate(object)];
  },
};

function validate({ data = {}, binaryData = {} }: ConfigMap): FieldErrors {
  const errors: FieldErrors = [];
  let size = 0;
  for (const [key, value] of Object.entries(data)) {
    errors.push(...invalidEach(`data[${key}]`, key, configMapKey(key)));
    if (binaryData[key] !== undefined)
      errors.push(invalid(`data[${key}]`, key, "duplicate of key present in binaryData"));
    size += utf8Length(value);
  }
  for (const [key, value] of Object.entries(binaryData)) {
    errors.push(...invalidEach(`binaryData[${key}]`, key, configMapKey(key)));
    size += Math.floor((value.length * 3) / 4);
  }
  if (size > MOST_BYTES)
    errors.push({ type: "Too long", field: "", detail: `may not be more than ${MOST_BYTES} bytes` });
  return errors;
}
