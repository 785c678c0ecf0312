// The table of StatefulSets.
import type { StatefulSet } from "../../cluster/index.ts";
import { ageOf } from "../../kubectl/duration.ts";
import { type Printers, printer } from "../../kubectl/printers/printer.ts";
import { containerCells, TEMPLATE } from "../../kubectl/printers/template.ts";

// Models kubernetes/pkg/printers/internalversion printStatefulSet
const statefulSetPrinter = printer<StatefulSet>(
  ["NAME", "READY", "AGE", ...TEMPLATE],
  ({ metadata, spec, status }, { now }) => [
    metadata.name,
    `${status?.readyReplicas ?? 0}/${spec?.replicas ?? 1}`,
    ageOf(metadata.creationTimestamp, now),
    ...containerCells(spec?.template.spec?.containers),
  ],
);

export const printers: Printers = { "statefulsets.apps": statefulSetPrinter };
