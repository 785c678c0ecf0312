// kubectl describe statefulset.
import type { PersistentVolumeClaim, StatefulSet } from "../../cluster/index.ts";
import { type Describers, describer, writeEvents, writeLabels } from "../../kubectl/describe/describer.ts";
import type { Page } from "../../kubectl/describe/page.ts";
import { podStatusText, writePodTemplate } from "../../kubectl/describe/podtemplate.ts";
import { longDate } from "../../kubectl/duration.ts";
import { selectorText } from "../../kubectl/text.ts";
import { storageClassOf } from "../persistentvolumeclaim/printer.ts";

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/describe describeStatefulSet
const describeStatefulSet = describer<StatefulSet>((page, set, context) => {
  const { metadata, spec, status } = set;
  page.field("Name", metadata.name);
  page.field("Namespace", metadata.namespace);
  page.field("CreationTimestamp", longDate(metadata.creationTimestamp));
  page.field("Selector", selectorText(spec?.selector));
  writeLabels(page, set);
  page.field("Replicas", `${spec?.replicas ?? 1} desired | ${status?.replicas ?? 0} total`);
  page.field("Update Strategy", spec?.updateStrategy?.type);
  const rolling = spec?.updateStrategy?.rollingUpdate;
  if (rolling?.partition !== undefined) {
    page.field("Partition", rolling.partition, 1);
    if (rolling.maxUnavailable !== undefined) page.field("MaxUnavailable", rolling.maxUnavailable, 1);
  }
  page.field("Pods Status", podStatusText(set, context));
  writePodTemplate(page, spec?.template);
  writeClaimTemplates(page, spec?.volumeClaimTemplates ?? []);
  writeEvents(page, set, context);
});

function writeClaimTemplates(page: Page, templates: readonly PersistentVolumeClaim[]): void {
  if (templates.length === 0) {
    page.field("Volume Claims", "<none>");
    return;
  }
  page.line(0, "Volume Claims:");
  for (const claim of templates) {
    page.field("Name", claim.metadata.name, 1);
    page.field("StorageClass", storageClassOf(claim), 1);
    page.labels("Labels", claim.metadata.labels, "  ");
    page.labels("Annotations", claim.metadata.annotations, "  ");
    page.field("Capacity", claim.spec?.resources?.requests?.storage ?? "<default>", 1);
    page.field("Access Modes", `[${(claim.spec?.accessModes ?? []).join(" ")}]`, 1);
  }
}

export const describers: Describers = { "statefulsets.apps": describeStatefulSet };
