// Commands side by side: pipelines, and jobs behind `&`.
import type { AndOr, Command, List } from "./ast.ts";
import { Budget } from "./budget.ts";
import type { Jobs } from "./jobs.ts";
import { type Machine, SIGNALS } from "./machine.ts";
import type { State } from "./state.ts";
import { inputAt, inputOf, outputAt, Pipe, type Streams } from "./streams.ts";
import { drive, type Running, type Task } from "./task.ts";

/** What running things side by side needs of the shell. */
export interface Forking {
  readonly machine: Machine;
  readonly state: State;
  readonly jobs: Jobs;
  readonly streams: Streams;
  readonly interactive: boolean;
  fork(streams: Streams, budget?: Budget): Fork;
}

/** A subshell. */
export interface Fork {
  subshell(list: List): Task<number>;
  /** Runs one command to its end, whatever happens in it. */
  only(command: Command): Task<number>;
  receive(name: string): boolean;
}

/** Runs commands side by side, each reading what the one before it writes. */
export function* runPipes(stages: readonly Command[], shell: Forking): Task<number> {
  const { turns } = shell.machine;
  const statuses: (number | undefined)[] = stages.map(() => undefined);
  const running: Running[] = [];
  let wake: (() => void) | undefined;
  let input: Pipe | undefined;
  for (const [at, stage] of stages.entries()) {
    const output = at === stages.length - 1 ? undefined : new Pipe(turns);
    const streams = new Map(shell.streams);
    if (input !== undefined) streams.set(0, input);
    if (output !== undefined) streams.set(1, output.writer);
    const ended = (status: number) => {
      statuses[at] = status;
      if (statuses.every((each) => each !== undefined)) wake?.();
    };
    const task = runStage(stage, shell.fork(streams), { input, output });
    running.push(drive(turns, task, { done: ended, failed: () => ended(1) }));
    input = output;
  }
  try {
    if (statuses.includes(undefined))
      yield (resume) => {
        wake = resume;
        return undefined;
      };
  } finally {
    for (const each of running) each.stop();
  }
  const found = statuses.map((status) => status ?? 1);
  shell.state.pipeStatus = found;
  if (shell.state.options.has("pipefail")) return found.findLast((status) => status !== 0) ?? 0;
  return found.at(-1) ?? 0;
}

interface Ends {
  readonly input: Pipe | undefined;
  readonly output: Pipe | undefined;
}

function* runStage(stage: Command, fork: Fork, { input, output }: Ends): Task<number> {
  try {
    return yield* fork.only(stage);
  } finally {
    input?.close();
    output?.end();
  }
}

/** Starts commands beside the shell. */
export function startJob(andOr: AndOr, shell: Forking): void {
  const { machine, jobs, state } = shell;
  const streams = new Map(shell.streams);
  if (inputAt(streams).screen || !shell.interactive) streams.set(0, inputOf(""));
  const fork = shell.fork(streams, new Budget());
  const text = andOr.source.replace(/\s+/g, " ");
  const job: { running?: Running } = {};
  const entry = machine.processes.add({
    parent: state.pid,
    text,
    startedAt: machine.now(),
    signal: (name) => {
      if (name !== "KILL" && (fork.receive(name) || name === "CONT" || name === "CHLD")) return;
      job.running?.stop();
      over(128 + (SIGNALS.get(name) ?? 0));
    },
  });
  const added = jobs.add(entry.pid, text, entry.signal);
  const over = (status: number) => {
    machine.processes.remove(entry.pid);
    jobs.end(added, status);
  };
  state.background = entry.pid;
  if (shell.interactive) outputAt(shell.streams, 2).write(`[${added.id}] ${entry.pid}\n`);
  const task = fork.subshell([{ ...andOr, background: false }]);
  job.running = drive(machine.turns, task, { done: over, failed: () => over(1) });
}
