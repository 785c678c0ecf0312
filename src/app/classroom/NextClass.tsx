// Clears what one class left, for the next: asked once.
import { RotateCcw } from "lucide-react";
import { useState } from "react";
import { W } from "../../words/en/classroom.ts";
import { usePlayground } from "../store/react.ts";
import { clearTally } from "../ui/tally.ts";
import { clearRecords, keepName } from "./records.ts";

interface NextClassProps {
  /** Opens the lesson again from its beginning, and forgets how far the learner was in it. */
  readonly onLessonAgain: (id: string) => void;
  readonly onDone: () => void;
}

export function NextClass({ onLessonAgain, onDone }: NextClassProps) {
  const playground = usePlayground();
  const [isAsked, setAsked] = useState(false);
  const { lesson, run, beginning, start, deck } = playground.store.getState();
  const clear = () => {
    keepName("");
    clearRecords(lesson?.course.lesson.id);
    clearTally();
    onDone();
    if (lesson !== undefined) onLessonAgain(lesson.course.lesson.id);
    else
      void playground.attempt(async () => {
        const { branches: _others, notes: _notes, ...origin } = run.origin;
        const { source, original } = beginning;
        const opened = await playground.open(
          { ...origin, ...(deck === undefined ? {} : { deck }) },
          { source, original },
          momentOf(start),
        );
        if (opened) playground.setPlaying(true);
      });
  };
  if (!isAsked)
    return (
      <button type="button" className="button" onClick={() => setAsked(true)}>
        <RotateCcw size={14} aria-hidden="true" />
        {W.nextClass}
      </button>
    );
  return (
    <span className="next-class" role="alertdialog" aria-label={W.nextClassAsk}>
      <button ref={focused} type="button" className="button primary" onClick={clear}>
        {W.clear}
      </button>
      <button type="button" className="button" onClick={() => setAsked(false)}>
        {W.cancel}
      </button>
    </span>
  );
}

/** The question has the focus as soon as it is asked. */
function focused(button: HTMLButtonElement | null): void {
  button?.focus();
}

/** Where a run came to the page, when that was after something was done. */
function momentOf({ time, actions }: { readonly time: number; readonly actions: number }) {
  return actions === 0 ? {} : { at: time, step: actions };
}
