// Nodes on their way into the store.
import type { Node } from "../../api/types.gen.ts";
import { type FieldErrors, forbidden, required } from "../../apimachinery/field.ts";
import { dns1123Subdomain } from "../../apimachinery/names.ts";
import { deepEqual } from "../../sim/values.ts";
import type { Strategy } from "./strategy.ts";

/** Nodes: made by kubelets, changed by cordon, taint and label. */
// Models kubernetes/pkg/registry/core/node
export const node: Strategy<Node> = {
  checkName: dns1123Subdomain,
  selectableFields: ["spec.unschedulable"],
  prepareForCreate(object) {
    object.spec ??= {};
    object.status ??= {};
  },
  validate: validateTaints,
  validateUpdate(object, old) {
    const errors = validateTaints(object);
    const { podCIDR } = old.spec ?? {};
    if (podCIDR !== undefined && !deepEqual(object.spec?.podCIDRs ?? [], old.spec?.podCIDRs ?? []))
      errors.push(forbidden("spec.podCIDRs", 'node updates may not change podCIDR except from "" to valid'));
    return errors;
  },
};

function validateTaints({ spec }: Node): FieldErrors {
  const seen = new Set<string>();
  return (spec?.taints ?? []).flatMap(({ key, effect }, i) => {
    const at = `spec.taints[${i}]`;
    const errors: FieldErrors = [];
    if (key === "") errors.push(required(`${at}.key`));
    if (!["NoSchedule", "PreferNoSchedule", "NoExecute"].includes(effect))
      errors.push({
        type: effect === "" ? "Required value" : "Unsupported value",
        field: `${at}.effect`,
        value: effect,
        detail: effect === "" ? "" : 'supported values: "NoExecute", "NoSchedule", "PreferNoSchedule"',
      });
    if (seen.has(`${key}:${effect}`))
      errors.push({
        type: "Duplicate value",
        field: at,
        value: spec?.taints?.[i],
        detail: "taints must be unique by key and effect pair",
      });
    seen.add(`${key}:${effect}`);
    return errors;
  });
}
