// The rich editor: one Monaco editor on one model, for as long as the panel lives.
import { editor, KeyCode, MarkerSeverity, Range } from "monaco-editor/editor";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { readSetting, writeSetting } from "../../ui/storage.ts";
import type { EditedText, Surface } from "../edited.ts";
import { difference, type Edit, type Problem } from "../language/index.ts";
import type { EditorLinks } from "../links.ts";
import { LONG_TEXT } from "../long.ts";
import { portMarks } from "../portMarks.ts";
import { followLinks } from "./links.ts";
import { escapeMarkdown, rangeOf, registerProviders } from "./providers.ts";
import { OPTIONS } from "./setup.ts";
import { followTheme } from "./theme.ts";
import { offerWorker } from "./worker.ts";
import "./monaco.css";
import { W } from "../../../words/en/editor.ts";
import { Marked } from "../../ui/Marked.tsx";

interface Props {
  readonly edited: EditedText;
  readonly links: EditorLinks;
  readonly readOnly: boolean;
}

export function MonacoText({ edited, links, readOnly }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const [shown, setShown] = useState<editor.IStandaloneCodeEditor>();
  const [focused, setFocused] = useState(false);
  const [indents, setIndents] = useState(() => readSetting(TAB) === "indents");
  // Before the browser's next event, so that no key is lost between the plain text and this one.
  useLayoutEffect(() => {
    if (host.current === null) return;
    const { view, dispose } = mount(host.current, edited);
    const following = [...followLinks(view, links, (line) => edited.selectAt(line)), tabKey(view, setIndents)];
    view.onDidFocusEditorText(() => setFocused(true));
    view.onDidBlurEditorText(() => setFocused(false));
    setShown(view);
    return () => {
      for (const each of following) each.dispose();
      dispose();
    };
  }, [edited, links]);
  useEffect(() => shown?.updateOptions({ readOnly }), [shown, readOnly]);
  return (
    <>
      <div className="monaco-host" dir="ltr" ref={host} />
      {focused && (
        <p className="tab-hint" aria-live="polite">
          {indents ? <Marked as="kbd" text={W.indents} /> : <Marked as="kbd" text={W.leaves} />}{" "}
          <Marked as="kbd" text={W.suggests} />
        </p>
      )}
    </>
  );
}

function mount(element: HTMLElement, edited: EditedText) {
  offerWorker();
  const stopTheme = followTheme();
  const fontFamily = getComputedStyle(element).getPropertyValue("--mono");
  const model = modelOf(edited);
  const view = editor.create(element, { ...OPTIONS, model, fontFamily });
  const marks = view.createDecorationsCollection();
  const drifts = view.createDecorationsCollection();
  const paintMarks = () => marks.set(portDecorations(model));
  const paintProblems = () => {
    const { problems } = edited.state;
    editor.setModelMarkers(model, "podpath", problems.filter((each) => each.source !== "live").map(marker));
    drifts.set(problems.filter((each) => each.source === "live").map(driftDecoration));
  };
  paintMarks();
  paintProblems();
  const disposables = [
    ...registerProviders(model, edited),
    // The list of problems comes and goes below; the caret stays in sight.
    view.onDidLayoutChange(() => {
      const caret = view.getPosition();
      if (caret !== null && view.hasTextFocus()) view.revealPosition(caret);
    }),
    view.onMouseUp(({ target }) => {
      if (target.position !== null && view.getSelection()?.isEmpty() === true)
        edited.selectAt(target.position.lineNumber);
    }),
    model.onDidChangeContent(() => {
      const language = languageOf(model.getValueLength());
      if (model.getLanguageId() !== language) editor.setModelLanguage(model, language);
      edited.type(model.getValue());
      paintMarks();
    }),
  ];
  const stopShowing = edited.show(surfaceOf(view, model));
  const stopListening = edited.changed.on(onChange(() => edited.state.problems, paintProblems));
  view.setScrollTop(edited.scrolled);
  if (edited.caret !== undefined) {
    view.setPosition(model.getPositionAt(edited.caret));
    view.focus();
  }
  const dispose = () => {
    stopListening();
    stopShowing();
    stopTheme();
    for (const each of disposables) each.dispose();
    view.dispose();
    model.dispose();
  };
  return { view, dispose };
}

/** A model of the text that can be undone to what it was before this editor came. */
function modelOf(edited: EditedText): editor.ITextModel {
  const { text } = edited.state;
  const [first = text, ...later] = [...edited.takeSteps(), text];
  const model = editor.createModel(first, languageOf(text.length));
  for (const next of later) {
    const cut = difference(model.getValue(), next);
    if (cut === undefined) continue;
    model.pushStackElement();
    model.pushEditOperations([], [{ range: rangeOf(cut), text: cut.text }], () => null);
  }
  model.pushStackElement();
  return model;
}

/** A long text is not coloured: that would keep the page busy for seconds. */
function languageOf(length: number): "yaml" | "plaintext" {
  return length > LONG_TEXT ? "plaintext" : "yaml";
}

/** The setting that says what the Tab key does in the text: `indents`; without it, it leaves. */
const TAB = "tab";

/** Tab leaves the text as it leaves any field. Ctrl+M lets it indent instead; Escape and Tab leave even then. */
function tabKey(view: editor.IStandaloneCodeEditor, tell: (indents: boolean) => void) {
  const modifiers = [KeyCode.Shift, KeyCode.Ctrl, KeyCode.Alt, KeyCode.Meta];
  let indents = readSetting(TAB) === "indents";
  const settle = () => view.updateOptions({ tabFocusMode: !indents });
  settle();
  const listeners = [
    view.onKeyDown((event) => {
      const { keyCode } = event;
      if (keyCode === KeyCode.KeyM && event.ctrlKey) {
        event.preventDefault();
        indents = !indents;
        writeSetting(TAB, indents ? "indents" : undefined);
        tell(indents);
        settle();
      } else if (indents && keyCode !== KeyCode.Tab && !modifiers.includes(keyCode))
        view.updateOptions({ tabFocusMode: keyCode === KeyCode.Escape });
    }),
    view.onDidBlurEditorText(settle),
  ];
  return {
    dispose: () => {
      for (const each of listeners) each.dispose();
    },
  };
}

/** Runs `act` when the value is another one than before. */
function onChange<T>(read: () => T, act: () => void): () => void {
  let last = read();
  return () => {
    const now = read();
    if (now === last) return;
    last = now;
    act();
  };
}

function surfaceOf(view: editor.IStandaloneCodeEditor, model: editor.ITextModel): Surface {
  const push = (edits: readonly { range: ReturnType<typeof rangeOf>; text: string }[]) => {
    model.pushStackElement();
    model.pushEditOperations(view.getSelections() ?? [], [...edits], () => null);
    model.pushStackElement();
  };
  return {
    undoes: true,
    edit: (edits: readonly Edit[]) => push(edits.map((edit) => ({ range: rangeOf(edit), text: edit.text }))),
    replaceAll: (text) => {
      push([{ range: model.getFullModelRange(), text }]);
      view.setScrollPosition({ scrollTop: 0, scrollLeft: 0 });
    },
    scrollTo: (first, last) => view.revealRangeNearTopIfOutsideViewport(new Range(first, 1, last, 1)),
    reveal: (line, column) => {
      view.setPosition({ lineNumber: line, column: column + 1 });
      view.revealLineInCenterIfOutsideViewport(line);
      view.focus();
    },
  };
}

function portDecorations(model: editor.ITextModel): editor.IModelDeltaDecoration[] {
  if (model.getValueLength() > LONG_TEXT) return [];
  return portMarks(model.getValue()).map((mark) => ({
    range: rangeOf(mark),
    options: {
      inlineClassName: `mark-${mark.role}`,
      stickiness: editor.TrackedRangeStickiness.AlwaysGrowsWhenTypingAtEdges,
    },
  }));
}

const SEVERITIES = { error: MarkerSeverity.Error, warning: MarkerSeverity.Warning, info: MarkerSeverity.Info };

function marker(problem: Problem): editor.IMarkerData {
  const { startLineNumber, startColumn, endLineNumber, endColumn } = rangeOf(problem);
  return {
    severity: SEVERITIES[problem.severity],
    message: problem.message,
    startLineNumber,
    startColumn,
    endLineNumber,
    endColumn: Math.max(endColumn, startColumn + 1),
  };
}

function driftDecoration(problem: Problem): editor.IModelDeltaDecoration {
  const message = { value: escapeMarkdown(problem.message) };
  return {
    range: rangeOf(problem),
    options: {
      isWholeLine: true,
      className: "live-line",
      glyphMarginClassName: "live-glyph",
      glyphMarginHoverMessage: message,
      hoverMessage: message,
    },
  };
}
