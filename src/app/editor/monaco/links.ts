// Lights lines in Monaco, and tells where its pointer and its caret are.
import { editor, KeyCode, KeyMod, Range } from "monaco-editor/editor";
import { W } from "../../../words/en/editor.ts";
import type { EditorLinks } from "../links.ts";

/** Follows `links` both ways for as long as the view lives; returns what to dispose of. */
export function followLinks(
  view: editor.IStandaloneCodeEditor,
  links: EditorLinks,
  inspect: (line: number) => void,
): readonly { dispose(): void }[] {
  const lit = view.createDecorationsCollection();
  const paint = () =>
    lit.set(
      links.lit.map(({ first, last, as }) => ({
        range: new Range(first, 1, last, 1),
        options: { isWholeLine: true, className: `lit-${as}`, linesDecorationsClassName: `lit-edge lit-edge-${as}` },
      })),
    );
  paint();
  const point = (position: { lineNumber: number; column: number } | null) =>
    position === null ? links.leave() : links.pointAt(position.lineNumber, position.column - 1);
  const caret = () => point(view.hasTextFocus() ? view.getPosition() : null);
  return [
    view.addAction({
      id: "podpath.inspect",
      label: W.inspect,
      keybindings: [KeyMod.Alt | KeyCode.Enter],
      contextMenuGroupId: "navigation",
      run: () => inspect(view.getPosition()?.lineNumber ?? 1),
    }),
    { dispose: links.changed.on(paint) },
    view.onMouseMove(({ target }) => point(target.position)),
    view.onMouseLeave(caret),
    view.onDidChangeCursorPosition(({ reason }) => {
      // What the page writes into the text moves the caret too; that isn't pointing.
      if (view.hasTextFocus() && reason !== editor.CursorChangeReason.RecoverFromMarkers) caret();
    }),
    view.onDidFocusEditorText(caret),
    view.onDidBlurEditorText(() => links.leave()),
  ];
}
