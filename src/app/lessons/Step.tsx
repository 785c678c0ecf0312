// One step of a lesson: its text, what the learner expects, the task with its checks, and the way on.
import { useEffect, useRef, useState } from "react";
import { GRADES, isMade, type LessonLink, type LessonRun, parOf, resultText } from "../../lessons/index.ts";
import { W } from "../../words/en/lessons.ts";
import { useApp, usePlayground } from "../store/react.ts";
import type { Run } from "../store/run.ts";
import { Inlines } from "../ui/Inlines.tsx";
import { tellStep } from "../ui/lessonShown.ts";
import { lessonAfter } from "./after.ts";
import { type AskedLesson, anotherId, SHARED } from "./asked.ts";
import { Checks } from "./Checks.tsx";
import { Help } from "./Help.tsx";
import type { KeptProgress } from "./kept.ts";
import { Lost } from "./Lost.tsx";
import { Prediction } from "./Prediction.tsx";
import { point } from "./pointing.ts";
import { predicted } from "./progress.ts";
import { Blocks } from "./Texts.tsx";
import { useLooks } from "./useLooks.ts";

interface StepProps {
  readonly course: LessonRun;
  readonly kept: KeptProgress;
  readonly onLink: (link: LessonLink) => void;
  readonly onLesson: (asked: AskedLesson) => void;
}

export function Step({ course, kept, onLink, onLesson }: StepProps) {
  const playground = usePlayground();
  const look = useLooks();
  const run = useApp((state) => state.run);
  const branch = useApp((state) => state.branch);
  const known = useRef(branch);
  if (known.current !== branch) {
    known.current = branch;
    course.wentBack(run);
  }
  const { step, at, isLast, lesson } = course;
  const title = useRef<HTMLHeadingElement>(null);
  const [moves, setMoves] = useState(0);
  const met = course.checks(run).met;
  const isDone = isLast && met;
  const following = isDone ? lessonAfter(lesson.id, kept) : undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each step points once
  useEffect(() => {
    point(playground, course.highlight);
    title.current?.focus();
  }, [playground, course, at, moves]);
  useProgress(course, kept, isDone);
  const go = (to: number) => {
    course.goTo(to, run);
    setMoves(moves + 1);
  };
  const next = () => {
    if (course.next(run)) setMoves(moves + 1);
  };
  const state = course.prediction(run);
  const answer = state?.right === undefined || state.chosen === undefined ? undefined : state.right === state.chosen;
  useEffect(() => tellStep(playground, course, { met, answer, now: Date.now() }));
  return (
    <>
      <div className="lesson-body">
        <h3 ref={title} tabIndex={-1}>
          {step.title}
        </h3>
        <p className="quiet">
          {lesson.grade === undefined
            ? W.step(at + 1, lesson.steps.length)
            : W.par(GRADES[lesson.grade], parOf(lesson))}
        </p>
        {at === 0 && <Blocks blocks={lesson.intro} onLink={onLink} />}
        <Blocks blocks={step.body} onLink={onLink} />
        {state !== undefined && (
          <Prediction
            key={`prediction ${at}`}
            state={state}
            onLink={onLink}
            onChoose={(choice) => {
              course.predict(choice, run);
              look();
            }}
          />
        )}
        {step.taskText !== undefined && (
          <div className="lesson-task">
            <strong>{W.task}</strong>
            <p>
              <Inlines of={step.taskText} onLink={onLink} />
            </p>
            <Checks key={`checks ${at} ${moves}`} states={course.states(run)} predicting={state?.isDecided === false} />
            <Lost course={course} />
          </div>
        )}
        {!met && <Help key={`help ${at} ${moves}`} course={course} onLink={onLink} onDone={look} />}
        {isDone && <p className="lesson-over">{overText(course, run)}</p>}
        {isDone && (
          <span className="lesson-row">
            {lesson.id !== SHARED && (
              <button
                type="button"
                className="button"
                onClick={() => playground.store.setState({ classroom: "result" })}
              >
                {W.yourResult}
              </button>
            )}
            {isMade(lesson.id) && (
              <button type="button" className="button" onClick={() => onLesson({ id: anotherId() })}>
                {W.another}
              </button>
            )}
          </span>
        )}
      </div>
      {lesson.steps.length > 1 && (
        <div className="lesson-foot">
          <button type="button" className="button" disabled={at === 0} onClick={() => go(at - 1)}>
            {W.previous}
          </button>
          {!isLast && !met && (
            <button type="button" className="button plain" onClick={() => go(at + 1)}>
              {W.skip}
            </button>
          )}
          {!isLast && (
            <button type="button" className="button primary" disabled={!met} onClick={next}>
              {W.nextStep}
            </button>
          )}
          {following !== undefined && (
            <button type="button" className="button primary" onClick={() => onLesson(following)}>
              {W.nextLesson}
            </button>
          )}
        </div>
      )}
    </>
  );
}

/** What is said at the end: what turned out right, or what it took. */
function overText(course: LessonRun, run: Run): string {
  const result = course.result(run);
  return result === undefined ? [W.done, predicted(course.progress)].join(" ") : W.mended(resultText(result));
}

/** Keeps how far the learner is whenever that changes. */
function useProgress(course: LessonRun, kept: KeptProgress, isDone: boolean): void {
  const run = useApp((state) => state.run);
  const { lesson } = course;
  if (isDone) course.next(run); // the last one stays, and what turned out right of its prediction is held
  const { step, chosen, right } = course.progress;
  const progress = { done: isDone, step, of: lesson.steps.length, chosen, right };
  const last = useRef(progress);
  const key = JSON.stringify(progress);
  last.current = progress;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says when it is another one
  useEffect(() => kept.keep(lesson.id, last.current), [kept, lesson, key]);
}
