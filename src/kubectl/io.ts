// What a command gets from its caller, and how it answers.
import type { Cluster, Place } from "../cluster/index.ts";

/** The surroundings of one command. A command ends by calling `exit` exactly once: at once, or later through `cluster.until` or the clock. */
export interface CommandIO {
  readonly cluster: Cluster;
  /** Virtual files by name, as `-f` reads and `>` writes them. */
  readonly files: Map<string, string>;
  readonly stdin: string;
  /** The namespace of the current context. */
  readonly namespace: string;
  /** Writes to standard output; newlines are the caller's. */
  out(text: string): void;
  err(text: string): void;
  exit(code: number): void;
  /** Registers what Ctrl-C does while the command runs. */
  onInterrupt(stop: () => void): void;
  /** Where kubectl itself runs: the laptop by default. */
  readonly at?: ProgramPlace;
  /** Runs a program in a pod or on a node; given by the shell, which knows the programs. It ends with `exit` of the io it was given. */
  readonly runProgram?: ProgramRunner;
  /** False where a program in a container is given no terminal: its output is then as in a pipe. */
  readonly terminal?: boolean;
  /** Variables of the surroundings, as KUBE_EDITOR. */
  readonly env?: ReadonlyMap<string, string>;
  /** Opens a text in an editor and later calls `done` with what was saved; undefined when nothing was. Absent where there is none. */
  readonly edit?: (
    draft: { readonly file: string; readonly text: string },
    done: (text: string | undefined) => void,
  ) => void;
  /** Given when the program that is run may be a shell one stays in: the surroundings say that it was opened, and call `leave` at its end. */
  readonly session?: Session;
  /** Changes the namespace of the context for the commands that follow. */
  setNamespace?(namespace: string): void;
  /** Texts of warnings this run has printed; set by `runKubectl`. */
  readonly warned?: Set<string>;
}

/** A shell that stays open after the command that opened it has ended. */
export interface Session {
  opened: boolean;
  /** Ends it, with the io of the command that left it. */
  leave(code: number, io: CommandIO): void;
}

/** Runs `argv` at a place with the given io. */
export type ProgramRunner = (at: ProgramPlace, argv: readonly string[], io: CommandIO) => void;

/** Where a program runs: a container of a pod, a node, or a client outside. */
export interface ProgramPlace {
  readonly place: Place;
  /** Set in a pod. */
  readonly container?: string;
}

/** The name under which `files` knows a path: `./web.yaml` and `web.yaml` are one file. */
export function fileName(path: string): string {
  return path.replace(/^\.\//, "");
}
