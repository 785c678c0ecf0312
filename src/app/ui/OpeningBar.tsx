// How far a scenario is on its way to its moment, and the way to give it up; the page continues meanwhile.
import { formatElapsed } from "../../scenario/index.ts";
import { useApp } from "../store/react.ts";
import "./notice.css";

export function OpeningBar() {
  const opening = useApp((state) => state.opening);
  if (opening === undefined) return null;
  return (
    <div className="notices notice late" role="status">
      <span>
        {opening.until > 0
          ? `Opening: at ${formatElapsed(opening.at)} of ${formatElapsed(opening.until)}`
          : "Opening the scenario"}
      </span>
      <progress aria-label="Opening the scenario" max={1} value={opening.share} />
      <button type="button" className="button" onClick={opening.cancel}>
        Cancel
      </button>
    </div>
  );
}
