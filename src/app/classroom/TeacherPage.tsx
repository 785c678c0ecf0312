// A teacher's page of each lesson: what it is for, what learners believe, what to ask; to read and to print.
import { Printer } from "lucide-react";
import { useEffect, useState } from "react";
import { LESSONS, type Lesson, type LessonHead, loadLesson, parseInline } from "../../lessons/index.ts";
import { W } from "../../words/en/desk.ts";
import { loadPart, PartError } from "../store/parts.ts";
import { Inlines } from "../ui/Inlines.tsx";
import { pageAddress } from "../ui/link.ts";

const COURSE = LESSONS.filter(({ course }) => course === "course");

/** @param asked - the name of a lesson; "": all of them, one after the other. */
export function TeacherPage({ asked }: { readonly asked: string }) {
  const heads = asked === "" ? COURSE : LESSONS.filter(({ id }) => id === asked);
  if (heads.length === 0) return <Unknown asked={asked} />;
  return (
    <>
      <div className="desk-row desk-screen">
        <button type="button" className="button" onClick={() => window.print()}>
          <Printer size={14} aria-hidden="true" />
          {W.print}
        </button>
        {asked !== "" && (
          <a className="button" href={`${pageAddress()}?teacher`}>
            {W.all}
          </a>
        )}
      </div>
      {asked === "" && <Contents />}
      {heads.map((head) => (
        <Sheet key={head.id} head={head} />
      ))}
    </>
  );
}

function Unknown({ asked }: { readonly asked: string }) {
  return (
    <>
      <p role="alert">{W.unknown(asked.slice(0, 40))}</p>
      <Contents />
    </>
  );
}

function Contents() {
  const minutes = COURSE.reduce((sum, each) => sum + each.minutes, 0);
  return (
    <nav className="desk-screen" aria-label={W.lessons}>
      <p>{W.sum(COURSE.length, minutes)}</p>
      <ol className="desk-contents">
        {COURSE.map(({ id, title, minutes }) => (
          <li key={id}>
            <a href={`${pageAddress()}?teacher=${id}`}>{title}</a> <span className="quiet">{W.min(minutes)}</span>
          </li>
        ))}
      </ol>
    </nav>
  );
}

type Loaded = Lesson | { readonly problem: string };

function Sheet({ head: { id, title, question, minutes } }: { readonly head: LessonHead }) {
  const [lesson, setLesson] = useState<Loaded>();
  const [tries, setTries] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each try loads again
  useEffect(() => {
    let wanted = true;
    loadPart(W.lessonText, () => loadLesson(id)).then(
      (loaded) => wanted && setLesson(loaded),
      (error: unknown) => {
        if (!(error instanceof PartError)) reportError(error);
        else if (wanted) setLesson({ problem: error.message });
      },
    );
    return () => {
      wanted = false;
    };
  }, [id, tries]);
  const address = `${pageAddress()}?lesson=${id}`;
  return (
    <article className="desk-sheet" aria-label={title}>
      <h2>{title}</h2>
      <p>
        {question} <span className="quiet">{W.about(minutes)}</span>
      </p>
      <p className="desk-address">
        <a href={address}>{address}</a>
      </p>
      {lesson === undefined ? (
        <p role="status">{W.opening}</p>
      ) : "problem" in lesson ? (
        <p role="alert">
          {lesson.problem}{" "}
          <button type="button" className="button" onClick={() => setTries(tries + 1)}>
            {W.retry}
          </button>
        </p>
      ) : (
        <Content lesson={lesson} />
      )}
    </article>
  );
}

function Content({ lesson: { teacher, steps } }: { readonly lesson: Lesson }) {
  return (
    <>
      {teacher !== undefined && (
        <>
          <h3>{W.aims}</h3>
          <ul>
            {teacher.aims.map((aim) => (
              <li key={aim}>
                <Written text={aim} />
              </li>
            ))}
          </ul>
          <h3>{W.believe}</h3>
          <dl>
            {teacher.misconceptions.map(({ wrong, right }) => (
              <div key={wrong}>
                <dt>
                  {W.quotes[0]}
                  <Written text={wrong} />
                  {W.quotes[1]}
                </dt>
                <dd>
                  <Written text={right} />
                </dd>
              </div>
            ))}
          </dl>
          <h3>{W.questions}</h3>
          <dl>
            {teacher.questions.map(({ ask, answer }) => (
              <div key={ask}>
                <dt>
                  <Written text={ask} />
                </dt>
                <dd>
                  <Written text={answer} />
                </dd>
              </div>
            ))}
          </dl>
        </>
      )}
      <h3>{W.steps}</h3>
      <ol>
        {steps.map(({ title, taskText, predict }) => (
          <li key={title}>
            <strong>{title}.</strong>{" "}
            {predict !== undefined && (
              <>
                {W.prediction} <Written text={predict.question} />{" "}
              </>
            )}
            {taskText !== undefined && (
              <>
                {W.task} <Inlines of={taskText} />
              </>
            )}
          </li>
        ))}
      </ol>
    </>
  );
}

/** A text as it is written, with its code and emphasis. */
function Written({ text }: { readonly text: string }) {
  return <Inlines of={parseInline(text)} />;
}
