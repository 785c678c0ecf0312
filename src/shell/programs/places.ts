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

/** What became of a request, and what can be told of the way there. */
export interface Answered {
  readonly outcome: Outcome;
  readonly elapsedMs: number;
  /** The address and port the sender itself was connected to; undefined when no packet left. */
  readonly remote: { readonly address: string; readonly port: number } | undefined;
  /** The sender's own address and port. */
  readonly local: { readonly address: string; readonly port: number } | undefined;
  /** Whether the request reached a process. */
  readonly delivered: boolean;
}

/** Sends a request from where the program runs and calls `done` when it has come to something, unless Ctrl-C came first. */
export function send(io: ProgramIO, request: Omit<SendRequest, "from">, done: (answer: Answered) => void): void {
  const { cluster } = io;
  const startedAt = cluster.clock.now;
  let stopped = false;
  io.onInterrupt(() => {
    stopped = true;
    io.exit(130);
  });
  const id: { value?: number } = {};
  const finish = (outcome: Outcome) => {
    if (!stopped) done({ outcome, elapsedMs: cluster.clock.now - startedAt, ...wayOf(cluster, id.value) });
  };
  let early: Outcome | undefined;
  id.value = cluster.send({ from: io.at.place, ...request }, (outcome) => {
    if (id.value === undefined) early = outcome;
    else finish(outcome);
  });
  if (early !== undefined) finish(early);
}

function wayOf(cluster: Cluster, exchangeId: number | undefined): Omit<Answered, "outcome" | "elapsedMs"> {
  const exchange = exchangeId === undefined ? undefined : cluster.trace.exchange(exchangeId);
  const packets = (exchange?.packets ?? []).map((id) => cluster.trace.packet(id));
  const first = packets[0]?.hops[0]?.received;
  const delivered = packets[0]?.hops.some(({ verdict }) => verdict === "delivered") ?? false;
  if (first === undefined) return { remote: undefined, local: undefined, delivered };
  return {
    remote: { address: first.destination, port: first.destinationPort },
    local: { address: first.source, port: first.sourcePort },
    delivered,
  };
}
