// `kubectl wait`: until conditions hold, objects are there, or gone.
import { resourceName, StatusError, type UnknownObject } from "../../cluster/index.ts";
import type { Command } from "../command.ts";
import { CommandError, throwCollected } from "../errors.ts";
import type { ParsedArgs } from "../flags.ts";
import { guard } from "../guard.ts";
import type { CommandIO } from "../io.ts";
import { pathReader } from "../jsonpath/print.ts";
import { qualifiedName, resourceWords } from "../resources.ts";
import { type Found, SELECTOR_FLAGS, select } from "../select.ts";
import { FILE_FLAGS, hasFiles, readSources } from "../sources.ts";

/** What is waited for: whether an object (or its absence) fulfils it. */
interface Goal {
  readonly kind: "delete" | "create" | "field";
  reached(object: UnknownObject | undefined): boolean;
}

type Target = Omit<Found, "object">;

export const wait: Command = {
  name: "wait",
  usage:
    "([-f FILENAME] | resource.group/resource.name | resource.group [(-l label | --all)]) [--for=create|--for=delete|--for condition=available|--for=jsonpath='{}'[=value]]",
  summary: "Wait until objects are there, gone, or as asked",
  flags: [
    ...FILE_FLAGS,
    ...SELECTOR_FLAGS,
    { name: "for", type: "array" },
    { name: "timeout", type: "duration", default: "30s" },
    { name: "output", short: "o", type: "string" },
    { name: "local", type: "bool" },
    { name: "allow-missing-template-keys", type: "bool", default: "true" },
  ],
  run(args, io) {
    const goal = goalOf(args.list("for"));
    const { targets, errors } = targetsOf(args, goal, io);
    if (goal.kind !== "delete") throwCollected(errors);
    if (targets.length === 0 && goal.kind !== "delete") throw new CommandError("no matching resources found");
    awaitAll({ targets: [...targets], goal, deadline: io.cluster.clock.now + timeoutOf(args), failed: [] }, io);
  },
};

/** 0 means: look once. Negative: a week. */
function timeoutOf(args: ParsedArgs): number {
  const timeout = args.duration("timeout");
  return timeout < 0 ? 168 * 3_600_000 : timeout;
}

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/cmd/wait conditionFuncFor
function goalOf(conditions: readonly string[]): Goal {
  const [condition] = conditions;
  const text = condition?.toLowerCase();
  if (text === "delete") return { kind: "delete", reached: (object) => object === undefined };
  if (text === "create") return { kind: "create", reached: (object) => object !== undefined };
  if (condition !== undefined && text?.startsWith("condition="))
    return conditionGoal(condition.slice("condition=".length));
  if (condition !== undefined && text?.startsWith("jsonpath="))
    return jsonPathGoal(condition.slice("jsonpath=".length));
  throw new CommandError(`unrecognized condition: [${conditions.map((each) => JSON.stringify(each)).join(" ")}]`);
}

interface Condition {
  readonly type?: string;
  readonly status?: string;
  readonly observedGeneration?: number;
}

function conditionGoal(text: string): Goal {
  const [name = "", value = "true"] = text.split("=", 2);
  return {
    kind: "field",
    reached: (object) => {
      const { conditions = [] } = (object?.status ?? {}) as { conditions?: Condition[] }; // where every kind keeps its conditions
      const { observedGeneration } = (object?.status ?? {}) as { observedGeneration?: number };
      if (observedGeneration !== undefined && observedGeneration < (object?.metadata.generation ?? 0)) return false;
      return conditions.some(
        ({ type, status }) =>
          type?.toLowerCase() === name.toLowerCase() && status?.toLowerCase() === value.toLowerCase(),
      );
    },
  };
}

function jsonPathGoal(text: string): Goal {
  const match = /^'?(\{.*\}|[^={}]+)'?(?:=(.*))?$/s.exec(text);
  const expression = match?.[1] ?? "";
  if (match === null || expression === "" || match[2] === "")
    throw new CommandError(
      "jsonpath wait format must be --for=jsonpath='{.status.readyReplicas}'=3 or --for=jsonpath='{.status.readyReplicas}'",
    );
  const read = pathReader(expression);
  const wanted = match[2]?.replace(/^(["'])(.*)\1$/s, "$2");
  return {
    kind: "field",
    reached: (object) => {
      const values = object === undefined ? [] : read(object);
      if (values.length > 1) throw new CommandError("given jsonpath expression matches more than one value");
      const [value] = values;
      if (wanted === undefined) return value !== undefined;
      if (value !== null && typeof value === "object")
        throw new CommandError("jsonpath leads to a nested object or list which is not supported");
      return value !== undefined && String(value) === wanted;
    },
  };
}

/** What is waited for need not be there when it is to be created or deleted. */
function targetsOf(
  args: ParsedArgs,
  goal: Goal,
  io: CommandIO,
): { targets: readonly Target[]; errors: readonly Error[] } {
  if (goal.kind === "field" && !hasFiles(args)) {
    const { found, errors } = select(args, args.positional, io);
    return { targets: found, errors };
  }
  if (hasFiles(args)) {
    const { objects, errors } = readSources(args, io);
    return { targets: objects, errors };
  }
  const words = resourceWords(args.positional);
  if (words.kind !== "names") {
    const { found, errors } = select(args, args.positional, io);
    return { targets: found, errors };
  }
  const targets = words.targets.map(({ info, name }) => ({
    info,
    name,
    namespace: info.namespaced ? io.namespace : undefined,
  }));
  if (goal.kind === "create") return { targets, errors: [] };
  return { targets: targets.filter((target) => current(target, io) !== undefined), errors: [] };
}

function current({ info, namespace, name }: Target, io: CommandIO): UnknownObject | undefined {
  return io.cluster.api.find(resourceName(info), namespace, name) as unknown as UnknownObject | undefined; // every object has fields of some name
}

interface Waiting {
  readonly targets: Target[];
  readonly goal: Goal;
  readonly deadline: number;
  readonly failed: Error[];
}

/** One after the other, all by the same deadline. */
function awaitAll(waiting: Waiting, io: CommandIO): void {
  const { targets, goal, deadline, failed } = waiting;
  const target = targets.shift();
  if (target === undefined) {
    throwCollected(failed);
    io.exit(0);
    return;
  }
  const uid = goal.kind === "delete" ? current(target, io)?.metadata.uid : undefined;
  let failure: Error | undefined;
  const reached = () => {
    try {
      const object = current(target, io);
      return goal.reached(uid !== undefined && object?.metadata.uid !== uid ? undefined : object);
    } catch (error) {
      if (!(error instanceof CommandError || error instanceof StatusError)) throw error;
      failure = error;
      return true;
    }
  };
  io.cluster.until(reached, Math.max(0, deadline - io.cluster.clock.now), (held) =>
    guard(io, () => {
      if (failure !== undefined) failed.push(failure);
      else if (held) io.out(`${qualifiedName(target.info, target.name)} condition met\n`);
      else
        failed.push(new CommandError(`timed out waiting for the condition on ${target.info.resource}/${target.name}`));
      awaitAll(waiting, io);
    }),
  );
}
