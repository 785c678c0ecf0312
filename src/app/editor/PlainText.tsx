// The plain editor: a text area with line numbers, in which a long text is only shown, as far as it goes quickly. It is what is there first, on phones, and wherever Monaco is not wanted.
import { Fragment, type KeyboardEvent, type UIEvent, useEffect, useMemo, useRef } from "react";
import type { EditedText } from "./edited.ts";
import { applyEdits, toOffset, toPosition } from "./language/index.ts";
import type { LitLines } from "./lines.ts";
import type { EditorLinks } from "./links.ts";
import { isLong, LONG_TEXT } from "./long.ts";
import { PlainShown } from "./PlainShown.tsx";

interface Props {
  readonly edited: EditedText;
  readonly links: EditorLinks;
  readonly text: string;
  readonly readOnly: boolean;
  readonly markedLines: ReadonlyMap<number, string>;
  readonly lit: readonly LitLines[];
}

/** Beyond this many lines the numbers are left out: one element with as many lines would slow typing. */
const NUMBERED_LINES = 5000;

export function PlainText({ edited, links, text, readOnly, markedLines, lit }: Props) {
  const area = useRef<HTMLTextAreaElement>(null);
  const gutter = useRef<HTMLDivElement>(null);
  const colours = useRef<HTMLPreElement>(null);
  useEffect(() => edited.show(surfaceOf(area, edited)), [edited]);
  const isCut = isLong(text);
  const shown = isCut ? text.slice(0, LONG_TEXT) : text;
  const lines = useMemo(() => countLines(shown), [shown]);

  const follow = ({ currentTarget: { scrollTop, scrollLeft } }: UIEvent<HTMLElement>) => {
    edited.scrolled = scrollTop;
    if (gutter.current !== null) gutter.current.style.transform = `translateY(${-scrollTop}px)`;
    if (colours.current !== null) colours.current.style.transform = `translate(${-scrollLeft}px, ${-scrollTop}px)`;
  };
  return (
    <div className="plain-text" dir="ltr">
      <div className="plain-gutter" aria-hidden="true">
        <div ref={gutter}>{lines <= NUMBERED_LINES && <LineNumbers count={lines} marked={markedLines} />}</div>
      </div>
      <div className="plain-room">
        {!isCut && <PlainShown text={shown} lit={lit} moved={colours} />}
        <textarea
          ref={area}
          className="plain-area"
          data-coloured={!isCut || undefined}
          aria-label="YAML"
          spellCheck={false}
          autoCapitalize="off"
          autoCorrect="off"
          autoComplete="off"
          wrap="off"
          readOnly={readOnly || isCut}
          value={shown}
          onChange={(event) => edited.type(event.currentTarget.value)}
          onKeyDown={keepIndentation}
          onScroll={follow}
          onSelect={({ currentTarget: { value, selectionStart } }) => {
            edited.caret = selectionStart;
            const { line, column } = toPosition(value, selectionStart);
            links.pointAt(line, column);
          }}
          onFocus={(event) => {
            edited.caret = event.currentTarget.selectionStart;
          }}
          onClick={({ currentTarget: { value, selectionStart, selectionEnd } }) => {
            if (selectionStart === selectionEnd) edited.selectAt(toPosition(value, selectionStart).line);
          }}
          onBlur={() => {
            edited.caret = undefined;
            links.leave();
          }}
        />
      </div>
    </div>
  );
}

function LineNumbers({ count, marked }: { readonly count: number; readonly marked: ReadonlyMap<number, string> }) {
  const numbers = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, at) => `${from + at}\n`).join("");
  const lines = [...marked.keys()].filter((line) => line <= count).sort((a, b) => a - b);
  return (
    <pre>
      {lines.map((line, at) => (
        <Fragment key={line}>
          {numbers((lines[at - 1] ?? 0) + 1, line - 1)}
          <span className={`number-${marked.get(line)}`}>{`${line}\n`}</span>
        </Fragment>
      ))}
      {numbers((lines.at(-1) ?? 0) + 1, count)}
    </pre>
  );
}

function countLines(text: string): number {
  let count = 1;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) count++;
  return count;
}

/** Enter keeps the indentation of the line. Tab moves on, as in any form. */
function keepIndentation(event: KeyboardEvent<HTMLTextAreaElement>): void {
  if (event.key !== "Enter" || event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const { value, selectionStart } = event.currentTarget;
  const line = value.slice(value.lastIndexOf("\n", selectionStart - 1) + 1, selectionStart);
  const indent = /^\s*/.exec(line)?.[0] ?? "";
  const deeper = /:\s*$/.test(line) ? "  " : "";
  if (indent + deeper === "") return;
  // The browser's own insertion is the only one that its undo knows.
  if (document.execCommand("insertText", false, `\n${indent}${deeper}`)) event.preventDefault();
}

function surfaceOf(area: { readonly current: HTMLTextAreaElement | null }, edited: EditedText) {
  return {
    edit: (edits: Parameters<typeof applyEdits>[1]) => {
      const element = area.current;
      const { text } = edited.state;
      if (element === null || document.activeElement !== element) return edited.type(applyEdits(text, edits));
      const { selectionStart, selectionEnd } = element;
      const next = applyEdits(text, edits);
      const moved = (at: number) =>
        edits.every((edit) => toOffset(text, edit.line, edit.from) >= at) ? at : at + next.length - text.length;
      edited.type(next);
      requestAnimationFrame(() => element.setSelectionRange(moved(selectionStart), moved(selectionEnd)));
    },
    replaceAll: (next: string) => edited.type(next),
    scrollTo: (first: number) => {
      const element = area.current;
      if (element === null) return;
      const height = Number.parseFloat(getComputedStyle(element).lineHeight);
      const top = Math.max(0, (first - 2) * height);
      if (top < element.scrollTop || top + height > element.scrollTop + element.clientHeight) element.scrollTop = top;
    },
    reveal: (line: number, column: number) => {
      const element = area.current;
      if (element === null) return;
      const at = toOffset(element.value, line, column);
      element.focus();
      element.setSelectionRange(at, at);
      const height = Number.parseFloat(getComputedStyle(element).lineHeight);
      element.scrollTop = Math.max(0, (toPosition(element.value, at).line - 3) * height);
    },
  };
}
