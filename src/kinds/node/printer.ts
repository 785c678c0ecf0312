// The table of Nodes.
import type { Node } from "../../cluster/index.ts";
import { ageOf } from "../../kubectl/duration.ts";
import { type Printers, printer } from "../../kubectl/printers/printer.ts";
import { nodeRoles } from "../../kubectl/text.ts";

// Models kubernetes/pkg/printers/internalversion printNode
const nodePrinter = printer<Node>(
  [
    "NAME",
    "STATUS",
    "ROLES",
    "AGE",
    "VERSION",
    "INTERNAL-IP*",
    "EXTERNAL-IP*",
    "OS-IMAGE*",
    "KERNEL-VERSION*",
    "CONTAINER-RUNTIME*",
  ],
  (node, { now }) => {
    const info = node.status?.nodeInfo;
    return [
      node.metadata.name,
      statusCell(node),
      nodeRoles(node.metadata.labels),
      ageOf(node.metadata.creationTimestamp, now),
      info?.kubeletVersion,
      address(node, "InternalIP"),
      address(node, "ExternalIP"),
      info?.osImage || "<unknown>",
      kernelCell(info),
      info?.containerRuntimeVersion || "<unknown>",
    ];
  },
);

function statusCell(node: Node): string {
  const ready = node.status?.conditions?.find((each) => each.type === "Ready");
  const status = ready === undefined ? "Unknown" : ready.status === "True" ? "Ready" : "NotReady";
  return node.spec?.unschedulable === true ? `${status},SchedulingDisabled` : status;
}

/** Since 1.36 with the architecture after the version. */
function kernelCell(info: NonNullable<Node["status"]>["nodeInfo"]): string {
  if (info === undefined || info.kernelVersion === "") return "<unknown>";
  return info.architecture === "" ? info.kernelVersion : `${info.kernelVersion} (${info.architecture})`;
}

function address(node: Node, type: string): string {
  return node.status?.addresses?.find((each) => each.type === type)?.address ?? "<none>";
}

export const printers: Printers = { nodes: nodePrinter };
