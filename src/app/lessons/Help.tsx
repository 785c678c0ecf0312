// Hints in three strengths, and the solution, one thing after the other.
import { useEffect, useRef, useState } from "react";
import { costOf, doingText, type Hint, type LessonLink, type LessonRun, STRENGTHS } from "../../lessons/index.ts";
import { W } from "../../words/en/lessons.ts";
import { useApp, usePlayground } from "../store/react.ts";
import { doDoing } from "../ui/doDoing.ts";
import { Inlines } from "../ui/Inlines.tsx";
import { tellHelp } from "../ui/lessonShown.ts";
import { useWatching } from "./useWatching.ts";

interface HelpProps {
  readonly course: LessonRun;
  readonly onLink: (link: LessonLink) => void;
  /** Something of the solution was done. */
  readonly onDone: () => void;
}

export function Help({ course, onLink, onDone }: HelpProps) {
  const playground = usePlayground();
  const run = useApp((state) => state.run);
  const playing = useApp((state) => state.playing);
  const [hint, setHint] = useState<{ readonly strength: number; readonly hints: readonly Hint[] }>();
  const [done, setDone] = useState<number>();
  const shown = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (hint !== undefined) shown.current?.scrollIntoView({ block: "nearest" });
  }, [hint]);
  const solution = course.step.solution ?? [];
  const following = done === undefined ? undefined : solution[done];
  const ask = () => {
    const strength = Math.min((hint?.strength ?? -1) + 1, STRENGTHS.length - 1);
    const word = STRENGTHS[strength] ?? "do";
    const hints = course.hints(run, word);
    course.takeHelp(word);
    setHint({ strength, hints });
    tellHelp(playground, course, "hint");
  };
  const act = async () => {
    if (following === undefined || done === undefined) return;
    await doDoing(playground, course, following);
    setDone(done + 1);
    onDone();
  };
  const [isWatched, watch] = useWatching(following, act);
  const isGraded = course.lesson.grade !== undefined;
  return (
    <div className="lesson-help">
      <span className="lesson-row">
        <button type="button" className="button" disabled={hint?.strength === STRENGTHS.length - 1} onClick={ask}>
          {hint === undefined ? W.hint : W.stronger}
        </button>
        {solution.length > 0 && done === undefined && (
          <button
            type="button"
            className="button plain"
            onClick={() => {
              course.takeHelp("solution");
              setDone(0);
              tellHelp(playground, course, "solution");
            }}
          >
            {W.showSolution}
          </button>
        )}
      </span>
      {isGraded && done === undefined && <p className="quiet">{W.cost(STRENGTHS.map(costOf))}</p>}
      <div ref={shown} role="status">
        {hint?.hints.slice(0, 2).map(({ text, commands }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: they are replaced together
          <div key={at} className="lesson-hint">
            <Inlines of={text} onLink={onLink} />
            {commands.length > 0 && <pre className="lesson-code">{commands.join("\n")}</pre>}
          </div>
        ))}
      </div>
      {following !== undefined && (
        <div className="lesson-solution">
          <pre className="lesson-code">{doingText(following)}</pre>
          <span className="lesson-row">
            {isWatched ? (
              <button type="button" className="button" onClick={() => watch(false)}>
                {W.stop}
              </button>
            ) : (
              <>
                <button type="button" className="button" onClick={() => void playground.attempt(act)}>
                  {typeof following !== "string" && "wait" in following ? W.goOn : W.doThis}
                </button>
                <button type="button" className="button plain" onClick={() => watch(true)}>
                  {W.watch}
                </button>
              </>
            )}
          </span>
        </div>
      )}
      {done !== undefined && following === undefined && <p className="quiet">{W.solved(playing)}</p>}
    </div>
  );
}
