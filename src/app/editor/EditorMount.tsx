// The editor in the page: one session per playground.
import { useEffect, useState } from "react";
import { usePlayground } from "../store/react.ts";
import { EditorPanel } from "./EditorPanel.tsx";
import { EditorLinks } from "./links.ts";
import { hostOf } from "./playgroundHost.ts";
import { EditorSession } from "./session.ts";
import { textStorage } from "./storage.ts";

export interface EditorProps {
  /** Whether Monaco may come: in an embed only once the visitor asked to edit. */
  readonly rich?: boolean;
  readonly readOnly?: boolean;
  /** Whether a link brought the scenario: then its text is shown, and the visitor's own is offered. */
  readonly brought?: boolean;
}

export function EditorMount({ rich = true, readOnly = false, brought = false }: EditorProps) {
  const playground = usePlayground();
  const [session] = useState(
    () =>
      new EditorSession({
        host: hostOf(playground),
        storage: textStorage(() => localStorage),
        later: (run, ms) => {
          const timer = setTimeout(run, ms);
          return () => clearTimeout(timer);
        },
        brought,
      }),
  );
  const [links] = useState(() => new EditorLinks(session));
  useEffect(() => session.begin(), [session]);
  useEffect(() => links.begin(), [links]);
  useEffect(() => {
    if (readOnly) return;
    return playground.doors.openManifest({ text: () => session.state.text, change: (text) => session.change(text) });
  }, [playground, session, readOnly]);
  useEffect(() => {
    const keep = () => session.keep();
    addEventListener("pagehide", keep);
    return () => removeEventListener("pagehide", keep);
  }, [session]);
  const [startText] = useState(() => playground.store.getState().session.text);
  return <EditorPanel session={session} links={links} startText={startText} readOnly={readOnly} rich={rich} />;
}
