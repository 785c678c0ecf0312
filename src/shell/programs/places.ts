// Who sends: places as they are typed (`laptop`, `node/NAME`, `pod/NAME`) and what is sent from there.
import type { Cluster, Outcome, Place, SendRequest } from "../../cluster/index.ts";
import type { ProgramIO } from "../program.ts";

/** The place that WHO means, or an address; undefined when there is none such. */
export function placeOf(cluster: Cluster, who: string, namespace: string): Place | string | undefined {
  const [kind = "", ...rest] = who.split("/");
  if (kind === "node" || kind === "no") {
    const name = rest.join("/");
    return cluster.api.find("nodes", undefined, name) === undefined ? undefined : { kind: "node", name };
  }
  if (kind === "pod" || kind === "po") {
    const [first = "", second] = rest;
    const pod = second === undefined ? { namespace, name: first } : { namespace: first, name: second };
    return cluster.api.find("pods", pod.namespace, pod.name) === undefined ? undefined : { kind: "pod", ...pod };
  }
  if (cluster.settings.clients.some(({ name }) => name === who)) return { kind: "client", name: who };
  return /^\d{1,3}(?:\.\d{1,3}){3}$/.test(who) ? who : undefined;
}

/** The outcome of a request, and what is known of the way there. */
export interface Answered {
  readonly outcome: Outcome;
  readonly elapsedMs: number;
  /** The address and port the sender itself was connected to; undefined when no packet left. */
  readonly remote: { readonly address: string; readonly port: number } | undefined;
  /** The sender's own address and port. */
  readonly local: { readonly address: string; readonly port: number } | undefined;
  /** Whether the request reached a process. */
  readonly delivered: boolean;
  /** Milliseconds until the name was resolved. */
  readonly resolvedMs: number;
}

/** How a request leaves: `cluster.send`, or that of a client that keeps its connections. */
type Sender = Pick<Cluster, "send">;

/**
 * Sends a request from where the program runs and calls `done` when it has come to something, unless Ctrl-C came first.
 * Returns how to be deaf to what comes of it.
 */
export function send(
  io: ProgramIO,
  request: Omit<SendRequest, "from">,
  done: (answer: Answered) => void,
  by: Sender = io.cluster,
): () => void {
  const { cluster } = io;
  const startedAt = cluster.clock.now;
  let stopped = false;
  io.onInterrupt(() => {
    stopped = true;
    io.exit(130);
  });
  const id: { value?: number } = {};
  const finish = (outcome: Outcome) => {
    if (!stopped) done({ outcome, elapsedMs: cluster.clock.now - startedAt, ...wayOf(cluster, id.value, startedAt) });
  };
  let early: Outcome | undefined;
  id.value = by.send({ from: io.at.place, ...request }, (outcome) => {
    if (id.value === undefined) early = outcome;
    else finish(outcome);
  });
  if (early !== undefined) finish(early);
  return () => {
    stopped = true;
  };
}

function wayOf(
  cluster: Cluster,
  exchangeId: number | undefined,
  startedAt: number,
): Omit<Answered, "outcome" | "elapsedMs"> {
  const exchange = exchangeId === undefined ? undefined : cluster.trace.exchange(exchangeId);
  const packets = (exchange?.packets ?? []).map((id) => cluster.trace.packet(id));
  // A client that got several addresses goes on to the next: it reports the last attempt.
  const hops = packets.findLast((packet) => packet?.kind === "request")?.hops ?? [];
  const delivered = hops.some(({ verdict }) => verdict === "delivered");
  const first = hops[0]?.received;
  const resolvedMs = (hops[0]?.sentAt ?? startedAt) - startedAt;
  if (first === undefined) return { remote: undefined, local: undefined, delivered, resolvedMs };
  return {
    remote: { address: first.destination, port: first.destinationPort },
    local: { address: first.source, port: first.sourcePort },
    delivered,
    resolvedMs,
  };
}

/** Whose tools a place has: GNU and BIND on machines and most images, busybox in the small ones; 1.28 is busybox before its nslookup was rewritten. */
export function flavourOf({
  cluster,
  at: { place, container },
}: Pick<ProgramIO, "cluster" | "at">): "gnu" | "busybox" | "old-busybox" {
  if (place.kind !== "pod") return "gnu";
  const { containers: main = [], initContainers = [] } =
    cluster.api.find("pods", place.namespace, place.name)?.spec ?? {};
  const containers = [...main, ...initContainers];
  const image = (containers.find(({ name }) => name === container) ?? containers[0])?.image ?? "";
  if (/(?:^|\/)busybox:1\.(?:[0-9]|1\d|2[0-8])(?:[.-]|$)/.test(image)) return "old-busybox";
  return /(?:^|\/)(?:busybox|alpine|curlimages\/curl)(?:[:@]|$)|-alpine\b|:[\w.-]*alpine/.test(image)
    ? "busybox"
    : "gnu";
}
