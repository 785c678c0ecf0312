// `kubectl logs`: the requests a container has answered, as its access log.
import { type Exchange, type Pod, StatusError, selectorFromMap } from "../../cluster/index.ts";
import type { Command } from "../command.ts";
import { CommandError, usageError } from "../errors.ts";
import type { CommandIO } from "../io.ts";
import { SELECTOR_FLAGS } from "../select.ts";
import { selectorAsMap } from "../selectors.ts";
import { containerOf, podFor } from "./exec.ts";

export const logs: Command = {
  name: "logs",
  usage: "[-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]",
  summary: "Print the logs for a container in a pod",
  flags: [
    ...SELECTOR_FLAGS.filter(({ name }) => name === "selector"),
    { name: "container", short: "c", type: "string" },
    { name: "follow", short: "f", type: "bool" },
    { name: "previous", short: "p", type: "bool" },
    { name: "tail", type: "int", default: "-1" },
    { name: "since", type: "duration", default: "0s" },
    { name: "timestamps", type: "bool" },
    { name: "prefix", type: "bool" },
    { name: "all-containers", type: "bool" },
    { name: "all-pods", type: "bool" },
    { name: "ignore-errors", type: "bool" },
    { name: "max-log-requests", type: "int", default: "5" },
    { name: "limit-bytes", type: "int", default: "0" },
  ],
  run(args, io) {
    const [word, second] = args.positional;
    const selector = args.string("selector");
    if (word === undefined && selector === "")
      throw usageError(
        args.path,
        "expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\nPOD or TYPE/NAME is a required argument for the logs command",
      );
    const pods = word === undefined ? selected(selector, io) : [named(word, io)];
    const tail = args.changed("tail") ? args.int("tail") : selector === "" ? -1 : 10;
    for (const pod of pods) {
      if (!args.bool("all-containers"))
        checkStarted(pod, containerOf(pod, args.string("container") || (second ?? ""), io));
      const lines = linesOf(pod, io, args.duration("since"));
      const shown = tail < 0 ? lines : lines.slice(Math.max(0, lines.length - tail));
      for (const { text, at } of shown)
        io.out(
          `${args.bool("prefix") ? `[pod/${pod.metadata.name}] ` : ""}${args.bool("timestamps") ? `${at} ` : ""}${text}\n`,
        );
    }
    io.exit(0);
  },
};

function named(word: string, io: CommandIO): Pod {
  try {
    return podFor(word, io);
  } catch (error) {
    if (!(error instanceof StatusError) || error.status.reason !== "NotFound" || word.includes("/")) throw error;
    throw new CommandError(
      `error from server (NotFound): pods ${JSON.stringify(word)} not found in namespace ${JSON.stringify(io.namespace)}`,
    );
  }
}

function selected(selector: string, io: CommandIO): Pod[] {
  const pods = io.cluster.api.list("pods", {
    namespace: io.namespace,
    labelSelector: selectorFromMap(selectorAsMap(selector)),
  });
  if (pods.length === 0) io.err(`No resources found in ${io.namespace} namespace.\n`);
  return pods;
}

function checkStarted(pod: Pod, container: string): void {
  const waiting = pod.status?.containerStatuses?.find(({ name }) => name === container)?.state?.waiting;
  if (waiting === undefined) return;
  const why =
    waiting.reason === "ImagePullBackOff" || waiting.reason === "ErrImagePull"
      ? "trying and failing to pull image"
      : (waiting.reason ?? "ContainerCreating");
  throw new CommandError(
    `Error from server (BadRequest): container ${JSON.stringify(container)} in pod ${JSON.stringify(pod.metadata.name)} is waiting to start: ${why}`,
  );
}

/** One line per request that the pod answered, in the form of a web server's access log. */
function linesOf(pod: Pod, io: CommandIO, since: number): { at: string; text: string }[] {
  const { cluster } = io;
  const from = since === 0 ? 0 : cluster.clock.now - since;
  return [...cluster.trace.exchanges()].flatMap((exchange) => {
    const { outcome, endedAt = 0 } = exchange;
    if (outcome.kind !== "answered" || exchange.purpose === "dns" || endedAt < from || !isServer(exchange, pod))
      return [];
    const at = new Date(cluster.settings.epoch + endedAt).toISOString();
    const day = `${at.slice(8, 10)}/${MONTHS[Number(at.slice(5, 7)) - 1]}/${at.slice(0, 4)}:${at.slice(11, 19)} +0000`;
    const path = /^(?:https?:\/\/)?[^/]*(\/.*)?$/.exec(exchange.target)?.[1] ?? "/";
    return [
      {
        at,
        text: `${outcome.clientSeen.replace(/:\d+$/, "")} - - [${day}] "GET ${path} HTTP/1.1" ${outcome.status} ${outcome.body.length}`,
      },
    ];
  });
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

function isServer({ outcome }: Exchange, { metadata }: Pod): boolean {
  if (outcome.kind !== "answered" || outcome.servedBy.kind !== "pod") return false;
  return outcome.servedBy.name === metadata.name && outcome.servedBy.namespace === metadata.namespace;
}
