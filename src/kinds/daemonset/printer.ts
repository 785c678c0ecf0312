// The table of DaemonSets.
import type { DaemonSet } from "../../cluster/index.ts";
import { ageOf } from "../../kubectl/duration.ts";
import { type Printers, printer } from "../../kubectl/printers/printer.ts";
import { containerCells, TEMPLATE } from "../../kubectl/printers/template.ts";
import { formatLabelSelector, formatLabels } from "../../kubectl/text.ts";

// Models kubernetes/pkg/printers/internalversion printDaemonSet
const daemonSetPrinter = printer<DaemonSet>(
  ["NAME", "DESIRED", "CURRENT", "READY", "UP-TO-DATE", "AVAILABLE", "NODE SELECTOR", "AGE", ...TEMPLATE, "SELECTOR*"],
  ({ metadata, spec, status }, { now }) => [
    metadata.name,
    status?.desiredNumberScheduled ?? 0,
    status?.currentNumberScheduled ?? 0,
    status?.numberReady ?? 0,
    status?.updatedNumberScheduled ?? 0,
    status?.numberAvailable ?? 0,
    formatLabels(spec?.template.spec?.nodeSelector),
    ageOf(metadata.creationTimestamp, now),
    ...containerCells(spec?.template.spec?.containers),
    formatLabelSelector(spec?.selector),
  ],
);

export const printers: Printers = { "daemonsets.apps": daemonSetPrinter };
