// Programs for files: cat, touch, rm, mkdir, rmdir, mv, cp, ln, chmod, ls, find, basename, dirname, mktemp.
import { FileError } from "../files.ts";
import type { Program, ProgramIO } from "../machine.ts";
import type { Task } from "../task.ts";
import { badOptions, fileFault, readOptions } from "./options.ts";

/** `cat`: prints as it reads, so that it shows what a pipe brings when it comes. */
function* cat(words: readonly string[], io: ProgramIO): Task<number> {
  const options = readOptions(words, { flags: "nbsAETuvet", long: { number: "n", "show-all": "A", "show-ends": "E" } });
  if (options.fault !== undefined) return badOptions("cat", options, io);
  let status = 0;
  let number = 0;
  for (const path of options.rest.length === 0 ? ["-"] : options.rest) {
    const shown = (text: string) => {
      if (options.flags.size === 0) return text;
      const lines = text.split("\n");
      const last = lines.pop() ?? "";
      const marked = lines.map((line) => {
        const numbered = options.flags.has("n") || (options.flags.has("b") && line !== "");
        const tabs = options.flags.has("A") || options.flags.has("T") ? line.replaceAll("\t", "^I") : line;
        const ends = options.flags.has("A") || options.flags.has("E") ? "$" : "";
        return `${numbered ? `${String(++number).padStart(6)}\t` : ""}${tabs}${ends}\n`;
      });
      if (last !== "") marked.push(options.flags.has("n") ? `${String(++number).padStart(6)}\t${last}` : last);
      return marked.join("");
    };
    if (path === "-" || path === "/dev/stdin") {
      if (options.flags.size > 0) io.out(shown(yield* io.stdin.rest()));
      else for (let text = yield* io.stdin.chunk(); text !== undefined; text = yield* io.stdin.chunk()) io.out(text);
      continue;
    }
    const text = attempt(() => io.files.read(path));
    if (typeof text === "string") io.out(shown(text));
    else {
      fileFault("cat", path, text, io);
      status = 1;
    }
  }
  return status;
}

/** What it gives, or the file's fault. */
function attempt<T>(read: () => T): T | FileError {
  try {
    return read();
  } catch (error) {
    if (error instanceof FileError) return error;
    throw error;
  }
}

const isBusybox = (io: ProgramIO) => io.machine.tools === "busybox";

/** Does something with each path; the exit status. */
function each(
  paths: readonly string[],
  io: ProgramIO,
  work: (path: string) => void,
  fault: (path: string, error: FileError) => string,
): number {
  let status = 0;
  for (const path of paths) {
    const found = attempt(() => work(path));
    if (!(found instanceof FileError)) continue;
    io.err(`${fault(path, found)}\n`);
    status = 1;
  }
  return status;
}

function missing(name: string, io: ProgramIO, what = "missing operand"): number {
  io.err(`${name}: ${what}\n`);
  if (!isBusybox(io)) io.err(`Try '${name} --help' for more information.\n`);
  return 1;
}

const touch: Program = (words, io) => {
  const options = readOptions(words, {
    flags: "acmfh",
    valued: "dtr",
    long: { "no-create": "c", date: "d", reference: "r" },
  });
  if (options.fault !== undefined) return badOptions("touch", options, io);
  if (options.rest.length === 0) return missing("touch", io, "missing file operand");
  const work = (path: string) => {
    const found = io.files.stat(path);
    if (found === undefined && !options.flags.has("c")) io.files.write(path, "");
    else if (found?.kind === "file") io.files.append(path, "");
  };
  return each(options.rest, io, work, (path, error) =>
    isBusybox(io) ? `touch: ${path}: ${error.message}` : `touch: cannot touch '${path}': ${error.message}`,
  );
};

const rm: Program = (words, io) => {
  const options = readOptions(words, { flags: "rRfivd", long: { recursive: "r", force: "f", verbose: "v", dir: "d" } });
  if (options.fault !== undefined) return badOptions("rm", options, io);
  const force = options.flags.has("f");
  if (options.rest.length === 0) return force ? 0 : missing("rm", io);
  const recursive = options.flags.has("r") || options.flags.has("R");
  const work = (path: string) => {
    const found = io.files.stat(path);
    if (found === undefined && force) return;
    if (found === undefined) throw new FileError("ENOENT");
    if (/(?:^|\/)\.{1,2}\/?$/.test(path)) throw new FileError("EINVAL");
    if (found.kind === "directory" && !recursive && !options.flags.has("d")) throw new FileError("EISDIR");
    if (recursive) removeAll(path, io);
    else io.files.remove(path);
    if (options.flags.has("v")) io.out(`removed ${found.kind === "directory" ? "directory " : ""}'${path}'\n`);
  };
  return each(options.rest, io, work, (path, error) => {
    if (error.fault === "EINVAL") return `rm: refusing to remove '.' or '..' directory: skipping '${path}'`;
    if (!isBusybox(io)) return `rm: cannot remove '${path}': ${error.message}`;
    return error.fault === "EISDIR" ? `rm: '${path}' is a directory` : `rm: can't remove '${path}': ${error.message}`;
  });
};

function removeAll(path: string, io: ProgramIO): void {
  if (io.files.stat(path)?.kind === "directory") {
    for (const name of io.files.list(path)) removeAll(`${path}/${name}`, io);
    if (io.files.full(path) === "/") throw new FileError("EBUSY");
    // A directory that only its files made is gone with the last of them.
    if (io.files.stat(path) === undefined) return;
  }
  io.files.remove(path);
}

const mkdir: Program = (words, io) => {
  const options = readOptions(words, { flags: "pv", valued: "m", long: { parents: "p", verbose: "v", mode: "m" } });
  if (options.fault !== undefined) return badOptions("mkdir", options, io);
  if (options.rest.length === 0) return missing("mkdir", io);
  const work = (path: string) => {
    if (!options.flags.has("p")) {
      io.files.mkdir(path);
      if (options.flags.has("v")) io.out(`mkdir: created directory '${path}'\n`);
      return;
    }
    let at = "";
    for (const step of io.files.full(path).split("/").slice(1)) {
      at += `/${step}`;
      const found = io.files.stat(at);
      if (found === undefined) io.files.mkdir(at);
      else if (found.kind !== "directory") throw new FileError(at === io.files.full(path) ? "EEXIST" : "ENOTDIR");
    }
  };
  return each(options.rest, io, work, (path, error) =>
    isBusybox(io)
      ? `mkdir: can't create directory '${path}': ${error.message}`
      : `mkdir: cannot create directory '${path}': ${error.message}`.replace(/‘|’/g, "'"),
  );
};

const rmdir: Program = (words, io) => {
  const options = readOptions(words, { flags: "pv", long: { parents: "p", "ignore-fail-on-non-empty": "i" } });
  if (options.fault !== undefined) return badOptions("rmdir", options, io);
  if (options.rest.length === 0) return missing("rmdir", io);
  const work = (path: string) => {
    const found = io.files.stat(path);
    if (found !== undefined && found.kind !== "directory") throw new FileError("ENOTDIR");
    io.files.remove(path);
  };
  return each(options.rest, io, work, (path, error) =>
    isBusybox(io) ? `rmdir: '${path}': ${error.message}` : `rmdir: failed to remove '${path}': ${error.message}`,
  );
};

/** Where a file goes: into the directory, or to the name. */
function targetOf(source: string, target: string, io: ProgramIO): string {
  if (io.files.stat(target)?.kind !== "directory") return target;
  return `${target.replace(/\/+$/, "")}/${io.files.full(source).replace(/^.*\//, "")}`;
}

function copyAll(source: string, target: string, io: ProgramIO): void {
  const found = io.files.stat(source);
  if (found?.kind !== "directory") {
    io.files.write(target, io.files.read(source));
    return;
  }
  const [from, to] = [io.files.full(source), io.files.full(target)];
  if (to === from || to.startsWith(`${from}/`)) throw new FileError("EINVAL");
  if (io.files.stat(target) === undefined) io.files.mkdir(target);
  for (const name of io.files.list(source)) copyAll(`${source}/${name}`, `${target}/${name}`, io);
}

const transfer =
  (name: "cp" | "mv"): Program =>
  (words, io) => {
    const long = { recursive: "r", force: "f", verbose: "v", archive: "a", "no-clobber": "n" };
    const options = readOptions(words, { flags: "rRafipvnuT", valued: "t", long });
    if (options.fault !== undefined) return badOptions(name, options, io);
    const given = options.values.get("t");
    const sources = given === undefined ? options.rest.slice(0, -1) : options.rest;
    const target = given ?? options.rest.at(-1);
    if (target === undefined) return missing(name, io, "missing file operand");
    if (sources.length === 0) return missing(name, io, `missing destination file operand after '${target}'`);
    if (sources.length > 1 && io.files.stat(target)?.kind !== "directory") {
      io.err(
        `${name}: target '${target}'${io.files.stat(target) === undefined ? "" : " is not a directory"}${io.files.stat(target) === undefined ? ": No such file or directory" : ""}\n`,
      );
      return 1;
    }
    let status = 0;
    for (const source of sources) {
      const found = attempt(() => transferOne(name, { source, target, options: options.flags, io }));
      if (found === undefined) continue;
      status = 1;
      io.err(`${name}: ${typeof found === "string" ? found : faultOf(name, source, found, io)}\n`);
    }
    return status;
  };

function faultOf(name: string, source: string, error: FileError, io: ProgramIO): string {
  if (isBusybox(io)) return `can't ${error.fault === "ENOENT" ? "stat" : "create"} '${source}': ${error.message}`;
  return error.fault === "ENOENT"
    ? `cannot stat '${source}': ${error.message}`
    : `cannot ${name === "cp" ? "create regular file" : "move"} '${source}': ${error.message}`;
}

interface Transfer {
  readonly source: string;
  readonly target: string;
  readonly options: ReadonlySet<string>;
  readonly io: ProgramIO;
}

/** Copies or moves one; a message when it is refused. */
function transferOne(name: "cp" | "mv", { source, target, options, io }: Transfer): string | undefined {
  const found = io.files.stat(source);
  if (found === undefined) throw new FileError("ENOENT");
  const to = targetOf(source, target, io);
  if (options.has("n") && io.files.stat(to) !== undefined) return undefined;
  if (io.files.full(source) === io.files.full(to)) return `'${source}' and '${to}' are the same file`;
  const recursive = options.has("r") || options.has("R") || options.has("a");
  if (found.kind === "directory" && name === "cp" && !recursive)
    return `-r not specified; omitting directory '${source}'`;
  if (found.kind === "directory" && io.files.stat(to)?.kind === "file")
    return `cannot overwrite non-directory '${to}' with directory '${source}'`;
  copyAll(source, to, io);
  if (found.mode !== 0o644 && found.kind === "file") attempt(() => io.files.chmod(to, found.mode));
  if (name === "mv") removeAll(source, io);
  if (options.has("v")) io.out(name === "cp" ? `'${source}' -> '${to}'\n` : `renamed '${source}' -> '${to}'\n`);
  return undefined;
}

const chmod: Program = (words, io) => {
  const rest = words.slice(1).filter((word) => !/^-[Rvfc]+$/.test(word));
  const [mode, ...paths] = rest;
  if (mode === undefined || paths.length === 0)
    return missing("chmod", io, mode === undefined ? "missing operand" : `missing operand after '${mode}'`);
  const octal = /^[0-7]{1,4}$/.test(mode) ? Number.parseInt(mode, 8) : undefined;
  const symbolic = /^([ugoa]*)([-+=])([rwxX]*)$/.exec(mode);
  if (octal === undefined && symbolic === null) {
    io.err(`chmod: invalid mode: '${mode}'\nTry 'chmod --help' for more information.\n`);
    return 1;
  }
  const work = (path: string) => {
    const found = io.files.stat(path);
    if (found === undefined) throw new FileError("ENOENT");
    io.files.chmod(path, octal ?? changed(found.mode, symbolic));
  };
  return each(paths, io, work, (path, error) =>
    error.fault === "ENOENT"
      ? `chmod: cannot access '${path}': ${error.message}`
      : `chmod: changing permissions of '${path}': ${error.message}`,
  );
};

function changed(mode: number, match: RegExpExecArray | null): number {
  const [, who = "", sign = "+", what = ""] = match ?? [];
  const bits = (what.includes("r") ? 4 : 0) | (what.includes("w") ? 2 : 0) | (/x/i.test(what) ? 1 : 0);
  const all = who === "" || who.includes("a");
  const shifts = [
    all || who.includes("u") ? 6 : -1,
    all || who.includes("g") ? 3 : -1,
    all || who.includes("o") ? 0 : -1,
  ];
  let result = mode;
  for (const shift of shifts.filter((each) => each >= 0)) {
    if (sign === "=") result = (result & ~(7 << shift)) | (bits << shift);
    else if (sign === "+") result |= bits << shift;
    else result &= ~(bits << shift);
  }
  return result;
}

export const FILE_PROGRAMS: Readonly<Record<string, Program>> = {
  cat,
  touch,
  rm,
  unlink: rm,
  mkdir,
  rmdir,
  cp: transfer("cp"),
  mv: transfer("mv"),
  chmod,
  chown: () => 0,
};
