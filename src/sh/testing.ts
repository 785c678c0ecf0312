// A machine for tests: files in memory, a clock of its own, all programs.
import { MemoryFiles } from "./files.ts";
import { type Machine, ProcessTable, type Program } from "./machine.ts";
import { type Process, shellProgram, start } from "./process.ts";
import { PROGRAMS } from "./programs/index.ts";
import type { Dialect } from "./state.ts";
import { Turns } from "./task.ts";

/** A machine whose time passes on request. */
export interface TestMachine extends Machine {
  readonly files: MemoryFiles;
  /** Goes to the next thing that is due; false when nothing is. */
  step(): boolean;
}

/** When the machine's clock says 0. */
export const EPOCH = Date.UTC(2026, 10, 21);

/** Makes a machine with all programs. */
export function testMachine(programs: Readonly<Record<string, Program>> = {}): TestMachine {
  let now = 0;
  let made = 0;
  const due: { readonly at: number; readonly number: number; readonly run: () => void; off: boolean }[] = [];
  const own = new Map(
    Object.entries({ sh: shellProgram("dash"), bash: shellProgram("bash"), dash: shellProgram("dash"), ...programs }),
  );
  return {
    files: new MemoryFiles(new Map(), { directories: ["/tmp", "/root"] }),
    turns: new Turns(),
    processes: new ProcessTable(1),
    hostname: "host",
    user: { name: "root", id: 0, group: "root", groupId: 0 },
    tools: "gnu",
    now: () => now,
    date: () => EPOCH + now,
    later: (ms, run) => {
      const timer = { at: now + ms, number: made++, run, off: false };
      due.push(timer);
      due.sort((a, b) => a.at - b.at || a.number - b.number);
      return () => {
        timer.off = true;
      };
    },
    program: (name) => own.get(name) ?? PROGRAMS.get(name),
    step: () => {
      const next = due.shift();
      if (next === undefined) return false;
      if (!next.off) {
        now = next.at;
        next.run();
      }
      return true;
    },
  };
}

/** The outcome of a script. */
export interface Ran {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number | undefined;
  /** Virtual milliseconds that passed. */
  readonly took: number;
}

/** How a script is run. */
export interface RunScriptOptions {
  readonly dialect?: Dialect;
  readonly machine?: TestMachine;
  readonly first?: boolean;
  /** Virtual milliseconds after which it is left alone. */
  readonly limit?: number;
  /** Called with the process when it was started. */
  readonly started?: (process: Process) => void;
}

/** Runs a script to its end. */
export function runScript(script: string, options: RunScriptOptions = {}): Ran {
  const { dialect = "bash", machine = testMachine(), first = false, limit = 3_600_000 } = options;
  let [stdout, stderr] = ["", ""];
  const env = new Map([
    ["HOME", "/root"],
    ["PATH", "/usr/bin:/bin"],
  ]);
  const process = start({
    machine,
    words: [dialect === "ash" ? "sh" : dialect, "-c", script],
    env,
    cwd: "/root",
    first,
    out: (text) => {
      stdout += text;
    },
    err: (text) => {
      stderr += text;
    },
    done: () => {},
  });
  options.started?.(process);
  while (process.exitCode === undefined && machine.now() < limit) if (!machine.step()) break;
  return { stdout, stderr, status: process.exitCode, took: machine.now() };
}
