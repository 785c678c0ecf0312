// The dialog of the classroom: the learner's result, and what a teacher needs beside the picture.

import { W } from "../../words/en/classroom.ts";
import { usePlayground } from "../store/react.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { Tabs } from "../ui/Tabs.tsx";
import { Moments } from "./Moments.tsx";
import { Teach } from "./Teach.tsx";
import { YourResult } from "./YourResult.tsx";
import "./classroom.css";

const TABS = ["result", "moments", "teach"] as const;

interface ClassroomDialogProps {
  readonly view: (typeof TABS)[number];
  readonly finished: () => readonly string[];
  readonly onLessonAgain: (id: string) => void;
  readonly onClose: () => void;
}

export function ClassroomDialog({ view, finished, onLessonAgain, onClose }: ClassroomDialogProps) {
  const playground = usePlayground();
  const choose = (classroom: (typeof TABS)[number]) => playground.store.setState({ classroom });
  return (
    <Dialog title={W.classroom} size="page" onClose={onClose}>
      <Tabs tabs={TABS} names={W.tabs} chosen={view} onChoose={choose} label={W.classroom}>
        <div className="classroom">
          {view === "result" && <YourResult finished={finished} />}
          {view === "moments" && (
            <Moments
              onPresent={() => {
                onClose();
                playground.setView({ presenting: true });
                // What had the focus before the dialog is gone; the picture shows none until someone points.
                requestAnimationFrame(() => {
                  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
                });
              }}
            />
          )}
          {view === "teach" && <Teach onLessonAgain={onLessonAgain} onDone={onClose} />}
        </div>
      </Tabs>
    </Dialog>
  );
}
