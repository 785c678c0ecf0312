// Small programs that work on text: cat, echo, grep, head, tail, wc, sort, uniq, cut, tr, tee, seq.
import { fileName } from "../../kubectl/index.ts";
import { type Program, type ProgramIO, refuse } from "../program.ts";

/** Words that are not options, and the options that were given. */
interface Options {
  readonly flags: ReadonlySet<string>;
  readonly values: ReadonlyMap<string, string>;
  readonly rest: readonly string[];
}

/** Takes `-n 5`, `-n5`, `-nr`, `--lines=5` apart; letters in `valued` take a value. */
export function optionsOf(words: readonly string[], valued: string): Options {
  const flags = new Set<string>();
  const values = new Map<string, string>();
  const rest: string[] = [];
  for (let at = 1; at < words.length; at++) {
    const word = words[at] ?? "";
    if (word === "--") {
      rest.push(...words.slice(at + 1));
      break;
    }
    if (word.startsWith("--")) {
      const [name = "", value] = word.slice(2).split("=", 2);
      flags.add(name);
      if (value !== undefined) values.set(name, value);
    } else if (word.startsWith("-") && word !== "-") {
      for (let i = 1; i < word.length; i++) {
        const letter = word[i] ?? "";
        if (!valued.includes(letter)) flags.add(letter);
        else {
          values.set(letter, word.slice(i + 1) || (words[++at] ?? ""));
          break;
        }
      }
    } else rest.push(word);
  }
  return { flags, values, rest };
}

/** The text of the named files, or of standard input; undefined (and said so) when a file is missing. */
export function inputOf(name: string, files: readonly string[], io: ProgramIO): string | undefined {
  if (files.length === 0) return io.stdin;
  const texts: string[] = [];
  for (const file of files) {
    const text = file === "-" ? io.stdin : io.files.get(fileName(file));
    if (text === undefined) {
      refuse(io, `${name}: ${file}: No such file or directory`);
      return undefined;
    }
    texts.push(text);
  }
  return texts.join("");
}

function linesOf(text: string): string[] {
  if (text === "") return [];
  return text.replace(/\n$/, "").split("\n");
}

function print(io: ProgramIO, lines: readonly string[], code = 0): void {
  if (lines.length > 0) io.out(`${lines.join("\n")}\n`);
  io.exit(code);
}

/** A program that turns lines into lines. */
function filter(
  valued: string,
  work: (lines: string[], options: Options) => string[],
  files = (options: Options) => options.rest,
): Program {
  return (words, io) => {
    const options = optionsOf(words, valued);
    const text = inputOf(words[0] ?? "", files(options), io);
    if (text !== undefined) print(io, work(linesOf(text), options));
  };
}

const cat: Program = (words, io) => {
  const text = inputOf("cat", optionsOf(words, "").rest, io);
  if (text === undefined) return;
  io.out(text);
  io.exit(0);
};

const echo: Program = (words, io) => {
  const options = /^-[neE]+$/;
  let at = 1;
  while (options.test(words[at] ?? "")) at++;
  const typed = words.slice(1, at).join("");
  const text = words.slice(at).join(" ");
  const shown = typed.includes("e") ? text.replace(/\\n/g, "\n").replace(/\\t/g, "\t") : text;
  io.out(typed.includes("n") ? shown : `${shown}\n`);
  io.exit(0);
};

const grep: Program = (words, io) => {
  const { flags, values, rest } = optionsOf(words, "eABCm");
  const pattern = values.get("e") ?? rest[0];
  if (pattern === undefined) return refuse(io, "Usage: grep [OPTION]... PATTERNS [FILE]...", 2);
  const files = values.has("e") ? rest : rest.slice(1);
  const text = inputOf("grep", files, io);
  if (text === undefined) return;
  const matcher = regexpOf(pattern, flags);
  if (matcher === undefined) return refuse(io, "grep: Invalid regular expression", 2);
  const lines = linesOf(text);
  const limit = Number(values.get("m") ?? Number.POSITIVE_INFINITY);
  const hits = lines.flatMap((line, at) => (matcher.test(line) !== flags.has("v") ? [at] : [])).slice(0, limit);
  if (flags.has("c")) return print(io, [String(hits.length)], hits.length > 0 ? 0 : 1);
  if (flags.has("q")) return io.exit(hits.length > 0 ? 0 : 1);
  const after = Number(values.get("A") ?? values.get("C") ?? 0);
  const before = Number(values.get("B") ?? values.get("C") ?? 0);
  const shown = new Set(hits.flatMap((at) => Array.from({ length: before + after + 1 }, (_, i) => at - before + i)));
  const result = lines.flatMap((line, at) => {
    if (!shown.has(at)) return [];
    if (flags.has("o"))
      return Array.from(line.matchAll(new RegExp(matcher.source, `${matcher.flags}g`)), (match) => match[0]);
    return [flags.has("n") ? `${at + 1}:${line}` : line];
  });
  print(io, result, hits.length > 0 ? 0 : 1);
};

/** A regular expression of grep or sed; undefined when it cannot be read. */
export function regexpOf(pattern: string, flags: ReadonlySet<string>): RegExp | undefined {
  let source = pattern;
  if (flags.has("F")) source = pattern.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  else if (!flags.has("E") && !flags.has("P"))
    source = pattern.replace(/\\?[+?|(){}]/g, (sign) => (sign.startsWith("\\") ? sign.slice(1) : `\\${sign}`));
  source = source
    .replaceAll("[[:space:]]", "\\s")
    .replaceAll("[[:digit:]]", "\\d")
    .replaceAll("[:space:]", "\\s")
    .replaceAll("[:digit:]", "0-9")
    .replaceAll("[:alpha:]", "A-Za-z")
    .replace(/(?<!\\)\[(\^?)\]/g, "[$1\\]"); // a bracket that comes first in a set is one of its signs
  if (flags.has("w")) source = `\\b(?:${source})\\b`;
  if (flags.has("x")) source = `^(?:${source})$`;
  try {
    return new RegExp(source, flags.has("i") ? "i" : "");
  } catch (error) {
    if (error instanceof SyntaxError) return undefined; // what was typed is not a regular expression
    throw error;
  }
}

function countOf({ flags, values }: Options, fallback: number): number {
  const bare = [...flags].find((flag) => /^\d$/.test(flag));
  const digits = [...flags].filter((flag) => /^\d$/.test(flag)).join("");
  return Number(values.get("n") ?? values.get("lines") ?? (bare === undefined ? fallback : digits));
}

const head = filter("nc", (lines, options) => {
  const count = countOf(options, 10);
  return count < 0 ? lines.slice(0, count) : lines.slice(0, count);
});

const tail = filter("nc", (lines, options) => {
  const typed = options.values.get("n") ?? "";
  if (typed.startsWith("+")) return lines.slice(Number(typed) - 1);
  const count = Math.abs(countOf(options, 10));
  return count === 0 ? [] : lines.slice(-count);
});

const wc: Program = (words, io) => {
  const { flags, rest } = optionsOf(words, "");
  const text = inputOf("wc", rest, io);
  if (text === undefined) return;
  const counts: [string, number][] = [
    ["l", text.split("\n").length - 1],
    ["w", text.split(/\s+/).filter((each) => each !== "").length],
    ["c", text.length],
  ];
  const shown = counts.filter(([letter]) => flags.size === 0 || flags.has(letter)).map(([, count]) => count);
  const numbers = shown.length === 1 ? String(shown[0]) : shown.map((count) => String(count).padStart(7)).join(" ");
  print(io, [[numbers, ...rest].join(" ")]);
};

const sort = filter("kt", (lines, { flags, values }) => {
  const column = Number(values.get("k")?.split(",")[0] ?? 0);
  const separator = values.get("t") ?? /\s+/;
  const keyOfLine = (line: string) => (column === 0 ? line : (line.trim().split(separator)[column - 1] ?? ""));
  const compare = (a: string, b: string) => {
    const [x, y] = [keyOfLine(a), keyOfLine(b)];
    if (flags.has("n")) return Number.parseFloat(x) - Number.parseFloat(y) || 0;
    if (flags.has("V")) return compareVersions(x, y);
    return x < y ? -1 : x > y ? 1 : 0;
  };
  const sorted = [...lines].sort(compare);
  if (flags.has("r")) sorted.reverse();
  return flags.has("u") ? sorted.filter((line, at) => at === 0 || line !== sorted[at - 1]) : sorted;
});

function compareVersions(a: string, b: string): number {
  const [x, y] = [a.split(/[.:-]/), b.split(/[.:-]/)];
  for (let at = 0; at < Math.max(x.length, y.length); at++) {
    const difference = Number(x[at] ?? -1) - Number(y[at] ?? -1);
    if (difference !== 0 && !Number.isNaN(difference)) return difference;
    if (x[at] !== y[at]) return (x[at] ?? "") < (y[at] ?? "") ? -1 : 1;
  }
  return 0;
}

const uniq = filter("", (lines, { flags }) => {
  const runs: Array<{ line: string; count: number }> = [];
  for (const line of lines) {
    const last = runs.at(-1);
    if (last?.line === line) last.count++;
    else runs.push({ line, count: 1 });
  }
  const kept = flags.has("d") ? runs.filter(({ count }) => count > 1) : runs;
  return kept.map(({ line, count }) => (flags.has("c") ? `${String(count).padStart(7)} ${line}` : line));
});

const cut = filter("dfc", (lines, { values }) => {
  const ranges = (values.get("f") ?? values.get("c") ?? "").split(",").map((part) => {
    const [from = "", to] = part.split("-");
    return { from: Number(from || 1), to: to === undefined ? Number(from) : Number(to || Number.POSITIVE_INFINITY) };
  });
  const wanted = (_: string, at: number) => ranges.some(({ from, to }) => at + 1 >= from && at + 1 <= to);
  if (values.has("c")) return lines.map((line) => [...line].filter(wanted).join(""));
  const delimiter = values.get("d") ?? "\t";
  return lines.map((line) => (line.includes(delimiter) ? line.split(delimiter).filter(wanted).join(delimiter) : line));
});

const tr: Program = (words, io) => {
  const { flags, rest } = optionsOf(words, "");
  const from = signsOf(rest[0] ?? "");
  const to = signsOf(rest[1] ?? "");
  const result = [...io.stdin].flatMap((sign) => {
    const at = from.indexOf(sign);
    if (at < 0) return [sign];
    return flags.has("d") ? [] : [to[Math.min(at, to.length - 1)] ?? sign];
  });
  io.out(
    (flags.has("s")
      ? result.filter((sign, at) => !(sign === result[at - 1] && (to.length > 0 ? to : from).includes(sign)))
      : result
    ).join(""),
  );
  io.exit(0);
};

function signsOf(set: string): string[] {
  const plain = set
    .replaceAll("\\n", "\n")
    .replaceAll("\\t", "\t")
    .replaceAll("[:upper:]", "A-Z")
    .replaceAll("[:lower:]", "a-z")
    .replaceAll("[:space:]", " \t\n");
  return [
    ...plain.replace(/(.)-(.)/gs, (_, from: string, to: string) =>
      Array.from({ length: Math.max(0, to.charCodeAt(0) - from.charCodeAt(0) + 1) }, (_each, i) =>
        String.fromCharCode(from.charCodeAt(0) + i),
      ).join(""),
    ),
  ];
}

const tee: Program = (words, io) => {
  const { flags, rest } = optionsOf(words, "");
  for (const file of rest) io.files.set(file, (flags.has("a") ? (io.files.get(file) ?? "") : "") + io.stdin);
  io.out(io.stdin);
  io.exit(0);
};

const seq: Program = (words, io) => {
  const numbers = words.slice(1).map(Number);
  const [from, step, to] =
    numbers.length === 1
      ? [1, 1, numbers[0] ?? 0]
      : numbers.length === 2
        ? [numbers[0] ?? 1, 1, numbers[1] ?? 0]
        : [numbers[0] ?? 1, numbers[1] ?? 1, numbers[2] ?? 0];
  const count = step === 0 || numbers.some(Number.isNaN) ? 0 : Math.min(100_000, Math.floor((to - from) / step) + 1);
  print(
    io,
    Array.from({ length: Math.max(0, count) }, (_, at) => String(from + at * step)),
  );
};

const tac = filter("", (lines) => lines.reverse());

export const TEXT_PROGRAMS: Readonly<Record<string, Program>> = {
  cat,
  echo,
  grep,
  head,
  tail,
  wc,
  sort,
  uniq,
  cut,
  tr,
  tee,
  seq,
  tac,
};
