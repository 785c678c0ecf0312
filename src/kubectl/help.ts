// What `--help` prints: our own words, short.
import type { Command } from "./command.ts";

export function generalHelp(path: string, commands: readonly Command[]): string {
  const width = Math.max(...commands.map((each) => each.name.length)) + 2;
  const rows = commands.map((each) => `  ${each.name.padEnd(width)}${each.summary}\n`).join("");
  return `${path}: what is simulated of it here\n\nAvailable Commands:\n${rows}\nUsage:\n  ${path} COMMAND [flags] [options]\n\nUse "${path} COMMAND --help" for more information about a given command.\n`;
}

export function commandHelp(command: Command, path: string): string {
  const flags = command.flags
    .map((flag) => {
      const short = flag.short === undefined ? "    " : `-${flag.short}, `;
      return `    ${short}--${flag.name}=${flag.default ?? (flag.type === "bool" ? "false" : "''")}${flag.help === undefined ? "" : `:\n\t${flag.help}`}\n`;
    })
    .join("");
  const below = (command.subcommands ?? []).map((each) => `  ${each.name.padEnd(16)}${each.summary}\n`).join("");
  return [
    `${command.summary}\n`,
    below === "" ? "" : `\nAvailable Commands:\n${below}`,
    flags === "" ? "" : `\nOptions:\n${flags}`,
    `\nUsage:\n  ${path} ${command.usage} [options]\n`,
  ].join("");
}
