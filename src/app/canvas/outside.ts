// What is between the clients and the cluster: a cloud's load balancers, and hosts that external names lead to.
import { keyOf, LoadBalancerCleanupFinalizer, type Place, type Service } from "../../cluster/index.ts";
import { W } from "../../words/en/canvas.ts";
import { type Box, GAP, type Metrics } from "./metrics.ts";

/** One load balancer of the cloud. */
export interface BalancerInput {
  readonly address: string;
  /** Key of the Service it was made for. */
  readonly service: string;
}

/** What is outside. */
export interface OutsideInput {
  readonly balancers: readonly BalancerInput[];
  /** Names of hosts. */
  readonly hosts: readonly string[];
}

/** The name server that the cluster's DNS asks, as packets name it. */
export const UPSTREAM = W.upstream;
/** Heights inside a card, its width (`wide` above the cluster, where there is room), and how many rows it lists. */
export const OUTSIDE = { head: 27, row: 40, foot: 54, width: 140, wide: 180, most: 5 };

/** Load balancers that a cloud has made for these Services, and the hosts their external names lead to. */
export function outsideOf(services: readonly Service[]): OutsideInput {
  const balancers = services
    .filter(({ metadata }) => metadata.finalizers?.includes(LoadBalancerCleanupFinalizer))
    .flatMap((service) =>
      (service.status?.loadBalancer?.ingress ?? []).flatMap(({ ip, hostname = "" }) => {
        const address = ip ?? /^[\d-]+(?=\.lb\.)/.exec(hostname)?.[0].replaceAll("-", ".");
        return address === undefined ? [] : [{ address, service: keyOf(service) }];
      }),
    );
  const names = services.flatMap(({ spec }) => (spec?.type === "ExternalName" ? (spec.externalName ?? "") : []));
  const hosts = names
    .map((name) => name.replace(/\.$/, ""))
    .filter((name) => /\.[a-z]/.test(name) && !/\.(?:cluster\.local|svc)$/.test(name));
  return { balancers, hosts: [...new Set(hosts)].sort() };
}

function rowsOf(count: number): number {
  return Math.min(count, OUTSIDE.most);
}

function heights({ balancers, hosts }: OutsideInput): { cloud: number; world: number } {
  const { head, row, foot } = OUTSIDE;
  return {
    cloud: balancers.length === 0 ? 0 : head + rowsOf(balancers.length) * row + foot,
    world: hosts.length === 0 ? 0 : head + (rowsOf(hosts.length) + 1) * row + 8,
  };
}

/** The measures with room for them: left of the cluster's frame, or above it where the clients are above. */
export function withOutside(input: OutsideInput, metrics: Metrics): Metrics {
  const { cloud, world } = heights(input);
  if (cloud + world === 0) return metrics;
  const { frame } = metrics;
  if (metrics.clientsAbove) return { ...metrics, frame: { ...frame, y: frame.y + Math.max(cloud, world) + GAP } };
  return { ...metrics, frame: { ...frame, x: frame.x + OUTSIDE.width + 26 } };
}

/** Places the cards; returns where the lower one ends. */
export function placeOutside(
  input: OutsideInput,
  room: { metrics: Metrics; top: number; bottom: number; boxes: Map<string, Box> },
): number {
  const { cloud, world } = heights(input);
  const { metrics, boxes } = room;
  const above = metrics.clientsAbove;
  const width = above ? OUTSIDE.wide : OUTSIDE.width;
  const x = above ? 0 : metrics.frame.x - width - 26;
  const y = above ? metrics.frame.y - Math.max(cloud, world) - GAP : room.top + metrics.label;
  if (cloud > 0) boxes.set("cloud", { x, y, width, height: cloud });
  const besideX = above && cloud > 0 ? width + GAP : x;
  const belowY = above ? y : Math.max(cloud === 0 ? y : y + cloud + 2 * GAP, room.bottom - world);
  if (world > 0) boxes.set("world", { x: besideX, y: belowY, width, height: world });
  return above ? 0 : belowY + world;
}

/** Where a route meets a place outside: its row, on the side of who is at the other end; undefined when it has no card. */
export function outsidePoint(
  name: string,
  other: Place,
  scene: { readonly boxes: ReadonlyMap<string, Box>; readonly outside: OutsideInput },
) {
  const { balancers, hosts } = scene.outside;
  const ofCloud = balancers.findIndex(({ address }) => name === `load-balancer ${address}`);
  const at = ofCloud >= 0 ? ofCloud : name === UPSTREAM ? rowsOf(hosts.length) : hosts.indexOf(name);
  const box = at < 0 ? undefined : scene.boxes.get(ofCloud >= 0 ? "cloud" : "world");
  if (box === undefined) return undefined;
  const row = Math.min(at, OUTSIDE.most - (ofCloud >= 0 || name !== UPSTREAM ? 1 : 0));
  const y = box.y + OUTSIDE.head + (row + 0.5) * OUTSIDE.row;
  return { x: other.kind === "client" ? box.x : box.x + box.width, y };
}
