// The table of PodDisruptionBudgets.
import type { PodDisruptionBudget } from "../../cluster/index.ts";
import { ageOf } from "../../kubectl/duration.ts";
import { type Printers, printer } from "../../kubectl/printers/printer.ts";

// Models kubernetes/pkg/printers/internalversion printPodDisruptionBudget
const podDisruptionBudgetPrinter = printer<PodDisruptionBudget>(
  ["NAME", "MIN AVAILABLE", "MAX UNAVAILABLE", "ALLOWED DISRUPTIONS", "AGE"],
  ({ metadata, spec, status }, { now }) => [
    metadata.name,
    spec?.minAvailable ?? "N/A",
    spec?.maxUnavailable ?? "N/A",
    status?.disruptionsAllowed ?? 0,
    ageOf(metadata.creationTimestamp, now),
  ],
);

export const printers: Printers = { "poddisruptionbudgets.policy": podDisruptionBudgetPrinter };
