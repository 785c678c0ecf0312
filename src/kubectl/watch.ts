// `get --watch`: rows or objects as they change, until interrupted.
import {
  type Cluster,
  keyOf,
  type ListOptions,
  type ResourceInfo,
  resourceName,
  type WatchEvent,
} from "../cluster/index.ts";
import { CommandError } from "./command-error.ts";
import { virtualNow } from "./duration.ts";
import { throwCollected } from "./errors.ts";
import { fetchObjects, optionsFor } from "./fetch.ts";
import type { ParsedArgs } from "./flags.ts";
import { formPrinter, GET_FORMS } from "./forms.ts";
import { requestTimeout } from "./global-flags.ts";
import type { CommandIO } from "./io.ts";
import { TableWriter } from "./printers/table.ts";
import { headerRow, isTableForm, objectRow, tableShape } from "./rows.ts";

/** How a command ends that was interrupted. */
export const INTERRUPTED = 130;

/** Prints what is there, then every change of it. It ends when it is interrupted, or after --request-timeout. */
// Models kubernetes/staging/src/k8s.io/kubectl/pkg/cmd/get GetOptions.watch
export function watchObjects(args: ParsedArgs, io: CommandIO): void {
  if (args.string("sort-by") !== "") io.err("warning: --watch or --watch-only requested, --sort-by will be ignored\n");
  const fetched = fetchObjects(args, io);
  throwCollected(fetched.errors);
  const [part] = fetched.parts;
  if (part === undefined || fetched.parts.some((each) => each.info !== part.info) || (!part.isList && !fetched.single))
    throw new CommandError(
      "watch is only supported on individual resources and resource collections - more than 1 resource was found",
    );
  const print = changePrinter(part.info, args, io);
  if (!args.bool("watch-only")) print(part.objects.map((object) => ({ type: "ADDED", object })));
  const named = part.isList ? undefined : part.objects.map(keyOf);
  const selection = new Selection(part.info, optionsFor(part.info, args, io), named, io.cluster);
  const stop = io.cluster.api.watch(resourceName(part.info), (event) => {
    const type = selection.take(event);
    if (type !== undefined) print([{ type, object: event.object }]);
  });
  endLater(args, io, stop);
}

/** Lets a watch end when it is interrupted, or after --request-timeout. */
export function endLater(args: ParsedArgs, io: CommandIO, stop: () => void): void {
  const limit = requestTimeout(args);
  const timer = limit > 0 ? io.cluster.clock.schedule(limit, () => finish(0)) : undefined;
  const finish = (code: number) => {
    stop();
    timer?.cancel();
    io.exit(code);
  };
  io.onInterrupt(() => finish(INTERRUPTED));
}

/** Which changes concern the watch: an object that leaves the selection counts as deleted. */
class Selection {
  readonly #resource: string;
  readonly #options: ListOptions;
  readonly #named: readonly string[] | undefined;
  readonly #cluster: Cluster;
  readonly #inside: Set<string>;

  constructor(info: ResourceInfo, options: ListOptions, named: readonly string[] | undefined, cluster: Cluster) {
    this.#resource = resourceName(info);
    this.#options = options;
    this.#named = named;
    this.#cluster = cluster;
    this.#inside = this.#keys();
  }

  take({ type, object }: WatchEvent): WatchEvent["type"] | undefined {
    const key = keyOf(object);
    const was = this.#inside.has(key);
    if (type !== "DELETED" && this.#keys().has(key)) {
      this.#inside.add(key);
      return was ? "MODIFIED" : "ADDED";
    }
    return this.#inside.delete(key) ? "DELETED" : undefined;
  }

  #keys(): Set<string> {
    const keys = this.#cluster.api.list(this.#resource, this.#options).map(keyOf);
    return new Set(this.#named === undefined ? keys : keys.filter((key) => this.#named?.includes(key)));
  }
}

type ChangePrinter = (changes: readonly Pick<WatchEvent, "type" | "object">[]) => void;

/** Prints changes, those of one call aligned with each other; the header is printed once above the first row. */
function changePrinter(info: ResourceInfo, args: ParsedArgs, io: CommandIO): ChangePrinter {
  if (!isTableForm(args)) {
    const form = formPrinter(args, io, GET_FORMS);
    const withEvents = args.bool("output-watch-events");
    return (changes) => {
      for (const { type, object } of changes)
        io.out(form(withEvents ? { apiVersion: "", kind: "WatchEvent", metadata: {}, type, object } : { ...object }));
    };
  }
  const shape = tableShape(args);
  const table = new TableWriter();
  let pending = shape.headers;
  return (changes) => {
    if (changes.length === 0) return;
    const now = virtualNow(io.cluster);
    const rows = changes.map(({ type, object }) => objectRow(info, object, shape, { now, event: type }));
    io.out(table.write(pending ? [headerRow(info, shape), ...rows] : rows));
    pending = false;
  };
}
