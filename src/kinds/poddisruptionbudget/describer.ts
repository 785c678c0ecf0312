// kubectl describe poddisruptionbudget.
import type { PodDisruptionBudget } from "../../cluster/index.ts";
import { type Describers, describer, writeEvents } from "../../kubectl/describe/describer.ts";
import { formatLabelSelector } from "../../kubectl/text.ts";

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/describe describePodDisruptionBudgetV1
const describePodDisruptionBudget = describer<PodDisruptionBudget>((page, budget, context) => {
  const { metadata, spec, status } = budget;
  page.field("Name", metadata.name);
  page.field("Namespace", metadata.namespace);
  if (spec?.minAvailable !== undefined) page.field("Min available", spec.minAvailable);
  else if (spec?.maxUnavailable !== undefined) page.field("Max unavailable", spec.maxUnavailable);
  page.field("Selector", spec?.selector === undefined ? "<unset>" : formatLabelSelector(spec.selector));
  page.line(0, "Status:");
  page.field("Allowed disruptions", status?.disruptionsAllowed ?? 0, 2);
  page.field("Current", status?.currentHealthy ?? 0, 2);
  page.field("Desired", status?.desiredHealthy ?? 0, 2);
  page.field("Total", status?.expectedPods ?? 0, 2);
  writeEvents(page, budget, context);
});

export const describers: Describers = { "poddisruptionbudgets.policy": describePodDisruptionBudget };
