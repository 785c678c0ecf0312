// The track: a slider over all of time, with marks for what happened; long runs have an overview above an enlarged stretch.
import { type KeyboardEvent, type PointerEvent, useMemo, useRef } from "react";
import { formatElapsed } from "../../scenario/index.ts";
import { W } from "../../words/en/timeline.ts";
import { useApp, useNow, usePlayground } from "../store/react.ts";
import { groupMarks, type Mark } from "./marks.ts";
import { momentText, type Stretch, shownStretch, trackSpan } from "./time.ts";
import type { Travel } from "./useTravel.ts";

/** Marks closer than this share of the track are drawn as one. */
const CLOSE = 1 / 90;

export function Track({ marks, travel }: { readonly marks: readonly Mark[]; readonly travel: Travel }) {
  const playground = usePlayground();
  const past = useApp((state) => state.past);
  const time = useNow(past ? 20 : 100);
  const now = past ? playground.now : time;
  const last = marks.at(-1);
  const end = Math.max(now, last?.ahead === true ? last.at : 0);
  const stretch = shownStretch(time, end);
  const whole = { from: 0, to: trackSpan(end) };
  const enlarged = stretch.to < whole.to;
  return (
    <div
      className="track"
      role="slider"
      aria-label={W.timeline}
      aria-orientation="horizontal"
      aria-valuemin={0}
      aria-valuemax={Math.round(now)}
      aria-valuenow={Math.round(time)}
      aria-valuetext={momentText(time, now)}
      tabIndex={0}
      data-enlarged={enlarged}
      onKeyDown={(event) => keyDown(event, travel)}
    >
      {enlarged && <Overview marks={marks} whole={whole} shown={stretch} time={time} now={now} />}
      <Line stretch={stretch} time={time} now={now} marks={marks} />
    </div>
  );
}

interface LineProps {
  readonly stretch: Stretch;
  readonly marks: readonly Mark[];
  readonly time: number;
  readonly now: number;
}

function Line({ stretch, marks, time, now }: LineProps) {
  const drag = useDrag(stretch);
  const { from, to } = stretch;
  const groups = useMemo(() => {
    const inside = marks.filter(({ at }) => at >= from && at <= to);
    return groupMarks(inside, (to - from) * CLOSE);
  }, [marks, from, to]);
  const left = (at: number) => `${(100 * (Math.min(Math.max(at, from), to) - from)) / (to - from)}%`;
  return (
    <div className="track-line-box" {...drag}>
      <div className="track-line" />
      <div className="track-lived" style={{ width: left(now) }} />
      <div className="track-past" style={{ width: left(time) }} />
      {groups.map((group) => {
        const [first] = group;
        if (first === undefined) return null;
        return (
          <span
            key={`${first.at} ${first.kind}`}
            className="track-mark"
            data-at={first.ahead ? undefined : first.at}
            data-kind={mostImportant(group)}
            data-ahead={first.ahead}
            style={{ left: left(first.at) }}
            title={titleOf(group)}
          />
        );
      })}
      <div className="track-now" style={{ left: left(time) }} />
    </div>
  );
}

interface OverviewProps extends Omit<LineProps, "stretch"> {
  readonly whole: Stretch;
  readonly shown: Stretch;
}

/** All of time, thin, with a window where the line below is. */
function Overview({ whole, shown, marks, time, now }: OverviewProps) {
  const drag = useDrag(whole);
  const groups = useMemo(() => groupMarks(marks, whole.to * CLOSE), [marks, whole.to]);
  const share = (at: number) => `${(100 * at) / whole.to}%`;
  return (
    <div className="track-overview" {...drag}>
      <div className="track-overview-lived" style={{ width: share(now) }} />
      <div className="track-window" style={{ left: share(shown.from), width: share(shown.to - shown.from) }} />
      {groups.map(([first, ...more]) => {
        if (first === undefined) return null;
        return (
          <span
            key={`${first.at} ${first.kind}`}
            className="track-tick"
            data-kind={mostImportant([first, ...more])}
            style={{ left: share(first.at) }}
          />
        );
      })}
      <div className="track-overview-now" style={{ left: share(time) }} />
    </div>
  );
}

/** Seeks where the pointer is, while it is down. */
function useDrag({ from, to }: Stretch) {
  const playground = usePlayground();
  const box = useRef<DOMRect | undefined>(undefined);
  const seek = (clientX: number) => {
    const rect = box.current;
    if (rect === undefined || rect.width === 0) return;
    const share = Math.min(1, Math.max(0, (clientX - rect.left) / rect.width));
    const time = from + share * (to - from);
    if (time >= playground.now) playground.toNow();
    else playground.seek(time);
  };
  return {
    onPointerDown: (event: PointerEvent<HTMLDivElement>) => {
      if (event.button !== 0) return;
      box.current = event.currentTarget.getBoundingClientRect();
      event.currentTarget.setPointerCapture(event.pointerId);
      const mark = event.target instanceof HTMLElement ? event.target.dataset.at : undefined;
      if (mark === undefined) seek(event.clientX);
      else playground.seek(Number(mark));
    },
    onPointerMove: (event: PointerEvent<HTMLDivElement>) => {
      if (event.currentTarget.hasPointerCapture(event.pointerId)) seek(event.clientX);
    },
    onPointerUp: (event: PointerEvent<HTMLDivElement>) => {
      event.currentTarget.releasePointerCapture(event.pointerId);
    },
  };
}

const PAGE_MS = 10_000;

function keyDown(event: KeyboardEvent, travel: Travel): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const act = KEYS.get(`${event.shiftKey ? "Shift+" : ""}${event.key}`);
  if (act === undefined) return;
  event.preventDefault();
  act(travel);
}

const KEYS: ReadonlyMap<string, (travel: Travel) => void> = new Map([
  ["ArrowLeft", (travel) => travel.previousEvent()],
  ["ArrowRight", (travel) => travel.nextEvent()],
  ["ArrowDown", (travel) => travel.previousEvent()],
  ["ArrowUp", (travel) => travel.nextEvent()],
  ["Shift+ArrowLeft", (travel) => travel.previousAction()],
  ["Shift+ArrowRight", (travel) => travel.nextAction()],
  ["PageDown", (travel) => travel.by(-PAGE_MS)],
  ["PageUp", (travel) => travel.by(PAGE_MS)],
  ["Home", (travel) => travel.toBeginning()],
  ["End", (travel) => travel.toNow()],
]);

const IMPORTANCE: readonly Mark["kind"][] = ["note", "failed", "change", "send", "command", "endpoints", "answered"];

function mostImportant(group: readonly Mark[]): Mark["kind"] {
  return IMPORTANCE.find((kind) => group.some((mark) => mark.kind === kind)) ?? "command";
}

const TITLED = 6;

function titleOf(group: readonly Mark[]): string {
  const lines = group.slice(0, TITLED).map((mark) => `${formatElapsed(mark.at)}  ${mark.text}`);
  return group.length > TITLED ? [...lines, W.more(group.length - TITLED)].join("\n") : lines.join("\n");
}
