// The tables of what workloads keep beside their pods: ControllerRevision and PodTemplate.
import type { ControllerRevision, ObjectMeta, PodTemplate } from "../../cluster/index.ts";
import { ageOf } from "../duration.ts";
import { formatLabels } from "../text.ts";
import { printer } from "./printer.ts";
import { containerCells } from "./template.ts";

// Models kubernetes/pkg/printers/internalversion printControllerRevision
export const controllerRevisionPrinter = printer<ControllerRevision>(
  ["NAME", "CONTROLLER", "REVISION", "AGE"],
  ({ metadata, revision }, { now }) => [
    metadata.name,
    controllerCell(metadata),
    revision,
    ageOf(metadata.creationTimestamp, now),
  ],
);

function controllerCell(metadata: ObjectMeta): string {
  const owner = metadata.ownerReferences?.find((each) => each.controller === true);
  if (owner === undefined) return "<none>";
  const slash = owner.apiVersion.indexOf("/");
  const group = slash < 0 ? "" : `.${owner.apiVersion.slice(0, slash)}`;
  return `${`${owner.kind}${group}`.toLowerCase()}/${owner.name}`;
}

// Models kubernetes/pkg/printers/internalversion printPodTemplate
export const podTemplatePrinter = printer<PodTemplate>(
  ["NAME", "CONTAINERS", "IMAGES", "POD LABELS"],
  ({ metadata, template }) => [
    metadata.name,
    ...containerCells(template?.spec?.containers),
    formatLabels(template?.metadata?.labels),
  ],
);
