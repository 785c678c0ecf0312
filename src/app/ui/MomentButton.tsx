// A time that leads to its moment.
import { formatElapsed } from "../../scenario/index.ts";
import { W } from "../../words/en/ui.ts";
import { usePlayground } from "../store/react.ts";
import { ROVING } from "./roving.ts";

/** @param at - virtual milliseconds; what was before the beginning leads nowhere. */
export function MomentButton({ at }: { readonly at: number }) {
  const playground = usePlayground();
  if (at < 0) return null;
  const time = formatElapsed(at);
  return (
    <button
      type="button"
      className="moment-button mono"
      {...ROVING}
      aria-label={W.goTo(time)}
      title={W.look}
      onClick={(event) => {
        event.stopPropagation(); // around it there may be something that takes clicks and the focus
        playground.seek(at);
      }}
    >
      {time}
    </button>
  );
}
