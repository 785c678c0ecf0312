// Annotation topology-mode: Auto: endpoints are shared out among zones in proportion to the zones' processors.
import type { Endpoint, EndpointSlice, Node, Service } from "../../cluster/api/types.gen.ts";
import {
  AnnotationTopologyMode,
  DeprecatedAnnotationTopologyAwareHints,
  LabelNodeRoleControlPlane,
  LabelTopologyZone,
} from "../../cluster/api/well-known.ts";
import { parseQuantity } from "../../cluster/apimachinery/quantity.ts";
import { isNodeReady } from "../../cluster/client-go/nodes.ts";
import { compareText } from "../../cluster/sim/text.ts";
import { own } from "../../cluster/sim/values.ts";
import { type Allocation, donations, OVERLOAD, share } from "./controller-topology-shares.ts";

const ANNOTATIONS = [DeprecatedAnnotationTopologyAwareHints, AnnotationTopologyMode];
const EXCLUDED = [LabelNodeRoleControlPlane, "node-role.kubernetes.io/master"];

/** Whether the annotation asks for hints; the older of the two counts where both are set. Spec: [EPS-12]. */
// Models kubernetes/staging/src/k8s.io/endpointslice/utils.go hintsEnabled
export function hintsEnabled(service: Service): boolean {
  const { annotations = {} } = service.metadata;
  const value = ANNOTATIONS.flatMap((name) => own(annotations, name) ?? [])[0];
  return value === "Auto" || value === "auto";
}

/** What is written of slices: those with hints among them. */
interface Written {
  readonly create: readonly EndpointSlice[];
  readonly update: readonly EndpointSlice[];
}

/** What is to be said about a Service. */
export interface TopologyNews {
  readonly type: "Normal" | "Warning";
  readonly reason: "TopologyAwareHintsEnabled" | "TopologyAwareHintsDisabled";
  readonly message: string;
}

type Shares = ReadonlyMap<string, number>;

/** What each zone has of all processors, and which Services have hints. Spec: [EPS-12]. */
// Models kubernetes/staging/src/k8s.io/endpointslice/topologycache TopologyCache
export class Topology {
  /** Each zone's part of the processors of all ready nodes, by zone; undefined when too little is known. */
  #ratios: Shares | undefined;
  readonly #hints = new Map<string, Shares>();

  /** Looks at the nodes again, and says which Services have too few endpoints in some zone now. */
  setNodes(nodes: readonly Node[]): string[] {
    this.#ratios = ratiosOf(nodes);
    return [...this.#hints].flatMap(([key, hints]) => (isOverloaded(hints, this.#ratios) ? [key] : []));
  }

  /** Forgets a Service; true when it had hints. */
  forget(key: string): boolean {
    return this.#hints.delete(key);
  }

  /** Gives each ready endpoint a zone, or none has one and the news say why. */
  // Models topologycache.AddHints
  addHints(
    key: string,
    changes: Written,
    unchanged: readonly EndpointSlice[],
  ): Written & { readonly news: readonly TopologyNews[] } {
    const all = [...changes.create, ...changes.update, ...unchanged];
    const ready = all.reduce((sum, { endpoints }) => sum + (endpoints ?? []).filter(isReady).length, 0);
    const allocations = share(this.#ratios, ready);
    if (typeof allocations === "string") return this.#without(key, changes, { unchanged, why: allocations });
    const { counts, stale } = countHints(unchanged, allocations);
    const open = [...changes.create, ...changes.update, ...stale];
    for (const endpoint of open.flatMap(({ endpoints }) => endpoints ?? []).filter(isReady)) {
      if ((endpoint.zone ?? "") === "")
        return this.#without(key, changes, { unchanged, why: "One or more endpoints do not have a zone specified" });
      counts.set(endpoint.zone ?? "", (counts.get(endpoint.zone ?? "") ?? 0) + 1);
    }
    const hint = hinter(donations(allocations, counts), counts);
    const hinted = (slice: EndpointSlice) => ({ ...slice, endpoints: (slice.endpoints ?? []).map(hint) });
    const create = changes.create.map(hinted);
    const update = [...changes.update, ...stale].map(hinted);
    if (counts.size === 0) return this.#without(key, changes, { unchanged, why: "No hints allocated for zones" });
    const known = this.#hints.has(key);
    this.#hints.set(key, counts);
    const news = known ? [] : [newsOf("Normal", "TopologyAwareHintsEnabled", "Topology Aware Hints has been enabled")];
    return { create, update, news };
  }

  #without(
    key: string,
    changes: Written,
    { unchanged, why }: { readonly unchanged: readonly EndpointSlice[]; readonly why: string },
  ): Written & { readonly news: readonly TopologyNews[] } {
    this.forget(key);
    const hinted = unchanged.filter(({ endpoints }) => endpoints?.some(({ hints }) => hints !== undefined));
    const create = changes.create.map(withoutHints);
    const update = [...changes.update, ...hinted].map(withoutHints);
    return { create, update, news: [newsOf("Warning", "TopologyAwareHintsDisabled", why)] };
  }
}

/** The words for a Service whose annotation is gone. */
export const HINTS_GONE: TopologyNews = newsOf(
  "Warning",
  "TopologyAwareHintsDisabled",
  "Topology Aware Hints has been disabled",
);

function newsOf(type: TopologyNews["type"], reason: TopologyNews["reason"], what: string): TopologyNews {
  return { type, reason, message: `${what}, addressType: IPv4` };
}

function isReady({ conditions }: Endpoint): boolean {
  return conditions?.ready === true;
}

function withoutHints(slice: EndpointSlice): EndpointSlice {
  return { ...slice, endpoints: (slice.endpoints ?? []).map(({ hints: _, ...endpoint }) => endpoint) };
}

/** Gives endpoints their own zone, until a zone has to give some to others; `counts` follows. */
// Models topologycache redistributeHints
function hinter(
  { giving, receiving }: { readonly giving: Map<string, number>; readonly receiving: Map<string, number> },
  counts: Map<string, number>,
): (endpoint: Endpoint) => Endpoint {
  return ({ hints: _, ...endpoint }) => {
    if (!isReady(endpoint)) return endpoint;
    const own = endpoint.zone ?? "";
    const left = giving.get(own) ?? 0;
    const taker = left > 0 ? [...receiving].find(([, number]) => number > 0) : undefined;
    if (taker === undefined) return { ...endpoint, hints: { forZones: [{ name: own }] } };
    const [zone, wanted] = taker;
    giving.set(own, left - 1);
    receiving.set(zone, wanted - 1);
    counts.set(own, (counts.get(own) ?? 0) - 1);
    counts.set(zone, (counts.get(zone) ?? 0) + 1);
    return { ...endpoint, hints: { forZones: [{ name: zone }] } };
  };
}

/** The hints of slices that can stay as they are; the others have to change. */
// Models topologycache getAllocatedHintsByZone, getHintsByZone
function countHints(
  slices: readonly EndpointSlice[],
  allocations: ReadonlyMap<string, Allocation>,
): { readonly counts: Map<string, number>; readonly stale: readonly EndpointSlice[] } {
  const counts = new Map<string, number>();
  const stale: EndpointSlice[] = [];
  for (const slice of slices) {
    const zones = (slice.endpoints ?? [])
      .filter(isReady)
      .map(({ hints }) => hints?.forZones?.map(({ name }) => name) ?? []);
    const own = new Map<string, number>();
    for (const zone of zones.flat()) own.set(zone, (own.get(zone) ?? 0) + 1);
    const fits = [...own].every(([zone, number]) => {
      const most = allocations.get(zone)?.maximum;
      return most !== undefined && number + (counts.get(zone) ?? 0) <= most;
    });
    if (!fits || zones.some((names) => names.length === 0)) stale.push(slice);
    else for (const [zone, number] of own) counts.set(zone, (counts.get(zone) ?? 0) + number);
  }
  return { counts, stale };
}

/** Each zone's part of the processors; undefined when a node tells too little or there is one zone only. */
// Models topologycache SetNodes
function ratiosOf(nodes: readonly Node[]): Shares | undefined {
  const zones = new Map<string, number>();
  for (const node of nodes) {
    if (EXCLUDED.some((label) => own(node.metadata.labels, label) !== undefined) || !isNodeReady(node)) continue;
    const zone = node.metadata.labels?.[LabelTopologyZone] ?? "";
    const processors = milliCpu(node);
    if (zone === "" || processors === 0) return undefined;
    zones.set(zone, (zones.get(zone) ?? 0) + processors);
  }
  if (zones.size < 2) return undefined;
  const total = [...zones.values()].reduce((sum, each) => sum + each, 0);
  const sorted = [...zones].sort(([a], [b]) => compareText(a, b));
  return new Map(sorted.map(([zone, processors]) => [zone, processors / total]));
}

function milliCpu(node: Node): number {
  const quantity = parseQuantity(node.status?.allocatable?.cpu ?? "0");
  return "error" in quantity ? 0 : Number(quantity.nanos / 1_000_000n);
}

/** Whether some zone has fewer endpoints than its part of the processors asks for. */
// Models topologycache serviceOverloaded
function isOverloaded(hints: Shares, ratios: Shares | undefined): boolean {
  if (hints.size === 0) return false;
  if (ratios === undefined) return true;
  const total = [...hints.values()].reduce((sum, each) => sum + each, 0);
  return [...ratios].some(([zone, ratio]) => {
    const here = hints.get(zone);
    return here === undefined || here < Math.ceil(total * ratio * (1 / (1 + OVERLOAD)));
  });
}
