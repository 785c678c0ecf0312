// `kubectl drain`: no new pods on a node, and the others moved away as far as their disruption budgets let them.
import { type Pod, StatusError } from "../../cluster/index.ts";
import type { Command } from "../command.ts";
import { CommandError } from "../command-error.ts";
import { goDuration } from "../duration.ts";
import type { ParsedArgs } from "../flags.ts";
import { guard } from "../guard.ts";
import type { CommandIO } from "../io.ts";
import { type DryRun, dryRunOf, objectPrinter } from "../output.ts";
import type { Found } from "../select.ts";
import { ask } from "../session.ts";
import { NODE_FLAGS, nodesOf, setUnschedulable } from "./cordon.ts";
import { ended, podsOfNode } from "./drain/filters.ts";

/** How long an eviction that was refused is waited with. */
const RETRY_MS = 5_000;

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/cmd/drain DrainCmdOptions
export const drain: Command = {
  name: "drain",
  usage: "NODE",
  summary: "Move the pods of a node elsewhere, as their disruption budgets allow",
  flags: [
    ...NODE_FLAGS,
    { name: "force", type: "bool", help: "Also pods that no controller would bring back." },
    { name: "ignore-daemonsets", type: "bool", help: "Leave the pods of DaemonSets where they are." },
    { name: "delete-emptydir-data", type: "bool", help: "Also pods whose data goes with them." },
    { name: "disable-eviction", type: "bool", help: "Delete pods, whatever their disruption budgets say." },
    { name: "grace-period", type: "int", default: "-1", help: "Seconds that pods get to end; their own unless given." },
    { name: "timeout", type: "duration", default: "0s", help: "Give up after this; never unless given." },
    { name: "pod-selector", type: "string", help: "Only the pods with these labels." },
    { name: "skip-wait-for-delete-timeout", type: "int", default: "0" },
    { name: "chunk-size", type: "int", default: "500" },
  ],
  run(args, io) {
    const targets = nodesOf(args, io);
    const dryRun = dryRunOf(args, io);
    for (const target of targets) setUnschedulable(target, true, { args, io, dryRun });
    drainNext([...targets], { args, io, dryRun, failed: [] });
  },
};

interface Draining {
  readonly args: ParsedArgs;
  readonly io: CommandIO;
  readonly dryRun: DryRun;
  /** Nodes that could not be drained, and why. */
  readonly failed: { readonly node: string; readonly error: Error }[];
}

function drainNext(targets: Found[], draining: Draining): void {
  const { args, io, dryRun, failed } = draining;
  const target = targets.shift();
  if (target === undefined) {
    if (failed.length > 0)
      io.err(`There are pending nodes to be drained:\n${failed.map(({ node }) => ` ${node}\n`).join("")}`);
    finish(
      failed.map(({ error }) => error),
      io,
    );
    return;
  }
  const next = (error?: Error) =>
    guard(io, () => {
      if (error === undefined) objectPrinter(args, io, dryRun)(target.info, target.object, "drained");
      else {
        failed.push({ node: target.name, error });
        io.err(`error: unable to drain node "${target.name}" due to error: ${error.message}, continuing command...\n`);
      }
      drainNext(targets, draining);
    });
  const { pods, errors, warnings } = podsOfNode(target.name, args, io);
  if (errors.length > 0) {
    next(together(errors));
    return;
  }
  if (warnings.length > 0) io.err(`Warning: ${warnings.join("; ")}\n`);
  if (dryRun === "client") {
    for (const { metadata } of pods) io.out(`evicting pod ${metadata.namespace}/${metadata.name} (dry run)\n`);
    next();
    return;
  }
  new NodeDrain(target.name, draining, next).start(pods);
}

/** What went wrong is printed alone: kubectl puts no `error:` before it. */
function finish(errors: readonly Error[], io: CommandIO): void {
  for (const { message } of errors) io.err(`${message}\n`);
  io.exit(errors.length > 0 ? 1 : 0);
}

function together(messages: readonly string[]): CommandError {
  const [only = ""] = messages;
  return new CommandError(messages.length === 1 ? only : `[${messages.join(", ")}]`);
}

/** The pods of one node on their way out; each goes by itself. */
// Models kubernetes/staging/src/k8s.io/kubectl/pkg/drain Helper.evictPods and deletePods
class NodeDrain {
  readonly #node: string;
  readonly #draining: Draining;
  readonly #done: (error?: Error) => void;
  readonly #deadline: number;
  readonly #errors: string[] = [];
  #waiting = 0;
  #stopped = false;

  constructor(node: string, draining: Draining, done: (error?: Error) => void) {
    this.#node = node;
    this.#draining = draining;
    this.#done = done;
    const timeout = draining.args.duration("timeout");
    this.#deadline = timeout === 0 ? Number.POSITIVE_INFINITY : draining.io.cluster.clock.now + timeout;
  }

  start(pods: readonly Pod[]): void {
    this.#waiting = pods.length;
    if (pods.length === 0) this.#done();
    this.#draining.io.onInterrupt(() => {
      this.#stopped = true;
      this.#draining.io.exit(130);
    });
    for (const pod of pods) this.#evict(pod);
  }

  get #limit(): string {
    return `global timeout reached: ${goDuration(this.#draining.args.duration("timeout"))}`;
  }

  #evict(pod: Pod): void {
    const { args, io, dryRun } = this.#draining;
    if (this.#stopped) return;
    const { namespace, name = "" } = pod.metadata;
    const where = `pods/${JSON.stringify(name)} -n ${JSON.stringify(namespace)}`;
    const evicting = !args.bool("disable-eviction");
    if (evicting) io.out(`evicting pod ${namespace}/${name}${dryRun === "server" ? " (server dry run)" : ""}\n`);
    if (io.cluster.clock.now >= this.#deadline) {
      this.#end(`error when evicting ${where}: ${this.#limit}`);
      return;
    }
    const error = this.#send(pod, evicting);
    const reason = error?.status.reason;
    if (reason === "TooManyRequests") {
      io.err(`error when evicting ${where} (will retry after 5s): ${error?.message}\n`);
      io.cluster.clock.schedule(RETRY_MS, () => guard(io, () => this.#evict(pod)));
    } else if (reason === "NotFound") this.#end();
    else if (error !== undefined) this.#end(`error when evicting ${where}: ${error.message}`);
    else if (dryRun === "server") this.#end();
    else this.#await(pod, evicting ? "evicted" : "deleted");
  }

  #send({ metadata }: Pod, evicting: boolean): StatusError | undefined {
    const { args, io, dryRun } = this.#draining;
    const { namespace, name = "" } = metadata;
    const grace = args.int("grace-period");
    const options = { dryRun: dryRun === "server", ...(grace < 0 ? {} : { gracePeriodSeconds: grace }) };
    const { api } = io.cluster;
    try {
      ask(io, () => (evicting ? api.evict(namespace, name, options) : api.delete("pods", namespace, name, options)));
      return undefined;
    } catch (error) {
      if (error instanceof StatusError) return error;
      throw error;
    }
  }

  #await(pod: Pod, news: string): void {
    const { args, io } = this.#draining;
    const { namespace, name = "", uid } = pod.metadata;
    const isGone = () => {
      const now = io.cluster.api.find("pods", namespace, name);
      return this.#stopped || now?.metadata.uid !== uid || !ended(now ?? pod, args, io).goes;
    };
    io.cluster.until(isGone, Math.max(0, this.#deadline - io.cluster.clock.now), (held) =>
      guard(io, () => {
        if (this.#stopped) return;
        if (held) io.out(`pod/${name} ${news}\n`);
        const where = `${JSON.stringify(name)} in namespace ${JSON.stringify(namespace)}`;
        this.#end(held ? undefined : `error when waiting for pod ${where} to terminate: ${this.#limit}`);
      }),
    );
  }

  /** One pod less to wait for. */
  #end(error?: string): void {
    if (error !== undefined) this.#errors.push(error);
    this.#waiting -= 1;
    if (this.#waiting > 0) return;
    if (this.#errors.length === 0) {
      this.#done();
      return;
    }
    const trouble = together(this.#errors);
    const { args, io } = this.#draining;
    const { pods } = podsOfNode(this.#node, args, io);
    if (pods.length > 0)
      io.err(`There are pending pods in node "${this.#node}" when an error occurred: ${trouble.message}\n`);
    for (const { metadata } of pods) io.err(`pod/${metadata.name}\n`);
    this.#done(trouble);
  }
}
