// ResourceQuotas on their way into the store.
import type { ResourceQuota, ResourceQuotaSpec } from "../../cluster/api/types.gen.ts";
import { type FieldErrors, invalid } from "../../cluster/apimachinery/field.ts";
import { dns1123Subdomain } from "../../cluster/apimachinery/names.ts";
import type { Strategy } from "../../cluster/apiserver/strategy/strategy.ts";
import { deepEqual } from "../../cluster/sim/values.ts";
import { nanosOf } from "../pod/api-container-validation.ts";
import { countedResource } from "./api-usage.ts";

const CONFLICTING = [
  ["BestEffort", "NotBestEffort"],
  ["Terminating", "NotTerminating"],
] as const;
const SCOPES = [...CONFLICTING.flat(), "CrossNamespacePodAffinity", "PriorityClass", "VolumeAttributesClass"];
const AMOUNTS = /^(?:requests\.|limits\.)?(?:cpu|memory|ephemeral-storage|storage)$|^hugepages-|\/requests\.storage$/;

// Models kubernetes/pkg/apis/core/helper standardQuotaResources
const STANDARD =
  /^(?:(?:requests\.|limits\.)?(?:cpu|memory|ephemeral-storage)|requests\.storage|(?:requests\.)?hugepages-.+|services(?:\.nodeports|\.loadbalancers)?|configmaps|persistentvolumeclaims|pods|replicationcontrollers|resourcequotas|secrets)$/;

/** ResourceQuotas. */
export const quota: Strategy<ResourceQuota> = {
  checkName: dns1123Subdomain,
  validate: validateQuota,
  // Models kubernetes/pkg/apis/core/validation ValidateResourceQuotaUpdate
  validateUpdate(object, old) {
    const [scopes, before] = [object, old].map(({ spec }) => [...new Set(spec?.scopes)].sort());
    const isKept = deepEqual(scopes, before);
    return [
      ...validateQuota(object),
      ...(isKept ? [] : [invalid("spec.scopes", object.spec?.scopes ?? null, "field is immutable")]),
    ];
  },
};

// Models kubernetes/pkg/apis/core/validation ValidateResourceQuotaSpec
function validateQuota({ spec = {} }: ResourceQuota): FieldErrors {
  const errors: FieldErrors = [];
  for (const [name, amount] of Object.entries(spec.hard ?? {})) {
    const field = `spec.hard[${name}]`;
    const nanos = nanosOf(amount);
    if (!name.includes("/") && !STANDARD.test(name))
      errors.push(invalid(field, name, "must be a standard resource for quota"));
    if (nanos < 0n) errors.push(invalid(field, amount, "must be greater than or equal to 0"));
    const isCount = !AMOUNTS.test(name) && !name.startsWith("requests.");
    if (isCount && nanos % 1_000_000_000n !== 0n) errors.push(invalid(field, amount, "must be an integer"));
  }
  return [...errors, ...validateScopes(spec)];
}

// Models kubernetes/pkg/apis/core/validation validateResourceQuotaScopes
function validateScopes({ scopes = [], hard = {} }: ResourceQuotaSpec): FieldErrors {
  const errors: FieldErrors = [];
  const complain = (detail: string) => errors.push(invalid("spec.scopes", scopes, detail));
  for (const scope of scopes) {
    if (!SCOPES.includes(scope)) complain("unsupported scope");
    for (const name of Object.keys(hard)) {
      const isOfPods = name.includes("/") || (countedResource(name) === "pods" && SCOPES.includes(scope));
      if (!isOfPods || (scope === "BestEffort" && !name.includes("/") && name !== "pods"))
        complain("unsupported scope applied to resource");
    }
  }
  for (const pair of CONFLICTING) if (pair.every((scope) => scopes.includes(scope))) complain("conflicting scopes");
  return errors;
}
