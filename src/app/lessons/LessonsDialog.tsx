// All lessons in sight: the course in its order, then the broken Services, and how far the visitor is.
import { Check } from "lucide-react";
import { type RefObject, useLayoutEffect, useRef, useState } from "react";
import { dayOf, GRADES, LESSONS, type LessonHead } from "../../lessons/index.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { lazyPart } from "../ui/lazyPart.tsx";
import { type AskedLesson, anotherId, askedAt } from "./asked.ts";
import type { KeptProgress } from "./kept.ts";
import { ProgressBar } from "./ProgressBar.tsx";
import type { AllProgress, LessonProgress } from "./progress.ts";
import "./lessons.css";
import { W } from "../../words/en/lessons.ts";

const MakeDialog = lazyPart(W.maker, () => import("./MakeDialog.tsx").then((module) => module.MakeDialog), {
  place: "over",
  onDismiss: ({ onClose }) => onClose(),
});

const COURSES = [
  { course: "course", title: W.course },
  { course: "broken", title: W.broken },
] as const;

interface LessonsDialogProps {
  readonly kept: KeptProgress;
  readonly onLesson: (asked: AskedLesson) => void;
  readonly onClose: () => void;
}

export function LessonsDialog({ kept, onLesson, onClose }: LessonsDialogProps) {
  const [progress, setProgress] = useState(() => kept.all());
  const [making, setMaking] = useState(false);
  const next = useRef<HTMLButtonElement>(null);
  const [nextId] = useState(() => LESSONS.find(({ id }) => progress.get(id)?.done !== true)?.id);
  // After the dialog has chosen its own: who comes for lessons wants the next one, not the first button.
  useLayoutEffect(() => next.current?.focus(), []);
  const open = (asked: AskedLesson) => {
    onClose();
    onLesson(asked);
  };
  if (making) return <MakeDialog onClose={onClose} />;
  return (
    <Dialog title={W.lessons} size="page" onClose={onClose}>
      <p className="quiet lessons-about">
        {W.intro}{" "}
        <button type="button" className="button plain" onClick={() => setMaking(true)}>
          {W.make}
        </button>
      </p>
      <ProgressBar kept={kept} progress={progress} onChange={setProgress} />
      {COURSES.map(({ course, title }) => (
        <section key={course} aria-label={title}>
          <h3 className="lessons-title">{title}</h3>
          {course === "broken" && <Made progress={progress} onOpen={open} />}
          <ol className="lessons">
            {LESSONS.filter((each) => each.course === course).map((head, at) => (
              <li key={head.id}>
                <Card
                  head={head}
                  number={at + 1}
                  progress={progress.get(head.id)}
                  onOpen={open}
                  place={head.id === nextId ? next : undefined}
                />
              </li>
            ))}
          </ol>
        </section>
      ))}
    </Dialog>
  );
}

interface MadeProps {
  readonly progress: AllProgress;
  readonly onOpen: (asked: AskedLesson) => void;
}

/** Broken Services that are made: one a day, the same for all, and any number of others. */
function Made({ progress, onOpen }: MadeProps) {
  const isDone = progress.get(`daily-${dayOf(new Date())}`)?.done === true;
  return (
    <div className="lessons-made">
      <span className="lesson-row">
        <button type="button" className="button primary" onClick={() => onOpen({ id: "daily" })}>
          {W.daily}
        </button>
        <button type="button" className="button" onClick={() => onOpen({ id: anotherId() })}>
          {W.another}
        </button>
      </span>
      <span className="quiet">
        {isDone && (
          <span className="lesson-done">
            <Check size={13} aria-hidden="true" /> {W.doneToday}{" "}
          </span>
        )}
        {W.madeAbout(BROKEN)}
      </span>
    </div>
  );
}

const BROKEN = LESSONS.filter(({ course }) => course === "broken").length;

interface CardProps {
  readonly head: LessonHead;
  readonly number: number;
  readonly progress: LessonProgress | undefined;
  readonly onOpen: (asked: AskedLesson) => void;
  readonly place: RefObject<HTMLButtonElement | null> | undefined;
}

function Card({ head: { id, title, question, minutes, grade }, number, progress, onOpen, place }: CardProps) {
  const begun = progress === undefined || progress.done ? undefined : progress;
  return (
    <button ref={place} type="button" className="lesson-card" onClick={() => onOpen(askedAt(id, progress))}>
      <span className="lesson-number">{number}</span>
      <strong>{title}</strong>
      <span className="lesson-minutes">
        {progress?.done === true && (
          <span className="lesson-done">
            <Check size={13} aria-hidden="true" /> {W.doneComma}{" "}
          </span>
        )}
        {begun !== undefined && <span className="lesson-begun">{W.stepOf(begun.step + 1, begun.of)} </span>}
        {W.minutes(grade === undefined ? undefined : GRADES[grade], minutes)}
      </span>
      <span className="lesson-question">{question}</span>
    </button>
  );
}
