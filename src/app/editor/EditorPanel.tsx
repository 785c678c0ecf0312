// The editor as a panel: text, what became of it, what is wrong with it.
import { lazy, Suspense, useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { Compare } from "./Compare.tsx";
import { PlainText } from "./PlainText.tsx";
import { Problems } from "./Problems.tsx";
import type { EditorSession, EditorState } from "./session.ts";
import { statusLine } from "./status.ts";
import { Toolbar } from "./Toolbar.tsx";
import "./editor.css";

const MonacoText = lazy(() => import("./monaco/MonacoText.tsx").then((module) => ({ default: module.MonacoText })));

export interface EditorPanelProps {
  readonly session: EditorSession;
  /** What "Reset" goes back to. */
  readonly startText: string;
  readonly readOnly: boolean;
  /** Whether Monaco may be loaded: never on phones, in an embed only when asked. */
  readonly rich: boolean;
}

export function EditorPanel({ session, startText, readOnly, rich }: EditorPanelProps) {
  const subscribe = useMemo(() => session.subscribe.bind(session), [session]);
  const state = useSyncExternalStore(subscribe, () => session.state);
  const [comparing, setComparing] = useState(false);
  const monaco = useMonaco(rich);
  const marked = useMemo(() => markedLines(state), [state]);
  const plain = <PlainText session={session} text={state.text} readOnly={readOnly} markedLines={marked} />;
  return (
    <section className="panel editor" aria-label="YAML editor">
      <Toolbar session={session} startText={startText} comparing={comparing} onCompare={setComparing} />
      <Own session={session} state={state} />
      <div className="editor-text">
        {monaco ? (
          <Suspense fallback={plain}>
            <MonacoText session={session} readOnly={readOnly} />
          </Suspense>
        ) : (
          plain
        )}
        {comparing && <Compare session={session} />}
      </div>
      <Status state={state} />
      <Problems session={session} problems={state.problems} />
    </section>
  );
}

/** Offers the visitor's own text when something else took its place. */
function Own({ session, state }: { readonly session: EditorSession; readonly state: EditorState }) {
  if (state.own === undefined) return null;
  return (
    <div className="editor-own">
      <span>Your own text is kept.</span>
      <button type="button" className="button" onClick={() => session.restore()}>
        Restore your own text
      </button>
      <button type="button" className="button plain" onClick={() => session.dismissOwn()}>
        Dismiss
      </button>
    </div>
  );
}

function Status({ state }: { readonly state: EditorState }) {
  const line = statusLine(state.report);
  const text = state.pending ? "Typing…" : line.text;
  return (
    <p className={`editor-status status-${state.pending ? "idle" : line.tone}`} role="status">
      <span className="status-mark" aria-hidden="true" />
      {text}
    </p>
  );
}

/** True once the first paint is done and the browser has time; never where a finger is the pointer. */
function useMonaco(rich: boolean): boolean {
  const [ready, setReady] = useState(false);
  useEffect(() => {
    if (!rich || matchMedia("(pointer: coarse)").matches || matchMedia("(max-width: 600px)").matches) return;
    if (typeof requestIdleCallback !== "function") {
      const timer = setTimeout(() => setReady(true), 500);
      return () => clearTimeout(timer);
    }
    const id = requestIdleCallback(() => setReady(true), { timeout: 3000 });
    return () => cancelIdleCallback(id);
  }, [rich]);
  return ready && rich;
}

function markedLines({ problems }: EditorState): ReadonlyMap<number, string> {
  const order = ["info", "warning", "error"];
  const marked = new Map<number, string>();
  for (const { line, severity } of problems)
    if (order.indexOf(severity) > order.indexOf(marked.get(line) ?? "")) marked.set(line, severity);
  return marked;
}
