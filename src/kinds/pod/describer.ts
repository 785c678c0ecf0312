// kubectl describe pod.
import { own, type Pod, type ResourceRequirements } from "../../cluster/index.ts";
import { writeContainers, writeResources } from "../../kubectl/describe/containers.ts";
import {
  type Describers,
  describer,
  writeController,
  writeEvents,
  writeLabels,
} from "../../kubectl/describe/describer.ts";
import type { Page } from "../../kubectl/describe/page.ts";
import { tolerationTexts, writeSpread } from "../../kubectl/describe/podtemplate.ts";
import { writeVolumes } from "../../kubectl/describe/volumes.ts";
import { ageOf, longDate } from "../../kubectl/duration.ts";

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/describe describePod
const describePod = describer<Pod>((page, pod, context) => {
  writePlace(page, pod);
  writeLabels(page, pod);
  writePhase(page, pod, context.now);
  writeAddresses(page, pod);
  writeController(page, pod);
  if (pod.status?.nominatedNodeName) page.field("NominatedNodeName", pod.status.nominatedNodeName);
  if (pod.spec?.resources !== undefined) {
    page.line(0, "Resources:");
    writeResources(page, pod.spec.resources, 1);
  }
  writeAllContainers(page, pod);
  writeConditions(page, pod);
  writeVolumes(page, pod.spec?.volumes, "");
  page.field("QoS Class", pod.status?.qosClass || qosClass(pod));
  page.labels("Node-Selectors", pod.spec?.nodeSelector);
  page.list("Tolerations", tolerationTexts(pod.spec?.tolerations));
  writeSpread(page, pod.spec?.topologySpreadConstraints, "");
  writeEvents(page, pod, context);
});

function writePlace(page: Page, { metadata, spec, status }: Pod): void {
  page.field("Name", metadata.name);
  page.field("Namespace", metadata.namespace);
  if (spec?.priority !== undefined) page.field("Priority", spec.priority);
  if (spec?.priorityClassName) page.field("Priority Class Name", spec.priorityClassName);
  if (spec?.runtimeClassName) page.field("Runtime Class Name", spec.runtimeClassName);
  if (spec?.serviceAccountName) page.field("Service Account", spec.serviceAccountName);
  page.field("Node", spec?.nodeName ? `${spec.nodeName}/${status?.hostIP ?? ""}` : "<none>");
  if (status?.startTime !== undefined) page.field("Start Time", longDate(status.startTime));
}

function writePhase(page: Page, { metadata, spec, status }: Pod, now: number): void {
  const ended = status?.phase === "Failed" || status?.phase === "Succeeded";
  if (metadata.deletionTimestamp !== undefined && !ended) {
    page.field("Status", `Terminating (lasts ${ageOf(metadata.deletionTimestamp, now)})`);
    page.field("Termination Grace Period", `${metadata.deletionGracePeriodSeconds ?? 0}s`);
  } else page.field("Status", status?.phase);
  if (status?.reason) page.field("Reason", status.reason);
  if (status?.message) page.field("Message", status.message);
  const seccomp = spec?.securityContext?.seccompProfile;
  if (seccomp === undefined) return;
  page.field("SeccompProfile", seccomp.type);
  if (seccomp.type === "Localhost") page.field("LocalhostProfile", seccomp.localhostProfile);
}

function writeAddresses(page: Page, { status }: Pod): void {
  page.field("IP", status?.podIP);
  const ips = status?.podIPs ?? [];
  if (ips.length === 0) page.field("IPs", "<none>");
  else page.line(0, "IPs:");
  for (const { ip } of ips) page.field("IP", ip, 1);
}

function writeAllContainers(page: Page, pod: Pod): void {
  const { initContainers = [], containers = [], ephemeralContainers = [] } = pod.spec ?? {};
  const indent = "";
  if (initContainers.length > 0) {
    const statuses = pod.status?.initContainerStatuses;
    writeContainers(page, { title: "Init Containers", containers: initContainers, statuses, pod, indent });
  }
  writeContainers(page, { title: "Containers", containers, statuses: pod.status?.containerStatuses, pod, indent });
  if (ephemeralContainers.length > 0) {
    const statuses = pod.status?.ephemeralContainerStatuses;
    writeContainers(page, { title: "Ephemeral Containers", containers: ephemeralContainers, statuses, pod, indent });
  }
}

function writeConditions(page: Page, { spec, status }: Pod): void {
  const conditions = status?.conditions ?? [];
  const gates = spec?.readinessGates ?? [];
  if (gates.length > 0) {
    page.raw("Readiness Gates:\n  Type\tStatus\n");
    for (const { conditionType } of gates) {
      const found = conditions.find((each) => each.type === conditionType)?.status;
      page.line(1, `${conditionType} \t${found ?? "<none>"} `);
    }
  }
  if (conditions.length === 0) return;
  page.raw("Conditions:\n  Type\tStatus\n");
  for (const condition of conditions) page.line(1, `${condition.type} \t${condition.status} `);
}

/** Guaranteed when every container limits what it requests, BestEffort when none asks for anything. */
// Models kubernetes/pkg/apis/core/v1/helper/qos ComputePodQOS
export function qosClass({ spec }: Pod): string {
  const all = [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])].map((each) => each.resources);
  const asked = (list: ResourceRequirements["limits"]) =>
    Object.keys(list ?? {}).some((name) => name === "cpu" || name === "memory");
  if (!all.some((each) => asked(each?.requests) || asked(each?.limits))) return "BestEffort";
  const guaranteed = all.every((each) =>
    ["cpu", "memory"].every((name) => {
      const limit = own(each?.limits, name);
      return limit !== undefined && (own(each?.requests, name) ?? limit) === limit;
    }),
  );
  return guaranteed ? "Guaranteed" : "Burstable";
}

export const describers: Describers = { pods: describePod };
