// What the classroom adds to the page: its button, its dialog, and the record of lessons that are finished.
import { School } from "lucide-react";
import { useCallback, useEffect, useRef } from "react";
import { W } from "../../words/en/classroom-button.ts";
import { useApp, usePlayground } from "../store/react.ts";
import type { LessonShown } from "../store/state.ts";
import { lazyPart } from "../ui/lazyPart.tsx";
import { pageAddress } from "../ui/link.ts";
import { useShortcut } from "../ui/shortcuts.ts";
import { keepRecord, recordOf } from "./records.ts";
import { type StatementMessage, statementsOf, stateOf } from "./statements.ts";

const ClassroomDialog = lazyPart(
  W.theClassroom,
  () => import("./ClassroomDialog.tsx").then((module) => module.ClassroomDialog),
  { place: "over", onDismiss: ({ onClose }) => onClose() },
);

const CodeDialog = lazyPart(W.theCode, () => import("./CodeDialog.tsx").then((module) => module.CodeDialog), {
  place: "over",
  onDismiss: ({ onClose }) => onClose(),
});

export function ClassroomButton() {
  const playground = usePlayground();
  return (
    <button
      type="button"
      className="button plain"
      aria-haspopup="dialog"
      onClick={() =>
        playground.store.setState(({ lesson }) => ({ classroom: lesson === undefined ? "teach" : "result" }))
      }
    >
      <School size={14} aria-hidden="true" />
      {W.classroom}
    </button>
  );
}

const Speaker = lazyPart(W.speaker, () => import("./Speaker.tsx").then((module) => module.Speaker), {
  place: "over",
});

interface ClassroomProps {
  /** The names of the lessons that are done. */
  readonly finished: () => readonly string[];
  /** Opens a lesson from its beginning, with nothing known of it. */
  readonly onLessonAgain: (id: string) => void;
}

/** Tells the page around a frame what happens in the lesson. Nobody is named in it, so it may go to whoever frames the lesson. */
function useStatements(lesson: LessonShown | undefined): void {
  const before = useRef<LessonShown>(undefined);
  useEffect(() => {
    if (window.parent === window || lesson === undefined) return;
    for (const statement of statementsOf(before.current, lesson, { page: pageAddress(), now: Date.now() }))
      window.parent.postMessage(
        { type: "podpath:statement", statement, state: stateOf(lesson) } satisfies StatementMessage,
        "*",
      );
    before.current = lesson;
  }, [lesson]);
}

export function Classroom({ finished, onLessonAgain }: ClassroomProps) {
  const playground = usePlayground();
  const view = useApp((state) => state.classroom);
  const lesson = useApp((state) => state.lesson);
  const presenting = useApp((state) => state.view.presenting);
  useEffect(() => {
    if (lesson?.doneAt !== undefined) keepRecord(lesson.course.lesson.id, recordOf(lesson, Date.now()));
  }, [lesson]);
  useStatements(lesson);
  const close = useCallback(() => playground.store.setState({ classroom: undefined }), [playground]);
  const showCode = useCallback(() => playground.store.setState({ classroom: "code" }), [playground]);
  useShortcut("code", showCode);
  return (
    <>
      {presenting && <Speaker />}
      {view === "code" && <CodeDialog onClose={close} />}
      {view !== undefined && view !== "code" && (
        <ClassroomDialog view={view} finished={finished} onLessonAgain={onLessonAgain} onClose={close} />
      )}
    </>
  );
}
