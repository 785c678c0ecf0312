// The table of Deployments.
import type { Deployment } from "../../cluster/index.ts";
import { ageOf } from "../../kubectl/duration.ts";
import { type Printers, printer } from "../../kubectl/printers/printer.ts";
import { containerCells, TEMPLATE } from "../../kubectl/printers/template.ts";
import { selectorText } from "../../kubectl/text.ts";

// Models kubernetes/pkg/printers/internalversion printDeployment
const deploymentPrinter = printer<Deployment>(
  ["NAME", "READY", "UP-TO-DATE", "AVAILABLE", "AGE", ...TEMPLATE, "SELECTOR*"],
  ({ metadata, spec, status }, { now }) => [
    metadata.name,
    `${status?.readyReplicas ?? 0}/${spec?.replicas ?? 1}`,
    status?.updatedReplicas ?? 0,
    status?.availableReplicas ?? 0,
    ageOf(metadata.creationTimestamp, now),
    ...containerCells(spec?.template.spec?.containers),
    selectorText(spec?.selector),
  ],
);

export const printers: Printers = { "deployments.apps": deploymentPrinter };
