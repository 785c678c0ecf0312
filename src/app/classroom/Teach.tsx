// What a teacher finds in the classroom.
import { ClipboardList } from "lucide-react";
import { pageAddress } from "../ui/link.ts";

export function Teach() {
  return (
    <ul className="classroom-list">
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
