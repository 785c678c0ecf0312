// The table of Events.
import type { Event } from "../../cluster/index.ts";
import { ageOf } from "../../kubectl/duration.ts";
import { type Printers, printer } from "../../kubectl/printers/printer.ts";

// Models kubernetes/pkg/printers/internalversion printEvent
const eventPrinter = printer<Event>(
  ["LAST SEEN", "TYPE", "REASON", "OBJECT", "SUBOBJECT*", "SOURCE*", "MESSAGE", "FIRST SEEN*", "COUNT*", "NAME*"],
  (event, { now }) => {
    const first = ageOf(event.firstTimestamp ?? event.eventTime, now);
    const about = event.involvedObject;
    const kind = (about.kind ?? "").toLowerCase();
    return [
      lastSeen(event, now, first),
      event.type,
      event.reason,
      about.name === undefined || about.name === "" ? kind : `${kind}/${about.name}`,
      about.fieldPath,
      sourceCell(event),
      (event.message ?? "").trim(),
      first,
      event.series?.count ?? (event.count || 1),
      event.metadata.name,
    ];
  },
);

function lastSeen(event: Event, now: number, first: string): string {
  if (event.series !== undefined) return ageOf(event.series.lastObservedTime, now);
  return event.lastTimestamp === undefined ? first : ageOf(event.lastTimestamp, now);
}

function sourceCell(event: Event): string {
  const component = event.source?.component || (event.reportingComponent ?? "");
  const instance = event.source?.host || (event.reportingInstance ?? "");
  return instance === "" ? component : `${component}, ${instance}`;
}

export const printers: Printers = { events: eventPrinter };
