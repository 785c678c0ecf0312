// Finds things by what people call them: name, kind, namespace, label, address or port. What is typed is compared as text only.
import type { MissingAt } from "../../store/missing.ts";
import type { Selection } from "../../store/state.ts";

/** A label that a thing has, or that it selects by. */
export interface LabelAt {
  readonly key: string;
  readonly value: string;
  /** What it is, before the label itself: "label", "selects". */
  readonly what: string;
}

export interface AddressAt {
  readonly address: string;
  /** Such as "ClusterIP". */
  readonly what: string;
}

export interface PortAt {
  readonly port: number;
  /** Such as "node port". */
  readonly what: string;
  /** Whether it is open at the addresses of all Nodes, not at the thing's own. */
  readonly gate?: boolean;
}

/** A thing that can be found. */
export interface Subject {
  readonly selection: Selection;
  readonly kind: string;
  /** What its kind is called, in lower case: `service`, `services`, `svc`. */
  readonly kinds: readonly string[];
  readonly name: string;
  readonly namespace: string | undefined;
  readonly labels: readonly LabelAt[];
  readonly addresses: readonly AddressAt[];
  readonly ports: readonly PortAt[];
  /** Its place among things that match equally well: what is drawn comes first. */
  readonly order: number;
  /** What is missing itself, of which `selection` is the object that refers to it. */
  readonly ghost?: MissingAt;
}

export interface Hit {
  readonly subject: Subject;
  /** What of it matched, where that is not its name. */
  readonly why: string;
}

export interface Found {
  /** The best ones, at most `MOST_HITS`. */
  readonly hits: readonly Hit[];
  readonly count: number;
}

/** More than these are counted, not listed. */
export const MOST_HITS = 50;
export const LONGEST_TEXT = 200;
const MOST_TERMS = 8;
const HIGHEST_PORT = 65_535;

interface Match {
  /** The smaller the better. */
  readonly rank: number;
  readonly why: string;
}

/** The things in which every word of `text` is found. @param gates - addresses of the Nodes. */
export function findIn(subjects: Iterable<Subject>, text: string, gates: readonly string[] = []): Found {
  const terms = text.slice(0, LONGEST_TEXT).toLowerCase().split(" ").filter(isWord).slice(0, MOST_TERMS);
  if (terms.length === 0) return { hits: [], count: 0 };
  const found: (Hit & { readonly rank: number })[] = [];
  for (const subject of subjects) {
    const matched = terms.map((term) => matchTerm(subject, term, gates));
    if (!matched.every((each) => each !== undefined)) continue;
    const why = [...new Set(matched.map((each) => each.why))].filter(isWord).join(", ");
    found.push({ subject, why, rank: matched.reduce((sum, each) => sum + each.rank, 0) });
  }
  found.sort((a, b) => a.rank - b.rank || a.subject.order - b.subject.order || compareNames(a.subject, b.subject));
  return { hits: found.slice(0, MOST_HITS), count: found.length };
}

function isWord(text: string): boolean {
  return text !== "";
}

function compareNames(a: Subject, b: Subject): number {
  const [left, right] = [`${a.name} ${a.namespace}`, `${b.name} ${b.namespace}`];
  return left < right ? -1 : left > right ? 1 : 0;
}

function matchTerm(subject: Subject, term: string, gates: readonly string[]): Match | undefined {
  return (
    matchName(subject, term) ??
    matchKind(subject, term) ??
    matchPort(subject, term, gates) ??
    matchAddress(subject, term) ??
    matchLabel(subject, term)
  );
}

function matchName({ name }: Subject, term: string): Match | undefined {
  const lower = name.toLowerCase();
  if (!lower.includes(term)) return undefined;
  return { rank: lower === term ? 0 : lower.startsWith(term) ? 1 : 3, why: "" };
}

function matchKind({ kinds, namespace }: Subject, term: string): Match | undefined {
  if (kinds.some((kind) => kind === term)) return { rank: 2, why: "" };
  if (namespace === term) return { rank: 4, why: "" };
  return term.length > 2 && kinds.some((kind) => kind.startsWith(term)) ? { rank: 5, why: "" } : undefined;
}

/** `:30080`, `30080`, or with an address before it. */
function matchPort({ ports, addresses }: Subject, term: string, gates: readonly string[]): Match | undefined {
  const at = term.lastIndexOf(":");
  const port = Number(term.slice(at + 1));
  if (!Number.isInteger(port) || port < 1 || port > HIGHEST_PORT) return undefined;
  const host = term.slice(0, Math.max(0, at));
  const isAt = (gate: boolean) =>
    host === "" || (gate ? gates.includes(host) : addresses.some(({ address }) => address === host));
  const found = ports.find((each) => each.port === port && isAt(each.gate === true));
  return found && { rank: host === "" ? 2 : 0, why: `${found.what} ${port}` };
}

function matchAddress({ addresses }: Subject, term: string): Match | undefined {
  const same = addresses.find(({ address }) => address === term);
  const found = same ?? addresses.find(({ address }) => address.startsWith(term));
  return found && { rank: same === undefined ? 4 : 0, why: `${found.what} ${found.address}` };
}

/** `app=web`, the beginning of one such as `app=w`, a key, or a value. */
function matchLabel({ labels }: Subject, term: string): Match | undefined {
  const at = term.indexOf("=");
  const key = at < 0 ? term : term.slice(0, at);
  const value = term.slice(at + (term.startsWith("==", at) ? 2 : 1));
  const isThere = (each: LabelAt) =>
    at < 0
      ? each.key.toLowerCase() === key || each.value.toLowerCase() === key
      : each.key.toLowerCase() === key && each.value.toLowerCase().startsWith(value);
  const found = labels.find((each) => isThere(each) && each.value.toLowerCase() === value) ?? labels.find(isThere);
  return (
    found && { rank: found.value.toLowerCase() === value ? 5 : 6, why: `${found.what} ${found.key}=${found.value}` }
  );
}
