// Flags of a command line: what a command knows, taken from the words that were typed, with pflag's complaints.
import { durationError, parseDuration } from "../cluster/index.ts";
import { CommandError } from "./command-error.ts";
import { KUBECTL_FLAGS } from "./flags.gen.ts";

/** One flag of a command. */
export interface Flag {
  readonly name: string;
  readonly short?: string;
  /** `list` splits at commas, `array` does not; both may be repeated. */
  readonly type: "string" | "bool" | "int" | "duration" | "list" | "array";
  readonly default?: string;
  /** The value when the flag has none, as in `--dry-run`; such a flag takes its value only behind `=`. */
  readonly bare?: string;
  readonly help?: string;
  /** What is said on standard error when the flag is typed, behind "has been deprecated, ". */
  readonly deprecated?: string;
}

export type FlagTable = readonly Flag[];

/** Every command knows these; what becomes of them is in global-flags.ts. */
export const GLOBAL_FLAGS: FlagTable = [
  { name: "namespace", short: "n", type: "string", help: "The namespace that the command works in." },
  { name: "help", short: "h", type: "bool", help: "This text." },
  { name: "context", type: "string", help: "The kubeconfig context; there is one." },
  { name: "cluster", type: "string", help: "The kubeconfig cluster; there is one." },
  { name: "user", type: "string", help: "The kubeconfig user; there is one." },
  { name: "server", short: "s", type: "string", help: "The address of the API server; there is one." },
  {
    name: "request-timeout",
    type: "string",
    default: "0",
    help: "How long a watch lasts; the rest is answered at once.",
  },
  { name: "warnings-as-errors", type: "bool", help: "End with an error when the server warned." },
  { name: "match-server-version", type: "bool" },
  { name: "v", short: "v", type: "int", default: "0", help: "Up to 5, where kubectl prints nothing more." },
  { name: "cache-dir", type: "string" },
  { name: "disable-compression", type: "bool" },
  { name: "insecure-skip-tls-verify", type: "bool" },
  { name: "log-flush-frequency", type: "duration", default: "5s" },
  { name: "profile", type: "string", default: "none" },
  { name: "profile-output", type: "string" },
];

/** The flags that kubectl's reference gives the command itself, by name, with their shorthands. */
function referenceOf(path: string): ReadonlyMap<string, string> {
  const words = (KUBECTL_FLAGS.get(path) ?? "").split(" ").filter((word) => word !== "");
  return new Map(words.map((word) => [word.replace(/:.$/, ""), /:(.)$/.exec(word)?.[1] ?? ""] as const));
}

/** Whether kubectl gives this command a flag of its own by that name, in place of the global one. */
export function isOwnFlag(path: string, name: string): boolean {
  return referenceOf(path).has(name);
}

/** The flags of a table that kubectl's command has; tables that commands share hold more. */
export function ownFlags(path: string, flags: FlagTable): FlagTable {
  const reference = referenceOf(path);
  return flags.filter(({ name }) => reference.has(name));
}

/** The words of a command line, sorted out. */
export class ParsedArgs {
  /** `kubectl rollout status`: the command with its parents. */
  readonly path: string;
  readonly positional: readonly string[];
  /** How many positional words come before `--`; undefined without `--`. */
  readonly dashAt: number | undefined;
  /** The flags as they were typed, in order, each with its value. */
  readonly typed: ReadonlyArray<readonly [name: string, value: string]>;
  readonly #table: ReadonlyMap<string, Flag>;

  constructor(parts: {
    path: string;
    positional: readonly string[];
    dashAt: number | undefined;
    table: ReadonlyMap<string, Flag>;
    typed: ReadonlyArray<readonly [name: string, value: string]>;
  }) {
    this.path = parts.path;
    this.positional = parts.positional;
    this.dashAt = parts.dashAt;
    this.#table = parts.table;
    this.typed = parts.typed;
  }

  /** Whether the flag was typed. */
  changed(name: string): boolean {
    return this.typed.some(([each]) => each === name);
  }

  /** Whether the command knows the flag at all. */
  knows(name: string): boolean {
    return this.#table.has(name);
  }

  string(name: string): string {
    return this.#values(name).at(-1) ?? this.#flag(name).default ?? "";
  }

  bool(name: string): boolean {
    return isTrue(this.string(name));
  }

  int(name: string): number {
    const text = this.string(name) || "0";
    return text.startsWith("-") ? -Number(text.slice(1)) : Number(text.replace("+", ""));
  }

  /** What pflag says of the deprecated flags that were typed. */
  deprecations(): string[] {
    return this.typed.flatMap(([name]) => {
      const { deprecated } = this.#flag(name);
      return deprecated === undefined ? [] : [`Flag --${name} has been deprecated, ${deprecated}\n`];
    });
  }

  /** Milliseconds. */
  duration(name: string): number {
    return parseDuration(this.string(name)) ?? 0;
  }

  /** All values of a flag that may be repeated. */
  list(name: string): readonly string[] {
    const { type, default: fallback } = this.#flag(name);
    const given = this.changed(name) ? this.#values(name) : fallback === undefined || fallback === "" ? [] : [fallback];
    return type === "list" ? given.flatMap((each) => (each === "" ? [] : each.split(","))) : given;
  }

  #values(name: string): readonly string[] {
    return this.typed.filter(([each]) => each === name).map(([, value]) => value);
  }

  #flag(name: string): Flag {
    const flag = this.#table.get(name);
    if (flag === undefined) throw new Error(`kubectl: "${this.path}" has no flag "${name}"`);
    return flag;
  }
}

/** Sorts out the words behind a command. @throws CommandError in pflag's words, and for flags that kubectl has and the command here has not. */
// Models github.com/spf13/pflag FlagSet.parseArgs
export function parseArgs(path: string, flags: FlagTable, words: readonly string[]): ParsedArgs {
  const owned = KUBECTL_FLAGS.has(path) ? ownFlags(path, flags) : flags;
  const typeable = new Map([...GLOBAL_FLAGS, ...owned].map((flag) => [flag.name, flag]));
  const byShort = new Map(
    [...typeable.values()].flatMap((flag) => (flag.short === undefined ? [] : [[flag.short, flag]])),
  );
  const absent = new Map([...referenceOf("kubectl"), ...referenceOf(path)]);
  const reader = new FlagReader({ table: typeable, byShort, words, absent });
  const complaint = reader.read();
  if (complaint !== undefined) throw new CommandError(`${complaint}\nSee '${path} --help' for usage.`);
  const { positional, dashAt, typed } = reader;
  const table = new Map([...GLOBAL_FLAGS, ...flags].map((flag) => [flag.name, flag]));
  return new ParsedArgs({ path, positional, dashAt, table, typed });
}

interface FlagWords {
  readonly table: ReadonlyMap<string, Flag>;
  readonly byShort: ReadonlyMap<string, Flag>;
  readonly words: readonly string[];
  /** All flags that kubectl has here, with their shorthands: those that are not in the table are not simulated. */
  readonly absent: ReadonlyMap<string, string>;
}

class FlagReader {
  readonly positional: string[] = [];
  dashAt: number | undefined;
  readonly typed: [name: string, value: string][] = [];
  readonly #table: ReadonlyMap<string, Flag>;
  readonly #byShort: ReadonlyMap<string, Flag>;
  readonly #words: readonly string[];
  readonly #absent: ReadonlyMap<string, string>;
  #at = 0;

  constructor({ table, byShort, words, absent }: FlagWords) {
    this.#table = table;
    this.#byShort = byShort;
    this.#words = words;
    this.#absent = absent;
  }

  /** Reads all words; the complaint, if there is one. */
  read(): string | undefined {
    while (this.#at < this.#words.length) {
      const word = this.#words[this.#at++] ?? "";
      if (word === "--") {
        this.dashAt = this.positional.length;
        this.positional.push(...this.#words.slice(this.#at));
        return undefined;
      }
      if (word === "-" || !word.startsWith("-")) {
        this.positional.push(word);
        continue;
      }
      const complaint = word.startsWith("--") ? this.#long(word) : this.#shorts(word.slice(1));
      if (complaint !== undefined) return complaint;
    }
    return undefined;
  }

  #long(word: string): string | undefined {
    const equals = word.indexOf("=");
    const name = word.slice(2, equals < 0 ? undefined : equals);
    if (name === "" || name.startsWith("-")) return `bad flag syntax: ${word}`;
    const normal = name.replaceAll("_", "-"); // as cliflag.WordSepNormalizeFunc has it
    const flag = this.#table.get(normal);
    if (flag === undefined)
      return this.#absent.has(normal) ? `not simulated here: --${normal}` : `unknown flag: --${name}`;
    if (equals >= 0) return this.#set(flag, word.slice(equals + 1));
    if (flag.type === "bool" || flag.bare !== undefined) return this.#set(flag, flag.bare ?? "true");
    const next = this.#words[this.#at++];
    return next === undefined ? `flag needs an argument: --${name}` : this.#set(flag, next);
  }

  #shorts(letters: string): string | undefined {
    for (let at = 0; at < letters.length; at++) {
      const letter = letters[at] ?? "";
      const rest = letters.slice(at + 1);
      const flag = this.#byShort.get(letter);
      if (flag === undefined) return this.#unknownShort(letter, letters.slice(at));
      if (rest.startsWith("=")) return this.#set(flag, rest.slice(1));
      if (flag.type === "bool" || flag.bare !== undefined) {
        const complaint = this.#set(flag, flag.bare ?? "true");
        if (complaint !== undefined) return complaint;
        continue;
      }
      if (rest !== "") return this.#set(flag, rest);
      const next = this.#words[this.#at++];
      return next === undefined
        ? `flag needs an argument: '${letter}' in -${letters.slice(at)}`
        : this.#set(flag, next);
    }
    return undefined;
  }

  #unknownShort(letter: string, letters: string): string {
    const absent = [...this.#absent].find(([, short]) => short === letter);
    return absent === undefined
      ? `unknown shorthand flag: '${letter}' in -${letters}`
      : `not simulated here: -${letter}, --${absent[0]}`;
  }

  #set(flag: Flag, value: string): string | undefined {
    const complaint = valueComplaint(flag, value);
    const shown = flag.short === undefined ? `--${flag.name}` : `-${flag.short}, --${flag.name}`;
    if (complaint !== undefined) return `invalid argument ${JSON.stringify(value)} for "${shown}" flag: ${complaint}`;
    this.typed.push([flag.name, value]);
    return undefined;
  }
}

function valueComplaint(flag: Flag, value: string): string | undefined {
  switch (flag.type) {
    case "bool":
      return isTrue(value) || /^(?:0|f|F|false|False|FALSE)$/.test(value)
        ? undefined
        : `strconv.ParseBool: parsing ${JSON.stringify(value)}: invalid syntax`;
    case "int":
      return /^[+-]?(?:0x[\da-f]+|0o[0-7]+|0b[01]+|\d+)$/i.test(value)
        ? undefined
        : `strconv.ParseInt: parsing ${JSON.stringify(value)}: invalid syntax`;
    case "duration":
      return durationError(value);
    default:
      return undefined;
  }
}

function isTrue(text: string): boolean {
  return /^(?:1|t|T|true|True|TRUE)$/.test(text);
}
