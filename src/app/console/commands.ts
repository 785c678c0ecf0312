// From typed or pasted lines to whole commands: here-documents, quotes and continued lines belong together.

/** Lines taken apart. */
export interface Commands {
  /** Whole commands, in order; a here-document is part of its command. */
  readonly whole: readonly string[];
  /** The beginning of a command that needs more lines; "" when there is none. */
  readonly open: string;
}

/**
 * Takes lines apart into commands. A block copied from documentation with its `$ ` prompts gives the commands without the
 * output between them.
 *
 * @param isIncomplete - the shell's own judgement whether a text needs more lines.
 */
export function splitCommands(text: string, isIncomplete: (text: string) => boolean): Commands {
  const lines = text.replaceAll("\r\n", "\n").replaceAll("\r", "\n").split("\n");
  const prompted = PROMPT.test(lines.find((line) => line.trim() !== "") ?? "");
  const whole: string[] = [];
  let open: string | undefined;
  for (const line of lines) {
    const command: string | undefined = open === undefined ? begin(line, prompted) : `${open}\n${line}`;
    if (command === undefined) continue;
    if (isIncomplete(command)) open = command;
    else {
      whole.push(command);
      open = undefined;
    }
  }
  return { whole, open: open ?? "" };
}

const PROMPT = /^\s*(?:[a-z][a-z0-9-]*)?\$ /;

/** The first line of a command, or undefined when nothing begins here. */
function begin(line: string, prompted: boolean): string | undefined {
  if (prompted && !PROMPT.test(line)) return undefined;
  const bare = line.replace(PROMPT, "");
  return bare.trim() === "" || bare.trimStart().startsWith("#") ? undefined : bare;
}
