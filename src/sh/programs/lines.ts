// Programs that work through lines as they come: head, tail, wc, tee, grep.

import { sizeOf } from "../files.ts";
import type { Program, ProgramIO } from "../machine.ts";
import type { Task } from "../task.ts";
import { badOptions, countOf, linesOf, readOptions, textOf, textsOf } from "./options.ts";

function* head(words: readonly string[], io: ProgramIO): Task<number> {
  const options = readOptions(words, {
    flags: "qv",
    valued: "nc",
    long: { lines: "n", bytes: "c", quiet: "q", verbose: "v" },
    numbers: true,
  });
  if (options.fault !== undefined) return badOptions("head", options, io);
  const bytes = options.values.get("c");
  const word = bytes ?? options.values.get("n") ?? options.values.get("#") ?? "10";
  const count = countOf(word);
  if (count === undefined) {
    io.err(`head: invalid number of ${bytes === undefined ? "lines" : "bytes"}: '${word}'\n`);
    return 1;
  }
  if (options.rest.length === 0 && bytes === undefined && count >= 0) {
    for (let left = count; left > 0; left--) {
      const line = yield* io.stdin.line();
      if (line === undefined) break;
      io.out(line);
    }
    return 0;
  }
  const cut = (text: string) => {
    if (bytes !== undefined) return count < 0 ? text.slice(0, count) : text.slice(0, count);
    const lines = text.split(/(?<=\n)/);
    return lines.slice(0, count).join("");
  };
  return yield* perFile(
    "head",
    { paths: options.rest, quiet: options.flags.has("q"), verbose: options.flags.has("v") },
    io,
    cut,
  );
}

interface Named {
  readonly paths: readonly string[];
  readonly quiet: boolean;
  readonly verbose: boolean;
}

/** Prints a part of each file, under its name when there are several. */
function* perFile(
  name: string,
  { paths, quiet, verbose }: Named,
  io: ProgramIO,
  cut: (text: string) => string,
): Task<number> {
  let status = 0;
  let first = true;
  for (const path of paths.length === 0 ? ["-"] : paths) {
    const text = yield* textOf(name, path, io, (program, at, error, to) =>
      to.err(
        `${program}: cannot open '${at}' for reading: ${error.message}\n`.replace(
          /cannot open '(.*)' for reading: Is a directory/s,
          "error reading '$1': Is a directory",
        ),
      ),
    );
    if (text === undefined) {
      status = 1;
      continue;
    }
    if (verbose || (paths.length > 1 && !quiet))
      io.out(`${first ? "" : "\n"}==> ${path === "-" ? "standard input" : path} <==\n`);
    first = false;
    io.out(cut(text));
  }
  return status;
}

/** How often `tail -f` looks at its file, in milliseconds. */
const FOLLOW_MS = 1_000;

function* tail(words: readonly string[], io: ProgramIO): Task<number> {
  const options = readOptions(words, {
    flags: "fFqv",
    valued: "ncs",
    long: { lines: "n", bytes: "c", follow: "f", quiet: "q", verbose: "v" },
    numbers: true,
  });
  if (options.fault !== undefined) return badOptions("tail", options, io);
  const bytes = options.values.get("c");
  const old = options.rest[0] !== undefined && /^\+\d+$/.test(options.rest[0]) ? options.rest[0] : undefined;
  const paths = old === undefined ? options.rest : options.rest.slice(1);
  const word = bytes ?? options.values.get("n") ?? options.values.get("#") ?? old ?? "10";
  const count = countOf(word);
  if (count === undefined) {
    io.err(`tail: invalid number of ${bytes === undefined ? "lines" : "bytes"}: '${word}'\n`);
    return 1;
  }
  const fromStart = word.startsWith("+");
  const size = Math.abs(count);
  const cut = (text: string) => {
    if (bytes !== undefined) return fromStart ? text.slice(Math.max(0, size - 1)) : size === 0 ? "" : text.slice(-size);
    const lines = text.split(/(?<=\n)/);
    if (fromStart) return lines.slice(Math.max(0, size - 1)).join("");
    return size === 0 ? "" : lines.slice(-size).join("");
  };
  const status = yield* perFile(
    "tail",
    { paths, quiet: options.flags.has("q"), verbose: options.flags.has("v") },
    io,
    cut,
  );
  const [path] = paths;
  if (!(options.flags.has("f") || options.flags.has("F")) || path === undefined || status !== 0) return status;
  return yield* follow(path, io);
}

function* follow(path: string, io: ProgramIO): Task<number> {
  let seen = io.files.stat(path) === undefined ? 0 : io.files.read(path).length;
  for (;;) {
    yield (resume) => io.machine.later(FOLLOW_MS, resume);
    const text = io.files.stat(path)?.kind === "file" ? io.files.read(path) : "";
    if (path === "/dev/null") continue;
    if (text.length < seen) seen = 0;
    if (text.length > seen) io.out(text.slice(seen));
    seen = text.length;
  }
}

function* wc(words: readonly string[], io: ProgramIO): Task<number> {
  const options = readOptions(words, {
    flags: "lwcmL",
    long: { lines: "l", words: "w", bytes: "c", chars: "m", "max-line-length": "L" },
  });
  if (options.fault !== undefined) return badOptions("wc", options, io);
  const { flags, rest } = options;
  const wanted = [..."lwmcL"].filter((letter) => (flags.size === 0 ? "lwc".includes(letter) : flags.has(letter)));
  const rows: Array<{ counts: number[]; name: string }> = [];
  let status = 0;
  for (const path of rest.length === 0 ? ["-"] : rest) {
    const text = yield* textOf("wc", path, io);
    if (text === undefined) status = 1;
    else rows.push({ counts: wanted.map((letter) => countIn(text, letter)), name: rest.length === 0 ? "" : path });
  }
  if (rest.length > 1) {
    const sums = wanted.map((letter, at) =>
      letter === "L"
        ? Math.max(...rows.map((row) => row.counts[at] ?? 0), 0)
        : rows.reduce((sum, row) => sum + (row.counts[at] ?? 0), 0),
    );
    rows.push({ counts: sums, name: "total" });
  }
  const widest = Math.max(...rows.flatMap(({ counts }) => counts.map((count) => String(count).length)), 1);
  const single = wanted.length === 1 && rows.length === 1;
  const width = single ? 1 : rest.length === 0 || rest.includes("-") ? 7 : widest;
  for (const { counts, name } of rows)
    io.out(`${counts.map((count) => String(count).padStart(width)).join(" ")}${name === "" ? "" : ` ${name}`}\n`);
  return status;
}

function countIn(text: string, letter: string): number {
  switch (letter) {
    case "l":
      return text.split("\n").length - 1;
    case "w":
      return text.split(/\s+/).filter((each) => each !== "").length;
    case "m":
      return Array.from(text).length;
    case "c":
      return sizeOf(text);
    default:
      return Math.max(...text.split("\n").map((line) => line.length));
  }
}

function* tee(words: readonly string[], io: ProgramIO): Task<number> {
  const options = readOptions(words, { flags: "aip", long: { append: "a" } });
  if (options.fault !== undefined) return badOptions("tee", options, io);
  let status = 0;
  const open: string[] = [];
  for (const path of options.rest) {
    if (path === "/dev/null" || path === "/dev/stdout" || path === "/dev/stderr" || path === "/dev/tty") continue;
    const found = io.files.stat(path);
    if (found?.kind === "directory") {
      io.err(`tee: ${path}: Is a directory\n`);
      status = 1;
      continue;
    }
    if (!options.flags.has("a") || found === undefined) io.files.write(path, "");
    open.push(path);
  }
  for (let text = yield* io.stdin.chunk(); text !== undefined; text = yield* io.stdin.chunk()) {
    for (const path of open) io.files.append(path, text);
    io.out(text);
  }
  return status;
}

function* tac(words: readonly string[], io: ProgramIO): Task<number> {
  const options = readOptions(words, { flags: "b", valued: "s" });
  if (options.fault !== undefined) return badOptions("tac", options, io);
  const { text, complete } = yield* textsOf("tac", options.rest, io);
  const lines = linesOf(text).reverse();
  io.out(lines.map((line) => `${line}\n`).join(""));
  return complete ? 0 : 1;
}

export const LINE_PROGRAMS: Readonly<Record<string, Program>> = { head, tail, wc, tee, tac };
