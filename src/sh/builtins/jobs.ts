// Builtins for what runs beside the shell: jobs, wait, kill, fg, bg.
import type { Job } from "../jobs.ts";
import type { ProgramIO } from "../machine.ts";
import { SIGNALS } from "../machine.ts";
import type { Builtin, Shell } from "../shell.ts";
import { breathe, type Task } from "../task.ts";

const jobs: Builtin = (shell, words, io) => {
  for (const job of shell.jobs.all) io.out(words[1] === "-p" ? `${job.pid}\n` : shell.jobs.line(job));
  for (const job of shell.jobs.all) if (job.status !== undefined) shell.jobs.forget(job);
  return 0;
};

/** Waits until jobs ended, or until a signal comes that has a trap. */
function* ended(shell: Shell, waitFor: readonly Job[], any: boolean): Task<boolean> {
  const over = () =>
    any ? waitFor.some(({ status }) => status !== undefined) : waitFor.every(({ status }) => status !== undefined);
  while (!over()) {
    if (shell.signalled) return false;
    yield (resume) => {
      const stops = [shell.jobs.onEnd(resume), shell.onSignal(resume)];
      return () => {
        for (const stop of stops) stop();
      };
    };
  }
  return true;
}

/** Exit status of `wait` that a signal ended. */
const SIGNALLED = 128;

function* wait(shell: Shell, words: readonly string[], io: ProgramIO): Task<number> {
  const any = words[1] === "-n";
  const names = words.slice(any ? 2 : 1);
  if (names.length === 0) {
    const all = shell.jobs.running;
    if (!(yield* ended(shell, all, any && all.length > 0))) return SIGNALLED + 15;
    const first = all.find(({ status }) => status !== undefined);
    for (const job of shell.jobs.all) if (job.status !== undefined && !shell.interactive) shell.jobs.forget(job);
    return any ? (first?.status ?? 127) : 0;
  }
  let status = 0;
  for (const name of names) {
    const job = shell.jobs.find(name);
    if (job === undefined) {
      const past = shell.jobs.statusOf(Number(name));
      status = past ?? 127;
      if (past === undefined)
        shell.complain(
          name.startsWith("%") ? `wait: ${name}: no such job` : `wait: pid ${name} is not a child of this shell`,
          io,
        );
      continue;
    }
    if (!(yield* ended(shell, [job], false))) return SIGNALLED + 15;
    status = job.status ?? 0;
    if (!shell.interactive) shell.jobs.forget(job);
  }
  return status;
}

function* foreground(shell: Shell, words: readonly string[], io: ProgramIO): Task<number> {
  const [name, which] = words;
  const job =
    which === undefined ? shell.jobs.running.at(-1) : shell.jobs.find(which.startsWith("%") ? which : `%${which}`);
  if (job === undefined || job.status !== undefined) {
    shell.complain(`${name}: ${which ?? "current"}: no such job`, io);
    return 1;
  }
  io.out(`${job.text}\n`);
  try {
    yield* ended(shell, [job], false);
  } finally {
    if (job.status === undefined) job.signal("INT");
    shell.jobs.forget(job);
  }
  return job.status ?? 0;
}

const background: Builtin = (shell, words, io) => {
  const job = words[1] === undefined ? shell.jobs.running.at(-1) : shell.jobs.find(words[1]);
  if (job === undefined) {
    shell.complain(`bg: ${words[1] ?? "current"}: no such job`, io);
    return 1;
  }
  shell.complain(`bg: job ${job.id} already in background`, io);
  return 0;
};

function* kill(shell: Shell, words: readonly string[], io: ProgramIO): Task<number> {
  let rest = words.slice(1);
  let signal = "TERM";
  const [option = ""] = rest;
  if (option === "-l" || option === "-L") {
    io.out(`${[...SIGNALS].map(([name, number]) => `${number}) SIG${name}`).join(" ")}\n`);
    return 0;
  }
  if (option === "-s" || option === "-n") {
    signal = rest[1] ?? "";
    rest = rest.slice(2);
  } else if (option === "--") rest = rest.slice(1);
  else if (option.startsWith("-")) {
    signal = option.slice(1);
    rest = rest.slice(1);
  }
  const name = named(signal);
  if (name === undefined) {
    shell.complain(`kill: ${signal}: invalid signal specification`, io);
    return 1;
  }
  if (rest.length === 0) {
    io.err("kill: usage: kill [-s sigspec | -n signum | -sigspec] pid | jobspec ... or kill -l [sigspec]\n");
    return 2;
  }
  let status = 0;
  for (const word of rest) {
    const fault = send(shell, word, name);
    if (fault !== undefined) {
      shell.complain(`kill: ${fault}`, io);
      status = 1;
    }
  }
  // A shell that ended itself goes no further.
  yield* breathe(shell.machine.turns);
  return status;
}

function named(signal: string): string | undefined {
  if (signal === "0") return "0";
  const name = signal.toUpperCase().replace(/^SIG/, "");
  return SIGNALS.has(name) ? name : [...SIGNALS].find(([, number]) => String(number) === signal)?.[0];
}

/** What is wrong with the word when the signal could not be sent. */
function send(shell: Shell, word: string, name: string): string | undefined {
  const job = shell.jobs.find(word);
  if (word.startsWith("%")) {
    if (job === undefined || job.status !== undefined) return `${word}: no such job`;
    if (name !== "0") job.signal(name);
    return undefined;
  }
  if (!/^-?\d+$/.test(word)) return `${word}: arguments must be process or job IDs`;
  const entry = shell.machine.processes.find(Math.abs(Number(word)));
  if (entry === undefined) return `(${word}) - No such process`;
  if (name !== "0") entry.signal(name);
  return undefined;
}

export const JOB_BUILTINS: Readonly<Record<string, Builtin>> = {
  jobs,
  wait,
  fg: foreground,
  bg: background,
  kill,
  disown: (shell) => {
    for (const job of shell.jobs.all) shell.jobs.forget(job);
    return 0;
  },
};
