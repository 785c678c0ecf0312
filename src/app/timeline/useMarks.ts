// Gathers the marks of the current run, a few times a second.
import { useEffect, useState } from "react";
import { useApp, usePlayground } from "../store/react.ts";
import { actionMarks, failureMark, type Mark } from "./marks.ts";

/** Failures kept for the track. */
const KEPT = 300;

/** The marks of the run, oldest first. */
export function useMarks(): readonly Mark[] {
  const playground = usePlayground();
  const session = useApp((state) => state.session);
  const [marks, setMarks] = useState<readonly Mark[]>([]);
  useEffect(() => {
    const { trace } = session.cluster;
    let failures: Mark[] = [...trace.exchanges()].flatMap((each) => failureMark(each) ?? []);
    let seen = -1;
    const stop = trace.news.on((news) => {
      const mark = news.kind === "exchange-ended" ? failureMark(news.exchange) : undefined;
      if (mark === undefined) return;
      failures = [...failures.slice(-KEPT), mark];
      seen = -1;
    });
    const look = () => {
      const { log, pending } = session;
      const size = log.length * 100_003 + pending.length;
      if (size === seen) return;
      seen = size;
      setMarks([...actionMarks(log, pending), ...failures].toSorted((a, b) => a.at - b.at));
    };
    look();
    const stopFrames = playground.frames.on(look);
    return () => {
      stop();
      stopFrames();
    };
  }, [playground, session]);
  return marks;
}
