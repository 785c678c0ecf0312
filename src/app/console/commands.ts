// From typed or pasted lines to whole commands: here-documents, quotes and continued lines belong together.

/** Lines taken apart. */
export interface Commands {
  /** Whole commands, in order; a here-document is part of its command. */
  readonly whole: readonly string[];
  /** The beginning of a command that needs more lines; "" when there is none. */
  readonly open: string;
}

/** Takes lines apart into commands. A block copied from documentation with its `$ ` prompts gives the commands without the output between them. */
export function splitCommands(text: string): Commands {
  const lines = text.replaceAll("\r\n", "\n").replaceAll("\r", "\n").split("\n");
  const prompted = isPrompted(lines);
  const whole: string[] = [];
  let open: string | undefined;
  for (const line of lines) {
    const command: string | undefined = open === undefined ? begin(line, prompted) : `${open}\n${line}`;
    if (command === undefined) continue;
    if (needsMore(command)) open = command;
    else {
      whole.push(command);
      open = undefined;
    }
  }
  return { whole, open: open ?? "" };
}

const PROMPT = /^\s*(?:[a-z][a-z0-9-]*)?\$ /;

function isPrompted(lines: readonly string[]): boolean {
  return PROMPT.test(lines.find((line) => line.trim() !== "") ?? "");
}

/** The first line of a command, or undefined when nothing begins here. */
function begin(line: string, prompted: boolean): string | undefined {
  if (prompted && !PROMPT.test(line)) return undefined;
  const bare = line.replace(PROMPT, "");
  return bare.trim() === "" ? undefined : bare;
}

/** Whether a command goes on in the next line: a here-document, a quote or a backslash is open. */
export function needsMore(command: string): boolean {
  const lines = command.split("\n");
  const waiting: HereDocument[] = [];
  let quote = "";
  for (const [index, line] of lines.entries()) {
    const here = waiting[0];
    if (quote === "" && here !== undefined) {
      if ((here.tabs ? line.replace(/^\t+/, "") : line) === here.end) waiting.shift();
      continue;
    }
    const read = readLine(line, quote);
    quote = read.quote;
    waiting.push(...read.documents);
    if (read.continued && index === lines.length - 1) return true;
  }
  return quote !== "" || waiting.length > 0;
}

interface HereDocument {
  readonly end: string;
  /** `<<-`: tabs before the end are allowed. */
  readonly tabs: boolean;
}

interface Line {
  /** The quote that is still open at the end. */
  readonly quote: string;
  readonly documents: readonly HereDocument[];
  /** Ends with a backslash. */
  readonly continued: boolean;
}

function readLine(line: string, opened: string): Line {
  const documents: HereDocument[] = [];
  let quote = opened;
  for (let at = 0; at < line.length; at++) {
    const char = line[at] ?? "";
    if (quote !== "") {
      if (char === "\\" && quote === '"') at++;
      else if (char === quote) quote = "";
    } else if (char === "\\") {
      if (at === line.length - 1) return { quote, documents, continued: true };
      at++;
    } else if (char === "'" || char === '"') quote = char;
    else if (char === "#" && (at === 0 || /\s/.test(line[at - 1] ?? ""))) break;
    else if (line.startsWith("<<", at)) {
      const found = /^<<(-?)[ \t]*(?:'([^']+)'|"([^"]+)"|\\?([^\s;|&<>'"]+))/.exec(line.slice(at));
      if (found === null) continue;
      documents.push({ end: found[2] ?? found[3] ?? found[4] ?? "", tabs: found[1] === "-" });
      at += found[0].length - 1;
    }
  }
  return { quote, documents, continued: false };
}
