// The table of ReplicaSets.
import type { ReplicaSet, ReplicationController } from "../../cluster/index.ts";
import { ageOf } from "../../kubectl/duration.ts";
import { type Printers, printer } from "../../kubectl/printers/printer.ts";
import { containerCells, TEMPLATE } from "../../kubectl/printers/template.ts";
import { formatLabelSelector } from "../../kubectl/text.ts";

/** ReplicaSets and their elder kin differ in their selectors only. */
export function replicasPrinter<T extends ReplicaSet | ReplicationController>(selectorOf: (set: T) => string) {
  return printer<T>(["NAME", "DESIRED", "CURRENT", "READY", "AGE", ...TEMPLATE, "SELECTOR*"], (set, { now }) => [
    set.metadata.name,
    set.spec?.replicas ?? 1,
    set.status?.replicas ?? 0,
    set.status?.readyReplicas ?? 0,
    ageOf(set.metadata.creationTimestamp, now),
    ...containerCells(set.spec?.template?.spec?.containers),
    selectorOf(set),
  ]);
}

// Models kubernetes/pkg/printers/internalversion printReplicaSet
const replicaSetPrinter = replicasPrinter<ReplicaSet>(({ spec }) => formatLabelSelector(spec?.selector));

export const printers: Printers = { "replicasets.apps": replicaSetPrinter };
