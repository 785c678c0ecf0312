// What happened, as a list to read.
import { List } from "lucide-react";
import { useId } from "react";
import type { Mark } from "./marks.ts";
import { formatElapsed } from "./time.ts";

const SHOWN = 200;

export function EventList({ marks }: { readonly marks: readonly Mark[] }) {
  const id = useId();
  return (
    <>
      <button type="button" className="button plain icon" aria-label="Event list" title="Event list" popoverTarget={id}>
        <List size={15} aria-hidden="true" />
      </button>
      <div id={id} popover="auto" className="event-list">
        <h2>What was done, and what failed</h2>
        {marks.length === 0 && <p className="quiet">Nothing yet. What you do appears here with its time.</p>}
        {marks.length > SHOWN && (
          <p className="quiet">
            The last {SHOWN} of {marks.length}.
          </p>
        )}
        <ol>
          {marks.slice(-SHOWN).map((mark, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the list only grows at its end
            <li key={index} data-kind={mark.kind} data-ahead={mark.ahead}>
              <span className="mono quiet">{formatElapsed(mark.at)}</span>
              <span className="event-mark" aria-hidden="true" data-kind={mark.kind} />
              <span>
                {mark.text}
                {mark.ahead && <span className="quiet"> (still to come)</span>}
              </span>
            </li>
          ))}
        </ol>
      </div>
    </>
  );
}
