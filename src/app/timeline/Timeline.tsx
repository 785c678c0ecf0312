// Play, pause, step and speed.
import { Pause, Play, StepForward } from "lucide-react";
import { useApp, useNow, usePlayground } from "../store/react.ts";

const SPEEDS = [0.1, 0.25, 0.5, 1, 2, 5, 10, 100];

export function Timeline() {
  const playground = usePlayground();
  const playing = useApp((state) => state.playing);
  const speed = useApp((state) => state.speed);
  return (
    <section className="timeline" aria-label="Timeline">
      <button
        type="button"
        className="button plain icon"
        aria-label={playing ? "Pause" : "Play"}
        onClick={() => playground.setPlaying(!playing)}
      >
        {playing ? <Pause size={15} aria-hidden="true" /> : <Play size={15} aria-hidden="true" />}
      </button>
      <button
        type="button"
        className="button plain icon"
        aria-label="Step"
        title="Run the next event"
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
            {each}×
          </option>
        ))}
      </select>
      <Time />
    </section>
  );
}

function Time() {
  const now = useNow(100);
  const minutes = Math.floor(now / 60_000);
  const seconds = ((now % 60_000) / 1000).toFixed(1).padStart(4, "0");
  return <span className="timeline-now mono">{`${minutes}:${seconds}`}</span>;
}
