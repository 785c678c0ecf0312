// The rich editor: one Monaco editor on one model, for as long as the panel lives.
import { editor, KeyCode, MarkerSeverity, Range } from "monaco-editor/editor";
import { useEffect, useRef, useState } from "react";
import type { Edit, Problem } from "../language/index.ts";
import type { EditorLinks } from "../links.ts";
import { portMarks } from "../portMarks.ts";
import { type EditorSession, LONGEST_TEXT, type Surface } from "../session.ts";
import { followLinks } from "./links.ts";
import { escapeMarkdown, rangeOf, registerProviders } from "./providers.ts";
import { OPTIONS, offerWorker } from "./setup.ts";
import { followTheme } from "./theme.ts";
import "./monaco.css";

interface Props {
  readonly session: EditorSession;
  readonly links: EditorLinks;
  readonly readOnly: boolean;
}

export function MonacoText({ session, links, readOnly }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const [shown, setShown] = useState<editor.IStandaloneCodeEditor>();
  const [focused, setFocused] = useState(false);
  useEffect(() => {
    if (host.current === null) return;
    const { view, dispose } = mount(host.current, session);
    const following = followLinks(view, links, (line) => session.selectAt(line));
    view.onDidFocusEditorText(() => setFocused(true));
    view.onDidBlurEditorText(() => setFocused(false));
    setShown(view);
    return () => {
      for (const each of following) each.dispose();
      dispose();
    };
  }, [session, links]);
  useEffect(() => shown?.updateOptions({ readOnly }), [shown, readOnly]);
  return (
    <>
      <div className="monaco-host" ref={host} />
      {focused && (
        <p className="tab-hint">
          <kbd>Esc</kbd> then <kbd>Tab</kbd> leaves · <kbd>Ctrl+Space</kbd> suggests · <kbd>Alt+Enter</kbd> inspects
        </p>
      )}
    </>
  );
}

function mount(element: HTMLElement, session: EditorSession) {
  offerWorker();
  const stopTheme = followTheme();
  const fontFamily = getComputedStyle(element).getPropertyValue("--mono");
  const model = editor.createModel(session.state.text, languageOf(session.state.text.length));
  const view = editor.create(element, { ...OPTIONS, model, fontFamily });
  const marks = view.createDecorationsCollection();
  const drifts = view.createDecorationsCollection();
  const paintMarks = () => marks.set(portDecorations(model));
  const paintProblems = () => {
    const { problems } = session.state;
    editor.setModelMarkers(model, "podpath", problems.filter((each) => each.source !== "live").map(marker));
    drifts.set(problems.filter((each) => each.source === "live").map(driftDecoration));
  };
  paintMarks();
  paintProblems();
  const disposables = [
    ...registerProviders(model, session),
    // The list of problems comes and goes below; the caret stays in sight.
    view.onDidLayoutChange(() => {
      const caret = view.getPosition();
      if (caret !== null && view.hasTextFocus()) view.revealPosition(caret);
    }),
    ...leaveByEscape(view),
    view.onMouseUp(({ target }) => {
      if (target.position !== null && view.getSelection()?.isEmpty() === true)
        session.selectAt(target.position.lineNumber);
    }),
    model.onDidChangeContent(() => {
      const language = languageOf(model.getValueLength());
      if (model.getLanguageId() !== language) editor.setModelLanguage(model, language);
      session.type(model.getValue());
      paintMarks();
    }),
  ];
  const stopShowing = session.show(surfaceOf(view, model));
  const stopListening = session.subscribe(onChange(() => session.state.problems, paintProblems));
  if (session.caret !== undefined) {
    view.setPosition(model.getPositionAt(session.caret));
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

/** A text too long to be applied is not coloured either: that would keep the page busy for seconds. */
function languageOf(length: number): "yaml" | "plaintext" {
  return length > LONGEST_TEXT ? "plaintext" : "yaml";
}

/** After Escape, Tab moves on as in the console; anything else typed and Tab indents again. */
function leaveByEscape(view: editor.IStandaloneCodeEditor) {
  const modifiers = [KeyCode.Shift, KeyCode.Ctrl, KeyCode.Alt, KeyCode.Meta];
  return [
    view.onKeyDown(({ keyCode }) => {
      if (keyCode === KeyCode.Tab || modifiers.includes(keyCode)) return;
      view.updateOptions({ tabFocusMode: keyCode === KeyCode.Escape });
    }),
    view.onDidBlurEditorText(() => view.updateOptions({ tabFocusMode: false })),
  ];
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
    edit: (edits: readonly Edit[]) => push(edits.map((edit) => ({ range: rangeOf(edit), text: edit.text }))),
    replaceAll: (text) => {
      push([{ range: model.getFullModelRange(), text }]);
      view.setScrollTop(0);
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
  if (model.getValueLength() > LONGEST_TEXT) return [];
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
