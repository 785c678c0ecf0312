// Who may reach whom, worked out from the policies alone: no packet is sent.
import {
  compareText,
  DefaultDeploymentUniqueLabelKey,
  type Pod,
  type Protocol,
  type World,
} from "../../cluster/index.ts";
import type { Connection, End } from "./rules.ts";
import type { PolicyView } from "./view.ts";

/** What a group's name is for those who come by a node: clients outside, with the node's address in place of theirs. */
export const OUTSIDE = "outside";

/** Pods of one workload, which policies can't tell apart but by address. */
export interface Group {
  /** `NAMESPACE/WORKLOAD`, or `outside`. */
  readonly name: string;
  readonly ends: readonly End[];
  /** Where their programs listen, or what their containers declare. */
  readonly ports: readonly { readonly protocol: Protocol; readonly port: number }[];
}

/** Whether connections of one group to a port of another are admitted; `some`: it depends on the pod. */
export interface Reach {
  readonly from: string;
  readonly to: string;
  readonly protocol: Protocol;
  readonly port: number;
  readonly may: "yes" | "no" | "some";
  /** Why one of them isn't admitted; empty where all are. */
  readonly why: string;
  /** The policies that keep one from it, `NAMESPACE/NAME`, with the direction. */
  readonly by: readonly string[];
}

/** A change of what is admitted. */
export interface Change {
  readonly before: Reach;
  readonly after: Reach;
}

/** Pairs of pods that are held against policies with address ranges, for one port of one pair of groups. */
const MOST_PAIRS = 64;

/** The pods of a cluster by their workloads, in the order of their names, and who comes by a node. */
export function groupsOf(world: World, view: PolicyView): readonly Group[] {
  interface Found {
    readonly ends: End[];
    readonly ports: Map<string, Group["ports"][number]>;
  }
  const groups = new Map<string, Found>();
  for (const pod of world.api.list("pods")) {
    const { namespace = "", name = "" } = pod.metadata;
    const end = view.endOf({ namespace, name });
    if (end === undefined) continue;
    const key = `${namespace}/${workloadOf(pod)}`;
    const group: Found = groups.get(key) ?? { ends: [], ports: new Map() };
    groups.set(key, group);
    group.ends.push(end);
    for (const each of portsOf(world, pod)) group.ports.set(`${each.protocol} ${each.port}`, each);
  }
  const named = [...groups].map(([name, { ends, ports }]) => ({
    name,
    ends,
    ports: [...ports.values()].sort(inOrder),
  }));
  const nodes = world.settings.nodes.map(({ name, address }) => ({ address, node: name }));
  return [...named.sort((a, b) => compareText(a.name, b.name)), { name: OUTSIDE, ends: nodes, ports: [] }];
}

/** Every group to every port of every other, and among the pods of each. */
export function matrixOf(view: PolicyView, from: readonly Group[], to: readonly Group[]): readonly Reach[] {
  const byAddress = view.policies.some(({ rules }) =>
    [rules.Ingress, rules.Egress].some((list) =>
      list?.some(({ peers }) => peers.some(({ block }) => block !== undefined)),
    ),
  );
  return to.flatMap((target) =>
    target.ports.flatMap((port) =>
      from.flatMap((sender) => {
        const pairs = pairsOf(sender, target, byAddress ? MOST_PAIRS : 1);
        return pairs.length === 0 ? [] : [reachOf(view, { sender, target }, { pairs, ...port })];
      }),
    ),
  );
}

function pairsOf(sender: Group, target: Group, most: number): (readonly [End, End])[] {
  const pairs: (readonly [End, End])[] = [];
  for (const from of sender.ends)
    for (const to of target.ends) {
      if (from.address === to.address) continue;
      pairs.push([from, to]);
      if (pairs.length >= most) return pairs;
    }
  return pairs;
}

function reachOf(
  view: PolicyView,
  { sender, target }: { readonly sender: Group; readonly target: Group },
  { pairs, protocol, port }: { readonly pairs: readonly (readonly [End, End])[] } & Pick<Reach, "protocol" | "port">,
): Reach {
  let [admitted, why] = [0, ""];
  const by = new Set<string>();
  for (const [from, to] of pairs) {
    const connection: Connection = { from, to, protocol, port };
    const failing = view
      .rulings(connection, { isMasqueraded: sender.name === OUTSIDE })
      .filter(({ isAdmitted }) => !isAdmitted);
    if (failing.length === 0) admitted += 1;
    else if (why === "") why = failing[0]?.why ?? "";
    for (const { policies, direction } of failing)
      for (const each of policies) by.add(`${each.namespace}/${each.name} (${direction})`);
  }
  const may = admitted === pairs.length ? "yes" : admitted === 0 ? "no" : "some";
  return { from: sender.name, to: target.name, protocol, port, may, why, by: [...by] };
}

/** What two matrices of the same groups differ in. */
export function changesOf(before: readonly Reach[], after: readonly Reach[]): readonly Change[] {
  const key = ({ from, to, protocol, port }: Reach) => `${from} ${to} ${protocol} ${port}`;
  const old = new Map(before.map((each) => [key(each), each]));
  return after.flatMap((each) => {
    const was = old.get(key(each));
    return was === undefined || was.may === each.may ? [] : [{ before: was, after: each }];
  });
}

/** The name of what made a pod: its Deployment, another controller, or its own. */
function workloadOf({ metadata }: Pod): string {
  const owner = metadata.ownerReferences?.find(({ controller }) => controller === true);
  const hash = metadata.labels?.[DefaultDeploymentUniqueLabelKey];
  if (owner === undefined) return metadata.name ?? "";
  return hash !== undefined && owner.name.endsWith(`-${hash}`) ? owner.name.slice(0, -hash.length - 1) : owner.name;
}

function portsOf({ network }: World, { metadata, spec }: Pod): { protocol: Protocol; port: number }[] {
  const open = network.socketsOf({ kind: "pod", uid: metadata.uid ?? "" }).filter(({ loopback }) => !loopback);
  if (open.length > 0) return open.map(({ protocol, port }) => ({ protocol, port }));
  return (spec?.containers ?? []).flatMap(
    ({ ports = [] }) =>
      ports.map(({ containerPort, protocol = "TCP" }) => ({ protocol: protocol as Protocol, port: containerPort })), // validation lets only the three through
  );
}

function inOrder(a: { protocol: string; port: number }, b: { protocol: string; port: number }): number {
  return a.port - b.port || compareText(a.protocol, b.protocol);
}
