// The comparison of what is typed with what was applied and with what is live.
import { useState } from "react";
import { W } from "../../words/en/editor.ts";
import { asLive, asObjects, type DiffLine, diffLines } from "./compare.ts";
import type { EditedText } from "./edited.ts";
import type { Lister } from "./language/index.ts";

type Against = "applied" | "live" | "objects";

const TITLES: Readonly<Record<Against, string>> = {
  applied: W.applied,
  live: W.live,
  objects: W.objects,
};
const SIGNS = { same: " ", added: "+", removed: "−" } as const;
/** Unchanged lines kept around a change. */
const CONTEXT = 3;

export function Compare({ edited }: { readonly edited: EditedText }) {
  const [against, setAgainst] = useState<Against>("live");
  const { text, appliedText } = edited.state;
  const lines = linesOf(against, { text, appliedText, lister: edited.host.lister });
  const changed = lines.some((line) => line.kind !== "same");
  return (
    <div className="compare">
      <div className="compare-choice">
        {(["live", "objects", "applied"] as const).map((each) => (
          <button
            type="button"
            key={each}
            className="button plain"
            aria-pressed={against === each}
            onClick={() => setAgainst(each)}
          >
            {TITLES[each]}
          </button>
        ))}
      </div>
      {changed ? <Lines lines={lines} /> : <p className="compare-same">{W.same}</p>}
    </div>
  );
}

function linesOf(
  against: Against,
  { text, appliedText, lister }: { text: string; appliedText: string; lister: Lister },
) {
  if (against === "applied") return diffLines(appliedText, text);
  if (against === "live") return diffLines(text, asLive(text, lister));
  const { typed, live } = asObjects(text, lister);
  return diffLines(typed, live);
}

function Lines({ lines }: { readonly lines: readonly DiffLine[] }) {
  const near = new Set<number>();
  lines.forEach((line, at) => {
    if (line.kind !== "same") for (let each = at - CONTEXT; each <= at + CONTEXT; each++) near.add(each);
  });
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable from the keyboard
    <section className="compare-lines mono" aria-label={W.differences} tabIndex={0}>
      {lines.map((line, at) => {
        if (!near.has(at)) return null;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line of a comparison has no other identity
          <div key={at} className={`diff-${line.kind}`}>
            <span className="diff-number">{line.number}</span>
            <span className="diff-sign">{SIGNS[line.kind]}</span>
            <span>{line.text}</span>
          </div>
        );
      })}
    </section>
  );
}
