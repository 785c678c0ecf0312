// What may come at the end of an unfinished kubectl line.
import { compareText, type ResourceInfo, resourceInfo, resourceName } from "../cluster/index.ts";
import type { Command } from "./command.ts";
import {
  type CompletionContext,
  explainPaths,
  flagValues,
  forwardedPorts,
  type LineSoFar,
  type Suggestion,
} from "./complete-values.ts";
import { type FlagTable, GLOBAL_FLAGS } from "./flags.ts";
import { findResource } from "./resources.ts";
import { COMMANDS } from "./table.ts";

/**
 * The words that may take the place of the last of `words`, which follow `kubectl` and end at the cursor: verbs, flags and their
 * values, resource types, names of objects that are there, files.
 */
export function completeKubectl(words: readonly string[], context: CompletionContext): readonly Suggestion[] {
  const partial = words.at(-1) ?? "";
  const line = new Line(words.slice(0, -1));
  const found =
    line.pendingFlag === undefined
      ? line.candidates(partial, context)
      : flagValues(line.pendingFlag, line.soFar(context), context);
  return found.filter((each) => each.text.startsWith(partial) && each.text !== partial);
}

/** The finished words of a line, sorted out as far as they can be. */
class Line {
  /** The last word when it is a flag that still wants its value. */
  readonly pendingFlag: string | undefined;
  readonly positional: readonly string[];
  readonly namespace: string | undefined;
  readonly #command: Command | undefined;
  readonly #below: readonly Command[];

  constructor(words: readonly string[]) {
    const positional: string[] = [];
    let pending: string | undefined;
    let namespace: string | undefined;
    for (const word of words) {
      if (pending !== undefined) {
        if (pending === "namespace") namespace = word;
        pending = undefined;
      } else if (word.startsWith("--namespace=")) namespace = word.slice("--namespace=".length);
      else if (word.startsWith("-")) pending = wantsValue(word, flagsOf(positional));
      else positional.push(word);
    }
    const { command, rest } = commandOf(positional);
    this.pendingFlag = pending;
    this.namespace = namespace;
    this.#command = command;
    const helping = positional[0] === "help" && positional.length === 1;
    this.#below = positional.length === 0 || helping ? COMMANDS : (command?.subcommands ?? []);
    this.positional = rest;
  }

  candidates(partial: string, context: CompletionContext): Suggestion[] {
    const equals = partial.indexOf("=");
    if (partial.startsWith("--") && equals > 0) {
      const lead = partial.slice(0, equals + 1);
      return flagValues(lead.slice(2, -1), this.soFar(context), context).map((each) => ({
        ...each,
        text: lead + each.text,
      }));
    }
    if (partial.startsWith("-")) return this.#flags();
    if (this.#below.length > 0 && this.positional.length === 0) return this.#verbs();
    return this.#command === undefined ? [] : objectWords(this.#command, this, partial, context);
  }

  /** What the values of its flags depend on. */
  soFar({ namespace }: CompletionContext): LineSoFar {
    return { command: this.#command?.name, positional: this.positional, namespace: this.namespace ?? namespace };
  }

  #verbs(): Suggestion[] {
    return this.#below.map(({ name, summary }) => ({ text: name, detail: summary }));
  }

  #flags(): Suggestion[] {
    return [...(this.#command?.flags ?? []), ...GLOBAL_FLAGS.slice(0, 2)].map(({ name, type, bare, help }) => ({
      text: `--${name}${type === "bool" || bare !== undefined ? "" : "="}`,
      ...(help === undefined ? {} : { detail: help }),
    }));
  }
}

/** The command that the first words name, and the words behind it. */
function commandOf(positional: readonly string[]): { command: Command | undefined; rest: readonly string[] } {
  const named = (commands: readonly Command[], word: string | undefined) =>
    commands.find((each) => each.name === word || (word !== undefined && each.aliases?.includes(word)));
  const [verb, word, ...rest] = positional;
  const command = named(COMMANDS, verb);
  const below = named(command?.subcommands ?? [], word);
  if (below !== undefined) return { command: below, rest };
  return { command, rest: positional.slice(1) };
}

function flagsOf(positional: readonly string[]): FlagTable {
  return [...GLOBAL_FLAGS, ...(commandOf(positional).command?.flags ?? [])];
}

/** The name of the flag when its value is the next word. */
function wantsValue(word: string, flags: FlagTable): string | undefined {
  if (word.includes("=")) return undefined;
  const flag = flags.find((each) =>
    word.startsWith("--") ? each.name === word.slice(2) : each.short === word.slice(1),
  );
  return flag === undefined || flag.type === "bool" || flag.bare !== undefined ? undefined : flag.name;
}

function namesOf(resource: string, namespace: string | undefined, { world }: CompletionContext): string[] {
  return world.api.list(resource, namespace === undefined ? {} : { namespace }).map((each) => each.metadata.name ?? "");
}

function namesOfType(info: ResourceInfo, line: Line, context: CompletionContext): string[] {
  return namesOf(resourceName(info), info.namespaced ? (line.namespace ?? context.namespace) : undefined, context);
}

/** Verbs whose first word is a pod (or another type with a name). */
const POD_VERBS = new Set(["logs", "exec", "attach", "port-forward", "cp"]);
/** Verbs whose words are nodes. */
const NODE_VERBS = new Set(["cordon", "uncordon", "drain"]);
/** Verbs whose words name something that is not there yet, or nothing in the cluster. */
const NAMELESS_VERBS = new Set([
  "apply",
  "create",
  "run",
  "config",
  "version",
  "cluster-info",
  "api-resources",
  "api-versions",
  "events",
]);

function objectWords(command: Command, line: Line, partial: string, context: CompletionContext): Suggestion[] {
  if (NAMELESS_VERBS.has(command.name)) return [];
  if (command.name === "use-context" || command.name === "set-context") return [{ text: "podpath" }];
  if (command.name === "explain" && partial.includes(".")) return explainPaths(partial, context.world.api.kinds);
  const slash = partial.indexOf("/");
  if (slash > 0) {
    const info = findResource(context.world.api.kinds, partial.slice(0, slash));
    return info === undefined ? [] : named(namesOfType(info, line, context), partial.slice(0, slash + 1), info);
  }
  if (NODE_VERBS.has(command.name)) return named(namesOf("nodes", undefined, context));
  const [type] = line.positional;
  const pods = POD_VERBS.has(command.name) ? named(namesOf("pods", line.namespace ?? context.namespace, context)) : [];
  if (type === undefined) return [...pods, ...types(context)];
  if (command.name === "port-forward") {
    const [kind = "", name] = type.split("/");
    const target = name === undefined ? resourceInfo("pods") : findResource(context.world.api.kinds, kind);
    return target === undefined ? [] : forwardedPorts(target, name ?? kind, line.soFar(context), context);
  }
  if (POD_VERBS.has(command.name) || type.includes("/")) return [];
  const info = findResource(context.world.api.kinds, type.split(",").at(-1) ?? "");
  return info === undefined ? [] : named(namesOfType(info, line, context));
}

function named(names: readonly string[], lead = "", info?: ResourceInfo): Suggestion[] {
  return names.map((name) => ({ text: lead + name, ...(info === undefined ? {} : { detail: info.kind }) }));
}

function types(context: CompletionContext): Suggestion[] {
  return [
    ...context.world.api.kinds.all.map(({ resource, kind, shortNames }) => ({
      text: resource,
      detail: shortNames.length === 0 ? kind : `${kind} (${shortNames.join(", ")})`,
    })),
    { text: "all", detail: "the usual kinds together" },
  ].sort((a, b) => compareText(a.text, b.text));
}
