// kubectl describe replicaset.
import type { ReplicaSet } from "../../cluster/index.ts";
import { writeConditions } from "../../kubectl/describe/conditions.ts";
import {
  type Describers,
  describer,
  writeController,
  writeEvents,
  writeLabels,
} from "../../kubectl/describe/describer.ts";
import { podStatusText, writePodTemplate } from "../../kubectl/describe/podtemplate.ts";
import { formatLabelSelector } from "../../kubectl/text.ts";

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/describe describeReplicaSet
const describeReplicaSet = describer<ReplicaSet>((page, set, context) => {
  const { metadata, spec, status } = set;
  page.field("Name", metadata.name);
  page.field("Namespace", metadata.namespace);
  page.field("Selector", formatLabelSelector(spec?.selector));
  writeLabels(page, set);
  writeController(page, set);
  page.field("Replicas", `${status?.replicas ?? 0} current / ${spec?.replicas ?? 1} desired`);
  page.field("Pods Status", podStatusText(set, context));
  writePodTemplate(page, spec?.template ?? {});
  writeConditions(page, status?.conditions);
  writeEvents(page, set, context);
});

export const describers: Describers = { "replicasets.apps": describeReplicaSet };
