// Small wording that several checks share: lists of names, plurals, references, commands.
import { type KubeObject, type ObjectRef, own, type Protocol, type Service } from "../cluster/index.ts";
import { W } from "../words/en/diagnosis.ts";

/** `a`, `a and b`, `a, b and c`, `a, b, c and 4 more`. */
export function listed(words: readonly string[], most = 4): string {
  const shown = words.length > most ? [...words.slice(0, most - 1), W.more(words.length - most + 1)] : words;
  if (shown.length < 2) return shown.join("");
  return W.and(shown.slice(0, -1).join(", "), shown.at(-1));
}

/** `1 pod`, `3 pods`. */
export function counted(count: number, noun: string): string {
  return `${count} ${count === 1 ? (own(W.nouns, noun)?.[0] ?? noun) : (own(W.nouns, noun)?.[1] ?? `${noun}s`)}`;
}

/** `app=web,tier=front`. */
export function labelText(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(",");
}

/** The reference to an object. */
export function refOf(object: KubeObject): ObjectRef {
  const { apiVersion, kind, metadata } = object;
  return { apiVersion, kind, namespace: metadata.namespace, name: metadata.name ?? "" };
}

/** `Service web`, `Service api in namespace prod`. */
export function refText({ kind, namespace, name }: ObjectRef): string {
  return namespace === undefined || namespace === "default" ? `${kind} ${name}` : W.in(kind, name, namespace);
}

/** ` -n prod`; nothing for the namespace that kubectl takes by itself. */
export function inNamespace(namespace: string | undefined): string {
  return namespace === undefined || namespace === "default" ? "" : ` -n ${namespace}`;
}

/** `web`, or `prod/web` outside the default namespace. */
export function shortName({ metadata: { name = "", namespace } }: KubeObject): string {
  return namespace === undefined || namespace === "default" ? name : `${namespace}/${name}`;
}

/** The whole name that the cluster's DNS knows a Service by. */
export function dnsName({ metadata: { name, namespace } }: Service): string {
  return `${name}.${namespace}.svc.cluster.local`;
}

/** A protocol as it is written in an object; TCP where it is left out. */
export function protocolOf(protocol: string | undefined): Protocol {
  return protocol === "UDP" || protocol === "SCTP" ? protocol : "TCP";
}

/** Whether a Service has clusterIP None. */
export function isHeadless({ spec }: Service): boolean {
  return spec?.clusterIP === "None";
}

/** The one of these words that a mistyped one may have been; undefined when none is near. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const limit = Math.max(1, Math.floor(word.length / 3));
  const ranked = candidates
    .map((candidate) => ({ candidate, far: distance(plainly(word), plainly(candidate)) }))
    .filter(({ far }) => far <= limit)
    .sort((a, b) => a.far - b.far || (a.candidate < b.candidate ? -1 : 1));
  return ranked[0]?.candidate;
}

const plainly = (word: string) =>
  word
    .toLowerCase()
    .replace(/[-_\s]/g, "")
    .slice(0, 80);

/** Single-character changes between two words; two neighbours that changed places are one. */
function distance(a: string, b: string): number {
  let [above, row]: [number[], number[]] = [[], Array.from({ length: b.length + 1 }, (_, at) => at)];
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swap = swapped ? (above[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY;
      next.push(Math.min(change, swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    [above, row] = [row, next];
  }
  return row[b.length] ?? 0;
}
