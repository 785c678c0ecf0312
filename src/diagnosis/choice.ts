// Why just this endpoint, beyond the draw: a client's pin, and the pods that were never among the candidates.
import {
  type Hop,
  hasAll,
  type MatchedRule,
  makeKey,
  own,
  type Pod,
  type Service,
  type World,
} from "../cluster/index.ts";

/** A client that session affinity holds to one endpoint on one node. */
export interface Pin {
  readonly node: string;
  /** The client's address as the node sees it. */
  readonly client: string;
  /** `sessionAffinityConfig.clientIP.timeoutSeconds` */
  readonly timeoutSeconds: number;
  /** Virtual milliseconds until the node forgets the client; undefined when it has. */
  readonly remaining: number | undefined;
}

/** The pin that decided on a hop; undefined where the endpoint was drawn. Source: docs/semantics.md 3.6. */
export function pinOf(world: World, hop: Hop): Pin | undefined {
  for (const [place, header, rules] of [
    [hop.from, hop.received, hop.rules],
    [hop.to, hop.header, hop.end?.rules ?? []],
  ] as const) {
    const check = rules.flatMap(checkOf)[0];
    if (check === undefined) continue;
    const node = place.kind === "node" ? place.name : place.kind === "pod" ? nodeOfPod(world, place) : undefined;
    if (node === undefined) continue;
    const { name, seconds } = check;
    const { now } = world.clock;
    const seenAt = world.network.affinityOf(node, name, header.source, seconds);
    const remaining = seenAt === undefined ? undefined : seenAt + seconds * 1000 - now;
    return { node, client: header.source, timeoutSeconds: seconds, remaining };
  }
  return undefined;
}

/** The list that a rule looked the client up in, and for how long it holds. */
function checkOf({ text }: MatchedRule): { name: string; seconds: number }[] {
  const [, name, seconds] = /-m recent --name (\S+) --rcheck --seconds (\d+)/.exec(text) ?? [];
  return name === undefined ? [] : [{ name, seconds: Number(seconds) }];
}

function nodeOfPod(world: World, { namespace, name }: { namespace: string; name: string }): string | undefined {
  return world.api.find("pods", namespace, name)?.spec?.nodeName;
}

/** A pod that is no endpoint of a Service, and why. */
export interface Stranger {
  readonly namespace: string;
  readonly name: string;
  /** Labels that the selector wants, with what the pod has instead; empty when the labels fit. */
  readonly differences: readonly {
    readonly key: string;
    readonly wanted: string;
    readonly found: string | undefined;
  }[];
  /** Why, when it is not the labels. */
  readonly reason: "another-namespace" | "no-address" | "ended" | undefined;
}

const MOST = 50;

/**
 * Pods that a reader may take for endpoints and that are none: those of the Service's namespace whose labels differ, which have
 * no address or have ended, and those of other namespaces whose labels fit. The nearest first, at most 50. Source: docs/semantics.md 2.1.
 */
export function strangersOf(world: World, { metadata, spec }: Service): readonly Stranger[] {
  const selector = spec?.selector;
  if (selector === undefined || Object.keys(selector).length === 0) return [];
  const found = world.api.list("pods").flatMap((pod): Stranger[] => {
    const { namespace = "", name = "", labels = {} } = pod.metadata;
    if (namespace !== metadata.namespace)
      return hasAll(labels, selector) ? [{ namespace, name, differences: [], reason: "another-namespace" }] : [];
    const differences = Object.entries(selector).flatMap(([key, wanted]) =>
      own(labels, key) === wanted ? [] : [{ key, wanted, found: own(labels, key) }],
    );
    if (differences.length > 0) return [{ namespace, name, differences, reason: undefined }];
    const reason = whyNot(pod);
    return reason === undefined ? [] : [{ namespace, name, differences, reason }];
  });
  return found
    .sort((a, b) => a.differences.length - b.differences.length || (keyOf(a) < keyOf(b) ? -1 : 1))
    .slice(0, MOST);
}

function whyNot({ status }: Pod): Stranger["reason"] {
  if (status?.phase === "Succeeded" || status?.phase === "Failed") return "ended";
  return status?.podIP === undefined || status.podIP === "" ? "no-address" : undefined;
}

const keyOf = ({ namespace, name }: Stranger) => makeKey(namespace, name);
