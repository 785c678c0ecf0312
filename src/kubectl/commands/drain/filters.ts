// Which pods of a node `kubectl drain` takes away, which it leaves, and which block it.
import { type Pod, parseTime } from "../../../cluster/index.ts";
import type { ParsedArgs } from "../../flags.ts";
import type { CommandIO } from "../../io.ts";
import { listOptions } from "../../selectors.ts";

/** The pods of a node, sorted out. */
export interface Sorted {
  /** Those that go. */
  readonly pods: readonly Pod[];
  /** What blocks it. */
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
}

interface Status {
  readonly goes: boolean;
  readonly warning?: string;
  readonly error?: string;
}

type Filter = (pod: Pod, args: ParsedArgs, io: CommandIO) => Status;

const GOES: Status = { goes: true };
const STAYS: Status = { goes: false };

/** Sorts out the pods that are on a node now. */
// Models kubernetes/staging/src/k8s.io/kubectl/pkg/drain Helper.GetPodsForDeletion
export function podsOfNode(node: string, args: ParsedArgs, io: CommandIO): Sorted {
  const selector = args.string("pod-selector");
  const { labelSelector } = listOptions("/v1, Resource=pods", selector, "");
  const here = io.cluster.api
    .list("pods", labelSelector === undefined ? {} : { labelSelector })
    .filter(({ spec }) => spec?.nodeName === node);
  const judged = here.map((pod) => [pod, statusOf(pod, args, io)] as const);
  return {
    pods: judged.flatMap(([pod, { goes }]) => (goes ? [pod] : [])),
    errors: textsOf(judged.map(([pod, { error }]) => [pod, error] as const)).map((text) =>
      text.startsWith("cannot delete") ? text : `cannot delete ${text}`,
    ),
    warnings: textsOf(judged.map(([pod, { warning }]) => [pod, warning] as const)),
  };
}

/** The last filter has the last word; the first that says no ends it. */
function statusOf(pod: Pod, args: ParsedArgs, io: CommandIO): Status {
  let status = GOES;
  for (const filter of [ended, daemons, localStorage, unmanaged]) {
    status = filter(pod, args, io);
    if (!status.goes) return status;
  }
  return status;
}

/** Each text once, with the pods it is about. */
function textsOf(texts: readonly (readonly [Pod, string | undefined])[]): string[] {
  const byText = new Map<string, string[]>();
  for (const [{ metadata }, text] of texts)
    if (text !== undefined) byText.set(text, [...(byText.get(text) ?? []), `${metadata.namespace}/${metadata.name}`]);
  return [...byText].map(([text, pods]) => `${text}: ${pods.join(", ")}`);
}

const isOver = ({ status }: Pod) => status?.phase === "Succeeded" || status?.phase === "Failed";
const ownerOf = ({ metadata }: Pod) => metadata.ownerReferences?.find(({ controller }) => controller === true);

/** A pod that has been on its way out for long is not waited for if so requested. */
export const ended: Filter = ({ metadata }, args, { cluster }) => {
  const limit = args.int("skip-wait-for-delete-timeout");
  const since = parseTime(metadata.deletionTimestamp);
  if (limit <= 0 || since === undefined) return GOES;
  return cluster.settings.epoch + cluster.clock.now - since > limit * 1000 ? STAYS : GOES;
};

const daemons: Filter = (pod, args, { cluster }) => {
  const owner = ownerOf(pod);
  if (owner?.kind !== "DaemonSet" || isOver(pod)) return GOES;
  if (cluster.api.find("daemonsets.apps", pod.metadata.namespace, owner.name) === undefined) {
    const text = `daemonsets.apps ${JSON.stringify(owner.name)} not found`;
    return args.bool("force") ? { goes: true, warning: text } : { goes: false, error: text };
  }
  if (args.bool("ignore-daemonsets")) return { goes: false, warning: "ignoring DaemonSet-managed Pods" };
  return { goes: false, error: "DaemonSet-managed Pods (use --ignore-daemonsets to ignore)" };
};

const localStorage: Filter = (pod, args) => {
  const local = pod.spec?.volumes?.some(({ emptyDir }) => emptyDir !== undefined) ?? false;
  if (!local || isOver(pod)) return GOES;
  if (args.bool("delete-emptydir-data")) return { goes: true, warning: "deleting Pods with local storage" };
  return { goes: false, error: "Pods with local storage (use --delete-emptydir-data to override)" };
};

const unmanaged: Filter = (pod, args) => {
  if (isOver(pod) || ownerOf(pod) !== undefined) return GOES;
  if (args.bool("force")) return { goes: true, warning: "deleting Pods that declare no controller" };
  return { goes: false, error: "cannot delete Pods that declare no controller (use --force to override)" };
};
