// What a teacher finds in the classroom.
import { BookOpenText, ClipboardList } from "lucide-react";
import { useApp } from "../store/react.ts";
import { pageAddress } from "../ui/link.ts";

export function Teach() {
  const lesson = useApp((state) => state.lesson?.course.lesson);
  return (
    <ul className="classroom-list">
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
    </ul>
  );
}
