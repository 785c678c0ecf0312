// The cluster's own events, as they come.
import { useMemo, useRef } from "react";
import { type Event, makeKey, type ObjectReference, resourceForKind, resourceName } from "../../cluster/index.ts";
import { W } from "../../words/en/console.ts";
import { useApp, useObjects, usePlayground } from "../store/react.ts";
import type { Selection } from "../store/state.ts";
import { MomentButton } from "../ui/MomentButton.tsx";
import { ROVING, useRoving } from "../ui/roving.ts";

const ROWS = 200;

export function Events() {
  const playground = usePlayground();
  const events = useObjects("events");
  const epoch = useApp((state) => state.world.settings.epoch);
  const rows = useMemo(() => newestFirst([...events.values()]).slice(0, ROWS), [events]);
  const box = useRef<HTMLDivElement>(null);
  const keyDown = useRoving(box, rows);
  if (rows.length === 0) return <p className="console-empty">{W.noEvents}</p>;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrow keys lead from one button in it to the next
    <div ref={box} className="console-view console-scroll" onKeyDown={keyDown}>
      <table className="console-table" aria-label={W.events}>
        <thead>
          <tr>
            {[W.time, W.type, W.reason, W.object, W.message].map((title) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((event) => {
            const object = selectionOf(event.involvedObject);
            const name = `${event.involvedObject.kind?.toLowerCase()}/${event.involvedObject.name}`;
            return (
              <tr key={event.metadata.uid ?? event.metadata.name} data-row>
                <td>
                  <MomentButton at={elapsedOf(event, epoch)} />
                </td>
                <td data-outcome={event.type === "Warning" ? "refused" : "normal"}>{event.type}</td>
                <td>{event.reason}</td>
                <td>
                  {object === undefined ? (
                    name
                  ) : (
                    <button
                      type="button"
                      className="terminal-link mono"
                      {...ROVING}
                      onClick={() => playground.select(object)}
                    >
                      {name}
                    </button>
                  )}
                </td>
                <td>
                  {event.message}
                  {(event.count ?? 1) > 1 && ` (×${event.count})`}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function timeOf(event: Event): string {
  return event.lastTimestamp ?? event.eventTime ?? event.metadata.creationTimestamp ?? "";
}

function newestFirst(events: readonly Event[]): readonly Event[] {
  return events.toSorted((a, b) => {
    const [left, right] = [timeOf(a), timeOf(b)];
    if (left !== right) return left < right ? 1 : -1;
    return (a.metadata.name ?? "") < (b.metadata.name ?? "") ? 1 : -1;
  });
}

/** Virtual milliseconds since the beginning; before it for an event without a time. */
function elapsedOf(event: Event, epoch: number): number {
  const time = Date.parse(timeOf(event));
  return Number.isNaN(time) ? -1 : time - epoch;
}

function selectionOf({ apiVersion, kind, namespace, name }: ObjectReference): Selection | undefined {
  const info = resourceForKind(apiVersion ?? "v1", kind ?? "");
  if (info === undefined || name === undefined) return undefined;
  return { kind: "object", resource: resourceName(info), key: makeKey(namespace, name) };
}
