// The track: how far time has come, and marks for what happened.
import { useMemo, useRef } from "react";
import { useNow } from "../store/react.ts";
import { groupMarks, type Mark } from "./marks.ts";
import { formatElapsed, trackSpan } from "./time.ts";

/** Marks closer than this share of the track are drawn as one. */
const CLOSE = 1 / 90;

export function Track({ marks }: { readonly marks: readonly Mark[] }) {
  const now = useNow(100);
  const last = marks.at(-1);
  const span = trackSpan(Math.max(now, last?.ahead === true ? last.at : 0));
  const box = useRef<HTMLDivElement>(null);
  const groups = useMemo(() => groupMarks(marks, span * CLOSE), [marks, span]);
  return (
    <div ref={box} className="track" aria-hidden="true">
      <div className="track-line" />
      <div className="track-past" style={{ transform: `scaleX(${now / span})` }} />
      {groups.map((group) => {
        const [first] = group;
        if (first === undefined) return null;
        return (
          <span
            key={first.at}
            className="track-mark"
            data-kind={mostImportant(group)}
            data-ahead={first.ahead}
            style={{ left: `${(100 * first.at) / span}%` }}
            title={titleOf(group)}
          />
        );
      })}
      <div className="track-now" style={{ left: `${(100 * now) / span}%` }} />
    </div>
  );
}

const IMPORTANCE: readonly Mark["kind"][] = ["failed", "change", "send", "command"];

function mostImportant(group: readonly Mark[]): Mark["kind"] {
  return IMPORTANCE.find((kind) => group.some((mark) => mark.kind === kind)) ?? "command";
}

const TITLED = 6;

function titleOf(group: readonly Mark[]): string {
  const lines = group.slice(0, TITLED).map((mark) => `${formatElapsed(mark.at)}  ${mark.text}`);
  return group.length > TITLED ? [...lines, `and ${group.length - TITLED} more`].join("\n") : lines.join("\n");
}
