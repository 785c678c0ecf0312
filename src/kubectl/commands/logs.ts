// `kubectl logs`: what containers have written, and with -f what they write.
import { matches, type Pod, parseTime, StatusError, statusError } from "../../cluster/index.ts";
import { dialFailure } from "../backend.ts";
import type { Command } from "../command.ts";
import { CommandError } from "../command-error.ts";
import { describeFailure, usageError } from "../errors.ts";
import type { ParsedArgs } from "../flags.ts";
import { guard } from "../guard.ts";
import type { CommandIO } from "../io.ts";
import { SELECTOR_FLAGS } from "../select.ts";
import { parseLabelSelector } from "../selectors.ts";
import { type LogLine, type LogSource, lineOf, linesOf, logSource, writtenBy } from "./logs/lines.ts";
import { awaitPodsFor, containerOf } from "./pod-of.ts";

const USAGE =
  "expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\nPOD or TYPE/NAME is a required argument for the logs command";
/** Lines of each container when a selector chose it and no number was given. */
const SELECTOR_TAIL = 10;

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/cmd/logs LogsOptions
export const logs: Command = {
  limits:
    "what servers write themselves; a log shows the requests that a container answered, and what shells and their programs wrote.",
  name: "logs",
  usage: "[-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]",
  summary: "Print what containers wrote: here the requests they answered",
  flags: [
    ...SELECTOR_FLAGS.filter(({ name }) => name === "selector"),
    { name: "container", short: "c", type: "string", help: "The container whose log it is." },
    { name: "follow", short: "f", type: "bool", help: "Go on printing what is written, until Ctrl+C." },
    { name: "previous", short: "p", type: "bool", help: "The log of the container's run before its last restart." },
    { name: "tail", type: "int", default: "-1", help: "So many of the last lines." },
    { name: "since", type: "duration", default: "0s", help: "Only lines newer than this, as 5s, 2m or 3h." },
    { name: "since-time", type: "string", help: "Only lines after this date (RFC3339)." },
    { name: "timestamps", type: "bool", help: "Put the time before each line." },
    { name: "prefix", type: "bool", help: "Put pod and container before each line." },
    { name: "all-containers", type: "bool", help: "All containers of the pod." },
    { name: "all-pods", type: "bool", help: "All pods of the workload, with their names before each line." },
    { name: "ignore-errors", type: "bool", help: "When following, go on after errors." },
    { name: "max-log-requests", type: "int", default: "5", help: "How many logs may be followed at once." },
    { name: "limit-bytes", type: "int", default: "0", help: "Stop behind so many bytes of a log." },
    { name: "pod-running-timeout", type: "duration", default: "20s" },
    { name: "insecure-skip-tls-verify-backend", type: "bool" },
  ],
  run(args, io) {
    const { positional: words } = args;
    const selector = args.string("selector");
    if ((words.length === 0 && selector === "") || words.length > 2) throw usageError(args.path, USAGE);
    if (words.length === 1 && selector !== "")
      throw usageError(args.path, "only a selector (-l) or a POD name is allowed");
    const [word] = words;
    const print = (pods: readonly Pod[]) => printLogs(sourcesOf(pods, args, io), args, io);
    if (word === undefined) {
      const pods = selected(selector, io);
      checkFlags(args);
      print(pods);
      return;
    }
    framed(io, () =>
      awaitPodsFor(word, args.duration("pod-running-timeout"), io, (pods) => {
        checkFlags(args);
        if (pods.length > 1 && !args.bool("all-pods"))
          io.err(`Found ${pods.length} pods, using pod/${pods[0].metadata.name}\n`);
        print(args.bool("all-pods") ? pods : [pods[0]]);
      }),
    );
  },
};

/** A pod that is not there is reported in different words than elsewhere. */
function framed(io: CommandIO, run: () => void): void {
  try {
    run();
  } catch (error) {
    if (!(error instanceof StatusError) || error.status.reason !== "NotFound") throw error;
    const { message } = error.status;
    if (!message.startsWith("pods ")) throw error;
    throw new CommandError(`error from server (NotFound): ${message} in namespace ${JSON.stringify(io.namespace)}`);
  }
}

function selected(selector: string, io: CommandIO): Pod[] {
  const labelSelector = parseLabelSelector(selector);
  const all = io.cluster.api.list("pods", { namespace: io.namespace });
  const pods = all.filter(({ metadata }) => matches(labelSelector, metadata.labels));
  if (pods.length === 0) io.err(`No resources found in ${io.namespace} namespace.\n`);
  return pods;
}

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/cmd/logs LogsOptions.Validate
function checkFlags(args: ParsedArgs): void {
  const container = args.positional[1] ?? args.string("container");
  if (args.string("since-time") !== "" && args.duration("since") !== 0)
    throw new CommandError("at most one of `sinceTime` or `sinceSeconds` may be specified");
  if (args.bool("all-containers") && container !== "")
    throw new CommandError(`--all-containers=true should not be specified with container name ${container}`);
  if (args.changed("container") && args.positional.length === 2)
    throw new CommandError("only one of -c or an inline [CONTAINER] arg is allowed");
  if (args.int("limit-bytes") < 0) throw new CommandError("--limit-bytes must be greater than 0");
  if (args.duration("since") < 0) throw new CommandError("--since must be greater than 0");
  if (args.int("tail") < -1) throw new CommandError("--tail must be greater than or equal to -1");
}

/** The logs that are meant; whether each is there is asked when its turn comes. */
function sourcesOf(pods: readonly Pod[], args: ParsedArgs, io: CommandIO): readonly (() => LogSource)[] {
  const wanted = args.positional[1] ?? args.string("container");
  return pods.flatMap((pod) => {
    const init = (pod.spec?.initContainers ?? []).map(({ name }) => name);
    const names = (pod.spec?.containers ?? []).map(({ name }) => name);
    const chosen = args.bool("all-containers")
      ? [...init, ...names]
      : [containerOf(pod, wanted, io, args.bool("all-pods"))];
    return chosen.map((container) => () => {
      checkReached(pod, container, io);
      return logSource(pod, container, args.bool("previous"));
    });
  });
}

function checkReached(pod: Pod, container: string, { cluster }: CommandIO): void {
  const failure = dialFailure(pod, cluster);
  if (failure === undefined) return;
  const { namespace, name } = pod.metadata;
  const host = cluster.network.nodeAddress(pod.spec?.nodeName ?? "");
  throw statusError("", `Get "https://${host}:10250/containerLogs/${namespace}/${name}/${container}": ${failure}`);
}

function printLogs(sources: readonly (() => LogSource)[], args: ParsedArgs, io: CommandIO): void {
  const [following, lenient] = [args.bool("follow"), args.bool("ignore-errors")];
  const most = args.int("max-log-requests");
  if (following && sources.length > 1 && sources.length > most)
    throw new CommandError(
      `you are attempting to follow ${sources.length} log streams, but maximum allowed concurrency is ${most}, use --max-log-requests to increase the limit`,
    );
  const open: LogSource[] = [];
  for (const source of sources) {
    try {
      open.push(source());
    } catch (error) {
      if (!following || !lenient) throw error;
      io.err(describeFailure(error).text);
      continue;
    }
    const printed = open.at(-1);
    if (printed !== undefined) printKept(printed, args, io);
  }
  if (following && open.length > 0) follow(open, args, io);
  else io.exit(0);
}

function printKept(source: LogSource, args: ParsedArgs, io: CommandIO): void {
  const lines = linesOf(source, io).filter(({ at }) => at >= sinceOf(args, io));
  const tail = args.changed("tail") || args.string("selector") === "" ? args.int("tail") : SELECTOR_TAIL;
  const shown = tail < 0 ? lines : lines.slice(Math.max(0, lines.length - tail));
  const write = lineWriter(args);
  const text = shown.map((line) => write(line, source)).join("");
  const limit = args.int("limit-bytes");
  io.out(limit > 0 ? text.slice(0, limit) : text);
}

function sinceOf(args: ParsedArgs, { cluster }: CommandIO): number {
  const time = args.string("since-time");
  if (time !== "") {
    const at = parseTime(time);
    if (at === undefined)
      throw new CommandError(`invalid argument ${JSON.stringify(time)} for --since-time: want RFC3339`);
    return at;
  }
  const since = args.duration("since");
  return since === 0 ? 0 : cluster.settings.epoch + cluster.clock.now - since;
}

/** Writes the lines of a log, with what the flags put before each. */
function lineWriter(args: ParsedArgs): (line: LogLine, source: LogSource) => string {
  const [prefixed, stamped] = [args.bool("prefix") || args.bool("all-pods"), args.bool("timestamps")];
  return ({ at, text }, { pod, container }) => {
    const prefix = prefixed ? `[pod/${pod.metadata.name}/${container}] ` : "";
    return `${prefix}${stamped ? `${new Date(at).toISOString()} ` : ""}${text}\n`;
  };
}

/** Prints what is written from now on, until it is interrupted or the containers have ended. */
function follow(sources: readonly LogSource[], args: ParsedArgs, io: CommandIO): void {
  const { cluster } = io;
  const open = new Set(sources);
  const write = lineWriter(args);
  const stop = cluster.trace.news.on((news) => {
    if (news.kind !== "exchange-ended") return;
    for (const source of open) {
      const line = lineOf(news.exchange, source, io);
      if (line !== undefined) io.out(write(line, source));
    }
  });
  let ended = false;
  const end = (code: number) => {
    if (ended) return;
    ended = true;
    stop();
    io.exit(code);
  };
  io.onInterrupt(() => end(130));
  const told = new Map(sources.map((source) => [source, writtenBy(source, io).length]));
  const tellWritten = () => {
    for (const source of open) {
      const lines = writtenBy(source, io);
      for (const line of lines.slice(told.get(source) ?? 0)) io.out(write(line, source));
      told.set(source, lines.length);
    }
  };
  const allOver = () => {
    tellWritten();
    for (const source of open) if (!isWriting(source, io)) open.delete(source);
    return ended || open.size === 0;
  };
  cluster.until(allOver, Number.POSITIVE_INFINITY, () => guard(io, () => end(0)));
}

/** Whether the container still runs as it did when the following began. */
function isWriting({ pod, container, from }: LogSource, { cluster }: CommandIO): boolean {
  const { namespace, name = "", uid } = pod.metadata;
  const now = cluster.api.find("pods", namespace, name);
  if (now === undefined || now.metadata.uid !== uid) return false;
  const all = [...(now.status?.containerStatuses ?? []), ...(now.status?.initContainerStatuses ?? [])];
  const running = all.find((each) => each.name === container)?.state?.running;
  return running !== undefined && (parseTime(running.startedAt) ?? 0) === from;
}
