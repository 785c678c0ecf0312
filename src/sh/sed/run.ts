// sed at work: the pattern space, the hold space, and the commands on them.
import { FileError } from "../files.ts";
import type { ProgramIO } from "../machine.ts";
import { lookingThrough, Steps } from "../machine.ts";
import { allMatches, type Match, type Regex } from "../regex.ts";
import type { Task } from "../task.ts";
import { type Address, type Part, type SedCommand, SedFault, type Substitution } from "./parse.ts";

/** Lines of one input after another, looking one line ahead. */
export interface Lines {
  /** The next line without its end; undefined after the last. */
  next(): Task<string | undefined>;
  /** Whether none is left. */
  last(): Task<boolean>;
  /** Whether the line given last had an end. */
  readonly ended: boolean;
}

/** How sed was called. */
export interface SedOptions {
  readonly quiet: boolean;
  readonly separator: string;
}

const MOST_SPACE = 5_000_000;

/** One run of a script over an input. */
export class SedRun {
  readonly #commands: readonly SedCommand[];
  readonly #labels: ReadonlyMap<string, number>;
  readonly #options: SedOptions;
  readonly #io: ProgramIO;
  readonly #write: (text: string) => void;
  /** Where ranges that began end: a line's number, or the search for their second address. */
  readonly #ranges = new Map<SedCommand, number>();
  readonly #files = new Set<string>();
  #steps = new Steps();
  #instant = -1;
  #last: Regex | undefined;
  #pattern = "";
  #hold = "";
  #line = 0;
  #replaced = false;
  #appended: string[] = [];
  /** Exit status once `q` ran. */
  quit: number | undefined;

  constructor(commands: readonly SedCommand[], options: SedOptions, io: ProgramIO, write: (text: string) => void) {
    this.#commands = commands;
    this.#options = options;
    this.#io = io;
    this.#write = write;
    this.#labels = new Map(commands.flatMap(({ name, text }, at) => (name === ":" ? [[text, at] as const] : [])));
  }

  *run(lines: Lines): Task<void> {
    let again = false;
    while (this.quit === undefined) {
      if (!again) {
        const line = yield* lines.next();
        if (line === undefined) return;
        this.#pattern = line;
        this.#line++;
      }
      this.#replaced = false;
      const ending = yield* this.#cycle(lines);
      again = ending === "again";
      if (ending === "done" && !this.#options.quiet) this.#print(this.#pattern, lines);
      this.#flush();
    }
  }

  #print(text: string, lines?: Lines): void {
    const whole = lines === undefined || lines.ended;
    this.#write(whole ? text + this.#options.separator : text);
  }

  #flush(): void {
    for (const text of this.#appended.splice(0)) this.#write(text);
  }

  #step(): void {
    const now = this.#io.machine.now();
    if (now !== this.#instant) {
      this.#instant = now;
      this.#steps = new Steps();
    }
    this.#steps.take();
    if (this.#pattern.length > MOST_SPACE || this.#hold.length > MOST_SPACE)
      throw new SedFault(`more than ${MOST_SPACE} characters are not kept here`);
  }

  *#cycle(lines: Lines): Task<"done" | "deleted" | "again"> {
    for (let at = 0; at < this.#commands.length; at++) {
      this.#step();
      const command = this.#commands[at];
      if (command === undefined) break;
      if ((yield* this.#chosen(command, lines)) === command.negated) {
        if (command.name === "{") at = command.partner ?? at;
        continue;
      }
      const jump = yield* this.#execute(command, lines);
      if (typeof jump === "number") at = jump;
      else if (jump !== undefined) return jump;
    }
    return "done";
  }

  *#chosen(command: SedCommand, lines: Lines): Task<boolean> {
    const [first, second] = command.addresses;
    if (first === undefined) return true;
    if (second === undefined) return yield* this.#fits(first, lines);
    const until = this.#ranges.get(command);
    if (until !== undefined) {
      if (until >= 0 ? this.#line >= until : yield* this.#fits(second, lines)) this.#ranges.delete(command);
      return until < 0 || this.#line <= until;
    }
    const zero = first.kind === "line" && first.line === 0;
    if (zero ? this.#line !== 1 : !(yield* this.#fits(first, lines))) return false;
    if (zero && (yield* this.#fits(second, lines))) return true;
    const end = this.#endOf(second);
    if (end < 0 || end > this.#line) this.#ranges.set(command, end);
    return true;
  }

  /** The line where a range ends that begins here; below 0 when that has to be looked for. */
  #endOf(second: Address): number {
    if (second.kind === "line") return second.line;
    if (second.kind === "plus") return this.#line + second.lines;
    if (second.kind === "multiple") return second.of === 0 ? this.#line : Math.ceil(this.#line / second.of) * second.of;
    return -1;
  }

  *#fits(address: Address, lines: Lines): Task<boolean> {
    switch (address.kind) {
      case "line":
        return this.#line === address.line;
      case "last":
        return yield* lines.last();
      case "regex":
        this.#steps.take(lookingThrough(this.#pattern));
        return this.#regex(address.regex).test(this.#pattern);
      case "step":
        return address.step === 0
          ? this.#line === address.first
          : this.#line >= address.first && (this.#line - address.first) % address.step === 0;
      default:
        return false;
    }
  }

  #regex(given: Regex | undefined): Regex {
    const regex = given ?? this.#last;
    if (regex === undefined) throw new SedFault("char 0: no previous regular expression");
    this.#last = regex;
    return regex;
  }

  /** Does a command; where to continue, or how the cycle ends. */
  *#execute(command: SedCommand, lines: Lines): Task<number | "done" | "deleted" | "again" | undefined> {
    const { name, text } = command;
    switch (name) {
      case "b":
        return this.#jump(text);
      case "t":
      case "T": {
        const jumps = this.#replaced === (name === "t");
        this.#replaced = false;
        return jumps ? this.#jump(text) : undefined;
      }
      case "n":
      case "N":
        return yield* this.#next(name, lines);
      case "d":
        return "deleted";
      case "D": {
        const end = this.#pattern.indexOf("\n");
        if (end < 0) return "deleted";
        this.#pattern = this.#pattern.slice(end + 1);
        return "again";
      }
      case "q":
      case "Q":
        this.quit = Number(text) & 255;
        return name === "q" ? "done" : "deleted";
      case "c":
        if (command.addresses.length < 2 || command.negated || !this.#ranges.has(command)) this.#write(text);
        return "deleted";
      default:
        this.#plain(command);
        return undefined;
    }
  }

  #jump(label: string): number | "done" {
    return label === "" ? "done" : (this.#labels.get(label) ?? "done");
  }

  *#next(name: "n" | "N", lines: Lines): Task<"done" | "deleted" | undefined> {
    if (yield* lines.last()) {
      this.quit = 0;
      return "done";
    }
    if (name === "n" && !this.#options.quiet) this.#print(this.#pattern, lines);
    this.#flush();
    const line = (yield* lines.next()) ?? "";
    this.#line++;
    this.#pattern = name === "n" ? line : `${this.#pattern}\n${line}`;
    return undefined;
  }

  #plain(command: SedCommand): void {
    const { name, text } = command;
    switch (name) {
      case "p":
        this.#print(this.#pattern);
        return;
      case "P":
        this.#print(this.#pattern.split("\n", 1)[0] ?? "");
        return;
      case "=":
        this.#write(`${this.#line}\n`);
        return;
      case "a":
        this.#appended.push(text);
        return;
      case "i":
        this.#write(text);
        return;
      case "g":
        this.#pattern = this.#hold;
        return;
      case "G":
        this.#pattern += `\n${this.#hold}`;
        return;
      case "h":
        this.#hold = this.#pattern;
        return;
      case "H":
        this.#hold += `\n${this.#pattern}`;
        return;
      case "x":
        [this.#pattern, this.#hold] = [this.#hold, this.#pattern];
        return;
      case "z":
        this.#pattern = "";
        return;
      case "l":
        this.#write(`${shown(this.#pattern)}$\n`);
        return;
      case "F":
        this.#write("-\n");
        return;
      case "y":
        this.#pattern = Array.from(this.#pattern, (sign) => command.mapping?.get(sign) ?? sign).join("");
        return;
      case "s":
        if (command.substitution !== undefined) this.#substitute(command.substitution);
        return;
      case "r":
        this.#appended.push(this.#file(text));
        return;
      case "w":
        this.#save(text, this.#pattern);
    }
  }

  #file(path: string): string {
    try {
      return this.#io.files.read(path);
    } catch (error) {
      if (error instanceof FileError) return ""; // a file that is not there adds nothing
      throw error;
    }
  }

  #save(path: string, text: string): void {
    if (path === "/dev/stdout") this.#write(`${text}\n`);
    else if (path === "/dev/stderr") this.#io.err(`${text}\n`);
    else {
      if (!this.#files.has(path)) this.#io.files.write(path, "");
      this.#files.add(path);
      this.#io.files.append(path, `${text}\n`);
    }
  }

  #substitute({ regex, parts, all, from, print, file }: Substitution): void {
    const text = this.#pattern;
    let result = "";
    let at = 0;
    let count = 0;
    let replaced = false;
    this.#steps.take(lookingThrough(text));
    for (const match of allMatches(this.#regex(regex), text)) {
      this.#steps.take();
      count++;
      if (count < from) continue;
      result += text.slice(at, match.index) + filled(parts, match);
      at = match.end;
      replaced = true;
      if (!all) break;
    }
    if (!replaced) return;
    this.#pattern = result + text.slice(at);
    this.#replaced = true;
    if (print) this.#print(this.#pattern);
    if (file !== undefined) this.#save(file, this.#pattern);
  }
}

/** A replacement filled in. */
function filled(parts: readonly Part[], { groups }: Match): string {
  let result = "";
  let mode = "E";
  let once = "";
  for (const part of parts) {
    if (part.kind === "case") {
      if (/[ul]/.test(part.letter)) once = part.letter;
      else mode = part.letter;
      continue;
    }
    let text = part.kind === "text" ? part.text : (groups[part.group] ?? "");
    if (mode === "U") text = text.toUpperCase();
    if (mode === "L") text = text.toLowerCase();
    if (once !== "" && text !== "") {
      const first = text.slice(0, 1);
      text = (once === "u" ? first.toUpperCase() : first.toLowerCase()) + text.slice(1);
      once = "";
    }
    result += text;
  }
  return result;
}

/** A text as `l` shows it. */
function shown(text: string): string {
  const named = new Map([
    ["\\", "\\\\"],
    ["\n", "\\n"],
    ["\t", "\\t"],
    ["\r", "\\r"],
    ["\f", "\\f"],
    ["\v", "\\v"],
    ["\b", "\\b"],
    ["\u0007", "\\a"],
  ]);
  return Array.from(
    text,
    (sign) => named.get(sign) ?? (sign < " " ? `\\${sign.charCodeAt(0).toString(8).padStart(3, "0")}` : sign),
  ).join("");
}
