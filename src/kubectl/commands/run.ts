// `kubectl run`: a pod from an image, with `-i` a look into it, with `--rm` only for as long as one looks.
import { type DeleteOptions, type Pod, resourceInfo, StatusError } from "../../cluster/index.ts";
import type { Command } from "../command.ts";
import { CommandError } from "../command-error.ts";
import { throwCollected, usageError } from "../errors.ts";
import type { ParsedArgs } from "../flags.ts";
import { guard } from "../guard.ts";
import { runsShell } from "../image-contents.ts";
import type { CommandIO } from "../io.ts";
import { withLastApplied } from "../last-applied.ts";
import { DRY_RUN_FLAG, dryRunOf, OUTPUT_FLAGS, objectPrinter } from "../output.ts";
import { RECORD_FLAG, recorded } from "../record.ts";
import { ask } from "../session.ts";
import { collectErrors } from "./collect.ts";
import { requireFlags } from "./create/generator.ts";
import { waitUntilGone } from "./delete.ts";
import { checkStarts, runIn, STREAM_FLAGS } from "./exec.ts";
import { podOf, restartPolicyOf, serviceOf } from "./run/object.ts";

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/cmd/run RunOptions
export const run: Command = {
  limits: "attaching to what an image does by itself: give a command behind --. A shell (sh) stays open until exit.",
  name: "run",
  usage:
    'NAME --image=image [--env="key=value"] [--port=port] [--dry-run=server|client] [--overrides=inline-json] [--command] -- [COMMAND] [args...]',
  summary: "Make a pod from an image, and look into it with -it",
  flags: [
    ...STREAM_FLAGS,
    ...OUTPUT_FLAGS,
    DRY_RUN_FLAG,
    { name: "image", type: "string", help: "The image of the container." },
    { name: "port", type: "string", help: "The port that the container declares." },
    { name: "env", type: "array", help: "A variable of the container, as NAME=VALUE." },
    { name: "labels", short: "l", type: "string", help: "Labels of the pod instead of run=NAME." },
    { name: "annotations", type: "array" },
    { name: "restart", type: "string", default: "Always", help: "Always, OnFailure or Never." },
    { name: "rm", type: "bool", help: "Delete the pod when what was attached has ended." },
    { name: "attach", type: "bool", help: "Wait for the pod and show what it prints; so does -i." },
    { name: "command", type: "bool", help: "The words behind -- are the command, not arguments of the image's own." },
    { name: "expose", type: "bool", help: "Make a ClusterIP Service for the pod as well; needs --port." },
    { name: "overrides", type: "string", help: "JSON that is merged into the pod." },
    { name: "override-type", type: "string", default: "merge", help: "merge, strategic or json." },
    { name: "image-pull-policy", type: "string" },
    { name: "leave-stdin-open", type: "bool" },
    { name: "privileged", type: "bool" },
    { name: "save-config", type: "bool" },
    { name: "grace-period", type: "int", default: "-1" },
    { name: "timeout", type: "duration", default: "0s" },
    { name: "field-manager", type: "string", default: "kubectl-run" },
    RECORD_FLAG,
  ],
  run(args, io) {
    requireFlags(args, ["image"]);
    const [name] = args.positional;
    if (name === undefined || args.dashAt === 0) throw usageError(args.path, "NAME is required for run");
    const attached = args.changed("attach") ? args.bool("attach") : args.bool("stdin");
    const dryRun = dryRunOf(args, io);
    check(args, attached, dryRun !== "none");
    const print = objectPrinter(args, io, dryRun);
    const options = { dryRun: dryRun === "server", fieldManager: args.string("field-manager") };
    const made = recorded(args, podOf(name, args));
    const pod = args.bool("save-config") ? withLastApplied(made) : made;
    const created =
      dryRun === "client" ? pod : ask(io, () => io.cluster.api.create("pods", io.namespace, pod, options));
    const failed: Error[] = [];
    if (args.bool("expose"))
      collectErrors(failed, () => {
        const service = serviceOf(name, args);
        const send = () => io.cluster.api.create("services", io.namespace, service, options);
        print(resourceInfo("services"), dryRun === "client" ? service : ask(io, send), "created");
      });
    if (attached) {
      attach(name, args, io);
      return;
    }
    print(resourceInfo("pods"), created, "created");
    throwCollected(failed);
    io.exit(0);
  },
};

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/cmd/run RunOptions.Validate
function check(args: ParsedArgs, attached: boolean, dryRun: boolean): void {
  checkImage(args.string("image"));
  if (args.bool("tty") && !args.bool("stdin"))
    throw new CommandError("-i/--stdin is required for containers with -t/--tty=true");
  if (args.bool("expose") && args.string("port") === "")
    throw usageError(args.path, "--port must be set when exposing a service");
  restartPolicyOf(args);
  if (args.bool("rm") && !attached) throw usageError(args.path, "--rm should only be used for attached containers");
  if (attached && dryRun)
    throw usageError(
      args.path,
      "--dry-run=[server|client] can't be used with attached containers options (--attach, --stdin, or --tty)",
    );
  const policy = args.string("image-pull-policy");
  if (policy !== "" && !["Always", "IfNotPresent", "Never"].includes(policy))
    throw usageError(args.path, `invalid image pull policy: ${policy}`);
}

/** @throws CommandError when the text names no image. */
// Models github.com/distribution/reference Parse
function checkImage(image: string): void {
  if (image === "") throw new CommandError("--image is required");
  const shape =
    /^(?:[\w.-]+(?::\d+)?\/)?[a-z0-9._-]+(?:\/[a-z0-9._-]+)*(?::\w[\w.-]{0,127})?(?:@\w+:[0-9a-fA-F]{32,})?$/;
  if (shape.test(image)) return;
  throw new CommandError(`Invalid image name ${JSON.stringify(image)}: invalid reference format`);
}

/** Waits until the pod runs and shows what its words do there; takes the pod away with --rm. What went wrong is reported after that. */
function attach(name: string, args: ParsedArgs, io: CommandIO): void {
  const { api } = io.cluster;
  const podNow = () => api.find("pods", io.namespace, name);
  const isUp = () => ["Running", "Succeeded", "Failed"].includes(podNow()?.status?.phase ?? "");
  const grace = args.int("grace-period");
  const removal = { timeoutMs: args.duration("timeout"), options: grace < 0 ? {} : { gracePeriodSeconds: grace } };
  const end: End = ({ code, trouble = "" }, to) => {
    const last = { ...to, exit: () => to.exit(code) };
    const tell = () => {
      to.err(trouble);
      last.exit();
    };
    guard(last, () => (args.bool("rm") ? removePod(name, removal, { ...last, exit: tell }) : tell()));
  };
  io.cluster.until(isUp, args.duration("pod-running-timeout"), (held) =>
    guard(io, () => {
      const pod = podNow();
      if (!held || pod === undefined) {
        end({ code: 1, trouble: "error: timed out waiting for the condition\n" }, io);
        return;
      }
      const failed: Error[] = [];
      collectErrors(failed, () => show(pod, { args, io, end }));
      for (const { message } of failed) end({ code: 1, trouble: `error: ${message}\n` }, io);
    }),
  );
}

/** Ends the look into the pod: the exit status, and what is printed after everything else. */
type End = (ending: { readonly code: number; readonly trouble?: string }, io: CommandIO) => void;

const NOTICE =
  "All commands and output from this session will be recorded in container logs, including credentials and sensitive information passed through the command prompt.\nIf you don't see a command prompt, try pressing enter.\n";

function show(pod: Pod, { args, io, end }: { args: ParsedArgs; io: CommandIO; end: End }): void {
  const { name = "", namespace = "" } = pod.metadata;
  const image = args.string("image");
  const words = args.positional.slice(1);
  const argv = words.length === 0 && runsShell(image) ? ["sh"] : words;
  const [command] = argv;
  if (command === undefined)
    throw new CommandError(
      `attaching to what ${image} does by itself is not simulated here: give a command behind --, or see kubectl logs ${name}`,
    );
  checkStarts(pod, name, command, io);
  if (!args.bool("quiet")) io.err(NOTICE);
  const leave = (code: number, to: CommandIO) => {
    if (args.bool("tty") && !args.bool("quiet"))
      to.out(`Session ended, resume using 'kubectl attach ${name} -c ${name} -n ${namespace} -i -t' command\n`);
    end(restartPolicyOf(args) === "Always" ? { code: 0 } : endingOf(code, `pod ${namespace}/${name}`), to);
  };
  const session = { opened: false, leave };
  const exit = (code: number) => (session.opened ? io.exit(0) : leave(code, io));
  runIn(pod, name, { argv, io: { ...io, session, exit } });
}

/** The exit status of the container counts only where it is not started again. */
function endingOf(code: number, pod: string): Parameters<End>[0] {
  return code === 0 ? { code } : { code, trouble: `${pod} terminated (Error)\n` };
}

function removePod(
  name: string,
  { timeoutMs, options }: { timeoutMs: number; options: DeleteOptions },
  io: CommandIO,
): void {
  const info = resourceInfo("pods");
  try {
    const pod = ask(io, () => io.cluster.api.delete("pods", io.namespace, name, options));
    io.out(`pod ${JSON.stringify(name)} deleted from ${io.namespace} namespace\n`);
    waitUntilGone([[{ info, namespace: io.namespace, name, source: "" }, pod]], timeoutMs, io);
  } catch (error) {
    if (!(error instanceof StatusError && error.status.reason === "NotFound")) throw error;
    io.exit(0);
  }
}
