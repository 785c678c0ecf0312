// kubectl describe replicationcontroller.
import type { ReplicationController } from "../../cluster/index.ts";
import { writeConditions } from "../../kubectl/describe/conditions.ts";
import { type Describers, describer, writeEvents, writeLabels } from "../../kubectl/describe/describer.ts";
import { podStatusText, writePodTemplate } from "../../kubectl/describe/podtemplate.ts";
import { formatLabels } from "../../kubectl/text.ts";

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/describe describeReplicationController
const describeReplicationController = describer<ReplicationController>((page, controller, context) => {
  const { metadata, spec, status } = controller;
  page.field("Name", metadata.name);
  page.field("Namespace", metadata.namespace);
  page.field("Selector", formatLabels(spec?.selector));
  writeLabels(page, controller);
  page.field("Replicas", `${status?.replicas ?? 0} current / ${spec?.replicas ?? 1} desired`);
  page.field("Pods Status", podStatusText(controller, context));
  writePodTemplate(page, spec?.template);
  writeConditions(page, status?.conditions);
  writeEvents(page, controller, context);
});

export const describers: Describers = { replicationcontrollers: describeReplicationController };
