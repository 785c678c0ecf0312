// What a teacher finds in the classroom.
import { BookOpenText, ClipboardList, QrCode } from "lucide-react";
import { useApp, usePlayground } from "../store/react.ts";
import { pageAddress } from "../ui/link.ts";
import { LmsForm } from "./LmsForm.tsx";
import { NextClass } from "./NextClass.tsx";

interface TeachProps {
  readonly onLessonAgain: (id: string) => void;
  readonly onDone: () => void;
}

export function Teach({ onLessonAgain, onDone }: TeachProps) {
  const lesson = useApp((state) => state.lesson?.course.lesson);
  const playground = usePlayground();
  return (
    <>
      <ul className="classroom-list">
        <li>
          <button type="button" className="button" onClick={() => playground.store.setState({ classroom: "code" })}>
            <QrCode size={14} aria-hidden="true" />
            Show the code
          </button>
          <span>What is on the page as a QR code and a link (key Q): each student continues alone from there.</span>
        </li>
        <li>
          <a
            className="button"
            href={`${pageAddress()}?teacher${lesson === undefined ? "" : `=${lesson.id}`}`}
            target="_blank"
            rel="noreferrer"
          >
            <BookOpenText size={14} aria-hidden="true" />
            {lesson === undefined ? "The course" : "This lesson"}
          </a>
          <span>Aims, what learners often believe, questions to ask; to read and to print.</span>
        </li>
        <li>
          <a className="button" href={`${pageAddress()}?results`} target="_blank" rel="noreferrer">
            <ClipboardList size={14} aria-hidden="true" />
            Results
          </a>
          <span>The codes of a class become a table and a CSV file.</span>
        </li>
        <li>
          <NextClass onLessonAgain={onLessonAgain} onDone={onDone} />
          <span>
            Clears the run, the name and the progress in the lesson that is open. What was done is still under “Your
            work”.
          </span>
        </li>
      </ul>
      <LmsForm />
    </>
  );
}
