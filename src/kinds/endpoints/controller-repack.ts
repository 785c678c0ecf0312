// From single (address, port) pairs to the subsets of an Endpoints object.

import type { EndpointAddress, EndpointSubset, Endpoints } from "../../cluster/api/types.gen.ts";
import { fnv1a128 } from "../../cluster/apimachinery/hash.ts";
import { compareText } from "../../cluster/sim/text.ts";

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

/** Subsets in which all addresses have all ports: addresses with the same ports are grouped. Spec: [EP-2]. */
// Models kubernetes/pkg/api/v1/endpoints RepackSubsets
export function repack(pairs: readonly Pair[]): EndpointSubset[] {
  const hash = rememberHashes();
  const byAddress = new Map<string, { address: EndpointAddress; ready: boolean; ports: Map<string, SubsetPort> }>();
  for (const { address, ready, port } of pairs) {
    const key = `${address.ip} ${address.targetRef?.uid ?? ""}`;
    const entry = byAddress.get(key) ?? { address, ready, ports: new Map<string, SubsetPort>() };
    byAddress.set(key, entry);
    if (port !== undefined) entry.ports.set(hash(port), port);
  }
  const subsets = new Map<string, { ports: SubsetPort[]; ready: EndpointAddress[]; notReady: EndpointAddress[] }>();
  for (const { address, ready, ports } of byAddress.values()) {
    const sorted = [...ports].sort(([a], [b]) => compareText(a, b));
    const key = sorted.map(([hash]) => hash).join();
    const subset = subsets.get(key) ?? { ports: sorted.map(([, port]) => port), ready: [], notReady: [] };
    subsets.set(key, subset);
    (ready ? subset.ready : subset.notReady).push(address);
  }
  return [...subsets]
    .sort(([a], [b]) => compareText(a, b))
    .map(([, { ports, ready, notReady }]) => ({
      ...(ready.length === 0 ? {} : { addresses: ready.sort(byIP) }),
      ...(notReady.length === 0 ? {} : { notReadyAddresses: notReady.sort(byIP) }),
      ...(ports.length === 0 ? {} : { ports }),
    }));
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
