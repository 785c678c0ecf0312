// The frame of the pages beside the playground: a heading, a way back, and the page itself.
import { ArrowLeft } from "lucide-react";
import { useEffect } from "react";
import { pageAddress } from "../ui/link.ts";
import type { AskedDesk } from "./asked.ts";
import { NotesPage } from "./NotesPage.tsx";
import { ResultsPage } from "./ResultsPage.tsx";
import { TeacherPage } from "./TeacherPage.tsx";
import "./desk.css";
import { W } from "../../words/en/desk.ts";

const TITLES = { results: W.results, teacher: W.teachers, notes: W.notes } as const;

export function DeskPage({ asked }: { readonly asked: AskedDesk }) {
  const title = TITLES[asked.kind];
  useEffect(() => {
    document.title = `${title} · Podpath`;
  }, [title]);
  return (
    <main className="desk">
      <header className="desk-head">
        <h1>{title}</h1>
        {asked.kind !== "notes" && (
          <a className="button" href={pageAddress()}>
            <ArrowLeft size={14} aria-hidden="true" />
            Podpath
          </a>
        )}
      </header>
      {asked.kind === "results" && <ResultsPage />}
      {asked.kind === "notes" && <NotesPage id={asked.id} />}
      {asked.kind === "teacher" && <TeacherPage asked={asked.lesson} />}
    </main>
  );
}
