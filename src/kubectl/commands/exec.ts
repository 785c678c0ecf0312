// `kubectl exec` and `kubectl run`: programs in pods.
import { type Pod, resourceInfo, StatusError, statusError, type UnknownObject } from "../../cluster/index.ts";
import type { Command } from "../command.ts";
import { CommandError, throwCollected, usageError } from "../errors.ts";
import type { Flag, ParsedArgs } from "../flags.ts";
import { guard } from "../guard.ts";
import { startFailure } from "../image-contents.ts";
import type { CommandIO } from "../io.ts";
import { DRY_RUN_FLAG, dryRunOf, OUTPUT_FLAG, objectPrinter } from "../output.ts";
import { ask } from "../session.ts";
import { FILE_FLAGS } from "../sources.ts";
import { collectErrors } from "./collect.ts";
import { requireFlags } from "./create/generator.ts";
import { waitUntilGone } from "./delete.ts";
import { containerOf, podFor } from "./pod-of.ts";

const STREAM_FLAGS: readonly Flag[] = [
  { name: "stdin", short: "i", type: "bool" },
  { name: "tty", short: "t", type: "bool" },
  { name: "quiet", short: "q", type: "bool" },
  { name: "pod-running-timeout", type: "duration", default: "1m0s" },
];

function checkRunning(pod: Pod, container: string): void {
  const phase = pod.status?.phase;
  if (phase === "Succeeded" || phase === "Failed")
    throw new CommandError(`cannot exec into a container in a completed pod; current phase is ${phase}`);
  if (!pod.spec?.nodeName) throw statusError("BadRequest", `pod ${pod.metadata.name} does not have a host assigned`);
  const status = pod.status?.containerStatuses?.find(({ name }) => name === container);
  if (status?.state?.running === undefined)
    throw new CommandError(
      `Internal error occurred: unable to upgrade connection: container not found (${JSON.stringify(container)})`,
    );
}

/** A command that the image does not hold is an error of the container runtime, not of the command. Spec: [EXEC-1]. */
function checkStarts(pod: Pod, container: string, command: string): void {
  const image = pod.spec?.containers.find(({ name }) => name === container)?.image;
  const failure = startFailure(image, command);
  if (failure === undefined) return;
  const id = (pod.metadata.uid ?? "").replaceAll("-", "").repeat(2).slice(0, 64);
  throw new CommandError(
    `Internal error occurred: Internal error occurred: error executing command in container: failed to exec in container: failed to start exec ${JSON.stringify(id)}: ${failure}`,
  );
}

function runIn(pod: Pod, container: string, { argv, io }: { argv: readonly string[]; io: CommandIO }): void {
  const { namespace = "", name = "" } = pod.metadata;
  if (io.runProgram === undefined) throw new CommandError("nothing here runs programs in pods");
  io.runProgram({ place: { kind: "pod", namespace, name }, container }, argv, io);
}

export const exec: Command = {
  name: "exec",
  usage: "(POD | TYPE/NAME) [-c CONTAINER] [flags] -- COMMAND [args...]",
  summary: "Execute a command in a container",
  flags: [...FILE_FLAGS, ...STREAM_FLAGS, { name: "container", short: "c", type: "string" }],
  run(args, io) {
    const [word, ...argv] = args.positional;
    if (word === undefined || args.dashAt === 0)
      throw new CommandError("pod, type/name or --filename must be specified");
    if (args.dashAt === undefined && argv.length > 0)
      throw usageError(args.path, "exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead");
    if (argv.length === 0) throw new CommandError("you must specify at least one command for the container");
    const pod = podFor(word, io);
    const container = containerOf(pod, args.string("container"), io, args.bool("quiet"));
    checkRunning(pod, container);
    checkStarts(pod, container, argv[0] ?? "");
    const exit = (code: number) => {
      if (code !== 0) io.err(`command terminated with exit code ${code}\n`);
      io.exit(code);
    };
    runIn(pod, container, { argv, io: { ...io, stdin: args.bool("stdin") ? io.stdin : "", exit } });
  },
};

export const run: Command = {
  name: "run",
  usage:
    'NAME --image=image [--env="key=value"] [--port=port] [--dry-run=server|client] [--command] -- [COMMAND] [args...]',
  summary: "Run a particular image on the cluster",
  flags: [
    ...STREAM_FLAGS,
    OUTPUT_FLAG,
    DRY_RUN_FLAG,
    { name: "image", type: "string" },
    { name: "port", type: "string" },
    { name: "env", type: "array" },
    { name: "labels", short: "l", type: "string" },
    { name: "annotations", type: "array" },
    { name: "restart", type: "string", default: "Always" },
    { name: "rm", type: "bool" },
    { name: "attach", type: "bool" },
    { name: "command", type: "bool" },
    { name: "expose", type: "bool" },
    { name: "overrides", type: "string" },
    { name: "image-pull-policy", type: "string" },
    { name: "grace-period", type: "int", default: "-1" },
    { name: "timeout", type: "duration", default: "0s" },
    { name: "field-manager", type: "string", default: "kubectl-run" },
  ],
  run(args, io) {
    requireFlags(args, ["image"]);
    const [name] = args.positional;
    if (name === undefined || args.dashAt === 0) throw usageError(args.path, "NAME is required for run");
    checkImage(args.string("image"));
    const attached = args.bool("attach") || args.bool("stdin") || args.bool("tty");
    if (args.bool("rm") && !attached) throw usageError(args.path, "--rm should only be used for attached containers");
    if (args.bool("overrides") || args.string("overrides") !== "")
      throw new CommandError("--overrides is not simulated: apply a manifest instead");
    if (args.bool("expose") && args.string("port") === "")
      throw usageError(args.path, "--port must be set when exposing a service");
    const dryRun = dryRunOf(args, io);
    const info = resourceInfo("pods");
    const pod = podObject(name, args);
    const print = objectPrinter(args, io, dryRun);
    const options = { dryRun: dryRun === "server", fieldManager: "kubectl-run" };
    const created =
      dryRun === "client" ? pod : ask(io, () => io.cluster.api.create("pods", io.namespace, pod, options));
    const failed: Error[] = [];
    const service = args.bool("expose") ? exposed(name, args) : undefined;
    if (service !== undefined)
      collectErrors(failed, () => {
        const send = () => io.cluster.api.create("services", io.namespace, service, options);
        print(resourceInfo("services"), dryRun === "client" ? service : ask(io, send), "created");
      });
    if (dryRun !== "none" || !attached) {
      print(info, created, "created");
      throwCollected(failed);
      io.exit(0);
      return;
    }
    attach(name, args, io);
  },
};

/** @throws CommandError when the text names no image. */
// Models github.com/distribution/reference Parse
function checkImage(image: string): void {
  if (image === "") throw new CommandError("--image is required");
  const shape =
    /^(?:[\w.-]+(?::\d+)?\/)?[a-z0-9._-]+(?:\/[a-z0-9._-]+)*(?::\w[\w.-]{0,127})?(?:@\w+:[0-9a-fA-F]{32,})?$/;
  if (shape.test(image)) return;
  throw new CommandError(`Invalid image name ${JSON.stringify(image)}: invalid reference format`);
}

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/generate/versioned BasicPod
function podObject(name: string, args: ParsedArgs): UnknownObject {
  const rest = args.positional.slice(1);
  const restart = args.string("restart");
  if (!["Always", "OnFailure", "Never"].includes(restart))
    throw usageError(args.path, `invalid restart policy: ${restart}`);
  const port = args.string("port");
  const env = args.list("env").map((pair) => {
    const at = pair.indexOf("=");
    if (at <= 0) throw new CommandError(`invalid env: ${pair}`);
    return { name: pair.slice(0, at), value: pair.slice(at + 1) };
  });
  const words = rest.length === 0 ? {} : args.bool("command") ? { command: rest } : { args: rest };
  const container = {
    ...words,
    ...(env.length === 0 ? {} : { env }),
    image: args.string("image"),
    ...(args.string("image-pull-policy") === "" ? {} : { imagePullPolicy: args.string("image-pull-policy") }),
    name,
    ...(port === "" ? {} : { ports: [{ containerPort: Number(port) }] }),
    resources: {},
    ...(args.bool("stdin") ? { stdin: true, stdinOnce: true } : {}),
    ...(args.bool("tty") ? { tty: true } : {}),
  };
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { labels: labelsOf(name, args), name },
    spec: { containers: [container], dnsPolicy: "ClusterFirst", restartPolicy: restart },
    status: {},
  };
}

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/generate ParseLabels
function labelsOf(name: string, args: ParsedArgs): Record<string, string> {
  const typed = args.string("labels");
  if (typed === "") return { run: name };
  return Object.fromEntries(
    typed.split(",").map((pair) => {
      const [key = "", value, ...more] = pair.split("=");
      if (value === undefined || more.length > 0 || key === "")
        throw new CommandError(`unexpected label spec: ${pair}`);
      return [key, value];
    }),
  );
}

/** The Service of `--expose`, with the labels that were typed: those that a pod gets of itself are only its selector. */
// Models kubernetes/staging/src/k8s.io/kubectl/pkg/cmd/run RunOptions.generateService
function exposed(name: string, args: ParsedArgs): UnknownObject {
  const port = Number(args.string("port"));
  const selector = labelsOf(name, args);
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { ...(args.string("labels") === "" ? {} : { labels: selector }), name },
    spec: { ports: [{ port, protocol: "TCP", targetPort: port }], selector },
    status: { loadBalancer: {} },
  };
}

/** Waits until the pod runs, runs its words there as the attached console shows them, and takes the pod away with --rm. */
function attach(name: string, args: ParsedArgs, io: CommandIO): void {
  const { api } = io.cluster;
  const argv = args.positional.slice(1);
  const podNow = () => api.find("pods", io.namespace, name);
  const isUp = () => ["Running", "Succeeded", "Failed"].includes(podNow()?.status?.phase ?? "");
  const timeout = args.duration("pod-running-timeout");
  const end = (code: number) => guard(io, () => (args.bool("rm") ? removePod(name, code, io) : io.exit(code)));
  io.cluster.until(isUp, timeout, (held) =>
    guard(io, () => {
      const pod = podNow();
      if (!held || pod === undefined) {
        io.err("error: timed out waiting for the condition\n");
        end(1);
        return;
      }
      if (argv.length === 0)
        throw new CommandError("attaching to what the image does by itself is not simulated: give a command behind --");
      runIn(pod, name, {
        argv,
        io: {
          ...io,
          exit: (code) => {
            if (code !== 0 && args.string("restart") === "Never")
              io.err(`pod ${io.namespace}/${name} terminated (Error)\n`);
            end(code);
          },
        },
      });
    }),
  );
}

function removePod(name: string, code: number, io: CommandIO): void {
  const info = resourceInfo("pods");
  try {
    const pod = ask(io, () => io.cluster.api.delete("pods", io.namespace, name));
    io.out(`pod ${JSON.stringify(name)} deleted from ${io.namespace} namespace\n`);
    waitUntilGone([[{ info, namespace: io.namespace, name, source: "" }, pod]], 0, {
      ...io,
      exit: () => io.exit(code),
    });
  } catch (error) {
    if (!(error instanceof StatusError && error.status.reason === "NotFound")) throw error;
    io.exit(code);
  }
}
