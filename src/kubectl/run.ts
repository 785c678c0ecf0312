// From the words behind `kubectl` to the command that is run.
import type { Command } from "./command.ts";
import { CommandError } from "./command-error.ts";
import { type Flag, type FlagTable, GLOBAL_FLAGS, ownFlags, type ParsedArgs, parseArgs } from "./flags.ts";
import { checkGlobals, withGlobals } from "./global-flags.ts";
import { guard } from "./guard.ts";
import { commandHelp, generalHelp, globalHelp } from "./help.ts";
import type { CommandIO } from "./io.ts";
import { COMMANDS } from "./table.ts";

/** Runs `kubectl ARGS`. It ends with `io.exit`, at once or later in virtual time. */
export function runKubectl(words: readonly string[], io: CommandIO): void {
  const session = { ...io, warned: new Set<string>() };
  guard(session, () => dispatch({ path: "kubectl", commands: COMMANDS, flags: [], words, io: session }));
}

interface Dispatch {
  readonly path: string;
  readonly commands: readonly Command[];
  /** The flags of the command itself, for which words below it are looked for. */
  readonly flags: FlagTable;
  readonly words: readonly string[];
  readonly io: CommandIO;
}

function dispatch({ path, commands, flags, words, io }: Dispatch): void {
  const { at, name } = firstPositional(words, flags);
  if (name === undefined) {
    parseArgs(path, [], words);
    io.out(generalHelp(path, commands));
    io.exit(0);
    return;
  }
  if (path === "kubectl" && (name === "help" || name === "options")) {
    io.out(name === "help" ? helpOf(words.slice(at + 1)) : globalHelp());
    io.exit(0);
    return;
  }
  const command = commands.find((each) => each.name === name || each.aliases?.includes(name));
  const [first = ""] = words;
  // Models k8s.io/kubectl/pkg/cmd HandlePluginCommand
  if (command === undefined && path === "kubectl" && first.startsWith("-"))
    throw new CommandError(`flags cannot be placed before plugin name: ${first}`);
  if (command === undefined) throw unknownCommand(path, commands, name);
  const rest = [...words.slice(0, at), ...words.slice(at + 1)];
  const commandPath = `${path} ${command.name}`;
  const own = ownFlags(commandPath, command.flags);
  if (command.subcommands !== undefined && hasSubcommand(command, rest, own)) {
    dispatch({ path: commandPath, commands: command.subcommands, flags: own, words: rest, io });
    return;
  }
  // Of a command that is not there no flag is looked at but the one for its help.
  const typed = command.absent === true ? rest.filter((word) => /^(?:-h|--help)$/.test(word)) : rest;
  guard(io, () => runCommand(command, parseArgs(commandPath, command.flags, typed), io), command.failureCode);
}

function runCommand(command: Command, args: ParsedArgs, io: CommandIO): void {
  if (args.bool("help")) {
    io.out(commandHelp(command, args.path));
    io.exit(0);
    return;
  }
  for (const text of args.deprecations()) io.err(text);
  checkGlobals(args);
  const surroundings = withGlobals(args, io);
  guard(surroundings, () => command.run(args, surroundings), command.failureCode);
}

/** `kubectl help CREATE SERVICE`: the help of the command that the words name. @throws CommandError when they name none. */
// Models github.com/spf13/cobra Command.InitDefaultHelpCmd
function helpOf(words: readonly string[]): string {
  let [path, commands, found]: [string, readonly Command[], Command | undefined] = ["kubectl", COMMANDS, undefined];
  for (const word of words.filter((each) => !each.startsWith("-"))) {
    const command = commands.find(({ name, aliases }) => name === word || aliases?.includes(word));
    if (command === undefined) {
      if (found === undefined)
        throw new CommandError(`Unknown help topic [${words.map((each) => `\`${each}\``).join(" ")}]`);
      break;
    }
    [path, commands, found] = [`${path} ${command.name}`, command.subcommands ?? [], command];
  }
  return found === undefined ? generalHelp("kubectl", COMMANDS) : commandHelp(found, path);
}

/** A command with words below it that is run with anything else runs itself, as `create -f` does. */
function hasSubcommand(command: Command, words: readonly string[], flags: FlagTable): boolean {
  const { name } = firstPositional(words, flags);
  return (
    command.subcommands?.some((each) => each.name === name || (name !== undefined && each.aliases?.includes(name))) ??
    false
  );
}

/** The first word that is neither a flag nor a flag's value; a flag that is not known here is taken to have one. */
// Models github.com/spf13/cobra stripFlags
function firstPositional(words: readonly string[], flags: FlagTable): { at: number; name: string | undefined } {
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    if (word === "--") break;
    if (!word.startsWith("-") || word === "-") return { at, name: word };
    if (takesNext(word, [...GLOBAL_FLAGS, ...flags])) at++;
  }
  return { at: -1, name: undefined };
}

function takesNext(word: string, flags: readonly Flag[]): boolean {
  if (word.includes("=") || (!word.startsWith("--") && word.length > 2)) return false;
  const flag = flags.find(({ name, short }) =>
    word.startsWith("--") ? name === word.slice(2) : short === word.slice(1),
  );
  return flag === undefined || (flag.type !== "bool" && flag.bare === undefined);
}

// Models github.com/spf13/cobra Command.findSuggestions
export function unknownCommand(path: string, commands: readonly Command[], name: string): CommandError {
  const close = commands
    .map((each) => each.name)
    .filter((each) => distance(name.toLowerCase(), each) <= 2 || each.startsWith(name.toLowerCase()))
    .sort();
  const hint = close.length === 0 ? "" : `\n\nDid you mean this?\n${close.map((each) => `\t${each}\n`).join("")}`;
  return new CommandError(`unknown command ${JSON.stringify(name)} for ${JSON.stringify(path)}${hint}`);
}

/** Levenshtein's distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      next.push(Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, (row[j] ?? 0) + (letter === other ? 0 : 1)));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
