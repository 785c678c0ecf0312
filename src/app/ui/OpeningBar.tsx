// How far a scenario is on its way to its moment, and the way to give it up; the page continues meanwhile.
import { formatElapsed } from "../../scenario/index.ts";
import { useApp } from "../store/react.ts";
import "./notice.css";
import { W } from "../../words/en/ui.ts";

export function OpeningBar() {
  const opening = useApp((state) => state.opening);
  if (opening === undefined) return null;
  return (
    <div className="notices notice late" role="status">
      <span>
        {opening.until > 0 ? W.openingAt(formatElapsed(opening.at), formatElapsed(opening.until)) : W.opening}
      </span>
      <progress aria-label={W.opening} max={1} value={opening.share} />
      <button type="button" className="button" onClick={opening.cancel}>
        {W.cancel}
      </button>
    </div>
  );
}
