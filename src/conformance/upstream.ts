// Every case that was restated from upstream's tests or reports: sessions, tables, reports, played one by one.
import type { Result } from "./playing.ts";
import { playReport, playSession, reportNames, sessionNames } from "./sessions.ts";
import { playTable, tableNames } from "./tables.ts";

/** Plays all cases whose names contain one of the words; all without words. */
export function playUpstream(words: readonly string[] = []): Result[] {
  const chosen = (names: readonly string[]) =>
    names.filter((name) => words.length === 0 || words.some((word) => name.includes(word)));
  return [
    ...chosen(sessionNames()).map(playSession),
    ...chosen(tableNames()).flatMap(playTable),
    ...chosen(reportNames()).map(playReport),
  ];
}
