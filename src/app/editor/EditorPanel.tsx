// The editor as a panel: text, what became of it, what is wrong with it.
import { lazy, type RefObject, Suspense, useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { Compare } from "./Compare.tsx";
import type { LitLines } from "./lines.ts";
import type { EditorLinks } from "./links.ts";
import { PlainText } from "./PlainText.tsx";
import { Problems } from "./Problems.tsx";
import type { EditorSession, EditorState } from "./session.ts";
import { statusLine } from "./status.ts";
import { Toolbar } from "./Toolbar.tsx";
import "./editor.css";

const loadMonaco = () => import("./monaco/MonacoText.tsx");
const MonacoText = lazy(() => loadMonaco().then((module) => ({ default: module.MonacoText })));

export interface EditorPanelProps {
  readonly session: EditorSession;
  readonly links: EditorLinks;
  /** What "Reset" goes back to. */
  readonly startText: string;
  readonly readOnly: boolean;
  /** Whether Monaco may be loaded: never on phones, in an embed only when asked. */
  readonly rich: boolean;
}

export function EditorPanel({ session, links, startText, readOnly, rich }: EditorPanelProps) {
  const subscribe = useMemo(() => session.subscribe.bind(session), [session]);
  const state = useSyncExternalStore(subscribe, () => session.state);
  const [comparing, setComparing] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const monaco = useMonaco(rich, box);
  const follow = useMemo(() => links.subscribe.bind(links), [links]);
  const lit = useSyncExternalStore(follow, () => links.lit);
  const marked = useMemo(() => markedLines(state, lit), [state, lit]);
  const plain = (
    <PlainText session={session} links={links} text={state.text} readOnly={readOnly} markedLines={marked} />
  );
  return (
    <section className="panel editor" aria-label="YAML editor">
      <Toolbar session={session} startText={startText} comparing={comparing} onCompare={setComparing} />
      <Own session={session} state={state} />
      <div ref={box} className="editor-text">
        {monaco ? (
          <Suspense fallback={plain}>
            <MonacoText session={session} links={links} readOnly={readOnly} />
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

/**
 * True once the first paint is done, the browser had time, Monaco is loaded, and nobody is typing in the plain text that
 * it replaces; never where a finger is the pointer.
 */
function useMonaco(rich: boolean, text: RefObject<HTMLElement | null>): boolean {
  const [ready, setReady] = useState(false);
  useEffect(() => {
    if (!rich || matchMedia("(pointer: coarse)").matches || matchMedia("(max-width: 600px)").matches) return;
    let wanted = true;
    const show = () => wanted && setReady(true);
    const load = async () => {
      await loadMonaco();
      if (text.current?.contains(document.activeElement) === true)
        text.current.addEventListener("focusout", show, { once: true });
      else show();
    };
    const stop = whenIdle(() => void load());
    return () => {
      wanted = false;
      stop();
    };
  }, [rich, text]);
  return ready && rich;
}

/** Calls `run` when the browser has time, at the latest after three seconds; returns how to prevent it. */
function whenIdle(run: () => void): () => void {
  if (typeof requestIdleCallback !== "function") {
    const timer = setTimeout(run, 500);
    return () => clearTimeout(timer);
  }
  const id = requestIdleCallback(run, { timeout: 3000 });
  return () => cancelIdleCallback(id);
}

function markedLines({ problems }: EditorState, lit: readonly LitLines[]): ReadonlyMap<number, string> {
  const order = ["lit", "info", "warning", "error"];
  const marked = new Map<number, string>();
  for (const { first, last } of lit) for (let line = first; line <= last; line++) marked.set(line, "lit");
  for (const { line, severity } of problems)
    if (order.indexOf(severity) > order.indexOf(marked.get(line) ?? "")) marked.set(line, severity);
  return marked;
}
