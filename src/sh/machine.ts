// What the language needs of its surroundings: a machine with files, time and programs, and what a program is.
import type { Budget } from "./budget.ts";
import { FileError, type FileStat, type FileSystem, resolvePath } from "./files.ts";
import type { Input, Streams } from "./streams.ts";
import type { Clock, Task, Turns } from "./task.ts";

/** Signals that `kill` and `trap` know by name, and their numbers. */
export const SIGNALS: ReadonlyMap<string, number> = new Map(
  Object.entries({
    HUP: 1,
    INT: 2,
    QUIT: 3,
    KILL: 9,
    USR1: 10,
    USR2: 12,
    PIPE: 13,
    ALRM: 14,
    TERM: 15,
    CHLD: 17,
    CONT: 18,
    STOP: 19,
  }),
);

/** Whoever runs a program. */
export interface User {
  readonly name: string;
  readonly id: number;
  readonly group: string;
  readonly groupId: number;
}

/**
 * A machine, or a container: what all its programs share. Whoever makes one gives time, files and programs;
 * nothing here looks at the host.
 */
export interface Machine extends Clock {
  readonly files: FileSystem;
  /** Whose turn it is; one for all that runs on the machine. */
  readonly turns: Turns;
  readonly processes: ProcessTable;
  readonly hostname: string;
  readonly user: User;
  /** Whose words the tools speak: GNU's, or busybox's. */
  readonly tools: "gnu" | "busybox";
  /** The wall clock: milliseconds since 1970. */
  date(): number;
  /** The program of a name, as `ls`; undefined when the machine has none. Builtins of the shell are not asked for. */
  program(name: string): Program | undefined;
  /** The program at a path outside of the usual places, where no file shows it; undefined when there is none. */
  programAt?(path: string): Program | undefined;
  /** A number from 0 to below 32768, for `$RANDOM`; 0 forever when absent. */
  random?(): number;
}

/** A process as `ps` and `kill` know it. */
export interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
  /** As it was started. */
  readonly text: string;
  readonly startedAt: number;
  /** Sends it a signal by its name without SIG. */
  signal(name: string): void;
}

/** The processes of a machine. */
export class ProcessTable {
  readonly #entries = new Map<number, ProcessEntry>();
  #next: number;

  /** @param first - the number of the first process. */
  constructor(first = 1) {
    this.#next = first;
  }

  /** Takes a process in; it gets the next number. */
  add(entry: Omit<ProcessEntry, "pid">): ProcessEntry {
    const added = { ...entry, pid: this.#next++, signal: entry.signal };
    this.#entries.set(added.pid, added);
    return added;
  }

  remove(pid: number): void {
    this.#entries.delete(pid);
  }

  find(pid: number): ProcessEntry | undefined {
    return this.#entries.get(pid);
  }

  /** All that run, by their numbers. */
  list(): readonly ProcessEntry[] {
    return [...this.#entries.values()];
  }
}

/** What a program does on signals, while it is the process that gets them. */
export interface SignalSlot {
  /** Called for a signal by name; whether it was taken. What nobody takes ends the process, unless that is a container's first. */
  receive?: ((name: string) => boolean) | undefined;
}

/** What a program that another program starts is given. */
export interface RunOptions {
  readonly stdin?: Input;
  readonly env?: ReadonlyMap<string, string>;
  readonly streams?: Streams;
  /** Whether builtins of the shell count; default they do. */
  readonly builtins?: boolean;
}

/** What a program has besides its words. */
export interface ProgramIO {
  readonly machine: Machine;
  readonly stdin: Input;
  readonly streams: Streams;
  /** @throws BrokenPipe when nobody reads it, OutputSpent when it is too much. */
  out(text: string): void;
  err(text: string): void;
  /** Whether `out` is seen by a person. */
  readonly screen: boolean;
  /** Exported variables. */
  readonly env: ReadonlyMap<string, string>;
  /** The working directory. */
  readonly cwd: string;
  /** Files, by paths as seen from the working directory. */
  readonly files: Paths;
  readonly pid: number;
  /** Where signals to its process arrive. */
  readonly signals: SignalSlot;
  /** How deep programs have started programs. */
  readonly level: number;
  readonly budget: Budget;
  /** Runs another program, or a builtin of the shell; its exit status. */
  run(words: readonly string[], options?: RunOptions): Task<number>;
}

/** A program: its words begin with its own name. Gives its exit status, at once or later in virtual time. */
export type Program = (words: readonly string[], io: ProgramIO) => Task<number> | number;

/** More was written than one program may. */
export class OutputSpent extends Error {
  override name = "OutputSpent";
}

/** A program did more work in one go than it may. */
export class StepsSpent extends Error {
  override name = "StepsSpent";
}

/** Steps that looking a pattern up in a text counts for: a long text is work too. */
export function lookingThrough(text: string): number {
  return 1 + (text.length >> 3);
}

/** Counts the steps of a program that works through a text of its user's; too many end it. */
export class Steps {
  #left: number;

  constructor(most = 3_000_000) {
    this.#left = most;
  }

  /** @throws StepsSpent */
  take(count = 1): void {
    this.#left -= count;
    if (this.#left < 0) throw new StepsSpent("too many steps in one instant: stopped here");
  }
}

/** Files as one program sees them: from its working directory, with `/dev/null` and similar. */
export class Paths {
  readonly #files: FileSystem;
  readonly #cwd: string;

  constructor(files: FileSystem, cwd: string) {
    this.#files = files;
    this.#cwd = cwd;
  }

  /** The absolute path. */
  full(path: string): string {
    return resolvePath(path, this.#cwd);
  }

  stat(path: string): FileStat | undefined {
    if (path === "") return undefined;
    const full = this.full(path);
    if (isDevice(full)) return { kind: "device", size: 0, mode: 0o666, owner: "root", group: "root", changedAt: 0 };
    const found = this.#files.stat(full);
    return path.endsWith("/") && found?.kind === "file" ? undefined : found;
  }

  /** @throws FileError */
  read(path: string): string {
    if (path === "") throw new FileError("ENOENT");
    const full = this.full(path);
    if (isDevice(full)) return "";
    if (path.endsWith("/") && this.#files.stat(full)?.kind === "file") throw new FileError("ENOTDIR");
    return this.#files.read(full);
  }

  write(path: string, text: string): void {
    const full = this.#forWriting(path);
    if (full !== undefined) this.#files.write(full, text);
  }

  append(path: string, text: string): void {
    const full = this.#forWriting(path);
    if (full !== undefined) this.#files.append(full, text);
  }

  #forWriting(path: string): string | undefined {
    if (path === "") throw new FileError("ENOENT");
    const full = this.full(path);
    if (isDevice(full)) return undefined;
    if (path.endsWith("/")) throw new FileError("EISDIR");
    return full;
  }

  remove(path: string): void {
    this.#files.remove(this.full(path));
  }

  mkdir(path: string): void {
    this.#files.mkdir(this.full(path));
  }

  list(path: string): readonly string[] {
    return this.#files.list(this.full(path));
  }

  chmod(path: string, mode: number): void {
    if (this.#files.chmod === undefined) throw new FileError("EPERM");
    this.#files.chmod(this.full(path), mode);
  }
}

const DEVICES = new Set(["/dev/null", "/dev/stdin", "/dev/stdout", "/dev/stderr", "/dev/tty", "/dev/zero"]);

/** Whether a path is a device, which every machine has. */
export function isDevice(path: string): boolean {
  return DEVICES.has(path);
}
