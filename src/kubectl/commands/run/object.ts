// The objects that `kubectl run` makes: a pod, and with --expose its Service.
import type { UnknownObject } from "../../../cluster/index.ts";
import { CommandError } from "../../command-error.ts";
import { usageError } from "../../errors.ts";
import type { ParsedArgs } from "../../flags.ts";
import { overridden } from "../../overrides.ts";

/** The pod of the flags, with --overrides merged into it. @throws CommandError */
// Models kubernetes/staging/src/k8s.io/kubectl/pkg/generate/versioned BasicPod
export function podOf(name: string, args: ParsedArgs): UnknownObject {
  const pod: UnknownObject = {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { ...annotationsOf(args), labels: labelsOf(name, args), name },
    spec: { containers: [containerOf(name, args)], dnsPolicy: "ClusterFirst", restartPolicy: restartPolicyOf(args) },
    status: {},
  };
  return overridden("pods", pod, args);
}

function containerOf(name: string, args: ParsedArgs): Record<string, unknown> {
  const rest = args.positional.slice(1);
  const port = args.string("port");
  const env = args.list("env").map(variableOf);
  const words = rest.length === 0 ? {} : args.bool("command") ? { command: rest } : { args: rest };
  return {
    ...words,
    ...(env.length === 0 ? {} : { env }),
    image: args.string("image"),
    ...(args.string("image-pull-policy") === "" ? {} : { imagePullPolicy: args.string("image-pull-policy") }),
    name,
    ...(port === "" ? {} : { ports: [{ containerPort: portOf(port) }] }),
    resources: {},
    ...(args.bool("privileged") ? { securityContext: { privileged: true } } : {}),
    ...(args.bool("stdin") ? { stdin: true, ...(args.bool("leave-stdin-open") ? {} : { stdinOnce: true }) } : {}),
    ...(args.bool("tty") ? { tty: true } : {}),
  };
}

function portOf(text: string): number {
  if (/^[+-]?\d+$/.test(text)) return Number(text);
  throw new CommandError(`strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`);
}

function variableOf(pair: string): { name: string; value: string } {
  const at = pair.indexOf("=");
  if (at <= 0) throw new CommandError(`invalid env: ${pair}`);
  return { name: pair.slice(0, at), value: pair.slice(at + 1) };
}

function annotationsOf(args: ParsedArgs): { annotations?: Record<string, string> } {
  const pairs = args.list("annotations").map((pair) => {
    const at = pair.indexOf("=");
    if (at <= 0) throw new CommandError(`unexpected annotations: ${pair}`);
    return [pair.slice(0, at), pair.slice(at + 1)];
  });
  return pairs.length === 0 ? {} : { annotations: Object.fromEntries(pairs) };
}

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/cmd/run getRestartPolicy
export function restartPolicyOf(args: ParsedArgs): string {
  const restart = args.string("restart");
  if (restart === "") return args.bool("stdin") ? "OnFailure" : "Always";
  if (["Always", "OnFailure", "Never"].includes(restart)) return restart;
  throw usageError(args.path, `invalid restart policy: ${restart}`);
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
export function serviceOf(name: string, args: ParsedArgs): UnknownObject {
  const port = portOf(args.string("port"));
  const selector = labelsOf(name, args);
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { ...(args.string("labels") === "" ? {} : { labels: selector }), name },
    spec: { ports: [{ port, protocol: "TCP", targetPort: port }], selector },
    status: { loadBalancer: {} },
  };
}
