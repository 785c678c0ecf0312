// The learner's result as a code to hand in: of the lesson that is open, and of all that were finished.
import { useId, useState } from "react";
import { type CodedResult, cleanName, codeOf, doneInNumbers, LESSONS, NAME_LIMIT } from "../../lessons/index.ts";
import { W } from "../../words/en/classroom.ts";
import { useApp } from "../store/react.ts";
import { CopyField } from "../ui/CopyField.tsx";
import { pageAddress } from "../ui/link.ts";
import { keepName, type LessonRecord, learnerName, localTime, recordOf, records } from "./records.ts";

export function YourResult({ finished }: { readonly finished: () => readonly string[] }) {
  const id = useId();
  const lesson = useApp((state) => state.lesson);
  const [typed, setTyped] = useState(learnerName);
  const [opened] = useState(() => new Date());
  const name = cleanName(typed);
  const [done] = useState(() => new Set(finished().filter((id) => LESSONS.some((each) => each.id === id))));
  const when = localTime(opened);
  const here: CodedResult | undefined =
    lesson === undefined
      ? undefined
      : { name, what: lesson.course.lesson.id, when, ...recordOf(lesson, opened.getTime()) };
  return (
    <>
      <p>{W.resultIntro}</p>
      <label className="field" htmlFor={id}>
        {W.name}
        <input
          id={id}
          autoComplete="name"
          maxLength={NAME_LIMIT}
          value={typed}
          onChange={({ target }) => {
            setTyped(target.value);
            keepName(cleanName(target.value));
          }}
        />
      </label>
      {here !== undefined && lesson !== undefined && (
        <section aria-label={W.resultOf(lesson.course.lesson.title)}>
          <h3>
            {lesson.course.lesson.title}
            {lesson.doneAt !== undefined ? "" : W.soFar}
          </h3>
          <p className="quiet">{wordsOf(here)}</p>
          <CopyField label={W.codeOfThis} text={codeOf(here)} rows={2} />
        </section>
      )}
      <section aria-label={W.resultOfAll}>
        <h3>{W.all}</h3>
        <p className="quiet">{done.size === 0 ? W.noneFinished : W.finished(done.size, LESSONS.length)}</p>
        {done.size > 0 && <CopyField label={W.codeOfAll} text={codeOf(progressResult(done, name, when))} rows={2} />}
      </section>
      <p className="quiet">
        {W.readOn} <a href={`${pageAddress()}?results`}>{W.results}</a>.
      </p>
    </>
  );
}

/** All lessons together, as one result; of a lesson that was finished elsewhere only that is known. */
function progressResult(done: ReadonlySet<string>, name: string, when: string): CodedResult {
  const all = [...records()].flatMap(([id, record]) => (done.has(id) ? [record] : []));
  const sum = (of: (record: LessonRecord) => number) => all.reduce((total, each) => total + of(each), 0);
  return {
    name,
    what: doneInNumbers(done),
    when,
    steps: { count: done.size, of: LESSONS.length },
    right: { count: sum(({ right }) => right.count), of: sum(({ right }) => right.of) },
    hints: sum(({ hints }) => hints),
    shown: sum(({ shown }) => shown),
    minutes: sum(({ minutes }) => minutes),
  };
}

/** A result in a sentence. */
function wordsOf({ steps, right, hints, shown, minutes }: CodedResult): string {
  return [
    W.steps(steps.count, steps.of),
    ...(right.of === 0 ? [] : [W.right(right.count, right.of)]),
    W.hints(hints),
    W.solutions(shown),
    W.minutes(minutes),
  ].join(", ");
}
