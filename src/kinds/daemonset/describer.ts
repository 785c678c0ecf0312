// kubectl describe daemonset.
import type { DaemonSet } from "../../cluster/index.ts";
import { type Describers, describer, writeEvents, writeLabels } from "../../kubectl/describe/describer.ts";
import { podStatusText, writePodTemplate } from "../../kubectl/describe/podtemplate.ts";
import { formatLabels, selectorText } from "../../kubectl/text.ts";

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/describe describeDaemonSet
const describeDaemonSet = describer<DaemonSet>((page, set, context) => {
  const { metadata, spec, status } = set;
  page.field("Name", metadata.name);
  page.field("Namespace", metadata.namespace);
  page.field("Selector", selectorText(spec?.selector));
  page.field("Node-Selector", formatLabels(spec?.template.spec?.nodeSelector));
  writeLabels(page, set);
  page.line(0, `Desired Number of Nodes Scheduled: ${status?.desiredNumberScheduled ?? 0}`);
  page.line(0, `Current Number of Nodes Scheduled: ${status?.currentNumberScheduled ?? 0}`);
  page.line(0, `Number of Nodes Scheduled with Up-to-date Pods: ${status?.updatedNumberScheduled ?? 0}`);
  page.line(0, `Number of Nodes Scheduled with Available Pods: ${status?.numberAvailable ?? 0}`);
  page.line(0, `Number of Nodes Misscheduled: ${status?.numberMisscheduled ?? 0}`);
  page.field("Pods Status", podStatusText(set, context));
  writePodTemplate(page, spec?.template);
  writeEvents(page, set, context);
});

export const describers: Describers = { "daemonsets.apps": describeDaemonSet };
