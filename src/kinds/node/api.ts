// Nodes on their way into the store.
import type { Node } from "../../cluster/api/types.gen.ts";
import { TaintNodeNotReady } from "../../cluster/api/well-known.ts";
import {
  duplicate,
  type FieldErrors,
  forbidden,
  invalid,
  invalidEach,
  notSupported,
  required,
} from "../../cluster/apimachinery/field.ts";
import { dns1123Subdomain, labelValue, qualifiedName } from "../../cluster/apimachinery/names.ts";
import type { Strategy } from "../../cluster/apiserver/strategy/strategy.ts";
import { deepEqual } from "../../cluster/sim/values.ts";
import { EFFECTS } from "../pod/api-affinity-validation.ts";

/** Nodes: made by kubelets, changed by cordon, taint and label. */
// Models kubernetes/pkg/registry/core/node
export const node: Strategy<Node> = {
  checkName: dns1123Subdomain,
  selectableFields: ["spec.unschedulable"],
  keepsStatus: true,
  admit(object, old) {
    if (old === undefined && !isReady(object)) taintNotReady(object);
  },
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

function isReady({ status }: Node): boolean {
  return status?.conditions?.some((each) => each.type === "Ready" && each.status === "True") === true;
}

/** A new node takes no pods before it is ready, which kubelets here are when they register. Spec: [NODE-16]. */
// Models kubernetes/plugin/pkg/admission/nodetaint
function taintNotReady(object: Node): void {
  const { taints = [] } = object.spec ?? {};
  const taint = { key: TaintNodeNotReady, effect: "NoSchedule" };
  if (taints.some(({ key, effect }) => key === taint.key && effect === taint.effect)) return;
  object.spec = { ...object.spec, taints: [...taints, taint] };
}

// Models kubernetes/pkg/apis/core/validation validateNodeTaints, which is given the path of the metadata
function validateTaints({ spec }: Node): FieldErrors {
  const seen = new Set<string>();
  return (spec?.taints ?? []).flatMap(({ key, value = "", effect, timeAdded }, i) => {
    const at = `metadata.taints[${i}]`;
    const errors = invalidEach(`${at}.key`, key, qualifiedName(key));
    const reasons = labelValue(value);
    if (reasons.length > 0) errors.push(invalid(`${at}.value`, value, reasons.join(";")));
    if (effect === "") errors.push(required(`${at}.effect`));
    else if (!EFFECTS.includes(effect)) errors.push(notSupported(`${at}.effect`, effect, EFFECTS));
    const taint = { Key: key, Value: value, Effect: effect, TimeAdded: timeAdded ?? null };
    if (seen.has(`${key}:${effect}`))
      errors.push({ ...duplicate(at, taint), detail: "taints must be unique by key and effect pair" });
    seen.add(`${key}:${effect}`);
    return errors;
  });
}
