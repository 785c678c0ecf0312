// What a teacher finds in the classroom.
import { BookOpenText, ClipboardList, QrCode } from "lucide-react";
import { W } from "../../words/en/classroom.ts";
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
            {W.showCode}
          </button>
          <span>{W.showCodeAbout}</span>
        </li>
        <li>
          <a
            className="button"
            href={`${pageAddress()}?teacher${lesson === undefined ? "" : `=${lesson.id}`}`}
            target="_blank"
            rel="noreferrer"
          >
            <BookOpenText size={14} aria-hidden="true" />
            {lesson === undefined ? W.course : W.lesson}
          </a>
          <span>{W.sheetAbout}</span>
        </li>
        <li>
          <a className="button" href={`${pageAddress()}?results`} target="_blank" rel="noreferrer">
            <ClipboardList size={14} aria-hidden="true" />
            {W.results}
          </a>
          <span>{W.resultsAbout}</span>
        </li>
        <li>
          <NextClass onLessonAgain={onLessonAgain} onDone={onDone} />
          <span>{W.nextClassAbout}</span>
        </li>
      </ul>
      <LmsForm />
    </>
  );
}
