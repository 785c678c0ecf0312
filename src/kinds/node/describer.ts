// kubectl describe node.
import {
  compareText,
  formatQuantity,
  type Lease,
  type Node,
  own,
  type Pod,
  parseQuantity,
  type Quantity,
} from "../../cluster/index.ts";
import {
  type DescribeContext,
  type Describers,
  describer,
  writeEvents,
  writeLabels,
} from "../../kubectl/describe/describer.ts";
import type { Page } from "../../kubectl/describe/page.ts";
import { ageOf, longDate } from "../../kubectl/duration.ts";
import { nodeRoles, sortedKeys } from "../../kubectl/text.ts";

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/describe describeNode
const describeNode = describer<Node>((page, node, context) => {
  const { metadata, spec } = node;
  page.field("Name", metadata.name);
  page.field("Roles", nodeRoles(metadata.labels));
  writeLabels(page, node);
  page.field("CreationTimestamp", longDate(metadata.creationTimestamp));
  page.list("Taints", taintTexts(node));
  page.field("Unschedulable", spec?.unschedulable ?? false);
  writeLease(page, node, context);
  writeConditions(page, node);
  page.line(0, "Addresses:");
  for (const { type, address } of node.status?.addresses ?? []) page.field(type, address, 1);
  writeList(page, "Capacity", node.status?.capacity);
  writeList(page, "Allocatable", node.status?.allocatable);
  writeInfo(page, node);
  if (spec?.podCIDR) page.field("PodCIDR", spec.podCIDR);
  if ((spec?.podCIDRs ?? []).length > 0) page.field("PodCIDRs", spec?.podCIDRs?.join(","));
  if (spec?.providerID) page.field("ProviderID", spec.providerID);
  writePods(page, node, context);
  writeEvents(page, node, context);
});

function taintTexts({ spec }: Node): string[] {
  return [...(spec?.taints ?? [])]
    .sort((a, b) => compareText(`${a.effect},${a.key}`, `${b.effect},${b.key}`))
    .map(({ key, value, effect }) => `${key}${value === undefined || value === "" ? "" : `=${value}`}:${effect}`);
}

function writeLease(page: Page, { metadata }: Node, { api }: DescribeContext): void {
  const lease: Lease | undefined = api.find("leases.coordination.k8s.io", "kube-node-lease", metadata.name ?? "");
  if (lease === undefined) {
    page.field("Lease", `Failed to get lease: leases.coordination.k8s.io "${metadata.name}" not found`);
    return;
  }
  const { holderIdentity, acquireTime, renewTime } = lease.spec ?? {};
  page.line(0, "Lease:");
  page.field("HolderIdentity", holderIdentity ?? "<unset>", 1);
  page.field("AcquireTime", acquireTime === undefined ? "<unset>" : longDate(acquireTime), 1);
  page.field("RenewTime", renewTime === undefined ? "<unset>" : longDate(renewTime), 1);
}

function writeConditions(page: Page, { status }: Node): void {
  const conditions = status?.conditions ?? [];
  if (conditions.length === 0) return;
  page.raw("Conditions:\n  Type\tStatus\tLastHeartbeatTime\tLastTransitionTime\tReason\tMessage\n");
  page.row(1, ["----", "------", "-----------------", "------------------", "------", "-------"]);
  for (const { type, status: holds, lastHeartbeatTime, lastTransitionTime, reason, message } of conditions) {
    const dates = [`${longDate(lastHeartbeatTime)} `, `${longDate(lastTransitionTime)} `];
    page.row(1, [`${type} `, `${holds} `, ...dates, `${reason ?? ""} `, message]);
  }
}

function writeList(page: Page, title: string, list: Readonly<Record<string, string>> | undefined): void {
  const names = sortedKeys(list);
  if (names.length > 0) page.line(0, `${title}:`);
  for (const name of names) page.field(name, own(list, name), 1);
}

function writeInfo(page: Page, { status }: Node): void {
  const info = status?.nodeInfo;
  page.line(0, "System Info:");
  page.field("Machine ID", info?.machineID, 1);
  page.field("System UUID", info?.systemUUID, 1);
  page.field("Boot ID", info?.bootID, 1);
  page.field("Kernel Version", info?.kernelVersion, 1);
  page.field("OS Image", info?.osImage, 1);
  page.field("Operating System", info?.operatingSystem, 1);
  page.field("Architecture", info?.architecture, 1);
  page.field("Container Runtime Version", info?.containerRuntimeVersion, 1);
  page.field("Kubelet Version", info?.kubeletVersion, 1);
  page.field("Kube-Proxy Version", info?.kubeProxyVersion, 1);
}

const ZERO: Quantity = { nanos: 0n, format: "DecimalSI" };

function quantity(text: string | undefined): Quantity {
  const parsed = parseQuantity(text ?? "0");
  return "error" in parsed ? ZERO : parsed;
}

function sum(a: Quantity, b: Quantity): Quantity {
  return { nanos: a.nanos + b.nanos, format: a.nanos === 0n ? b.format : a.format };
}

type Kind = "requests" | "limits";

/** What a pod asks for: its containers together, or its largest init container when that is more. */
// Models kubernetes/staging/src/k8s.io/kubectl/pkg/util/resource PodRequestsAndLimits
function podTotal({ spec }: Pod, kind: Kind, name: string): Quantity {
  let total = ZERO;
  for (const container of spec?.containers ?? []) total = sum(total, quantity(own(container.resources?.[kind], name)));
  let before = ZERO;
  for (const container of spec?.initContainers ?? []) {
    const asked = quantity(own(container.resources?.[kind], name));
    if (container.restartPolicy === "Always") {
      total = sum(total, asked);
      before = sum(before, asked);
    } else if (before.nanos + asked.nanos > total.nanos) total = sum(before, asked);
  }
  return total;
}

function shareText(amount: Quantity, whole: Quantity): string {
  const percent = whole.nanos === 0n ? 0n : (amount.nanos * 100n) / whole.nanos;
  return `${formatQuantity(amount)} (${percent}%)`;
}

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/describe describeNodeResource
function writePods(page: Page, node: Node, { api, now }: DescribeContext): void {
  const pods = api
    .list("pods")
    .filter(({ spec, status }) => spec?.nodeName === node.metadata.name && !isEnded(status?.phase));
  const whole = node.status?.allocatable ?? node.status?.capacity ?? {};
  page.field("Non-terminated Pods", `(${pods.length} in total)`);
  page.row(1, ["Namespace", "Name", "", "CPU Requests", "CPU Limits", "Memory Requests", "Memory Limits", "Age"]);
  page.row(1, ["---------", "----", "", "------------", "----------", "---------------", "-------------", "---"]);
  for (const pod of pods) {
    const share = (kind: Kind, name: string) => shareText(podTotal(pod, kind, name), quantity(own(whole, name)));
    page.row(1, [
      pod.metadata.namespace,
      pod.metadata.name,
      "",
      share("requests", "cpu"),
      share("limits", "cpu"),
      share("requests", "memory"),
      share("limits", "memory"),
      ageOf(pod.metadata.creationTimestamp, now),
    ]);
  }
  page.raw("Allocated resources:\n  (Total limits may be over 100 percent, i.e., overcommitted.)\n");
  page.row(1, ["Resource", "Requests", "Limits"]);
  page.row(1, ["--------", "--------", "------"]);
  const names = sortedKeys(whole);
  const huge = names.filter((name) => name.startsWith("hugepages-"));
  const total = (kind: Kind, name: string) => pods.map((pod) => podTotal(pod, kind, name)).reduce(sum, ZERO);
  for (const name of ["cpu", "memory", "ephemeral-storage", ...huge]) {
    const share = quantity(own(whole, name));
    page.row(1, [name, shareText(total("requests", name), share), shareText(total("limits", name), share)]);
  }
  const known = new Set(["cpu", "memory", "ephemeral-storage", "storage", "pods", ...huge]);
  for (const name of names.filter((each) => !known.has(each)))
    page.row(1, [name, formatQuantity(total("requests", name)), formatQuantity(total("limits", name))]);
}

function isEnded(phase: string | undefined): boolean {
  return phase === "Succeeded" || phase === "Failed";
}

export const describers: Describers = { nodes: describeNode };
