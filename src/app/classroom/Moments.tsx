// The presenter's moments as a list: kept, named, put in order, saved and shown.
import { ArrowDown, ArrowUp, Download, Play, Trash2 } from "lucide-react";
import { useMemo, useRef } from "react";
import { formatElapsed } from "../../scenario/index.ts";
import { W } from "../../words/en/classroom.ts";
import { useApp, usePlayground } from "../store/react.ts";
import { CopyField } from "../ui/CopyField.tsx";
import { downloadJson } from "../ui/download.ts";
import { fileName } from "../ui/file.ts";
import { linkTo } from "../ui/link.ts";
import { useFragment } from "../ui/useFragment.ts";
import { CAPTION_LIMIT, captionAt, type KeptMoment, moved, setDeck, showMoment, withMoment } from "./deck.ts";

const NONE: readonly KeptMoment[] = [];

export function Moments({ onPresent }: { readonly onPresent: () => void }) {
  const playground = usePlayground();
  const deck = useApp((state) => state.deck) ?? NONE;
  const list = useRef<HTMLOListElement>(null);
  const { now } = useApp((state) => state.world.clock);
  const keep = () => setDeck(playground, withMoment(deck, now, captionAt(playground.store.getState())));
  const move = (from: number, by: number) => {
    setDeck(playground, moved(deck, from, by));
    const to = Math.min(Math.max(from + by, 0), deck.length - 1);
    // The focus goes along with the moment.
    requestAnimationFrame(() =>
      list.current
        ?.querySelector<HTMLElement>(
          `[data-place="${to}"] [data-by="${by}"]:not(:disabled), [data-place="${to}"] input`,
        )
        ?.focus(),
    );
  };
  const remove = (at: number) => {
    setDeck(playground, deck.toSpliced(at, 1));
    requestAnimationFrame(() =>
      list.current?.querySelector<HTMLElement>(`[data-place="${Math.min(at, deck.length - 2)}"] input`)?.focus(),
    );
  };
  return (
    <>
      <p>{W.momentsIntro}</p>
      <div className="dialog-row">
        <button type="button" className="button primary" onClick={keep}>
          {W.keep(formatElapsed(now))}
        </button>
        {deck.length > 0 && (
          <button type="button" className="button" onClick={onPresent}>
            <Play size={14} aria-hidden="true" />
            {W.presentThem}
          </button>
        )}
      </div>
      <ol ref={list} className="moments" aria-label={W.moments}>
        {deck.map(({ at, text }, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a moment may be kept twice; its place is its name
          <li key={place} data-place={place}>
            <button
              type="button"
              className="button plain mono"
              aria-label={W.showMoment(place + 1, formatElapsed(at))}
              onClick={() => showMoment(playground, { at, text })}
            >
              {formatElapsed(at)}
            </button>
            <input
              aria-label={W.caption(place + 1)}
              maxLength={CAPTION_LIMIT}
              value={text}
              onChange={({ target }) => setDeck(playground, deck.with(place, { at, text: target.value }))}
              onKeyDown={(event) => {
                if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
                event.preventDefault();
                move(place, event.key === "ArrowUp" ? -1 : 1);
              }}
            />
            <button
              type="button"
              className="button plain icon"
              data-by={-1}
              aria-label={W.moveUp(place + 1)}
              disabled={place === 0}
              onClick={() => move(place, -1)}
            >
              <ArrowUp size={14} aria-hidden="true" />
            </button>
            <button
              type="button"
              className="button plain icon"
              data-by={1}
              aria-label={W.moveDown(place + 1)}
              disabled={place === deck.length - 1}
              onClick={() => move(place, 1)}
            >
              <ArrowDown size={14} aria-hidden="true" />
            </button>
            <button
              type="button"
              className="button plain icon"
              aria-label={W.deleteMoment(place + 1)}
              onClick={() => remove(place)}
            >
              <Trash2 size={14} aria-hidden="true" />
            </button>
          </li>
        ))}
      </ol>
      {deck.length > 0 && <Save deck={deck} />}
    </>
  );
}

function Save({ deck }: { readonly deck: readonly KeptMoment[] }) {
  const playground = usePlayground();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the scenario holds the moments
  const scenario = useMemo(() => playground.scenarioOf(), [playground, deck]);
  const fragment = useFragment(scenario);
  return (
    <>
      <CopyField
        label={W.momentsLink}
        text={fragment === undefined ? "" : linkTo(new URLSearchParams(), fragment)}
        rows={2}
      />
      <div className="dialog-row">
        <button type="button" className="button" onClick={() => downloadJson(fileName(scenario), scenario)}>
          <Download size={14} aria-hidden="true" />
          {W.download}
        </button>
        <span className="quiet">{W.opensAgain}</span>
      </div>
    </>
  );
}
