// The editor in the page: one edited text per playground.
import { useEffect, useState } from "react";
import { usePlayground } from "../store/react.ts";
import { EditorPanel } from "./EditorPanel.tsx";
import { EditedText } from "./edited.ts";
import { EditorLinks } from "./links.ts";
import { hostOf } from "./playgroundHost.ts";

export interface EditorProps {
  /** Whether Monaco may come: in an embed only once the visitor asked to edit. */
  readonly rich?: boolean;
  readonly readOnly?: boolean;
  /** Gives it a button that folds it. */
  readonly onFold?: () => void;
}

export function EditorMount({ rich = true, readOnly = false, onFold }: EditorProps) {
  const playground = usePlayground();
  const [edited] = useState(
    () =>
      new EditedText({
        host: hostOf(playground),
        later: (run, ms) => {
          const timer = setTimeout(run, ms);
          return () => clearTimeout(timer);
        },
      }),
  );
  const [links] = useState(() => new EditorLinks(edited));
  useEffect(() => edited.begin(), [edited]);
  useEffect(() => links.begin(), [links]);
  useEffect(
    () =>
      edited.changed.on(() => {
        if (!playground.store.getState().past) playground.doors.work?.typed(edited.state.text);
      }),
    [playground, edited],
  );
  useEffect(() => {
    if (readOnly) return;
    return playground.doors.openManifest({
      text: () => edited.state.text,
      change: (text) => edited.change(text),
      settle: () => edited.settle(),
    });
  }, [playground, edited, readOnly]);
  return <EditorPanel edited={edited} links={links} readOnly={readOnly} rich={rich} {...(onFold ? { onFold } : {})} />;
}
