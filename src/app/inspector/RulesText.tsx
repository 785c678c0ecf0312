// Lines of text in a window: only those in sight are drawn, as the rules of many Services are long.
import { useLayoutEffect, useRef, useState } from "react";
import { W } from "../../words/en/rules.ts";
import { jumpIn, lineOfChain } from "./rulesText.ts";

/** Height of a line in pixels; `rules.css` says the same. */
const LINE = 18;
/** Lines drawn above and below the window. */
const SPARE = 12;

interface RulesTextProps {
  readonly label: string;
  readonly lines: readonly string[];
  readonly lit: readonly number[];
  readonly found: readonly number[];
  /** The line to show in the window; a new object goes there again. */
  readonly shown: { readonly line: number } | undefined;
  readonly onGo: (line: number) => void;
}

export function RulesText({ label, lines, lit, found, shown, onGo }: RulesTextProps) {
  const box = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null || shown === undefined) return;
    element.scrollTo({ top: Math.max(0, shown.line * LINE - element.clientHeight / 3), left: 0 });
  }, [shown]);
  const first = Math.max(0, Math.floor(top / LINE) - SPARE);
  const inSight = lines.slice(first, first + Math.ceil((box.current?.clientHeight ?? 600) / LINE) + 2 * SPARE);
  const widest = inSight.reduce((most, line) => Math.max(most, line.length), 0);
  const [lights, finds] = [new Set(lit), new Set(found)];
  return (
    <section
      ref={box}
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
      tabIndex={0}
      className="rules-text mono"
      onScroll={(event) => setTop(event.currentTarget.scrollTop)}
    >
      <div style={{ height: lines.length * LINE, minWidth: `${widest + 3}ch` }}>
        {inSight.map((line, i) => {
          const number = first + i;
          return (
            <div
              key={number}
              className="rules-line"
              data-lit={lights.has(number)}
              data-found={finds.has(number)}
              data-shown={shown?.line === number}
              style={{ top: number * LINE }}
            >
              <Line
                line={line}
                lit={lights.has(number)}
                onFollow={(chain) => onGo(lineOfChain(lines, chain, number))}
              />
            </div>
          );
        })}
      </div>
    </section>
  );
}

function Line({ line, lit, onFollow }: { line: string; lit: boolean; onFollow: (chain: string) => void }) {
  const { before, chain, after } = jumpIn(line);
  const words = (
    <>
      {before}
      {chain !== "" && (
        <button type="button" className="rules-jump" title={W.goTo(chain)} onClick={() => onFollow(chain)}>
          {chain}
        </button>
      )}
      {after}
    </>
  );
  return lit ? <mark>{words}</mark> : words;
}
