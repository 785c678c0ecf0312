// Files as programs see them: paths, an abstract file system, and one that is kept in memory.

/** Why a file cannot be used, as the system names it. */
export type FileFault =
  | "ENOENT"
  | "EISDIR"
  | "ENOTDIR"
  | "EACCES"
  | "EROFS"
  | "EEXIST"
  | "ENOTEMPTY"
  | "ENOSPC"
  | "EBUSY"
  | "EINVAL"
  | "EPERM";

const WORDS: Readonly<Record<FileFault, string>> = {
  ENOENT: "No such file or directory",
  EISDIR: "Is a directory",
  ENOTDIR: "Not a directory",
  EACCES: "Permission denied",
  EROFS: "Read-only file system",
  EEXIST: "File exists",
  ENOTEMPTY: "Directory not empty",
  ENOSPC: "No space left on device",
  EBUSY: "Device or resource busy",
  EINVAL: "Invalid argument",
  EPERM: "Operation not permitted",
};

/** A file could not be used; the message is the system's words, as `No such file or directory`. */
export class FileError extends Error {
  override name = "FileError";
  readonly fault: FileFault;

  constructor(fault: FileFault) {
    super(WORDS[fault]);
    this.fault = fault;
  }
}

/** What a path leads to. */
export interface FileStat {
  readonly kind: "file" | "directory" | "device";
  /** Characters; of a directory what `ls -l` shows, 4096. */
  readonly size: number;
  /** Permission bits, as 0o644. */
  readonly mode: number;
  readonly owner: string;
  readonly group: string;
  /** Milliseconds since 1970 of the last change. */
  readonly changedAt: number;
}

/**
 * A file system as the programs of a machine see it. Paths are absolute and plain: `/a/b`, without `.`, `..` or a slash at the end.
 * Every method throws a {@link FileError} when the path cannot be used so.
 */
export interface FileSystem {
  /** Undefined when there is nothing. */
  stat(path: string): FileStat | undefined;
  read(path: string): string;
  /** Makes the file, or replaces what it holds. */
  write(path: string, text: string): void;
  append(path: string, text: string): void;
  /** Removes a file or an empty directory. */
  remove(path: string): void;
  mkdir(path: string): void;
  /** Names in a directory, sorted by their code units. */
  list(path: string): readonly string[];
  /** Sets permission bits; a file system that keeps none leaves it out. */
  chmod?(path: string, mode: number): void;
}

/** An absolute, plain path: `path` as seen from the directory `from`. */
export function resolvePath(path: string, from: string): string {
  const steps: string[] = [];
  for (const step of (path.startsWith("/") ? path : `${from}/${path}`).split("/")) {
    if (step === "..") steps.pop();
    else if (step !== "" && step !== ".") steps.push(step);
  }
  return `/${steps.join("/")}`;
}

/** The directory that holds a path. */
export function parentOf(path: string): string {
  return path.slice(0, Math.max(1, path.lastIndexOf("/")));
}

/** Characters that all files of one file system may hold together. */
const MOST_CHARACTERS = 32_000_000;

/** Where files in memory keep their texts; a `Map` from absolute paths does. */
export interface FileTexts {
  get(path: string): string | undefined;
  set(path: string, text: string): void;
  delete(path: string): void;
  has(path: string): boolean;
  keys(): Iterable<string>;
}

/** What files in memory are owned by, and what time it is. */
export interface MemoryOptions {
  readonly owner?: string;
  readonly group?: string;
  /** Milliseconds since 1970, for times of change. */
  readonly now?: () => number;
  /** Directories that are there from the beginning, beside those that files need. */
  readonly directories?: readonly string[];
}

/** Files in memory: texts by path; directories are those made, and those that files lie in. */
export class MemoryFiles implements FileSystem {
  readonly #texts: FileTexts;
  readonly #directories: Set<string>;
  readonly #changed = new Map<string, number>();
  readonly #modes = new Map<string, number>();
  readonly #options: MemoryOptions;

  constructor(texts: FileTexts = new Map(), options: MemoryOptions = {}) {
    this.#texts = texts;
    this.#options = options;
    this.#directories = new Set(["/", ...(options.directories ?? [])]);
    for (const path of options.directories ?? []) this.#addParents(path);
  }

  #addParents(path: string): void {
    for (let at = parentOf(path); at !== "/"; at = parentOf(at)) this.#directories.add(at);
  }

  #isDirectory(path: string): boolean {
    if (this.#directories.has(path)) return true;
    const inside = `${path}/`;
    for (const each of this.#texts.keys()) if (each.startsWith(inside)) return true;
    return false;
  }

  stat(path: string): FileStat | undefined {
    const { owner = "root", group = owner } = this.#options;
    const changedAt = this.#changed.get(path) ?? 0;
    const text = this.#texts.get(path);
    if (text !== undefined)
      return { kind: "file", size: sizeOf(text), mode: this.#modes.get(path) ?? 0o644, owner, group, changedAt };
    if (!this.#isDirectory(path)) return undefined;
    return { kind: "directory", size: 4096, mode: this.#modes.get(path) ?? 0o755, owner, group, changedAt };
  }

  read(path: string): string {
    const text = this.#texts.get(path);
    if (text !== undefined) return text;
    throw new FileError(this.#isDirectory(path) ? "EISDIR" : this.#missing(path));
  }

  /** Why a path that is not there cannot be reached. */
  #missing(path: string): FileFault {
    for (let at = parentOf(path); at !== "/"; at = parentOf(at)) if (this.#texts.has(at)) return "ENOTDIR";
    return "ENOENT";
  }

  write(path: string, text: string): void {
    if (this.#isDirectory(path)) throw new FileError("EISDIR");
    if (!this.#isDirectory(parentOf(path))) throw new FileError(this.#missing(path));
    this.#put(path, text);
  }

  append(path: string, text: string): void {
    if (!this.#texts.has(path)) this.write(path, text);
    else this.#put(path, this.read(path) + text);
  }

  #put(path: string, text: string): void {
    let others = text.length;
    for (const each of this.#texts.keys()) if (each !== path) others += this.#texts.get(each)?.length ?? 0;
    if (others > MOST_CHARACTERS) throw new FileError("ENOSPC");
    this.#texts.set(path, text);
    this.#changed.set(path, this.#options.now?.() ?? 0);
  }

  remove(path: string): void {
    if (this.#texts.has(path)) this.#texts.delete(path);
    else if (!this.#isDirectory(path)) throw new FileError(this.#missing(path));
    else if (this.list(path).length > 0) throw new FileError("ENOTEMPTY");
    else if (path === "/") throw new FileError("EBUSY");
    else this.#directories.delete(path);
    // The directory that it lay in stays, now that no file needs it.
    if (parentOf(path) !== "/") this.#directories.add(parentOf(path));
    this.#changed.delete(path);
    this.#modes.delete(path);
  }

  mkdir(path: string): void {
    if (this.stat(path) !== undefined) throw new FileError("EEXIST");
    if (!this.#isDirectory(parentOf(path))) throw new FileError(this.#missing(path));
    this.#directories.add(path);
    this.#changed.set(path, this.#options.now?.() ?? 0);
  }

  list(path: string): readonly string[] {
    if (this.#texts.has(path)) throw new FileError("ENOTDIR");
    const inside = path === "/" ? "/" : `${path}/`;
    const names = new Set<string>();
    for (const each of [...this.#texts.keys(), ...this.#directories])
      if (each.startsWith(inside) && each !== "/") names.add(each.slice(inside.length).split("/", 1)[0] ?? "");
    if (names.size === 0 && !this.#isDirectory(path)) throw new FileError(this.#missing(path));
    return [...names].sort();
  }

  chmod(path: string, mode: number): void {
    if (this.stat(path) === undefined) throw new FileError(this.#missing(path));
    this.#modes.set(path, mode);
  }
}

/** Bytes of a text in UTF-8. */
export function sizeOf(text: string): number {
  let size = text.length;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 0x80) size += code >= 0x800 && (code < 0xd800 || code > 0xdfff) ? 2 : 1;
  }
  return size;
}
