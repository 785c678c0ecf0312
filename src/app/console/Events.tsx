// The cluster's own events, as they come.
import { useMemo } from "react";
import { type Event, makeKey, type ObjectReference, resourceForKind, resourceName } from "../../cluster/index.ts";
import { useApp, useObjects, usePlayground } from "../store/react.ts";
import type { Selection } from "../store/state.ts";

const ROWS = 200;

export function Events() {
  const playground = usePlayground();
  const events = useObjects("events");
  const epoch = useApp((state) => state.session.cluster.settings.epoch);
  const rows = useMemo(() => newestFirst([...events.values()]).slice(0, ROWS), [events]);
  if (rows.length === 0) return <p className="console-empty">Nothing has happened in the cluster yet.</p>;
  return (
    <div className="console-view console-scroll">
      <table className="console-table" aria-label="Events">
        <thead>
          <tr>
            {["Time", "Type", "Reason", "Object", "Message"].map((title) => (
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
              <tr key={event.metadata.uid ?? event.metadata.name}>
                <td className="mono">{secondsOf(event, epoch)}</td>
                <td data-outcome={event.type === "Warning" ? "refused" : "normal"}>{event.type}</td>
                <td>{event.reason}</td>
                <td>
                  {object === undefined ? (
                    name
                  ) : (
                    <button type="button" className="terminal-link mono" onClick={() => playground.select(object)}>
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

/** Virtual seconds since the beginning, as the packets' table counts them. */
function secondsOf(event: Event, epoch: number): string {
  const time = Date.parse(timeOf(event));
  return Number.isNaN(time) ? "" : String(Math.round((time - epoch) / 1000));
}

function selectionOf({ apiVersion, kind, namespace, name }: ObjectReference): Selection | undefined {
  const info = resourceForKind(apiVersion ?? "v1", kind ?? "");
  if (info === undefined || name === undefined) return undefined;
  return { kind: "object", resource: resourceName(info), key: makeKey(namespace, name) };
}
