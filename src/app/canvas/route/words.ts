// Short sentences for people: names shortened to fit, and the terms that need explaining.
import type { Place } from "../../../cluster/index.ts";

/** The longest sentence of the narration, in characters. */
export const LONGEST = 90;
/** How long a name may be, tried one by one until the sentence fits. */
const NAMES = [63, 40, 28, 20, 14];

/** Shortens a name in its middle: its beginning says what it is, its end distinguishes it. */
export function shorten(name: string, most: number): string {
  if (name.length <= most) return name;
  const tail = Math.min(6, Math.floor((most - 1) / 2));
  return `${name.slice(0, most - 1 - tail)}…${name.slice(name.length - tail)}`;
}

/** A sentence of at most 90 characters. `tell` is given how to write names, which it makes shorter and shorter. */
export function inShort(tell: (name: (text: string) => string) => string): string {
  let text = "";
  for (const most of NAMES) {
    text = sentence(tell((name) => shorten(name, most)));
    if (text.length <= LONGEST) return text;
  }
  return cut(text);
}

/** Where a long sentence may end early: before what only explains. */
const CLAUSES = /[:;,] | and | or /g;

function cut(text: string): string {
  const room = text.slice(0, LONGEST);
  const clause = [...room.matchAll(CLAUSES)].at(-1)?.index ?? 0;
  if (clause > LONGEST / 2) return `${room.slice(0, clause)}.`;
  return `${room.slice(0, Math.max(LONGEST / 2, room.lastIndexOf(" ", LONGEST - 1))).replace(/[\s,;:]+$/, "")}…`;
}

/** Gives a clause its full stop and its capital, except to names of nodes, hosts and chains, which have none. */
function sentence(clause: string): string {
  const text = /^(the|pod|this|its|of|a|an|after|nothing|nobody|it) /i.test(clause)
    ? clause.slice(0, 1).toUpperCase() + clause.slice(1)
    : clause;
  return /[.…?]$/.test(text) ? text : `${text}.`;
}

/** A place as a sentence names it: "the laptop", "node-2", "pod web-1". */
export function nameOf(place: Place, name: (text: string) => string): string {
  switch (place.kind) {
    case "client":
      return `the ${name(place.name)}`;
    case "pod":
      return `pod ${name(place.name)}`;
    case "node":
      return name(place.name);
    case "outside":
      if (place.name.startsWith("load-balancer ")) return "the load balancer";
      return place.name.includes(".") ? name(place.name) : `the ${name(place.name)}`;
  }
}

/** Words of Kubernetes and its network that a beginner does not know, each in one line. */
export const TERMS = {
  NodePort: "NodePort: a port that every node opens for one Service.",
  ClusterIP: "ClusterIP: a Service's own address. No machine has it; it exists in each node's rules.",
  chain: "Chain: a list of rules in a node's kernel, read from the top; KUBE-… are kube-proxy's.",
  endpoint: "Endpoint: the address and port of one pod behind a Service.",
  masquerade: "Masquerade: the node uses its own address as the source, so that answers return to it.",
  connection: "Connection: a node remembers what it rewrote, and reverses it for replies.",
  CoreDNS: "CoreDNS: the cluster's DNS server; it knows the names of Services.",
} as const;

export type Term = keyof typeof TERMS;

const FOUND: readonly (readonly [Term, RegExp])[] = [
  ["NodePort", /\bNodePort\b/],
  ["ClusterIP", /\bClusterIP\b/],
  ["chain", /\bKUBE-/],
  ["endpoint", /\bendpoints?\b/],
  ["masquerade", /\bmasquerade\b/i],
  ["connection", /\bthe connection\b/],
  ["CoreDNS", /\bCoreDNS\b/],
];

/** The terms in a sentence. */
export function termsIn(text: string): readonly Term[] {
  return FOUND.flatMap(([term, pattern]) => (pattern.test(text) ? [term] : []));
}
