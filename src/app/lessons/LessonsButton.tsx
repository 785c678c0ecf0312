// The button "Lessons"; the list behind it is loaded when someone opens it.
import { GraduationCap } from "lucide-react";
import { useState } from "react";
import { lazyPart } from "../ui/lazyPart.tsx";
import type { AskedLesson } from "./asked.ts";

const LessonsDialog = lazyPart(
  "The list of lessons",
  () => import("./LessonsDialog.tsx").then((module) => module.LessonsDialog),
  { place: "over", onDismiss: ({ onClose }) => onClose() },
);

export function LessonsButton({ onLesson }: { readonly onLesson: (asked: AskedLesson) => void }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="button plain" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <GraduationCap size={14} aria-hidden="true" />
        Lessons
      </button>
      {open && <LessonsDialog onLesson={onLesson} onClose={() => setOpen(false)} />}
    </>
  );
}
