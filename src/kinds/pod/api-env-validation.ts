// What the environment of a container must be: the field errors, in the API server's order.
import type { Container, EnvVar, EnvVarSource, ObjectFieldSelector } from "../../cluster/api/types.gen.ts";
import { type FieldErrors, invalid, invalidEach, notSupported, required } from "../../cluster/apimachinery/field.ts";
import { configMapKey, dns1123Subdomain, envVarName, qualifiedName } from "../../cluster/apimachinery/names.ts";

/** Fields of a pod that variables may take their values from. */
const ENV_FIELDS = [
  "metadata.name",
  "metadata.namespace",
  "metadata.uid",
  "spec.nodeName",
  "spec.serviceAccountName",
  "status.hostIP",
  "status.hostIPs",
  "status.podIP",
  "status.podIPs",
];
/** Fields of a pod that files may. */
export const FILE_FIELDS: readonly string[] = [
  "metadata.annotations",
  "metadata.labels",
  "metadata.name",
  "metadata.namespace",
  "metadata.uid",
];
const OTHER_FIELDS = ["spec.restartPolicy", "spec.schedulerName", "status.phase"];
const RESOURCES = ["limits", "requests"].flatMap((list) =>
  ["cpu", "ephemeral-storage", "memory"].map((name) => `${list}.${name}`),
);

/** The variables of a container under `path`. */
// Models kubernetes/pkg/apis/core/validation ValidateEnv
export function validateEnv(env: readonly EnvVar[], path: string): FieldErrors {
  return env.flatMap(({ name, value = "", valueFrom }, i) => {
    const at = `${path}[${i}]`;
    const errors = name === "" ? [required(`${at}.name`)] : invalidEach(`${at}.name`, name, envVarName(name));
    return valueFrom === undefined ? errors : [...errors, ...validateSource(valueFrom, value, `${at}.valueFrom`)];
  });
}

function validateSource(source: EnvVarSource, value: string, at: string): FieldErrors {
  const { fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef } = source;
  const errors = fieldRef === undefined ? [] : validateFieldRef(fieldRef, ENV_FIELDS, `${at}.fieldRef`);
  if (resourceFieldRef !== undefined)
    errors.push(...validateResourceField(resourceFieldRef.resource, `${at}.resourceFieldRef`));
  if (configMapKeyRef !== undefined) errors.push(...validateKeyRef(configMapKeyRef, `${at}.configMapKeyRef`));
  if (secretKeyRef !== undefined) errors.push(...validateKeyRef(secretKeyRef, `${at}.secretKeyRef`));
  const count = Object.values(source).filter((each) => each !== undefined).length;
  if (count === 0) return [...errors, invalid(at, "", NO_SOURCE)];
  if (value !== "") return [...errors, invalid(at, "", "may not be specified when `value` is not empty")];
  return count > 1 ? [...errors, invalid(at, "", "may not have more than one field specified at a time")] : errors;
}

const NO_SOURCE =
  "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`";

function validateKeyRef({ name = "", key }: { readonly name?: string | undefined; readonly key: string }, at: string) {
  const errors = invalidEach(`${at}.name`, name, dns1123Subdomain(name));
  return [...errors, ...(key === "" ? [required(`${at}.key`)] : invalidEach(`${at}.key`, key, configMapKey(key)))];
}

/** A field of the pod, by its path. */
// Models kubernetes/pkg/apis/core/validation validateObjectFieldSelector
export function validateFieldRef(
  { apiVersion = "", fieldPath }: ObjectFieldSelector,
  fields: readonly string[],
  at: string,
): FieldErrors {
  if (apiVersion === "") return [required(`${at}.apiVersion`)];
  if (fieldPath === "") return [required(`${at}.fieldPath`)];
  const refuse = (why: string) => [invalid(`${at}.fieldPath`, fieldPath, `error converting fieldPath: ${why}`)];
  if (apiVersion !== "v1") return refuse(`unsupported pod version: ${apiVersion}`);
  const subscript = /^([^[]+)\['(.*)'\]$/.exec(fieldPath);
  if (subscript !== null) {
    const [, path = "", key = ""] = subscript;
    if (path === "metadata.annotations") return invalidEach(at, key.toLowerCase(), qualifiedName(key.toLowerCase()));
    if (path === "metadata.labels") return invalidEach(at, key, qualifiedName(key));
    return refuse(`field label does not support subscript: ${fieldPath}`);
  }
  if (fields.includes(fieldPath) || fieldPath === "spec.host") return [];
  if (![...ENV_FIELDS, ...FILE_FIELDS, ...OTHER_FIELDS].includes(fieldPath))
    return refuse(`field label not supported: ${fieldPath}`);
  return [notSupported(`${at}.fieldPath`, fieldPath, fields)];
}

/** A request or limit of a container, by its path. */
// Models kubernetes/pkg/apis/core/validation validateContainerResourceFieldSelector
export function validateResourceField(resource: string, at: string): FieldErrors {
  if (resource === "") return [required(`${at}.resource`)];
  if (RESOURCES.includes(resource) || /^(?:limits|requests)\.hugepages-/.test(resource)) return [];
  return [notSupported(`${at}.resource`, resource, RESOURCES)];
}

/** The sources of many variables under `path`, where missing ones are reported. */
// Models kubernetes/pkg/apis/core/validation ValidateEnvFrom
export function validateEnvFrom(container: Container, path: string): FieldErrors {
  return (container.envFrom ?? []).flatMap(({ prefix = "", configMapRef, secretRef }, i) => {
    const errors = prefix === "" ? [] : invalidEach(`${path}[${i}].prefix`, prefix, envVarName(prefix));
    for (const [kind, reference] of Object.entries({ configMapRef, secretRef })) {
      if (reference === undefined) continue;
      const { name = "" } = reference;
      const at = `${path}[${i}].${kind}.name`;
      errors.push(...(name === "" ? [required(at)] : invalidEach(at, name, dns1123Subdomain(name))));
    }
    if (configMapRef === undefined && secretRef === undefined)
      errors.push(invalid(path, "", "must specify one of: `configMapRef` or `secretRef`"));
    else if (configMapRef !== undefined && secretRef !== undefined)
      errors.push(invalid(path, "", "may not have more than one field specified at a time"));
    return errors;
  });
}
