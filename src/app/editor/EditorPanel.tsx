// The editor as a panel: the text, its status and its problems.
import { type ComponentType, type ReactNode, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { loadPart } from "../store/parts.ts";
import { useApp, usePlayground } from "../store/react.ts";
import { Guard } from "../ui/Guard.tsx";
import { lazyPart } from "../ui/lazyPart.tsx";
import { Compare } from "./Compare.tsx";
import type { EditedText, EditorState } from "./edited.ts";
import type { LitLines } from "./lines.ts";
import type { EditorLinks } from "./links.ts";
import { isLong, longWords } from "./long.ts";
import { PlainText } from "./PlainText.tsx";
import { Problems } from "./Problems.tsx";
import { statusLine } from "./status.ts";
import { Toolbar } from "./Toolbar.tsx";
import { type Turned, useTurnedTo } from "./useTurnedTo.ts";
import "./editor.css";
import { W } from "../../words/en/editor.ts";

const MONACO = W.rich;
const loadMonaco = () =>
  loadPart(MONACO, () =>
    import("./monaco/MonacoText.tsx").then((module): ComponentType<MonacoProps> => module.MonacoText),
  );
/** Says that it did not come, and asks for it again; the plain text stays. */
const MissingMonaco = lazyPart<MonacoProps>(MONACO, loadMonaco, {
  waiting: ({ plain }) => plain,
  instead: ({ plain }) => plain,
});

interface MonacoProps {
  readonly edited: EditedText;
  readonly links: EditorLinks;
  readonly readOnly: boolean;
  /** The same text without Monaco. */
  readonly plain: ReactNode;
}

export interface EditorPanelProps {
  readonly edited: EditedText;
  readonly links: EditorLinks;
  readonly readOnly: boolean;
  /** Whether Monaco may be loaded: never on phones, in an embed only when asked. */
  readonly rich: boolean;
  readonly onFold?: () => void;
}

export function EditorPanel({ edited, links, readOnly, rich, onFold }: EditorPanelProps) {
  const subscribe = useMemo(() => edited.changed.on, [edited]);
  const state = useSyncExternalStore(subscribe, () => edited.state);
  const [comparing, setComparing] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const monaco = useTurnedTo(box, {
    rich,
    quiet: !state.pending,
    long: isLong(state.text),
    load: loadMonaco,
  });
  const lit = useSyncExternalStore(links.changed.on, () => links.lit);
  const marked = useMemo(() => markedLines(state, lit), [state, lit]);
  const plain = (
    <PlainText edited={edited} links={links} text={state.text} readOnly={readOnly} markedLines={marked} lit={lit} />
  );
  return (
    <section className="panel editor" aria-label={W.editor} data-rich={rich || undefined}>
      <Toolbar edited={edited} comparing={comparing} onCompare={setComparing} {...(onFold ? { onFold } : {})} />
      <Own />
      <div ref={box} className="editor-text">
        <Text turned={monaco} edited={edited} links={links} readOnly={readOnly} plain={plain} />
        {comparing && !isLong(state.text) && <Compare edited={edited} />}
      </div>
      <Status state={state} />
      {isLong(state.text) && <p className="editor-long quiet">{longWords(monaco !== undefined)}</p>}
      <Problems edited={edited} problems={state.problems} />
    </section>
  );
}

/** The rich editor once someone turned to the text; the plain text until then, and where it doesn't come. */
function Text({ turned, ...props }: MonacoProps & { readonly turned: Turned<ComponentType<MonacoProps>> }) {
  if (turned === undefined) return props.plain;
  if (turned === "missing") return <MissingMonaco {...props} />;
  const { loaded: Monaco } = turned;
  return (
    <Guard name={MONACO} instead={props.plain}>
      <Monaco {...props} />
    </Guard>
  );
}

/** Offers the visitor's own text when something else took its place. */
function Own() {
  const playground = usePlayground();
  const kept = useApp((state) => state.kept);
  if (kept === undefined) return null;
  return (
    <div className="editor-own" role="status">
      <span>{W.kept(kept.name)}</span>
      <button type="button" className="button" onClick={kept.open}>
        {W.restore}
      </button>
      <button type="button" className="button plain" onClick={() => playground.setKept(undefined)}>
        {W.dismiss}
      </button>
    </div>
  );
}

function Status({ state }: { readonly state: EditorState }) {
  if (state.reading !== undefined) return <Reading state={state} share={state.reading} />;
  const line = statusLine(state.report);
  const text = state.pending ? W.typing : line.text;
  return (
    <p className={`editor-status status-${state.pending ? "idle" : line.tone}`} role="status">
      <span className="status-mark" aria-hidden="true" />
      {text}
    </p>
  );
}

/** How far a long text is read, before it is applied. */
function Reading({ state, share }: { readonly state: EditorState; readonly share: number }) {
  const size = (state.text.length / 1_000_000).toFixed(1);
  return (
    <p className="editor-status status-idle">
      <progress value={share} aria-label={W.reading(size)} />
      {W.readingPart(size, Math.round(share * 100))}
    </p>
  );
}

function markedLines({ problems }: EditorState, lit: readonly LitLines[]): ReadonlyMap<number, string> {
  const order = ["lit", "info", "warning", "error"];
  const marked = new Map<number, string>();
  for (const { first, last } of lit) for (let line = first; line <= last; line++) marked.set(line, "lit");
  for (const { line, severity } of problems)
    if (order.indexOf(severity) > order.indexOf(marked.get(line) ?? "")) marked.set(line, severity);
  return marked;
}
