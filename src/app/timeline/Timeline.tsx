// Play, pause, step, speed, and what happened when.
import { Pause, Play, StepBack, StepForward } from "lucide-react";
import { useEffect } from "react";
import type { Playground } from "../store/playground.ts";
import { useApp, useNow, usePlayground } from "../store/react.ts";
import { EventList } from "./EventList.tsx";
import { Track } from "./Track.tsx";
import { formatElapsed, formatSpeed, SPEEDS } from "./time.ts";
import { useMarks } from "./useMarks.ts";
import "./timeline.css";

export function Timeline() {
  const playground = usePlayground();
  const playing = useApp((state) => state.playing);
  const speed = useApp((state) => state.speed);
  const marks = useMarks();
  useKeys(playground);
  const label = playing ? "Pause" : "Play";
  const Icon = playing ? Pause : Play;
  return (
    <section className="timeline" aria-label="Timeline">
      <StepBackButton />
      <button
        type="button"
        className="button plain icon"
        aria-label={label}
        aria-keyshortcuts="Space"
        title={`${label} (Space)`}
        onClick={() => playground.setPlaying(!playing)}
      >
        <Icon size={15} aria-hidden="true" />
      </button>
      <button
        type="button"
        className="button plain icon"
        aria-label="Step"
        aria-keyshortcuts="."
        title="Step to the next event (.)"
        onClick={() => playground.step()}
      >
        <StepForward size={15} aria-hidden="true" />
      </button>
      <select
        className="timeline-speed"
        aria-label="Speed"
        value={speed}
        onChange={(event) => playground.setSpeed(Number(event.target.value))}
      >
        {SPEEDS.map((each) => (
          <option key={each} value={each}>
            {formatSpeed(each)}
          </option>
        ))}
      </select>
      <Track marks={marks} />
      <Elapsed />
      <EventList marks={marks} />
    </section>
  );
}

function StepBackButton() {
  return (
    <button
      type="button"
      className="button plain icon"
      aria-label="Step back"
      aria-disabled="true"
      title="Stepping back is not built yet; a shared link replays everything from the beginning"
    >
      <StepBack size={15} aria-hidden="true" />
    </button>
  );
}

function Elapsed() {
  const now = useNow(100);
  return (
    <span className="timeline-now mono" role="timer" aria-label="Elapsed virtual time">
      {formatElapsed(now)}
    </span>
  );
}

/** Space and `.` wherever nothing else wants them. */
function useKeys(playground: Playground): void {
  useEffect(() => {
    const keyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTaken(event)) return;
      if (event.key === " ") playground.setPlaying(!playground.store.getState().playing);
      else if (event.key === ".") playground.step();
      else return;
      event.preventDefault();
    };
    document.addEventListener("keydown", keyDown);
    return () => document.removeEventListener("keydown", keyDown);
  }, [playground]);
}

/** Whether the focused element means something by these keys itself. */
function isTaken({ key, target }: KeyboardEvent): boolean {
  if (!(target instanceof Element)) return false;
  if (target.closest("input, textarea, select, [contenteditable], [role='textbox'], dialog[open]") !== null)
    return true;
  return key === " " && target.closest("button, a, summary, [role='button'], [role='tab'], [role='option']") !== null;
}
