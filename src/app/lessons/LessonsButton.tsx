// The button "Lessons"; the list behind it is loaded when someone opens it.
import { GraduationCap } from "lucide-react";
import { useState } from "react";
import { W } from "../../words/en/lessons-door.ts";
import { lazyPart } from "../ui/lazyPart.tsx";
import type { AskedLesson } from "./asked.ts";
import type { KeptProgress } from "./kept.ts";

/** The list of lessons, which is loaded when it is opened. */
export const LessonsList = lazyPart(
  W.theList,
  () => import("./LessonsDialog.tsx").then((module) => module.LessonsDialog),
  { place: "over", onDismiss: ({ onClose }) => onClose() },
);

interface LessonsButtonProps {
  readonly kept: KeptProgress;
  readonly onLesson: (asked: AskedLesson) => void;
}

export function LessonsButton({ kept, onLesson }: LessonsButtonProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="button plain" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <GraduationCap size={14} aria-hidden="true" />
        {W.lessons}
      </button>
      {open && <LessonsList kept={kept} onLesson={onLesson} onClose={() => setOpen(false)} />}
    </>
  );
}
