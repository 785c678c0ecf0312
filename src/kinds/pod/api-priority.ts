// The priority of a pod: the number of its priority class.
import type { Pod, PodSpec, PriorityClass } from "../../cluster/api/types.gen.ts";
import { forbiddenObject } from "../../cluster/apimachinery/errors.ts";
import type { StrategyContext } from "../../cluster/apiserver/strategy/strategy.ts";
import { own } from "../../cluster/sim/values.ts";

const BUILT_IN: Readonly<Record<string, number>> = {
  "system-cluster-critical": 2_000_000_000,
  "system-node-critical": 2_000_001_000,
};

/** Sets priority and preemption policy of a new pod. @throws StatusError Forbidden for a class that is not there. */
// Models kubernetes/plugin/pkg/admission/priority
export function setPodPriority(object: Pod, spec: PodSpec, context: StrategyContext): void {
  const asked = spec.priorityClassName ?? "";
  const found = asked === "" ? defaultClass(context) : classNamed(asked, context);
  if (asked !== "" && found === undefined)
    throw forbiddenObject("pods", object.metadata, `no PriorityClass with name ${asked} was found`);
  const value = found?.value ?? 0;
  if (spec.priority !== undefined && spec.priority !== value) {
    const why = `the integer value of priority (${spec.priority}) must not be provided in pod spec; priority admission controller computed ${value} from the given PriorityClass name`;
    throw forbiddenObject("pods", object.metadata, why);
  }
  spec.priority = value;
  if (found?.metadata.name !== undefined) spec.priorityClassName = found.metadata.name;
  spec.preemptionPolicy ??= found?.preemptionPolicy ?? "PreemptLowerPriority";
}

type FoundClass = Pick<PriorityClass, "metadata" | "value" | "preemptionPolicy">;

function classNamed(name: string, context: StrategyContext): FoundClass | undefined {
  const value = own(BUILT_IN, name);
  if (value !== undefined) return { metadata: { name }, value };
  return context.find("priorityclasses.scheduling.k8s.io", undefined, name) as PriorityClass | undefined; // of its kind
}

/** Of several default classes the one with the lowest number counts. */
function defaultClass(context: StrategyContext): FoundClass | undefined {
  const classes = context.all("priorityclasses.scheduling.k8s.io") as PriorityClass[]; // of its kind
  const defaults = classes.filter(({ globalDefault }) => globalDefault === true);
  return defaults.sort((a, b) => (a.value ?? 0) - (b.value ?? 0))[0];
}
