// Programs for what is where: ls, find, basename, dirname, realpath, mktemp, du's relatives.
import { FileError, type FileStat } from "../files.ts";
import type { Program, ProgramIO } from "../machine.ts";
import { matches, patternOf } from "../pattern.ts";
import type { Task } from "../task.ts";
import { strftime } from "./dates.ts";
import { badOptions, readOptions } from "./options.ts";

const ls: Program = (words, io) => {
  const options = readOptions(words, {
    flags: "1laAhtrSdFRipnCx",
    long: {
      all: "a",
      "almost-all": "A",
      recursive: "R",
      directory: "d",
      reverse: "r",
      "human-readable": "h",
      color: "?",
    },
  });
  if (options.fault !== undefined) return badOptions("ls", options, io, 2);
  const paths = options.rest.length === 0 ? ["."] : options.rest;
  let status = 0;
  const files: string[] = [];
  const directories: string[] = [];
  for (const path of [...paths].sort()) {
    const found = io.files.stat(path);
    if (found === undefined) {
      const busybox = io.machine.tools === "busybox";
      io.err(
        busybox
          ? `ls: ${path}: No such file or directory\n`
          : `ls: cannot access '${path}': No such file or directory\n`,
      );
      status = busybox ? 1 : 2;
    } else (found.kind === "directory" && !options.flags.has("d") ? directories : files).push(path);
  }
  const lister = new Lister(options.flags, io);
  if (files.length > 0)
    lister.entries(
      files.map((path) => ({ name: path, path })),
      false,
    );
  for (const [at, path] of directories.entries()) {
    if (paths.length > 1 || options.flags.has("R")) io.out(`${at > 0 || files.length > 0 ? "\n" : ""}${path}:\n`);
    lister.directory(path);
  }
  return status;
};

interface Entry {
  readonly name: string;
  readonly path: string;
}

class Lister {
  readonly #flags: ReadonlySet<string>;
  readonly #io: ProgramIO;

  constructor(flags: ReadonlySet<string>, io: ProgramIO) {
    this.#flags = flags;
    this.#io = io;
  }

  directory(path: string): void {
    const hidden = this.#flags.has("a") || this.#flags.has("A");
    const names = this.#io.files.list(path).filter((name) => hidden || !name.startsWith("."));
    const all = this.#flags.has("a") ? [".", "..", ...names] : names;
    this.entries(
      all.map((name) => ({ name, path: `${path}/${name}` })),
      true,
    );
    if (!this.#flags.has("R")) return;
    for (const name of names) {
      const inner = `${path}/${name}`;
      if (this.#io.files.stat(inner)?.kind !== "directory") continue;
      this.#io.out(`\n${inner}:\n`);
      this.directory(inner);
    }
  }

  entries(entries: readonly Entry[], total: boolean): void {
    const found = entries.map((entry) => ({ ...entry, stat: this.#io.files.stat(entry.path) }));
    if (this.#flags.has("t")) found.sort((a, b) => (b.stat?.changedAt ?? 0) - (a.stat?.changedAt ?? 0));
    if (this.#flags.has("S")) found.sort((a, b) => (b.stat?.size ?? 0) - (a.stat?.size ?? 0));
    if (this.#flags.has("r")) found.reverse();
    const long = this.#flags.has("l") || this.#flags.has("n");
    if (!long) {
      const names = found.map(({ name, stat }) => name + this.#mark(stat));
      const row = this.#io.screen && !this.#flags.has("1") && names.length > 0;
      this.#io.out(row ? `${names.join("  ")}\n` : names.map((name) => `${name}\n`).join(""));
      return;
    }
    if (total)
      this.#io.out(`total ${found.reduce((sum, { stat }) => sum + Math.ceil((stat?.size ?? 0) / 4096) * 4, 0)}\n`);
    const width = Math.max(...found.map(({ stat }) => this.#size(stat).length), 1);
    const owner = Math.max(...found.map(({ stat }) => stat?.owner.length ?? 0), 1);
    const group = Math.max(...found.map(({ stat }) => stat?.group.length ?? 0), 1);
    for (const { name, stat } of found) {
      const links = stat?.kind === "directory" ? 2 : 1;
      const date = strftime("%b %e %H:%M", stat?.changedAt ?? 0);
      this.#io.out(
        `${modeText(stat)} ${links} ${(stat?.owner ?? "root").padEnd(owner)} ${(stat?.group ?? "root").padEnd(group)} ${this.#size(stat).padStart(width)} ${date} ${name}${this.#mark(stat)}\n`,
      );
    }
  }

  #mark(stat: FileStat | undefined): string {
    if (!this.#flags.has("F") && !this.#flags.has("p")) return "";
    if (stat?.kind === "directory") return "/";
    return this.#flags.has("F") && stat?.kind === "file" && (stat.mode & 0o111) !== 0 ? "*" : "";
  }

  #size(stat: FileStat | undefined): string {
    const size = stat?.size ?? 0;
    if (!this.#flags.has("h") || size < 1024) return String(size);
    const units = ["K", "M", "G"];
    let shown = size;
    let unit = "";
    for (const each of units) {
      if (shown < 1024) break;
      shown /= 1024;
      unit = each;
    }
    return `${shown < 10 ? (Math.ceil(shown * 10) / 10).toFixed(1) : Math.ceil(shown)}${unit}`;
  }
}

function modeText(stat: FileStat | undefined): string {
  const kind = stat?.kind === "directory" ? "d" : stat?.kind === "device" ? "c" : "-";
  const bits = Array.from({ length: 9 }, (_, at) =>
    ((stat?.mode ?? 0) >> (8 - at)) & 1 ? ("rwx"[at % 3] ?? "") : "-",
  );
  return kind + bits.join("");
}

/** `find [PATH …] [-name P] [-type f|d] [-maxdepth N] [-print|-delete|-exec …]`. */
function* find(words: readonly string[], io: ProgramIO): Task<number> {
  const first = words.findIndex((word, at) => at > 0 && /^[-!(]/.test(word));
  const paths = words.slice(1, first < 0 ? undefined : first);
  const tests = first < 0 ? [] : words.slice(first);
  const known = new Set([
    "-name",
    "-iname",
    "-type",
    "-maxdepth",
    "-mindepth",
    "-print",
    "-print0",
    "-delete",
    "-path",
    "-exec",
    "!",
    "-not",
    "-empty",
  ]);
  const wrong = tests.find(
    (word, at) => word.startsWith("-") && !known.has(word) && !tests.slice(0, at).includes("-exec"),
  );
  if (wrong !== undefined) {
    io.err(`find: unknown predicate \`${wrong}'\n`);
    return 1;
  }
  const value = (name: string) => (tests.includes(name) ? tests[tests.indexOf(name) + 1] : undefined);
  const least = Number(value("-mindepth") ?? 0);
  const most = Number(value("-maxdepth") ?? 100);
  const exec = tests.includes("-exec") ? tests.slice(tests.indexOf("-exec") + 1) : [];
  const end = exec.findIndex((word) => word === ";" || word === "+");
  let status = 0;
  const found: string[] = [];
  const walk = (path: string, depth: number) => {
    const stat = io.files.stat(path);
    if (stat === undefined) return;
    if (depth >= least && holdsAll(path, stat, tests)) found.push(path);
    if (stat.kind !== "directory" || depth >= most) return;
    for (const name of io.files.list(path)) walk(path.endsWith("/") ? path + name : `${path}/${name}`, depth + 1);
  };
  for (const path of paths.length === 0 ? ["."] : paths) {
    if (io.files.stat(path) === undefined) {
      io.err(`find: ${io.machine.tools === "busybox" ? path : `'${path}'`}: No such file or directory\n`);
      status = 1;
    } else walk(path, 0);
  }
  if (tests.includes("-delete")) {
    for (const path of found.reverse()) if (path !== "." && path !== "/") io.files.remove(path);
    return status;
  }
  if (end >= 0) {
    const command = exec.slice(0, end);
    if (exec[end] === "+") return yield* io.run(command.flatMap((word) => (word === "{}" ? found : [word])));
    for (const path of found) yield* io.run(command.map((word) => word.replaceAll("{}", path)));
    return status;
  }
  const zero = tests.includes("-print0");
  io.out(found.map((path) => path + (zero ? "\0" : "\n")).join(""));
  return status;
}

function holdsAll(path: string, stat: FileStat, tests: readonly string[]): boolean {
  const name = path.replace(/^.*\/(?=.)/, "");
  for (let at = 0; at < tests.length; at++) {
    const word = tests[at] ?? "";
    const turned = tests[at - 1] === "!" || tests[at - 1] === "-not";
    const value = tests[at + 1] ?? "";
    let held = true;
    if (word === "-name") held = matches(patternOf(value), name);
    else if (word === "-iname") held = matches(patternOf(value.toLowerCase()), name.toLowerCase());
    else if (word === "-path") held = matches(patternOf(value), path);
    else if (word === "-type") held = stat.kind === (value === "d" ? "directory" : value === "f" ? "file" : "device");
    else if (word === "-empty") held = stat.size === 0;
    else if (word === "-exec") return true;
    else continue;
    if (held === turned) return false;
  }
  return true;
}

const basename: Program = (words, io) => {
  const [path, suffix = ""] = words.slice(words[1] === "--" ? 2 : 1);
  if (path === undefined) {
    io.err("basename: missing operand\nTry 'basename --help' for more information.\n");
    return 1;
  }
  const name = /^\/+$/.test(path) ? "/" : trimSlashes(path).replace(/^.*\//, "");
  io.out(`${suffix !== "" && name !== suffix && name.endsWith(suffix) ? name.slice(0, -suffix.length) : name}\n`);
  return 0;
};

function trimSlashes(path: string): string {
  let end = path.length;
  while (end > 1 && path[end - 1] === "/") end--;
  return path.slice(0, end);
}

const dirname: Program = (words, io) => {
  const paths = words.slice(1).filter((word) => word !== "--");
  if (paths.length === 0) {
    io.err("dirname: missing operand\nTry 'dirname --help' for more information.\n");
    return 1;
  }
  for (const path of paths) {
    const plain = trimSlashes(path);
    const slash = plain.lastIndexOf("/");
    io.out(`${slash < 0 ? "." : slash === 0 ? "/" : trimSlashes(plain.slice(0, slash))}\n`);
  }
  return 0;
};

const realpath: Program = (words, io) => {
  for (const path of words.slice(1).filter((word) => !word.startsWith("-"))) io.out(`${io.files.full(path)}\n`);
  return 0;
};

const mktemp: Program = (words, io) => {
  const directory = words.includes("-d");
  for (let number = 1; number < 100_000; number++) {
    const path = `/tmp/tmp.${String(number).padStart(10, "0")}`;
    if (io.files.stat(path) !== undefined) continue;
    try {
      if (io.files.stat("/tmp") === undefined) io.files.mkdir("/tmp");
      if (directory) io.files.mkdir(path);
      else io.files.write(path, "");
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      io.err(`mktemp: failed to create file via template '/tmp/tmp.XXXXXXXXXX': ${error.message}\n`);
      return 1;
    }
    io.out(`${path}\n`);
    return 0;
  }
  return 1;
};

export const PLACE_PROGRAMS: Readonly<Record<string, Program>> = {
  ls,
  find,
  basename,
  dirname,
  realpath,
  readlink: realpath,
  mktemp,
};
