// Where two runs that should be equal part: the first change of an object or hop that differs, by field.
import type { Occurrence } from "../scenario/index.ts";
import { type FieldDifference, fieldDifferences } from "./fields.ts";

/** The first occurrence in which two runs differ. */
export interface FirstDifference extends FieldDifference {
  /** Virtual ms; of the run that has the occurrence where the other one has none. */
  readonly at: number;
  /** `services default/web MODIFIED`, or `hop 3 of packet 12`. */
  readonly what: string;
  /** How many occurrences before it are equal. */
  readonly index: number;
}

/** Compares what happened in two runs, in the order in which it happened; undefined when all is equal. */
export function firstDifference(
  before: readonly Occurrence[],
  after: readonly Occurrence[],
): FirstDifference | undefined {
  for (let index = 0; index < Math.max(before.length, after.length); index++) {
    const [a, b] = [before[index], after[index]];
    const [difference] = fieldDifferences(a, b, []);
    if (difference !== undefined) return { at: (a ?? b)?.at ?? 0, what: nameOf(a ?? b), index, ...difference };
  }
  return undefined;
}

/** One sentence for a test's message. */
export function describeDifference({ at, what, path, before, after, index }: FirstDifference): string {
  const field = path.length === 0 ? "" : `, ${path.join(".")}`;
  return `after ${index} equal occurrences, at ${at} ms: ${what}${field}: ${text(before)} in one run, ${text(after)} in the other`;
}

function nameOf(occurrence: Occurrence | undefined): string {
  if (occurrence === undefined) return "nothing";
  const { what } = occurrence;
  if (!("resource" in what)) return `hop ${what.index} of packet ${what.packet}`;
  const { namespace, name } = what.object.metadata;
  return `${what.resource} ${namespace === undefined ? "" : `${namespace}/`}${name} ${what.type}`;
}

function text(value: unknown): string {
  const written = JSON.stringify(value) ?? "nothing";
  return written.length > 200 ? `${written.slice(0, 199)}…` : written;
}
