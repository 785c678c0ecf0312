// `kubectl wait`: until conditions hold, objects are there, or gone.
import { resourceName, StatusError, type UnknownObject } from "../../cluster/index.ts";
import type { Command } from "../command.ts";
import { CommandError } from "../command-error.ts";
import { throwCollected } from "../errors.ts";
import type { ParsedArgs } from "../flags.ts";
import { formOf, formPrinter, VERB_FORMS } from "../forms.ts";
import { guard } from "../guard.ts";
import type { CommandIO } from "../io.ts";
import { pathReader } from "../jsonpath/print.ts";
import { OUTPUT_FLAGS } from "../output.ts";
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
    ...OUTPUT_FLAGS,
  ],
  run(args, io) {
    const deadline = io.cluster.clock.now + timeoutOf(args);
    const goals = goalsOf(args.list("for"));
    const { targets, errors } = targetsOf(args, goals, io);
    const deletes = goals.some(({ kind }) => kind === "delete");
    if (!deletes) throwCollected(errors);
    if (targets.length === 0 && !deletes) throw new CommandError("no matching resources found");
    const print = formOf(args) === "" ? undefined : formPrinter(args, io, VERB_FORMS);
    const met = ({ info, name }: Target, object: UnknownObject | undefined) => {
      if (print === undefined) io.out(`${qualifiedName(info, name)} condition met\n`);
      else if (object !== undefined) io.out(print(object));
    };
    const steps = targets.flatMap((target) => goals.map((goal) => ({ target, goal })));
    awaitAll({ steps, deadline, failed: [], met }, io);
  },
};

/** 0 means: look once. Negative: a week. */
function timeoutOf(args: ParsedArgs): number {
  const timeout = args.duration("timeout");
  return timeout < 0 ? 168 * 3_600_000 : timeout;
}

/** All goals, in the order in which they are waited for. */
// Models kubernetes/staging/src/k8s.io/kubectl/pkg/cmd/wait conditionFuncsFor
function goalsOf(conditions: readonly string[]): readonly Goal[] {
  if (conditions.length === 0) throw new CommandError("unrecognized condition: []");
  const goals = conditions.map(goalOf);
  return [...goals.filter(({ kind }) => kind === "create"), ...goals.filter(({ kind }) => kind !== "create")];
}

function goalOf(condition: string): Goal {
  const text = condition.toLowerCase();
  if (text === "delete") return { kind: "delete", reached: (object) => object === undefined };
  if (text === "create") return { kind: "create", reached: (object) => object !== undefined };
  if (condition.startsWith("condition=")) return conditionGoal(condition.slice("condition=".length));
  if (condition.startsWith("jsonpath=")) return jsonPathGoal(condition.slice("jsonpath=".length));
  throw new CommandError(`unrecognized condition: ${JSON.stringify(condition)}`);
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
  goals: readonly Goal[],
  io: CommandIO,
): { targets: readonly Target[]; errors: readonly Error[] } {
  if (goals.every(({ kind }) => kind === "field") && !hasFiles(args)) {
    const { found, errors } = select(args, args.positional, io);
    return { targets: found, errors };
  }
  if (hasFiles(args)) {
    const { objects, errors } = readSources(args, io);
    return { targets: objects, errors };
  }
  const words = resourceWords(io.cluster.api.kinds, args.positional);
  if (words.kind !== "names") {
    const { found, errors } = select(args, args.positional, io);
    return { targets: found, errors };
  }
  const targets = words.targets.map(({ info, name }) => ({
    info,
    name,
    namespace: info.namespaced ? io.namespace : undefined,
  }));
  if (goals.some(({ kind }) => kind === "create")) return { targets, errors: [] };
  return { targets: targets.filter((target) => current(target, io) !== undefined), errors: [] };
}

function current({ info, namespace, name }: Target, io: CommandIO): UnknownObject | undefined {
  return io.cluster.api.find(resourceName(info), namespace, name) as unknown as UnknownObject | undefined; // every object has fields of some name
}

interface Waiting {
  readonly steps: { readonly target: Target; readonly goal: Goal }[];
  readonly deadline: number;
  readonly failed: Error[];
  /** Says that a goal is reached. */
  met(target: Target, object: UnknownObject | undefined): void;
}

/** One by one, all by the same deadline. */
function awaitAll(waiting: Waiting, io: CommandIO): void {
  const { steps, deadline, failed } = waiting;
  const step = steps.shift();
  if (step === undefined) {
    throwCollected(failed);
    io.exit(0);
    return;
  }
  const { target, goal } = step;
  const before = goal.kind === "delete" ? current(target, io) : undefined;
  const uid = before?.metadata.uid;
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
      else if (held) waiting.met(target, current(target, io) ?? before);
      else
        failed.push(new CommandError(`timed out waiting for the condition on ${target.info.resource}/${target.name}`));
      awaitAll(waiting, io);
    }),
  );
}
