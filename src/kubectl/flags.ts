// Flags of a command line: what a command knows, taken from the words that were typed, with pflag's complaints.
import { CommandError } from "./errors.ts";

/** One flag of a command. */
export interface Flag {
  readonly name: string;
  readonly short?: string;
  /** `list` splits at commas, `array` does not; both may be repeated. */
  readonly type: "string" | "bool" | "int" | "duration" | "list" | "array";
  readonly default?: string;
  /** The value when the flag stands without one, as in `--dry-run`; such a flag takes its value only behind `=`. */
  readonly bare?: string;
  readonly help?: string;
}

export type FlagTable = readonly Flag[];

/** Every command knows these; most of them mean nothing in a playground, and are taken and ignored. */
export const GLOBAL_FLAGS: FlagTable = [
  { name: "namespace", short: "n", type: "string", help: "The namespace that the command works in." },
  { name: "help", short: "h", type: "bool", help: "This text." },
  { name: "context", type: "string", help: "The kubeconfig context; there is one." },
  { name: "cluster", type: "string", help: "The kubeconfig cluster; there is one." },
  { name: "user", type: "string", help: "The kubeconfig user; there is one." },
  { name: "kubeconfig", type: "string" },
  { name: "server", short: "s", type: "string" },
  { name: "token", type: "string" },
  { name: "as", type: "string", help: "Taken and ignored: everything is allowed to everybody here." },
  { name: "as-group", type: "array" },
  { name: "as-uid", type: "string" },
  { name: "cache-dir", type: "string" },
  { name: "certificate-authority", type: "string" },
  { name: "client-certificate", type: "string" },
  { name: "client-key", type: "string" },
  { name: "disable-compression", type: "bool" },
  { name: "insecure-skip-tls-verify", type: "bool" },
  { name: "match-server-version", type: "bool" },
  { name: "password", type: "string" },
  { name: "profile", type: "string" },
  { name: "profile-output", type: "string" },
  { name: "request-timeout", type: "string", help: "How long a watch lasts; other requests are answered at once." },
  { name: "tls-server-name", type: "string" },
  { name: "username", type: "string" },
  { name: "v", short: "v", type: "string", help: "Taken and ignored." },
  { name: "warnings-as-errors", type: "bool" },
  { name: "kuberc", type: "string" },
  { name: "vmodule", type: "string" },
  { name: "log-flush-frequency", type: "string" },
];

/** Flags that commands of kubectl have and these here have not, so that nobody is told that there are none. */
const ABSENT_FLAGS: Readonly<Record<string, readonly string[]>> = {
  "kubectl apply": ["applyset", "prune-whitelist"],
  "kubectl diff": ["applyset", "concurrency", "prune", "prune-allowlist"],
  "kubectl cluster-info dump": ["output-directory", "pod-running-timeout", "template", "show-managed-fields"],
  "kubectl config view": ["template", "show-managed-fields", "allow-missing-template-keys"],
  "kubectl events": ["template", "show-managed-fields"],
  "kubectl run": ["detach-keys", "template", "show-managed-fields"],
};

/** The words of a command line, sorted out. */
export class ParsedArgs {
  /** `kubectl rollout status`: the command with its parents. */
  readonly path: string;
  readonly positional: readonly string[];
  /** How many positional words stand before `--`; undefined without `--`. */
  readonly dashAt: number | undefined;
  readonly #table: ReadonlyMap<string, Flag>;
  readonly #values: ReadonlyMap<string, readonly string[]>;

  constructor(parts: {
    path: string;
    positional: readonly string[];
    dashAt: number | undefined;
    table: ReadonlyMap<string, Flag>;
    values: ReadonlyMap<string, readonly string[]>;
  }) {
    this.path = parts.path;
    this.positional = parts.positional;
    this.dashAt = parts.dashAt;
    this.#table = parts.table;
    this.#values = parts.values;
  }

  /** Whether the flag was typed. */
  changed(name: string): boolean {
    return this.#values.has(name);
  }

  /** Whether the command knows the flag at all. */
  knows(name: string): boolean {
    return this.#table.has(name);
  }

  string(name: string): string {
    return this.#values.get(name)?.at(-1) ?? this.#flag(name).default ?? "";
  }

  bool(name: string): boolean {
    return isTrue(this.string(name));
  }

  int(name: string): number {
    return Number(this.string(name) || "0");
  }

  /** Milliseconds. */
  duration(name: string): number {
    return parseDuration(this.string(name)) ?? 0;
  }

  /** All values of a flag that may be repeated. */
  list(name: string): readonly string[] {
    const { type, default: fallback } = this.#flag(name);
    const typed = this.#values.get(name) ?? (fallback === undefined || fallback === "" ? [] : [fallback]);
    return type === "list" ? typed.flatMap((each) => (each === "" ? [] : each.split(","))) : typed;
  }

  #flag(name: string): Flag {
    const flag = this.#table.get(name);
    if (flag === undefined) throw new Error(`kubectl: "${this.path}" has no flag "${name}"`);
    return flag;
  }
}

/** Sorts out the words behind a command. @throws CommandError in pflag's words. */
// Models github.com/spf13/pflag FlagSet.parseArgs
export function parseArgs(path: string, flags: FlagTable, words: readonly string[]): ParsedArgs {
  const table = new Map([...GLOBAL_FLAGS, ...flags].map((flag) => [flag.name, flag]));
  const byShort = new Map(
    [...table.values()].flatMap((flag) => (flag.short === undefined ? [] : [[flag.short, flag]])),
  );
  const reader = new FlagReader({ table, byShort, words, absent: ABSENT_FLAGS[path] ?? [] });
  const complaint = reader.read();
  if (complaint !== undefined) throw new CommandError(`${complaint}\nSee '${path} --help' for usage.`);
  const { positional, dashAt, values } = reader;
  return new ParsedArgs({ path, positional, dashAt, table, values });
}

interface FlagWords {
  readonly table: ReadonlyMap<string, Flag>;
  readonly byShort: ReadonlyMap<string, Flag>;
  readonly words: readonly string[];
  readonly absent: readonly string[];
}

class FlagReader {
  readonly positional: string[] = [];
  dashAt: number | undefined;
  readonly values = new Map<string, string[]>();
  readonly #table: ReadonlyMap<string, Flag>;
  readonly #byShort: ReadonlyMap<string, Flag>;
  readonly #words: readonly string[];
  readonly #absent: readonly string[];
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
    const flag = this.#table.get(name);
    if (flag === undefined) return `${this.#absent.includes(name) ? "not simulated here" : "unknown flag"}: --${name}`;
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
      if (flag === undefined) return `unknown shorthand flag: '${letter}' in -${letters.slice(at)}`;
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

  #set(flag: Flag, value: string): string | undefined {
    const complaint = valueComplaint(flag, value);
    const shown = flag.short === undefined ? `--${flag.name}` : `-${flag.short}, --${flag.name}`;
    if (complaint !== undefined) return `invalid argument ${JSON.stringify(value)} for "${shown}" flag: ${complaint}`;
    const values = this.values.get(flag.name) ?? [];
    values.push(value);
    this.values.set(flag.name, values);
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
      return /^[+-]?\d+$/.test(value)
        ? undefined
        : `strconv.ParseInt: parsing ${JSON.stringify(value)}: invalid syntax`;
    case "duration":
      return durationComplaint(value);
    default:
      return undefined;
  }
}

function isTrue(text: string): boolean {
  return /^(?:1|t|T|true|True|TRUE)$/.test(text);
}

const UNIT_MS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};

/** Milliseconds of a Go duration such as `1m30s`; undefined when it is not one. */
// Models go time.ParseDuration
export function parseDuration(text: string): number | undefined {
  const match = /^([+-]?)((?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|ms|s|m|h))+$/.exec(text);
  if (text === "0" || text === "+0" || text === "-0") return 0;
  if (match === null) return undefined;
  let total = 0;
  for (const part of text.matchAll(/(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h)/g))
    total += Number(part[1]) * (UNIT_MS[part[2] ?? ""] ?? 0);
  return match[1] === "-" ? -total : total;
}

function durationComplaint(value: string): string | undefined {
  if (parseDuration(value) !== undefined) return undefined;
  const quoted = JSON.stringify(value);
  const unit = /^[+-]?[\d.]+([^\d.]+)/.exec(value)?.[1];
  if (unit !== undefined) return `time: unknown unit ${JSON.stringify(unit)} in duration ${quoted}`;
  return /^[+-]?[\d.]+$/.test(value) ? `time: missing unit in duration ${quoted}` : `time: invalid duration ${quoted}`;
}
