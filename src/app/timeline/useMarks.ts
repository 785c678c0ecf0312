// Gathers the marks of the branch that is shown, a few times a second.
import { useEffect, useMemo, useState } from "react";
import { useApp, usePlayground } from "../store/react.ts";
import type { Run } from "../store/run.ts";
import { actionMarks, answerMark, endpointMark, failureMark, type Mark, noteMark } from "./marks.ts";

/** Marks kept for the track: of more, the oldest that no person caused are left out. */
const MOST = 3_000;
const EVERY_MS = 250;

/** The marks of the whole branch, oldest first, wherever the playhead is. */
export function useMarks(): readonly Mark[] {
  const playground = usePlayground();
  const branch = useApp((state) => state.branch);
  const beginning = useApp((state) => state.beginning.id);
  const notes = useApp((state) => state.notes);
  const [marks, setMarks] = useState<readonly Mark[]>([]);
  useEffect(() => {
    void branch;
    void beginning; // another scenario or branch: the marks are others
    let seen = "";
    let lookedAt = Number.NEGATIVE_INFINITY;
    const look = () => {
      if (performance.now() - lookedAt < EVERY_MS) return;
      const { head } = playground;
      const size = `${head.log.length} ${head.pending.length} ${head.story.ended.length} ${head.story.ended.at(-1)?.outcome.kind} ${head.story.endpoints.length}`;
      if (size === seen) return;
      seen = size;
      lookedAt = performance.now();
      setMarks(marksOf(head));
    };
    look();
    return playground.frames.on(look);
  }, [playground, branch, beginning]);
  return useMemo(
    () => (notes.length === 0 ? marks : [...marks, ...notes.map(noteMark)].toSorted((a, b) => a.at - b.at)),
    [marks, notes],
  );
}

/** All that is marked of a run, oldest first. */
export function marksOf({ log, pending, story }: Run): readonly Mark[] {
  const outcomes = story.ended.slice(-MOST).flatMap((exchange) => failureMark(exchange) ?? answerMark(exchange) ?? []);
  const endpoints = story.endpoints
    .slice(-MOST)
    .filter(({ at }) => at > 0)
    .map(endpointMark);
  return [...actionMarks(log, pending), ...endpoints, ...outcomes].toSorted((a, b) => a.at - b.at);
}
