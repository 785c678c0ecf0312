// Says that the page shows the past, and how to come back.

import { W } from "../../words/en/timeline.ts";
import { useApp, useNow, usePlayground } from "../store/react.ts";
import { momentText } from "./time.ts";

/** Shown over the canvas while an earlier moment is shown. */
export function PastBar() {
  const past = useApp((state) => state.past);
  return (
    <div className="past-place" role="status">
      {past && <Bar />}
    </div>
  );
}

function Bar() {
  const playground = usePlayground();
  const time = useNow(100);
  return (
    <div className="past-bar">
      <span>
        {W.looking} <b className="mono">{momentText(time, playground.now)}</b>
        <span className="past-note">{W.branches}</span>
      </span>
      <button type="button" className="button" onClick={() => playground.toNow()}>
        {W.toNow}
      </button>
    </div>
  );
}
