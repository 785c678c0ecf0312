// Two texts side by side, line by line.
import { type KubeObject, LastAppliedConfigAnnotation } from "../../cluster/index.ts";
import { parseManifest, toYaml } from "../../manifest/index.ts";
import { applyEdits, driftOf, type Lister, liveObject, outline } from "./language/index.ts";

/** One line of a comparison. */
export interface DiffLine {
  readonly kind: "same" | "added" | "removed";
  readonly text: string;
  /** Its number in the newer text, or in the older one when it was removed. */
  readonly number: number;
}

/** Lines beyond which only the changed middle is shown as replaced, without looking for what moved. */
const SEARCHED = 3000;

/** What makes `after` of `before`. */
export function diffLines(before: string, after: string): readonly DiffLine[] {
  const [a, b] = [before.split("\n"), after.split("\n")];
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  const middle = middleDiff(a.slice(head, a.length - tail), b.slice(head, b.length - tail), head);
  const same = (from: number, to: number): DiffLine[] =>
    b.slice(from, to).map((text, at) => ({ kind: "same", text, number: from + at + 1 }));
  return [...same(0, head), ...middle, ...same(b.length - tail, b.length)];
}

function middleDiff(a: readonly string[], b: readonly string[], offset: number): DiffLine[] {
  const removed = (at: number): DiffLine => ({ kind: "removed", text: a[at] ?? "", number: offset + at + 1 });
  const added = (at: number): DiffLine => ({ kind: "added", text: b[at] ?? "", number: offset + at + 1 });
  if (a.length * b.length > SEARCHED * SEARCHED)
    return [...a.map((_, at) => removed(at)), ...b.map((_, at) => added(at))];
  const common = commonLengths(a, b);
  const width = b.length + 1;
  const lines: DiffLine[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      lines.push({ kind: "same", text: b[j] ?? "", number: offset + j + 1 });
      i++;
      j++;
      continue;
    }
    const dropping = common[(i + 1) * width + j] ?? 0;
    const adding = common[i * width + j + 1] ?? 0;
    if (j >= b.length || (i < a.length && dropping >= adding)) lines.push(removed(i++));
    else lines.push(added(j++));
  }
  return lines;
}

/** Length of the longest common subsequence of what follows each pair of places. */
function commonLengths(a: readonly string[], b: readonly string[]): Uint16Array {
  const width = b.length + 1;
  const lengths = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--) {
      const at = i * width + j;
      lengths[at] =
        a[i] === b[j] ? (lengths[at + width + 1] ?? 0) + 1 : Math.max(lengths[at + width] ?? 0, lengths[at + 1] ?? 0);
    }
  return lengths;
}

/** The text as the cluster has it now: every field in it with its live value. Objects that are gone stay as typed. */
export function asLive(text: string, lister: Lister): string {
  const edits = outline(text).flatMap((section) => {
    const live = liveObject(lister, section);
    return live === undefined
      ? []
      : driftOf(section, live).flatMap(({ entry, live: now }) =>
          entry.value === undefined || now === undefined
            ? []
            : [{ line: entry.line, from: entry.value.from, endLine: entry.line, to: entry.value.to, text: now }],
        );
  });
  return applyEdits(text, edits);
}

/**
 * The objects of a text as they are typed and as the cluster has them, both in the order in which kubectl prints fields: so that
 * what was filled in, allocated or changed is shown beside what was typed. Status and bookkeeping are left out.
 */
export function asObjects(text: string, lister: Lister): { readonly typed: string; readonly live: string } {
  const pairs = parseManifest(text).flatMap(({ value, error }) => {
    if (error !== undefined || typeof value !== "object" || value === null) return [];
    const typed = value as KubeObject; // any field may be missing: it is only printed and looked up
    const { apiVersion, kind, metadata } = typed;
    const live = liveObject(lister, { apiVersion, kind, name: metadata?.name, namespace: metadata?.namespace });
    return [[typed, live ?? typed] as const];
  });
  const print = (at: 0 | 1) => pairs.map((pair) => toYaml(withoutBookkeeping(pair[at]))).join("---\n");
  return { typed: print(0), live: print(1) };
}

function withoutBookkeeping(object: KubeObject): object {
  const { status: _status, ...rest } = object as KubeObject & { status?: unknown }; // any kind may have one
  const { uid, resourceVersion, creationTimestamp, generation, annotations, ...metadata } = rest.metadata ?? {};
  void [uid, resourceVersion, creationTimestamp, generation];
  const { [LastAppliedConfigAnnotation]: _applied, ...own } = annotations ?? {};
  return { ...rest, metadata: Object.keys(own).length === 0 ? metadata : { annotations: own, ...metadata } };
}
