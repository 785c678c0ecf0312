// What the plain text looks like, under the text area: ports in their colours, and the lines that are pointed at elsewhere.
import { memo, type ReactNode, type RefObject, useMemo } from "react";
import type { LitLines } from "./lines.ts";
import { type PortMark, portMarks } from "./portMarks.ts";

interface Props {
  readonly text: string;
  readonly lit: readonly LitLines[];
  /** Moved along as the text area scrolls. */
  readonly moved: RefObject<HTMLPreElement | null>;
}

export const PlainShown = memo(function PlainShown({ text, lit, moved }: Props) {
  const marks = useMemo(() => byLine(portMarks(text)), [text]);
  const content = useMemo(() => linesShown(text, marks, lit), [text, marks, lit]);
  return (
    <div className="plain-shown" aria-hidden="true">
      <pre ref={moved}>{content}</pre>
    </div>
  );
});

type Marks = ReadonlyMap<number, readonly PortMark[]>;

function byLine(marks: readonly PortMark[]): Marks {
  const lines = new Map<number, PortMark[]>();
  for (const mark of marks) lines.set(mark.line, [...(lines.get(mark.line) ?? []), mark]);
  return lines;
}

/** Beyond this many lines keys and comments look like the rest: that many elements would slow typing. */
const SHADED_LINES = 1000;
/** A comment, or a key behind its indentation and dashes. */
const SHADED = /^ *#.*$|^(?: |- )*[\w./-]+:(?= |$)/;

/** Lines with nothing to show stay together as one text. */
function linesShown(text: string, marks: Marks, lit: readonly LitLines[]): readonly ReactNode[] {
  const shown: ReactNode[] = [];
  let plain = "";
  const flush = () => {
    if (plain !== "") shown.push(plain);
    plain = "";
  };
  const lines = text.split("\n");
  for (const [at, content] of lines.entries()) {
    const line = at + 1;
    const as = lit.find(({ first, last }) => first <= line && line <= last)?.as;
    const ports = marks.get(line) ?? [];
    const shaded = lines.length <= SHADED_LINES ? (SHADED.exec(content)?.[0] ?? "") : "";
    if (as === undefined && ports.length === 0 && shaded === "") {
      plain += `${content}\n`;
      continue;
    }
    flush();
    shown.push(
      <span key={line} className={as === undefined ? "plain-line" : `plain-line lit-${as} lit-edge lit-edge-${as}`}>
        {lineShown(content, shaded, ports)}
        {"\n"}
      </span>,
    );
  }
  flush();
  return shown;
}

function lineShown(content: string, shaded: string, ports: readonly PortMark[]): readonly ReactNode[] {
  const parts: ReactNode[] = [];
  let end = shaded.length;
  if (end > 0)
    parts.push(
      <span key="shaded" className={shaded.trimStart().startsWith("#") ? "plain-comment" : "plain-key"}>
        {shaded}
      </span>,
    );
  for (const { from, to, role } of ports.toSorted((a, b) => a.from - b.from)) {
    if (from < end) continue;
    parts.push(
      content.slice(end, from),
      <span key={from} className={`mark-${role}`}>
        {content.slice(from, to)}
      </span>,
    );
    end = to;
  }
  parts.push(content.slice(end));
  return parts;
}
