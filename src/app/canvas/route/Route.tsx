// The route of one request: it stays on the picture with numbered stops, and the strip below tells what happens at each.
import { ChevronLeft, ChevronRight, Volume2, VolumeX, X } from "lucide-react";
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { useReactFlow, useStore } from "reactflow";
import { useApp, useFailing, usePlayground } from "../../store/react.ts";
import { useShortcut } from "../../ui/shortcuts.ts";
import type { Surroundings } from "../paths.ts";
import type { Scene } from "../scene.ts";
import { gateAddresses } from "../sceneInput.ts";
import { type Drawn, drawRoute, timesOn } from "./draw.ts";
import { Mark } from "./Mark.tsx";
import { Narrator, type Telling } from "./narrator.ts";
import { Predict, useAsked, usePredictor } from "./Predict.tsx";
import "./route.css";
import { W } from "../../../words/en/narration.ts";
import { useVoice } from "./useVoice.ts";
import { TERMS } from "./words.ts";

export function Route({ scene, exchange }: { readonly scene: Scene; readonly exchange: number }) {
  const playground = usePlayground();
  const wire = useApp((state) => state.view.route === "wire");
  const world = useApp((state) => state.world);
  const narrator = useNarrator();
  const around = useMemo<Surroundings>(
    () => ({ scene, wire, measured: new Map(), ...gateAddresses({ ...playground.store.getState(), world }) }),
    [scene, wire, world, playground],
  );
  useEffect(() => {
    narrator?.tell(exchange, timesOn(around, playground.head.world.trace));
  }, [narrator, exchange, around, playground]);
  usePresented(narrator);
  if (narrator === undefined) return null;
  return <Told narrator={narrator} around={around} exchange={exchange} />;
}

/** The keys of a presenter, or the one that clears the route. */
function usePresented(narrator: Narrator | undefined): void {
  const playground = usePlayground();
  const presenting = useApp((state) => state.view.presenting);
  const next = useCallback(() => narrator?.next(), [narrator]);
  const previous = useCallback(() => narrator?.previous(), [narrator]);
  useShortcut("clear", presenting ? undefined : playground.clearRoute);
  useShortcut("nextStop", presenting ? next : undefined);
  useShortcut("previousStop", presenting ? previous : undefined);
  useEffect(() => {
    if (presenting) return () => narrator?.presented();
  }, [presenting, narrator]);
}

function useNarrator(): Narrator | undefined {
  const playground = usePlayground();
  const [narrator, setNarrator] = useState<Narrator>();
  const fail = useFailing();
  useEffect(() => {
    const made = new Narrator(playground, fail);
    setNarrator(made);
    return () => made.dispose();
  }, [playground, fail]);
  return narrator;
}

interface ToldProps {
  readonly narrator: Narrator;
  readonly around: Surroundings;
  readonly exchange: number;
}

function Told({ narrator, around, exchange }: ToldProps) {
  const telling = useSyncExternalStore(narrator.changed.on, narrator.get);
  const touring = useApp((state) => state.view.touring);
  const predictor = usePredictor(exchange);
  const asked = useAsked(predictor);
  const isAsked = asked !== undefined;
  const [wasAsked, setWasAsked] = useState(isAsked);
  if (isAsked && !wasAsked) setWasAsked(true);
  return (
    <>
      <Picture telling={telling} around={around} />
      {touring !== true && !isAsked && <Narration narrator={narrator} telling={telling} takesOver={wasAsked} />}
      {predictor !== undefined && asked !== undefined && (
        <Predict key={asked.question.text} predictor={predictor} asked={asked} />
      )}
    </>
  );
}

function Picture({ telling, around }: { readonly telling: Telling; readonly around: Surroundings }) {
  const playground = usePlayground();
  const transform = useStore((state) => state.transform);
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  const scale = useApp((state) => (state.view.presenting ? 1.5 : 1));
  const drawn = useMemo(
    () => drawRoute(telling, { around, trace: playground.head.world.trace, transform, width, height, scale }),
    [telling, around, playground, transform, width, height, scale],
  );
  useInSight(drawn, { width, height });
  return <Lines drawn={drawn} width={width} height={height} />;
}

/** How near to the edge of the picture a stop may be (all of its mark shows), and how far one is that was brought into sight. */
const EDGE = { least: 12, most: 110 };

/** Moves the picture when the next stop is out of sight, and no more than it must. */
function useInSight({ marks }: Drawn, { width, height }: { width: number; height: number }): void {
  const { getViewport, setViewport } = useReactFlow();
  const mark = marks.find(({ state }) => state === "now");
  const last = useRef({ number: 0, width, height });
  useEffect(() => {
    const { current } = last;
    if (mark === undefined || (current.number === mark.number && current.width === width && current.height === height))
      return;
    last.current = { number: mark.number, width, height };
    const by = { x: shift(mark.x, width), y: shift(mark.y, height) };
    if (by.x === 0 && by.y === 0) return;
    const { x, y, zoom } = getViewport();
    void setViewport({ x: x + by.x, y: y + by.y, zoom });
  }, [mark, width, height, getViewport, setViewport]);
}

function shift(at: number, size: number): number {
  if (at >= EDGE.least && at <= size - EDGE.least) return 0;
  const margin = Math.min(EDGE.most, size / 3);
  return at < EDGE.least ? margin - at : size - margin - at;
}

function Lines({ drawn, width, height }: { readonly drawn: Drawn; readonly width: number; readonly height: number }) {
  const [x, y, zoom] = drawn.transform;
  return (
    <div className="route" aria-hidden="true">
      <svg aria-hidden="true" width={width} height={height}>
        <g transform={`translate(${x} ${y}) scale(${zoom})`}>
          {drawn.lines.map(({ d, id, back, state }) => (
            <path key={id} d={d} className="route-line" data-back={back} data-state={state} />
          ))}
        </g>
        {drawn.address !== undefined && (
          <rect className="route-address" rx={5} {...drawn.address.box} data-now={drawn.address.now} />
        )}
        {drawn.labels.map(({ number, leader, now }) => (
          <path key={number} className="route-leader" d={leader ?? ""} data-now={now} />
        ))}
        {drawn.marks.map((mark) => (
          <Mark key={mark.number} {...mark} />
        ))}
      </svg>
      {drawn.labels.map(({ number, box, lines, now }) => (
        <div
          key={number}
          className="route-label mono"
          data-now={now}
          style={{ transform: `translate(${box.x}px, ${box.y}px)`, width: box.width, height: box.height }}
        >
          {lines.map(({ text, was }) => (
            <span key={text} data-was={was}>
              {text}
            </span>
          ))}
        </div>
      ))}
    </div>
  );
}

/** Names of pods and chains are not broken at their hyphens where they have room. */
function unbroken(sentence: string) {
  return sentence.split(/(\S*-\S*)/).map((part, at) =>
    at % 2 === 0 ? (
      part
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a sentence have no other order
      <span key={at} className="narration-name">
        {part}
      </span>
    ),
  );
}

/** Says to a visitor who sees this for the first time why nothing moves. */
const PAUSES = W.pauses;

interface NarrationProps {
  readonly narrator: Narrator;
  readonly telling: Telling;
  /** Whether a prediction was in its place, and with it whoever pressed its last key. */
  readonly takesOver: boolean;
}

/** The region "Narration": one sentence for the stop at which the picture is. */
function Narration({ narrator, telling, takesOver }: NarrationProps) {
  const playground = usePlayground();
  const playing = useApp((state) => state.playing);
  const predicts = useApp((state) => state.view.predict === true);
  const next = useRef<HTMLButtonElement>(null);
  const { story, at, follow, first } = telling;
  useEffect(() => {
    // Whoever just pressed "Send request" continues with the same key.
    const { activeElement } = document;
    const isHere = activeElement === document.body || activeElement?.closest(".canvas") != null;
    if ((first || takesOver) && isHere) next.current?.focus();
  }, [first, takesOver]);
  const stops = story?.stops ?? [];
  const stop = stops[Math.max(0, at)];
  const voice = useVoice(stop?.sentence, !playing || narrator.isOver);
  return (
    <section className="narration" aria-label={W.narration}>
      <span className="narration-steps">
        <button
          type="button"
          className="button plain icon"
          data-stop="previous"
          aria-label={W.previous}
          title={W.previous}
          aria-disabled={at <= 0}
          onClick={() => narrator.previous()}
        >
          <ChevronLeft size={18} aria-hidden="true" />
        </button>
        <span className="narration-number mono" aria-hidden="true">
          {stop === undefined ? "" : `${stop.number}/${stops.length}`}
        </span>
        <button
          ref={next}
          type="button"
          className={first && !playing ? "button primary icon" : "button plain icon"}
          data-stop="next"
          aria-label={W.next}
          title={follow ? W.nextSpace : W.next}
          aria-disabled={narrator.isOver}
          onClick={() => narrator.next()}
        >
          <ChevronRight size={18} aria-hidden="true" />
        </button>
      </span>
      <div className="narration-words" aria-live={playing ? "off" : "polite"}>
        <p className="narration-sentence" data-end={stop?.end}>
          {unbroken(stop?.sentence ?? W.setsOut)}
        </p>
        <p className="narration-term">{first && at <= 0 ? PAUSES : stop?.terms.map((term) => TERMS[term]).join(" ")}</p>
      </div>
      {voice !== undefined && <Voice voice={voice} narrator={narrator} />}
      <button
        type="button"
        className="button plain narration-follow"
        aria-label={follow ? W.followRun : W.follow}
        aria-pressed={follow}
        title={follow ? W.runOnTitle : W.followTitle}
        onClick={() => narrator.follow(!follow)}
      >
        {follow ? W.runOn : W.follow}
      </button>
      <button
        type="button"
        className="button plain narration-follow"
        aria-pressed={predicts}
        title={predicts ? W.askNoMore : W.predictTitle}
        onClick={() => playground.setView({ predict: !predicts })}
      >
        {W.predict}
      </button>
      <button
        type="button"
        className="button plain icon"
        aria-label={W.clear}
        title={W.clearTitle}
        onClick={playground.clearRoute}
      >
        <X size={15} aria-hidden="true" />
      </button>
    </section>
  );
}

/** Turns the voice on, and with it the pauses that it needs. */
function Voice({
  voice: [on, turn],
  narrator,
}: {
  readonly voice: [boolean, (on: boolean) => void];
  readonly narrator: Narrator;
}) {
  const Icon = on ? Volume2 : VolumeX;
  return (
    <button
      type="button"
      className="button plain icon"
      aria-label={W.readAloud}
      aria-pressed={on}
      title={on ? W.isRead : W.readTitle}
      onClick={() => {
        turn(!on);
        if (!on) narrator.follow(true);
      }}
    >
      <Icon size={16} aria-hidden="true" />
    </button>
  );
}
