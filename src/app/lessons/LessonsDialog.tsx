// All lessons in sight: the course in its order, then the broken Services.
import { Check } from "lucide-react";
import { useState } from "react";
import { LESSONS } from "../../lessons/index.ts";
import { Dialog } from "../ui/Dialog.tsx";
import type { AskedLesson } from "./asked.ts";
import { clearDone, doneLessons } from "./done.ts";
import "./lessons.css";

const COURSES = [
  { course: "course", title: "Course" },
  { course: "broken", title: "Broken Services" },
] as const;

interface LessonsDialogProps {
  readonly onLesson: (asked: AskedLesson) => void;
  readonly onClose: () => void;
}

export function LessonsDialog({ onLesson, onClose }: LessonsDialogProps) {
  const [done, setDone] = useState(doneLessons);
  const clear = () => {
    clearDone();
    setDone(new Set());
  };
  return (
    <Dialog title="Lessons" size="page" onClose={onClose}>
      <p className="quiet lessons-about">
        Each lesson opens in a new cluster. Your current work is kept under “Your work”.
        {done.size > 0 && (
          <button type="button" className="button plain" onClick={clear}>
            Clear progress
          </button>
        )}
      </p>
      {COURSES.map(({ course, title }) => (
        <section key={course} aria-label={title}>
          <h3 className="lessons-title">{title}</h3>
          <ol className="lessons">
            {LESSONS.filter((each) => each.course === course).map(({ id, title, question, minutes }, at) => (
              <li key={id}>
                <button
                  type="button"
                  className="lesson-card"
                  onClick={() => {
                    onClose();
                    onLesson({ id });
                  }}
                >
                  <span className="lesson-number">{at + 1}</span>
                  <strong>{title}</strong>
                  <span className="lesson-minutes">
                    {done.has(id) && (
                      <span className="lesson-done">
                        <Check size={13} aria-hidden="true" /> done,{" "}
                      </span>
                    )}
                    {minutes} min
                  </span>
                  <span className="lesson-question">{question}</span>
                </button>
              </li>
            ))}
          </ol>
        </section>
      ))}
    </Dialog>
  );
}
