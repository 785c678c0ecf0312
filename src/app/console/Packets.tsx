// The packet log as a table: what was asked, by whom, and what it came to.
import { useEffect, useRef, useState } from "react";
import type { Exchange } from "../../cluster/index.ts";
import { W } from "../../words/en/console.ts";
import { useApp, usePlayground } from "../store/react.ts";
import { placeName } from "../store/sentences.ts";
import { MomentButton } from "../ui/MomentButton.tsx";
import { ROVING, useRoving } from "../ui/roving.ts";

/** Rows that are shown; older ones are still in the trace. */
const ROWS = 200;
const REFRESH_MS = 250;

export function Packets() {
  const playground = usePlayground();
  const probes = useApp((state) => state.view.probes);
  const chosen = useApp((state) => (state.selection?.kind === "exchange" ? state.selection.id : undefined));
  const exchanges = useExchanges(probes);
  const box = useRef<HTMLDivElement>(null);
  const keyDown = useRoving(box, exchanges);
  if (exchanges.length === 0) return <p className="console-empty">{W.noPackets}</p>;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrow keys lead from one button in it to the next
    <div ref={box} className="console-view console-scroll" onKeyDown={keyDown}>
      <table className="console-table" aria-label={W.packets}>
        <thead>
          <tr>
            {[W.time, W.from, W.to, W.outcome, W.answeredBy, W.took].map((title) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {exchanges.map((exchange) => (
            <tr key={exchange.id} data-row data-chosen={exchange.id === chosen}>
              <td>
                <MomentButton at={exchange.startedAt} />
              </td>
              <td>{placeName(exchange.from)}</td>
              <td>
                <button
                  type="button"
                  className="terminal-link mono"
                  {...ROVING}
                  aria-pressed={exchange.id === chosen}
                  onClick={() => playground.select({ kind: "exchange", id: exchange.id })}
                >
                  {exchange.target}
                </button>
              </td>
              <td data-outcome={exchange.outcome.kind} title={reasonOf(exchange)}>
                {outcomeWord(exchange)}
              </td>
              <td>{exchange.outcome.kind === "answered" ? placeName(exchange.outcome.servedBy) : ""}</td>
              <td className="mono">{took(exchange)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The newest exchanges, newest first, looked up a few times a second. */
function useExchanges(probes: boolean): readonly Exchange[] {
  const playground = usePlayground();
  const world = useApp((state) => state.world);
  const [rows, setRows] = useState<readonly Exchange[]>([]);
  useEffect(() => {
    const { trace } = world;
    let dirty = true;
    let last = Number.NEGATIVE_INFINITY;
    const stop = trace.news.on((news) => {
      if (news.kind !== "hop-started" && news.kind !== "hop-ended") dirty = true;
    });
    const look = () => {
      const now = performance.now();
      if (!dirty || now - last < REFRESH_MS) return;
      dirty = false;
      last = now;
      const shown = [...trace.exchanges()].filter((each) => probes || each.purpose !== "probe");
      setRows(shown.slice(-ROWS).reverse());
    };
    look();
    const stopFrames = playground.frames.on(look);
    return () => {
      stop();
      stopFrames();
    };
  }, [playground, world, probes]);
  return rows;
}

function outcomeWord({ outcome, loss }: Exchange): string {
  switch (outcome.kind) {
    case "pending":
      return loss === undefined ? W.onTheWay : W.noAnswer;
    case "answered":
      return W.answered(outcome.status);
    case "timeout":
      return W.timedOut;
    case "unresolved":
      return W.notFound;
    default:
      return outcome.kind;
  }
}

function reasonOf({ outcome, loss }: Exchange): string | undefined {
  return "reason" in outcome ? outcome.reason : loss?.reason;
}

function took({ startedAt, endedAt }: Exchange): string {
  return endedAt === undefined ? "" : `${((endedAt - startedAt) / 1000).toFixed(2)} s`;
}
