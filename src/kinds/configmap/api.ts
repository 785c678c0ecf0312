// ConfigMaps on their way into the store.
import type { ConfigMap } from "../../cluster/api/types.gen.ts";
import { type FieldErrors, forbidden, invalid, invalidEach } from "../../cluster/apimachinery/field.ts";
import { utf8Length } from "../../cluster/apimachinery/metadata.ts";
import { configMapKey, dns1123Subdomain } from "../../cluster/apimachinery/names.ts";
import type { Strategy } from "../../cluster/apiserver/strategy/strategy.ts";
import { deepEqual, own } from "../../cluster/sim/values.ts";

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
    if (own(binaryData, key) !== undefined)
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
