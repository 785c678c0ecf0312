// kubectl events.
import { type Event, parseTime } from "../../cluster/index.ts";
import type { Command } from "../command.ts";
import { CommandError } from "../command-error.ts";
import { ageOf, virtualNow } from "../duration.ts";
import type { Flag, ParsedArgs } from "../flags.ts";
import { formOf, formPrinter, GET_FORMS, listOf } from "../forms.ts";
import type { CommandIO } from "../io.ts";
import { OUTPUT_FLAGS } from "../output.ts";
import { TableWriter } from "../printers/table.ts";
import { requireResource } from "../resources.ts";
import { endLater } from "../watch.ts";

const FLAGS: readonly Flag[] = [
  { name: "all-namespaces", short: "A", type: "bool", help: "List the events of all namespaces." },
  { name: "for", type: "string", help: "Only events about this object, as in pod/web." },
  { name: "types", type: "list", help: "Only events of these types: Normal, Warning." },
  { name: "watch", short: "w", type: "bool", help: "Go on printing events until interrupted." },
  { name: "no-headers", type: "bool" },
  { name: "chunk-size", type: "int", default: "500" },
  ...OUTPUT_FLAGS,
];

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/cmd/events EventsOptions
export const events: Command = {
  name: "events",
  usage: "events [--for TYPE/NAME] [--types=Normal,Warning]",
  summary: "List what happened, oldest first",
  flags: FLAGS,
  run(args, io) {
    const wanted = eventFilter(args, io);
    const list = io.cluster.api.list("events").filter(wanted).sort(byTime);
    if (args.bool("watch")) {
      followEvents(list, wanted, { args, io });
      return;
    }
    if (list.length === 0) {
      io.err(args.bool("all-namespaces") ? "No events found.\n" : `No events found in ${io.namespace} namespace.\n`);
    } else if (formOf(args) === "") io.out(eventTable(args, io)(list));
    else io.out(formPrinter(args, io, GET_FORMS)(listOf(list.map((event) => ({ ...event })))));
    io.exit(0);
  },
};

type EventFilter = (event: Event) => boolean;

function eventFilter(args: ParsedArgs, io: CommandIO): EventFilter {
  const types = args.list("types");
  for (const type of types)
    if (!["normal", "warning"].includes(type.toLowerCase()))
      throw new CommandError("valid --types are Normal or Warning");
  const subject = args.string("for") === "" ? undefined : subjectOf(args.string("for"), io);
  return (event) => {
    if (!args.bool("all-namespaces") && event.metadata.namespace !== io.namespace) return false;
    if (types.length > 0 && !types.some((type) => type.toLowerCase() === event.type?.toLowerCase())) return false;
    const { kind, name } = event.involvedObject;
    return subject === undefined || (kind === subject.kind && name === subject.name);
  };
}

function subjectOf(text: string, io: CommandIO): { kind: string; name: string } {
  const [type = "", name = "", ...more] = text.split("/");
  if (type === "" || name === "" || more.length > 0) throw new CommandError("--for must be in resource/name form");
  return { kind: requireResource(io.cluster.api.kinds, type).kind, name };
}

function lastSeen(event: Event): number {
  const text = event.series?.lastObservedTime ?? event.lastTimestamp ?? event.eventTime;
  return parseTime(text) ?? 0;
}

function byTime(a: Event, b: Event): number {
  return lastSeen(a) - lastSeen(b);
}

/** A function that makes rows; the header is above the first it makes. */
function eventTable(args: ParsedArgs, io: CommandIO): (list: readonly Event[]) => string {
  const everywhere = args.bool("all-namespaces");
  const table = new TableWriter();
  let pending = !args.bool("no-headers");
  return (list) => {
    const header = [...(everywhere ? ["NAMESPACE"] : []), "LAST SEEN", "TYPE", "REASON", "OBJECT", "MESSAGE"];
    const rows = list.map((event) => [
      ...(everywhere ? [event.metadata.namespace ?? ""] : []),
      interval(event, virtualNow(io.cluster)),
      event.type ?? "",
      event.reason ?? "",
      `${event.involvedObject.kind ?? ""}/${event.involvedObject.name ?? ""}`,
      (event.message ?? "").trim(),
    ]);
    const text = table.write(pending ? [header, ...rows] : rows);
    pending = false;
    return text;
  };
}

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/cmd/events getInterval
function interval(event: Event, now: number): string {
  const first = ageOf(event.eventTime ?? event.firstTimestamp, now);
  if (event.series !== undefined)
    return `${ageOf(event.series.lastObservedTime, now)} (x${event.series.count ?? 0} over ${first})`;
  const count = event.count ?? 0;
  return count > 1 ? `${ageOf(event.lastTimestamp, now)} (x${count} over ${first})` : first;
}

function followEvents(
  list: readonly Event[],
  wanted: EventFilter,
  { args, io }: { args: ParsedArgs; io: CommandIO },
): void {
  const table = eventTable(args, io);
  if (list.length > 0) io.out(table(list));
  const stop = io.cluster.api.watch("events", ({ type, object }) => {
    const event = object as Event; // a watch of events shows nothing else
    if (type !== "DELETED" && wanted(event)) io.out(table([event]));
  });
  endLater(args, io, stop);
}
