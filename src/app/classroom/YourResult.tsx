// The learner's result as a code to hand in: of the lesson that is open, and of all that were finished.
import { useId, useState } from "react";
import { counted } from "../../diagnosis/index.ts";
import { type CodedResult, cleanName, codeOf, doneInNumbers, LESSONS, NAME_LIMIT } from "../../lessons/index.ts";
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
      <p>
        A result is a line of text for your teacher. Nothing is sent: copy it, or read it out. Your name stays in this
        browser and in the code.
      </p>
      <label className="field" htmlFor={id}>
        Name
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
        <section aria-label={`Result of ${lesson.course.lesson.title}`}>
          <h3>
            {lesson.course.lesson.title}
            {lesson.doneAt !== undefined ? "" : ", so far"}
          </h3>
          <p className="quiet">{wordsOf(here)}</p>
          <CopyField label="Code of this lesson" text={codeOf(here)} rows={2} />
        </section>
      )}
      <section aria-label="Result of all lessons">
        <h3>All lessons</h3>
        <p className="quiet">
          {done.size === 0
            ? "No lesson is finished yet in this browser."
            : `${done.size} of ${LESSONS.length} lessons are finished in this browser.`}
        </p>
        {done.size > 0 && (
          <CopyField label="Code of all lessons" text={codeOf(progressResult(done, name, when))} rows={2} />
        )}
      </section>
      <p className="quiet">
        Teachers read codes on the page <a href={`${pageAddress()}?results`}>Results</a>.
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
    `${steps.count} of ${counted(steps.of, "step")} done`,
    ...(right.of === 0 ? [] : [`${right.count} of ${counted(right.of, "prediction")} right`]),
    counted(hints, "hint"),
    `${counted(shown, "solution")} shown`,
    counted(minutes, "minute"),
  ].join(", ");
}
