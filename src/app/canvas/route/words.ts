// Short sentences for people: names shortened to fit, and the terms that need explaining.
import type { Place } from "../../../cluster/index.ts";
import { W } from "../../../words/en/narration.ts";

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
const CLAUSES = W.clauses;

function cut(text: string): string {
  const room = text.slice(0, LONGEST);
  const clause = [...room.matchAll(CLAUSES)].at(-1)?.index ?? 0;
  if (clause > LONGEST / 2) return `${room.slice(0, clause)}.`;
  return `${room.slice(0, Math.max(LONGEST / 2, room.lastIndexOf(" ", LONGEST - 1))).replace(/[\s,;:]+$/, "")}…`;
}

/** Gives a clause its full stop and its capital, except to names of nodes, hosts and chains, which have none. */
function sentence(clause: string): string {
  const text = W.begins.test(clause) ? clause.slice(0, 1).toUpperCase() + clause.slice(1) : clause;
  return /[.…?]$/.test(text) ? text : `${text}.`;
}

/** A place as a sentence names it: "the laptop", "node-2", "pod web-1". */
export function nameOf(place: Place, name: (text: string) => string): string {
  switch (place.kind) {
    case "client":
      return W.the(name(place.name));
    case "pod":
      return W.pod(name(place.name));
    case "node":
      return name(place.name);
    case "outside":
      if (place.name.startsWith("load-balancer ")) return W.balancer;
      return place.name.includes(".") ? name(place.name) : W.the(name(place.name));
  }
}

/** Words of Kubernetes and its network that a beginner does not know, each in one line. */
export const TERMS = W.terms;

export type Term = keyof typeof TERMS;

const FOUND: readonly (readonly [Term, RegExp])[] = [
  ["NodePort", /\bNodePort\b/],
  ["ClusterIP", /\bClusterIP\b/],
  ["chain", /\bKUBE-/],
  ["endpoint", /\bendpoints?\b/],
  ["masquerade", /\bmasquerade\b/i],

  ["connection", W.connection],
  ["CoreDNS", /\bCoreDNS\b/],
];

/** The terms in a sentence. */
export function termsIn(text: string): readonly Term[] {
  return FOUND.flatMap(([term, pattern]) => (pattern.test(text) ? [term] : []));
}
