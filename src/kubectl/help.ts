// What `--help` and `kubectl help` print, in our own words: what is simulated of a command, and what is not.
import type { Command } from "./command.ts";
import { type Flag, GLOBAL_FLAGS } from "./flags.ts";

const WIDTH = 18;

function rows(commands: readonly Command[]): string {
  return commands.map(({ name, summary }) => `  ${name.padEnd(WIDTH)}${summary}\n`).join("");
}

/** The commands of kubectl: those that do something here, and those that only say so. */
export function generalHelp(path: string, commands: readonly Command[]): string {
  return [
    `${path}: what is simulated of it here\n`,
    belowHelp(commands),
    `\nUsage:\n  ${path} COMMAND [flags] [options]\n`,
    `\nUse "${path} COMMAND --help" for what is simulated of a command.\nUse "kubectl options" for the options that every command takes.\n`,
  ].join("");
}

/** One command: what it does, what of it is not simulated, the commands below it, its options. */
export function commandHelp(command: Command, path: string): string {
  const below = command.subcommands ?? [];
  const usage = below.length > 0 && command.flags.length === 0 ? "COMMAND" : command.usage;
  return [
    `${command.summary}\n`,
    command.absent === true ? "\nNot simulated here; the command suggests an alternative.\n" : "",
    command.limits === undefined ? "" : `\nNot simulated here: ${command.limits}\n`,
    belowHelp(below),
    optionsHelp(command.flags),
    `\nUsage:\n  ${[path, usage, "[options]"].filter((word) => word !== "").join(" ")}\n`,
    `\nUse "kubectl options" for the options that every command takes.\n`,
  ].join("");
}

function belowHelp(commands: readonly Command[]): string {
  const absent = commands.filter(({ absent: is }) => is === true);
  const here = commands.filter(({ absent: is }) => is !== true);
  return [
    here.length === 0 ? "" : `\nAvailable Commands:\n${rows(here)}`,
    absent.length === 0 ? "" : `\nNot simulated here (rejected with a message):\n${rows(absent)}`,
  ].join("");
}

/** What every command takes. */
export function globalHelp(): string {
  return `Every command takes these options. There is one cluster and one user here, so most of them change nothing.\n${optionsHelp(GLOBAL_FLAGS)}`;
}

/** Those worth a sentence, then the names of the others. */
function optionsHelp(flags: readonly Flag[]): string {
  const told = flags.filter(({ help }) => help !== undefined);
  const others = flags.filter(({ help }) => help === undefined).map(({ name }) => `--${name}`);
  const lines = told.map((flag) => `${optionLine(flag)}\n            ${flag.help}\n`).join("");
  return [
    told.length === 0 ? "" : `\nOptions:\n${lines}`,
    others.length === 0 ? "" : `\nAlso taken:\n${wrapped(others)}`,
  ].join("");
}

function optionLine({ name, short, type, default: fallback }: Flag): string {
  const value = fallback ?? (type === "bool" ? "false" : type === "list" || type === "array" ? "[]" : "''");
  return `    ${short === undefined ? "    " : `-${short}, `}--${name}=${value}:`;
}

function wrapped(words: readonly string[]): string {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length > 94) lines.push(`    ${word}`);
    else lines[lines.length - 1] = `${last}, ${word}`;
  }
  return `${lines.join("\n")}\n`;
}
