// The lesson that is open: opened in a fresh cluster, closed when another one takes its place.
import { X } from "lucide-react";
import { useEffect, useState } from "react";
import type { LessonLink } from "../../lessons/index.ts";
import { useApp, usePlayground } from "../store/react.ts";
import type { AskedLesson } from "./asked.ts";
import { type KeptProgress, leaveLesson } from "./kept.ts";
import { show } from "./pointing.ts";
import { Step } from "./Step.tsx";
import { type OpenLesson, openLesson } from "./stage.ts";
import "./lessons.css";
import { W } from "../../words/en/lessons.ts";

interface LessonPanelProps {
  readonly asked: AskedLesson;
  readonly kept: KeptProgress;
  readonly onLesson: (asked: AskedLesson) => void;
  readonly onClose: () => void;
}

export function LessonPanel({ asked, kept, onLesson, onClose }: LessonPanelProps) {
  const playground = usePlayground();
  const [open, setOpen] = useState<OpenLesson>();
  const origin = useApp(({ run }) => run.origin);
  const isGone = open !== undefined && open.origin !== origin;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a lesson is opened when it is asked for, and not again
  useEffect(() => {
    let wanted = true;
    setOpen(undefined);
    void playground.attempt(async () => {
      const opened = await openLesson(playground, asked, kept);
      if (!wanted) return;
      if (opened === undefined) onClose();
      else setOpen(opened);
    });
    return () => {
      wanted = false;
      playground.unpoint("lesson");
      playground.store.setState({ lesson: undefined });
    };
  }, [playground, asked]);
  useEffect(() => {
    if (isGone) onClose();
  }, [isGone, onClose]);
  useLeft(isGone ? undefined : open);
  const follow = (link: LessonLink) => {
    if (link.kind === "lesson") onLesson({ id: link.id });
    else if (link.kind === "object") show(playground, link.at);
  };
  return (
    <section className="lesson panel" aria-label={W.lesson}>
      <div className="lesson-head">
        <h2>{open === undefined ? W.lesson : open.course.lesson.title}</h2>
        <button type="button" className="button plain" onClick={() => onLesson({ id: asked.id })}>
          {W.startOver}
        </button>
        <button type="button" className="button plain icon" aria-label={W.close} onClick={onClose}>
          <X size={16} aria-hidden="true" />
        </button>
      </div>
      {open === undefined || isGone ? (
        <p className="lesson-body quiet" role="status">
          {W.opening}
        </p>
      ) : (
        <Step course={open.course} kept={kept} onLink={follow} onLesson={onLesson} />
      )}
    </section>
  );
}

/** Keeps the open lesson with its run for the next load of this tab, until another thing is open. */
function useLeft(open: OpenLesson | undefined): void {
  const playground = usePlayground();
  useEffect(() => {
    if (open === undefined) return undefined;
    const leave = () => {
      const { run } = playground.store.getState();
      if (run.origin !== open.origin) return;
      leaveLesson({ course: open.course.progress, scenario: playground.scenarioOf(), at: run.world.clock.now });
    };
    const hidden = () => {
      if (document.hidden) leave();
    };
    addEventListener("pagehide", leave);
    document.addEventListener("visibilitychange", hidden);
    return () => {
      removeEventListener("pagehide", leave);
      document.removeEventListener("visibilitychange", hidden);
      leaveLesson(undefined);
    };
  }, [playground, open]);
}
