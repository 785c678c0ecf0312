// From single (address, port) pairs to the subsets of an Endpoints object.

import type { ObjectKey } from "../../cluster/api/objects.ts";
import type { EndpointAddress, EndpointSubset, Endpoints } from "../../cluster/api/types.gen.ts";
import { fnv1a128 } from "../../cluster/apimachinery/hash.ts";
import { compareText } from "../../cluster/sim/text.ts";
import { deepEqual } from "../../cluster/sim/values.ts";

/** A port as Endpoints list it. */
export interface SubsetPort {
  readonly name?: string;
  readonly port: number;
  readonly protocol: string;
  readonly appProtocol?: string;
}

/** One address on one port; without a port for headless Services that have none. */
export interface Pair {
  readonly address: EndpointAddress;
  readonly ready: boolean;
  readonly port: SubsetPort | undefined;
}

/** Addresses in order; what comes and goes is merged in when the list is read. */
class Addresses {
  #sorted: readonly EndpointAddress[] = [];
  #fresh: EndpointAddress[] = [];
  readonly #gone = new Set<EndpointAddress>();

  add(address: EndpointAddress): void {
    this.#fresh.push(address);
  }

  remove(address: EndpointAddress): void {
    this.#gone.add(address);
  }

  read(): readonly EndpointAddress[] {
    if (this.#fresh.length === 0 && this.#gone.size === 0) return this.#sorted;
    const fresh = this.#fresh.filter((each) => !this.#gone.has(each)).sort(byIP);
    const all: EndpointAddress[] = [];
    let at = 0;
    for (const each of this.#sorted) {
      if (this.#gone.has(each)) continue;
      for (let next = fresh[at]; next !== undefined && byIP(next, each) < 0; next = fresh[++at]) all.push(next);
      all.push(each);
    }
    this.#sorted = [...all, ...fresh.slice(at)];
    this.#fresh = [];
    this.#gone.clear();
    return this.#sorted;
  }
}

/** Addresses that have the same ports. */
interface Group {
  readonly ports: readonly SubsetPort[];
  readonly ready: Addresses;
  readonly notReady: Addresses;
}

/**
 * Subsets in which all addresses have all ports: addresses with the same ports are grouped. Pods are set one by one, so that a change
 * of a few among thousands costs little. Spec: [EP-2].
 */
// Models kubernetes/pkg/api/v1/endpoints RepackSubsets
export class Subsets {
  readonly #hash = rememberHashes();
  /** Where the address of a pod is, by the pod's key. */
  readonly #placed = new Map<ObjectKey, { readonly address: EndpointAddress; readonly list: Addresses }>();
  readonly #groups = new Map<string, Group>();

  /** Takes a pod in as it is now: its address with each of its ports, or nothing. */
  set(pod: ObjectKey, pairs: readonly Pair[]): void {
    const before = this.#placed.get(pod);
    const [first] = pairs;
    const list = first === undefined ? undefined : this.#listOf(first.ready, pairs);
    if (before !== undefined && before.list === list && deepEqual(before.address, first?.address)) return;
    before?.list.remove(before.address);
    if (first === undefined || list === undefined) {
      this.#placed.delete(pod);
      return;
    }
    list.add(first.address);
    this.#placed.set(pod, { address: first.address, list });
  }

  read(): EndpointSubset[] {
    return [...this.#groups]
      .sort(([a], [b]) => compareText(a, b))
      .flatMap(([, group]) => {
        const [ready, notReady] = [group.ready.read(), group.notReady.read()];
        if (ready.length + notReady.length === 0) return [];
        return {
          ...(ready.length === 0 ? {} : { addresses: [...ready] }),
          ...(notReady.length === 0 ? {} : { notReadyAddresses: [...notReady] }),
          ...(group.ports.length === 0 ? {} : { ports: [...group.ports] }),
        };
      });
  }

  #listOf(ready: boolean, pairs: readonly Pair[]): Addresses {
    const ports = new Map<string, SubsetPort>();
    for (const { port } of pairs) if (port !== undefined) ports.set(this.#hash(port), port);
    const sorted = [...ports].sort(([a], [b]) => compareText(a, b));
    const key = sorted.map(([hash]) => hash).join();
    let group = this.#groups.get(key);
    if (group === undefined) {
      group = { ports: sorted.map(([, port]) => port), ready: new Addresses(), notReady: new Addresses() };
      this.#groups.set(key, group);
    }
    return ready ? group.ready : group.notReady;
  }
}

/** Most addresses have the same ports: each port is hashed once. */
function rememberHashes(): (port: SubsetPort) => string {
  const hashes = new Map<string, string>();
  return (port) => {
    const key = `${port.name} ${port.port} ${port.protocol} ${port.appProtocol}`;
    const known = hashes.get(key) ?? portHash(port);
    hashes.set(key, known);
    return known;
  };
}

/** The order of ports in a subset is that of a hash over Go's print of the port. */
// Models kubernetes/pkg/api/v1/endpoints hashObject
function portHash({ name, port, protocol, appProtocol }: SubsetPort): string {
  const application = appProtocol === undefined ? "<nil>" : appProtocol;
  return fnv1a128(
    `(v1.EndpointPort){Name:(string)${name ?? ""} Port:(int32)${port} Protocol:(v1.Protocol)${protocol} AppProtocol:(*string)${application}}`,
  );
}

function byIP(a: EndpointAddress, b: EndpointAddress): number {
  if (a.ip !== b.ip) return a.ip < b.ip ? -1 : 1;
  return (a.targetRef?.uid ?? "") < (b.targetRef?.uid ?? "") ? -1 : 1;
}

const MAX_ADDRESSES = 1000;

/** Cuts to 1,000 addresses, ready ones first; undefined when they are no more than that. Spec: [EP-3]. */
// Models kubernetes/pkg/controller/endpoint truncateEndpoints
export function truncate(subsets: readonly EndpointSubset[]): Endpoints["subsets"] {
  const count = (list: readonly unknown[] | undefined) => list?.length ?? 0;
  const ready = subsets.reduce((sum, { addresses }) => sum + count(addresses), 0);
  const notReady = subsets.reduce((sum, { notReadyAddresses }) => sum + count(notReadyAddresses), 0);
  if (ready + notReady <= MAX_ADDRESSES) return undefined;
  let readyLeft = Math.min(ready, MAX_ADDRESSES);
  let notReadyLeft = MAX_ADDRESSES - readyLeft;
  return subsets.flatMap(({ ports, addresses = [], notReadyAddresses = [] }) => {
    const kept = addresses.slice(0, readyLeft);
    const keptNotReady = notReadyAddresses.slice(0, notReadyLeft);
    readyLeft -= kept.length;
    notReadyLeft -= keptNotReady.length;
    if (kept.length + keptNotReady.length === 0) return [];
    return {
      ...(kept.length === 0 ? {} : { addresses: kept }),
      ...(keptNotReady.length === 0 ? {} : { notReadyAddresses: keptNotReady }),
      ...(ports === undefined ? {} : { ports }),
    };
  });
}
