// The presenter's moments as a list: kept, named, put in order, saved and shown.
import { ArrowDown, ArrowUp, Download, Play, Trash2 } from "lucide-react";
import { useMemo, useRef } from "react";
import { formatElapsed } from "../../scenario/index.ts";
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
      <p>
        Keep moments of this run, give each a caption, and go through them with a clicker while presenting (Page Down,
        Page Up; the arrow keys go from stop to stop).
      </p>
      <div className="dialog-row">
        <button type="button" className="button primary" onClick={keep}>
          Keep {formatElapsed(now)}
        </button>
        {deck.length > 0 && (
          <button type="button" className="button" onClick={onPresent}>
            <Play size={14} aria-hidden="true" />
            Present them
          </button>
        )}
      </div>
      <ol ref={list} className="moments" aria-label="Moments">
        {deck.map(({ at, text }, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a moment may be kept twice; its place is its name
          <li key={place} data-place={place}>
            <button
              type="button"
              className="button plain mono"
              aria-label={`Show moment ${place + 1}, ${formatElapsed(at)}`}
              onClick={() => showMoment(playground, { at, text })}
            >
              {formatElapsed(at)}
            </button>
            <input
              aria-label={`Caption of moment ${place + 1}`}
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
              aria-label={`Move moment ${place + 1} up`}
              disabled={place === 0}
              onClick={() => move(place, -1)}
            >
              <ArrowUp size={14} aria-hidden="true" />
            </button>
            <button
              type="button"
              className="button plain icon"
              data-by={1}
              aria-label={`Move moment ${place + 1} down`}
              disabled={place === deck.length - 1}
              onClick={() => move(place, 1)}
            >
              <ArrowDown size={14} aria-hidden="true" />
            </button>
            <button
              type="button"
              className="button plain icon"
              aria-label={`Delete moment ${place + 1}`}
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
        label="Link with the moments"
        text={fragment === undefined ? "" : linkTo(new URLSearchParams(), fragment)}
        rows={2}
      />
      <div className="dialog-row">
        <button type="button" className="button" onClick={() => downloadJson(fileName(scenario), scenario)}>
          <Download size={14} aria-hidden="true" />
          Download file
        </button>
        <span className="quiet">“Share” opens the file again, moments included.</span>
      </div>
    </>
  );
}
