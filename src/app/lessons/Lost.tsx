// A task that can't be done any more from here: why, and the way back to where it can.
import { Undo2 } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { isLost, type LessonRun, type Lost as LostTask, searchLost } from "../../lessons/index.ts";
import { formatElapsed } from "../../scenario/index.ts";
import { W } from "../../words/en/lessons.ts";
import { goBackTo } from "../store/go-back.ts";
import type { Playground } from "../store/playground.ts";
import { useApp, usePlayground } from "../store/react.ts";
import { describeAction } from "../store/sentences.ts";

/** Real milliseconds of search before the page has its turn. */
const SLICE_MS = 10;

export function Lost({ course }: { readonly course: LessonRun }) {
  const playground = usePlayground();
  const lost = useLost(course);
  const run = useApp((state) => state.run);
  const shown = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (lost !== undefined) shown.current?.scrollIntoView({ block: "nearest" });
  }, [lost]);
  const isSaid = lost !== undefined && course.states(run).some(({ missing }) => missing === lost.why);
  return (
    <div role="status">
      {lost !== undefined && (
        <div ref={shown} className="lesson-lost">
          <p>{W.lost(isSaid ? "" : lost.why, before(lost))}</p>
          <button type="button" className="button primary" onClick={() => void goBackTo(playground, lost.backTo)}>
            <Undo2 size={14} aria-hidden="true" />
            {W.goBack(formatElapsed(lost.backTo.time))}
          </button>
          <p>{W.kept}</p>
        </div>
      )}
    </div>
  );
}

function before({ backTo, action }: LostTask): string {
  const when = formatElapsed(backTo.time);
  return action === undefined ? W.stillCould(when) : W.justBefore(when, describeAction(action.action));
}

/** Since when the task is lost; undefined while it is not, or while that is searched for. */
function useLost(course: LessonRun): LostTask | undefined {
  const playground = usePlayground();
  const run = useApp((state) => state.run);
  const past = useApp((state) => state.past);
  const branch = useApp((state) => state.branch);
  const [found, setFound] = useState<LostTask>();
  const is = !past && !course.checks(run).met && isLost(course.step, course.seen(run));
  const { at } = course;
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is searched once for each step on each branch
  useEffect(() => {
    if (!is) return undefined;
    const stop = search(playground, course, setFound);
    return () => {
      stop();
      setFound(undefined);
    };
  }, [playground, course, is, at, branch]);
  return is ? found : undefined;
}

/** Searches in slices; returns how to stop. */
function search(playground: Playground, course: LessonRun, tell: (lost: LostTask | undefined) => void): () => void {
  let stopped = false;
  void playground.attempt(async () => {
    const { history } = await playground.travel();
    const steps = searchLost(course.step, course.seen(playground.head), history);
    while (!stopped) {
      const until = performance.now() + SLICE_MS;
      let step = steps.next();
      while (step.done !== true && performance.now() < until) step = steps.next();
      if (step.done === true) return stopped ? undefined : tell(step.value);
      await new Promise((resolve) => setTimeout(resolve));
    }
    return undefined;
  });
  return () => {
    stopped = true;
  };
}
