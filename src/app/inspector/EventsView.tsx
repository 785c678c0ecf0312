// What components said about an object.
import type { KubeObject } from "../../cluster/index.ts";
import { W } from "../../words/en/inspector.ts";
import { useObjects } from "../store/react.ts";

export function EventsView({ object }: { object: KubeObject }) {
  const events = useObjects("events");
  const own = [...events.values()]
    .filter((event) => event.involvedObject.uid === object.metadata.uid)
    .sort((a, b) => ((a.lastTimestamp ?? "") < (b.lastTimestamp ?? "") ? 1 : -1));
  if (own.length === 0) return <p className="inspector-text quiet">{W.noEvents}</p>;
  return (
    <ul className="events">
      {own.map((event) => (
        <li key={event.metadata.uid} data-type={event.type}>
          <p>
            <b>{event.reason}</b>
            <span className="quiet"> {event.source?.component}</span>
            {(event.count ?? 1) > 1 && <span className="quiet"> ×{event.count}</span>}
          </p>
          <p>{event.message}</p>
        </li>
      ))}
    </ul>
  );
}
