// What each node has left: counters kept up with every change, so that placing a pod looks at nodes only.
import type { Node, Pod } from "../api/types.gen.ts";
import { controllerOf } from "../client-go/owners.ts";
import { isPodTerminal } from "../client-go/pods.ts";
import { type Amounts, podRequests, toAmounts } from "../client-go/resources.ts";

/** One node's account. */
export interface Account {
  readonly node: Node;
  readonly allocatable: Amounts;
  pods: number;
  readonly used: Map<string, number>;
  /** Host ports in use, as hostPortsOf names them. */
  readonly hostPorts: Map<string, number>;
  /** How many pods of each group (see groupOf) run here. */
  readonly groups: Map<string, number>;
}

/** Pods that should be spread: those of one owner. Bare pods of a namespace are one group. */
export function groupOf(pod: Pod): string {
  return controllerOf(pod)?.uid ?? `bare/${pod.metadata.namespace}`;
}

/** The host ports a pod takes, as `TCP/8080/0.0.0.0`. A port of a hostNetwork pod is a host port. */
export function hostPortsOf(pod: Pod): string[] {
  const ports: string[] = [];
  for (const container of pod.spec?.containers ?? [])
    for (const port of container.ports ?? []) {
      const number = port.hostPort ?? (pod.spec?.hostNetwork === true ? port.containerPort : 0);
      if (number > 0) ports.push(`${port.protocol ?? "TCP"}/${number}/${port.hostIP || ANY}`);
    }
  return ports;
}

const ANY = "0.0.0.0";

/** Whether a host port is taken: on the same address, or where one of the two is open on all. */
// Models kubernetes/pkg/scheduler/framework HostPortInfo.CheckConflict
export function isTaken(taken: ReadonlyMap<string, number>, port: string): boolean {
  if (taken.has(port)) return true;
  const at = port.slice(0, port.lastIndexOf("/") + 1);
  if (taken.has(at + ANY)) return true;
  return port.endsWith(`/${ANY}`) && [...taken.keys()].some((each) => each.startsWith(at));
}

/** The accounts of all nodes. */
// Models kubernetes/pkg/scheduler/backend/cache
export class Ledger {
  readonly #accounts = new Map<string, Account>();
  #sorted: Account[] | undefined;
  /** Pods by the node they count on, for nodes that come after their pods. */
  readonly #pods = new Map<string, Map<string, Pod>>();

  /** In order of name. */
  accounts(): readonly Account[] {
    this.#sorted ??= [...this.#accounts.keys()].sort().flatMap((name) => this.#accounts.get(name) ?? []);
    return this.#sorted;
  }

  setNode(node: Node): void {
    const name = node.metadata.name ?? "";
    const before = this.#accounts.get(name);
    const allocatable = toAmounts(node.status?.allocatable ?? node.status?.capacity);
    const { pods = 0, used = new Map(), hostPorts = new Map(), groups = new Map() } = before ?? {};
    const account = { node, allocatable, pods, used, hostPorts, groups };
    this.#accounts.set(name, account);
    this.#sorted = undefined;
    if (before === undefined) for (const pod of this.#pods.get(name)?.values() ?? []) book(account, pod, 1);
  }

  removeNode(name: string): void {
    this.#accounts.delete(name);
    this.#sorted = undefined;
  }

  /** Takes a change of a pod in. Pods that have ended hold nothing. */
  change(pod: Pod | undefined, old: Pod | undefined): void {
    const [before, after] = [placeOf(old), placeOf(pod)];
    if (before === after && before !== undefined && pod?.spec === old?.spec) return;
    if (old !== undefined && before !== undefined) this.#move(before, old, -1);
    if (pod !== undefined && after !== undefined) this.#move(after, pod, 1);
  }

  #move(node: string, pod: Pod, sign: 1 | -1): void {
    const pods = this.#pods.get(node) ?? new Map<string, Pod>();
    this.#pods.set(node, pods);
    const uid = pod.metadata.uid ?? "";
    if (sign === 1) pods.set(uid, pod);
    else pods.delete(uid);
    const account = this.#accounts.get(node);
    if (account !== undefined) book(account, pod, sign);
  }
}

function placeOf(pod: Pod | undefined): string | undefined {
  return pod === undefined || isPodTerminal(pod) ? undefined : pod.spec?.nodeName;
}

function book(account: Account, pod: Pod, sign: 1 | -1): void {
  account.pods += sign;
  for (const [name, amount] of Object.entries(podRequests(pod))) add(account.used, name, sign * amount);
  for (const port of hostPortsOf(pod)) add(account.hostPorts, port, sign);
  add(account.groups, groupOf(pod), sign);
}

function add(counts: Map<string, number>, key: string, amount: number): void {
  const sum = (counts.get(key) ?? 0) + amount;
  if (sum === 0) counts.delete(key);
  else counts.set(key, sum);
}
