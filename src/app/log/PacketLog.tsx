// The story of the packets, one sentence each, for reading and for listening.
import { useLayoutEffect, useRef } from "react";
import { W } from "../../words/en/log.ts";
import { useApp, usePlayground } from "../store/react.ts";
import { MomentButton } from "../ui/MomentButton.tsx";
import { ROVING, useRoving } from "../ui/roving.ts";
import "./log.css";

export function PacketLog() {
  const playground = usePlayground();
  const entries = useApp((state) => state.log);
  const chosen = useApp((state) => (state.selection?.kind === "exchange" ? state.selection.id : undefined));
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  useLayoutEffect(() => {
    void entries; // stays at the end as sentences come, unless the visitor reads further up
    if (atEnd.current && box.current !== null) box.current.scrollTop = box.current.scrollHeight;
  }, [entries]);
  const keyDown = useRoving(box, entries);
  const scrolled = () => {
    const element = box.current;
    if (element !== null) atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < 24;
  };
  return (
    <div
      ref={box}
      className="packet-log"
      role="log"
      aria-label={W.label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      onScroll={scrolled}
      onKeyDown={keyDown}
    >
      {entries.length === 0 && <p className="panel-hint">{W.empty}</p>}
      {entries.map((entry) => (
        <div
          key={entry.id}
          className="log-entry"
          data-row
          data-kind={entry.kind}
          data-chosen={entry.exchange === chosen}
        >
          <MomentButton at={entry.at} />
          <button
            type="button"
            className="log-text"
            {...ROVING}
            onClick={() => playground.select({ kind: "exchange", id: entry.exchange })}
          >
            {entry.text}
          </button>
        </div>
      ))}
    </div>
  );
}
