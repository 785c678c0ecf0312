// Play, pause, step, speed, and all of time as a slider with what happened when.
import { Pause, Play, RotateCcw, SkipBack, SkipForward, StepBack, StepForward } from "lucide-react";
import { type ComponentType, useCallback } from "react";
import { formatElapsed } from "../../scenario/index.ts";
import { useApp, useNow, usePlayground } from "../store/react.ts";
import { startOver } from "../store/start-over.ts";
import { step, stepBack } from "../store/step.ts";
import { lazyPart } from "../ui/lazyPart.tsx";
import { useShortcut } from "../ui/shortcuts.ts";
import { EventList } from "./EventList.tsx";
import { PastBar } from "./PastBar.tsx";
import { Track } from "./Track.tsx";
import { formatSpeed, SPEEDS } from "./time.ts";
import { useMarks } from "./useMarks.ts";
import { useTravel } from "./useTravel.ts";
import "./timeline.css";
import { W } from "../../words/en/timeline.ts";

const Branches = lazyPart(W.theBranches, () => import("./Branches.tsx").then((module) => module.Branches));

export function Timeline() {
  const playground = usePlayground();
  const playing = useApp((state) => state.playing);
  const speed = useApp((state) => state.speed);
  const branched = useApp((state) => state.branches.length > 1);
  const marks = useMarks();
  const travel = useTravel(marks);
  const toggle = useCallback(() => playground.setPlaying(!playground.store.getState().playing), [playground]);
  const forward = useCallback(() => step(playground), [playground]);
  const back = useCallback(() => stepBack(playground), [playground]);
  useShortcut("play", toggle);
  useShortcut("step", forward);
  useShortcut("stepBack", back);
  useShortcut("undo", travel.previousAction);
  useShortcut("redo", travel.nextAction);
  return (
    <section className="timeline" dir="ltr" aria-label={W.timeline}>
      <Control name={W.startOver} hint={W.startOverHint} icon={RotateCcw} act={() => void startOver(playground)} />
      <Control name={W.previous} hint={W.previousHint} icon={SkipBack} wide act={travel.previousEvent} />
      <Control name={W.back} hint="," keys="," icon={StepBack} act={back} />
      <Control
        name={playing ? W.pause : W.play}
        hint={W.space}
        keys="Space"
        icon={playing ? Pause : Play}
        act={toggle}
      />
      <Control name={W.step} hint="." keys="." icon={StepForward} act={forward} />
      <Control name={W.next} hint={W.nextHint} icon={SkipForward} wide act={travel.nextEvent} />
      <select
        className="timeline-speed"
        aria-label={W.speed}
        value={speed}
        onChange={(event) => playground.setSpeed(Number(event.target.value))}
      >
        {SPEEDS.map((each) => (
          <option key={each} value={each}>
            {formatSpeed(each)}
          </option>
        ))}
      </select>
      <Track marks={marks} travel={travel} />
      <Elapsed />
      {branched && <Branches />}
      <EventList marks={marks} />
      <PastBar />
    </section>
  );
}

interface ControlProps {
  readonly name: string;
  readonly hint: string;
  readonly keys?: string;
  readonly icon: ComponentType<{ size: number; "aria-hidden": "true" }>;
  /** Left out where there is little room: the slider has keys for it, and the event list leads everywhere. */
  readonly wide?: boolean;
  readonly act: () => void;
}

function Control({ name, hint, keys, icon: Icon, wide = false, act }: ControlProps) {
  return (
    <button
      type="button"
      className={`button plain icon${wide ? " timeline-wide" : ""}`}
      aria-label={name}
      {...(keys === undefined ? {} : { "aria-keyshortcuts": keys })}
      title={`${name} (${hint})`}
      onClick={act}
    >
      <Icon size={15} aria-hidden="true" />
    </button>
  );
}

function Elapsed() {
  const now = useNow(100);
  return (
    <span className="timeline-now mono" role="timer" aria-label={W.elapsed}>
      {formatElapsed(now)}
    </span>
  );
}
