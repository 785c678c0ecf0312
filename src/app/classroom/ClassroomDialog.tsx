// The dialog of the classroom: the learner's result, and what a teacher needs beside the picture.
import { usePlayground } from "../store/react.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { Tabs } from "../ui/Tabs.tsx";
import { Moments } from "./Moments.tsx";
import { Teach } from "./Teach.tsx";
import { YourResult } from "./YourResult.tsx";
import "./classroom.css";

const TABS = { result: "Your result", moments: "Moments", teach: "For teachers" } as const;

interface ClassroomDialogProps {
  readonly view: keyof typeof TABS;
  readonly finished: () => readonly string[];
  readonly onLessonAgain: (id: string) => void;
  readonly onClose: () => void;
}

export function ClassroomDialog({ view, finished, onLessonAgain, onClose }: ClassroomDialogProps) {
  const playground = usePlayground();
  const choose = (tab: string) => {
    const found = (Object.keys(TABS) as (keyof typeof TABS)[]).find((each) => TABS[each] === tab); // its own keys
    if (found !== undefined) playground.store.setState({ classroom: found });
  };
  return (
    <Dialog title="Classroom" size="page" onClose={onClose}>
      <Tabs tabs={Object.values(TABS)} chosen={TABS[view]} onChoose={choose} label="Classroom">
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
