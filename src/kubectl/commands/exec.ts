// `kubectl exec`: a command in a container that runs.
import { type Pod, resourceName, statusError } from "../../cluster/index.ts";
import { dialFailure } from "../backend.ts";
import type { Command } from "../command.ts";
import { CommandError } from "../command-error.ts";
import { usageError } from "../errors.ts";
import type { Flag, ParsedArgs } from "../flags.ts";
import { imageLacks, startFailure } from "../image-contents.ts";
import type { CommandIO } from "../io.ts";
import { FILE_FLAGS, hasFiles, readSources } from "../sources.ts";
import { awaitPodsFor, containerOf } from "./pod-of.ts";

export const STREAM_FLAGS: readonly Flag[] = [
  { name: "stdin", short: "i", type: "bool", help: "Give the container what is typed or piped in." },
  { name: "tty", short: "t", type: "bool", help: "The container's input is a terminal." },
  { name: "quiet", short: "q", type: "bool", help: "Only what the command prints." },
  { name: "pod-running-timeout", type: "duration", default: "1m0s", help: "How long to wait for a pod that runs." },
];

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/cmd/exec ExecOptions
export const exec: Command = {
  limits:
    "programs beyond those of the console, as far as the image holds them: a shell, files and text, curl, wget, dig, nslookup, nc and ping.",
  name: "exec",
  usage: "(POD | TYPE/NAME) [-c CONTAINER] [flags] -- COMMAND [args...]",
  summary: "Run a command in a container",
  flags: [
    ...FILE_FLAGS,
    ...STREAM_FLAGS,
    { name: "container", short: "c", type: "string", help: "The container; the first one when none is named." },
  ],
  run(args, io) {
    const { word, argv } = wordsOf(args, io);
    if (args.dashAt === undefined && argv.length > 0)
      throw usageError(args.path, "exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead");
    if (argv.length === 0) throw new CommandError("you must specify at least one command for the container");
    awaitPodsFor(word, args.duration("pod-running-timeout"), io, ([pod]) => {
      const container = containerOf(pod, args.string("container"), io, args.bool("quiet"));
      checkRunning(pod, container, io);
      checkStarts(pod, container, argv[0] ?? "", io);
      const exit = (code: number) => {
        if (code !== 0) io.err(`command terminated with exit code ${code}\n`);
        io.exit(code);
      };
      runIn(pod, container, {
        argv,
        io: { ...io, stdin: args.bool("stdin") ? io.stdin : "", terminal: args.bool("tty"), exit },
      });
    });
  },
};

/** The pod comes first, unless `-f` names it. */
function wordsOf(args: ParsedArgs, io: CommandIO): { word: string; argv: readonly string[] } {
  const { positional, dashAt } = args;
  if (hasFiles(args)) {
    const [source] = readSources(args, io).objects;
    if (source === undefined) throw new CommandError("no objects passed to exec");
    return { word: `${resourceName(source.info)}/${source.name}`, argv: positional };
  }
  const [word, ...argv] = positional;
  if (word === undefined || dashAt === 0) throw new CommandError("pod, type/name or --filename must be specified");
  return { word, argv };
}

function checkRunning(pod: Pod, container: string, { cluster }: CommandIO): void {
  const phase = pod.status?.phase;
  if (phase === "Succeeded" || phase === "Failed")
    throw new CommandError(`cannot exec into a container in a completed pod; current phase is ${phase}`);
  if (!pod.spec?.nodeName) throw statusError("BadRequest", `pod ${pod.metadata.name} does not have a host assigned`);
  const unreached = dialFailure(pod, cluster);
  if (unreached !== undefined) throw statusError("", `error dialing backend: ${unreached}`);
  const status = pod.status?.containerStatuses?.find(({ name }) => name === container);
  if (status?.state?.running === undefined)
    throw new CommandError(
      `Internal error occurred: unable to upgrade connection: container not found (${JSON.stringify(container)})`,
    );
}

/** A command that the image does not hold is an error of the container runtime, not of the command. Spec: [EXEC-1] [EXEC-3]. */
export function checkStarts(pod: Pod, container: string, command: string, { cluster }: CommandIO): void {
  const { namespace = "", name: podName = "" } = pod.metadata;
  const image = pod.spec?.containers.find(({ name }) => name === container)?.image;
  const starts = cluster.cell(namespace, podName, container)?.starts(command) ?? !imageLacks(image, command);
  if (starts) return;
  const failure = startFailure(command);
  const id = (pod.metadata.uid ?? "").replaceAll("-", "").repeat(2).slice(0, 64);
  throw new CommandError(
    `Internal error occurred: Internal error occurred: error executing command in container: failed to exec in container: failed to start exec ${JSON.stringify(id)}: ${failure}`,
  );
}

/** Runs a command in a container as far as the surroundings have programs. */
export function runIn(pod: Pod, container: string, { argv, io }: { argv: readonly string[]; io: CommandIO }): void {
  const { namespace = "", name = "" } = pod.metadata;
  if (io.runProgram === undefined) throw new CommandError("nothing here runs programs in pods");
  io.runProgram({ place: { kind: "pod", namespace, name }, container }, argv, io);
}
