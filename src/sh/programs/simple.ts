// Programs that need only time, words and what the machine says of itself: sleep, seq, env, id, hostname, xargs, timeout, yes.

import type { Machine, Program, ProgramIO } from "../machine.ts";
import { breathe, drive, sleep as pause, type Running, type Task } from "../task.ts";
import { formatFloat } from "./format.ts";
import { badOptions, readOptions } from "./options.ts";
import { unknown, xargs } from "./xargs.ts";

const UNITS: ReadonlyMap<string, number> = new Map(Object.entries({ "": 1, s: 1, m: 60, h: 3600, d: 86_400 }));

/** Seconds as `sleep` and `timeout` take them, in milliseconds; undefined when it is no time. */
function durationOf(word: string): number | undefined {
  const match = /^(\d{1,12}(?:\.\d{0,9})?|\.\d{1,9})([smhd]?)$/.exec(word);
  if (match !== null) return Number(match[1]) * (UNITS.get(match[2] ?? "") ?? 1) * 1000;
  return word === "infinity" || word === "inf" ? Number.POSITIVE_INFINITY : undefined;
}

function* sleep(words: readonly string[], io: ProgramIO): Task<number> {
  const busybox = io.machine.tools === "busybox";
  if (words.length === 1) {
    io.err(
      busybox ? "BusyBox: usage: sleep [N]...\n" : "sleep: missing operand\nTry 'sleep --help' for more information.\n",
    );
    return 1;
  }
  let total = 0;
  for (const word of words.slice(1)) {
    const ms = durationOf(word);
    if (ms === undefined) {
      io.err(
        busybox
          ? `sleep: invalid number '${word}'\n`
          : `sleep: invalid time interval '${word}'\nTry 'sleep --help' for more information.\n`,
      );
      return 1;
    }
    total += ms;
  }
  yield* long(io.machine, total);
  return 0;
}

/** What one wait may take on the clock, some thirty years; longer ones are several. */
const LONGEST_MS = 1_000_000_000_000;

function* long(machine: Machine, ms: number): Task<void> {
  let left = ms;
  for (; left > LONGEST_MS; left -= LONGEST_MS) yield* pause(machine, LONGEST_MS);
  yield* pause(machine, left);
}

/** `timeout TIME COMMAND`: ends the command with status 124 when its time is over. */
function* timeout(words: readonly string[], io: ProgramIO): Task<number> {
  const options = readOptions(words, {
    flags: "fvp",
    valued: "ks",
    long: { signal: "s", "kill-after": "k", foreground: "f", "preserve-status": "p", verbose: "v" },
    strict: true,
  });
  if (options.fault !== undefined) return badOptions("timeout", options, io, 125);
  const [limit, ...command] = options.rest;
  if (limit === undefined || command.length === 0) {
    io.err("Try 'timeout --help' for more information.\n");
    return 125;
  }
  const ms = durationOf(limit);
  if (ms === undefined) {
    io.err(`timeout: invalid time interval '${limit}'\nTry 'timeout --help' for more information.\n`);
    return 125;
  }
  const result: { status?: number; error?: unknown } = {};
  let running: Running | undefined;
  let cancel = () => {};
  try {
    yield (resume) => {
      if (ms > 0)
        cancel = io.machine.later(ms, () => {
          running?.stop();
          result.status ??=
            options.values.get("s")?.replace(/^SIG/, "") === "KILL" ? 137 : io.machine.tools === "busybox" ? 143 : 124;
          resume();
        });
      running = drive(io.machine.turns, io.run(command), {
        done: (status) => {
          result.status ??= status;
          resume();
        },
        failed: (error) => {
          result.error = error;
          resume();
        },
      });
      return undefined;
    };
  } finally {
    cancel();
    running?.stop();
  }
  if (result.error !== undefined) throw result.error;
  return result.status ?? 0;
}

/** `env [-i] [NAME=VALUE]… [COMMAND]`. */
function* env(words: readonly string[], io: ProgramIO): Task<number> {
  const options = readOptions(words, {
    flags: "i0v",
    valued: "uCS",
    long: { "ignore-environment": "i", unset: "u", null: "0" },
    strict: true,
  });
  if (options.fault !== undefined) return badOptions("env", options, io, 125);
  const found = new Map(options.flags.has("i") || options.rest[0] === "-" ? [] : io.env);
  for (const name of options.all("u")) found.delete(name);
  const rest = options.rest[0] === "-" ? options.rest.slice(1) : options.rest;
  let at = 0;
  for (; /^[^=]+=/.test(rest[at] ?? ""); at++) {
    const word = rest[at] ?? "";
    found.set(word.slice(0, word.indexOf("=")), word.slice(word.indexOf("=") + 1));
  }
  if (at < rest.length) {
    const missing = unknown("env", rest[at] ?? "", io);
    return missing ?? (yield* io.run(rest.slice(at), { env: found, builtins: false }));
  }
  const end = options.flags.has("0") ? "\0" : "\n";
  io.out(Array.from(found, ([name, value]) => `${name}=${value}${end}`).join(""));
  return 0;
}

const printenv: Program = (words, io) => {
  const names = words.slice(1).filter((word) => !word.startsWith("-"));
  if (names.length === 0) io.out(Array.from(io.env, ([name, value]) => `${name}=${value}\n`).join(""));
  let status = 0;
  for (const name of names) {
    const value = io.env.get(name);
    if (value === undefined) status = 1;
    else io.out(`${value}\n`);
  }
  return status;
};

const id: Program = (words, io) => {
  const { user } = io.machine;
  const flags = words.slice(1).join("");
  if (flags.includes("u")) io.out(`${flags.includes("n") ? user.name : user.id}\n`);
  else if (/g/i.test(flags)) io.out(`${flags.includes("n") ? user.group : user.groupId}\n`);
  else {
    const named = (number: number, name: string) => (name === "" ? String(number) : `${number}(${name})`);
    const group = named(user.groupId, user.group);
    io.out(`uid=${named(user.id, user.name)} gid=${group} groups=${group}\n`);
  }
  return 0;
};

const whoami: Program = (_words, io) => {
  const { user } = io.machine;
  if (user.name !== "") io.out(`${user.name}\n`);
  else io.err(`whoami: cannot find name for user ID ${user.id}: No such file or directory\n`);
  return user.name === "" ? 1 : 0;
};

const uname: Program = (words, io) => {
  const flags = words.slice(1).join("");
  const all = flags.includes("a");
  const parts: [string, string][] = [
    ["s", "Linux"],
    ["n", io.machine.hostname],
    ["r", "6.1.0"],
    ["v", "#1 SMP"],
    ["m", "x86_64"],
    ["o", "GNU/Linux"],
  ];
  const shown = parts.filter(([letter]) => all || flags.includes(letter) || (flags === "" && letter === "s"));
  io.out(`${shown.map(([, text]) => text).join(" ")}\n`);
  return 0;
};

const hostname: Program = (words, io) => {
  const short = words.includes("-s");
  io.out(`${short ? (io.machine.hostname.split(".", 1)[0] ?? "") : io.machine.hostname}\n`);
  return 0;
};

/** `seq [-s SEPARATOR] [-w] [FIRST [STEP]] LAST`. */
function* seq(words: readonly string[], io: ProgramIO): Task<number> {
  const numeric = words.map((word) => (/^-(?:\d|\.\d)/.test(word) ? ` ${word}` : word));
  const options = readOptions(numeric, {
    flags: "w",
    valued: "sf",
    long: { separator: "s", "equal-width": "w", format: "f" },
  });
  if (options.fault !== undefined) return badOptions("seq", options, io);
  const given = options.rest.map((word) => word.trim());
  const wrong = given.find((word) => !/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(word));
  if (wrong !== undefined || given.length === 0 || given.length > 3) {
    io.err(
      wrong !== undefined
        ? `seq: invalid floating point argument: '${wrong}'\n`
        : given.length === 0
          ? "seq: missing operand\n"
          : `seq: extra operand '${given[3]}'\n`,
    );
    io.err("Try 'seq --help' for more information.\n");
    return 1;
  }
  const last = Number(given.at(-1));
  const first = given.length > 1 ? Number(given[0]) : 1;
  const step = given.length > 2 ? Number(given[1]) : 1;
  if (step === 0) {
    io.err(`seq: invalid Zero increment value: '${given[1]}'\nTry 'seq --help' for more information.\n`);
    return 1;
  }
  const places = Math.max(...given.slice(0, 2).map((word) => word.split(".")[1]?.length ?? 0), 0);
  const shown = (value: number) => formatFloat(value, { flags: "", width: 0, precision: places, letter: "f" });
  const count = Math.floor((last - first) / step + 1e-9) + 1;
  const width = options.flags.has("w") ? Math.max(shown(first).length, shown(last).length) : 0;
  const separator = options.values.get("s") ?? "\n";
  let text = "";
  for (let at = 0; at < count; at++) {
    const number = shown(first + at * step);
    text +=
      (at > 0 ? separator : "") +
      (number.startsWith("-") ? `-${number.slice(1).padStart(width - 1, "0")}` : number.padStart(width, "0"));
    if (text.length > 65_536) {
      io.out(text);
      text = "";
      yield* breathe(io.machine.turns);
    }
  }
  if (count > 0) io.out(`${text}\n`);
  return 0;
}

/** `yes`: writes forever, in portions, so that its reader has a turn. */
function* yes(words: readonly string[], io: ProgramIO): Task<number> {
  const portion = `${words.slice(1).join(" ") || "y"}\n`.repeat(512);
  for (;;) {
    io.out(portion);
    yield* pause(io.machine, 1);
  }
}

const which: Program = (words, io) => {
  let status = 0;
  for (const name of words.slice(1).filter((word) => !word.startsWith("-"))) {
    if (io.machine.program(name) === undefined) status = 1;
    else io.out(`/usr/bin/${name}\n`);
  }
  return status;
};

/** `ps`, in any of its forms: the processes that the machine knows. */
const ps: Program = (_words, io) => {
  const { machine } = io;
  if (machine.tools === "busybox") {
    io.out("PID   USER     TIME  COMMAND\n");
    for (const { pid, text } of machine.processes.list())
      io.out(`${String(pid).padStart(5)} ${machine.user.name.padEnd(8)} 0:00 ${text}\n`);
    return 0;
  }
  io.out("    PID TTY          TIME CMD\n");
  for (const { pid, text } of machine.processes.list())
    io.out(`${String(pid).padStart(7)} ?        00:00:00 ${text}\n`);
  return 0;
};

function* prefixed(words: readonly string[], io: ProgramIO): Task<number> {
  const rest = words.slice(1);
  return rest.length === 0 ? 0 : yield* io.run(rest);
}

export const SIMPLE_PROGRAMS: Readonly<Record<string, Program>> = {
  sleep,
  usleep: function* (words, io) {
    yield* pause(io.machine, Number(words[1] ?? 0) / 1000 || 0);
    return 0;
  },
  timeout,
  env,
  printenv,
  id,
  whoami,
  uname,
  hostname,
  seq,
  yes,
  xargs,
  which,
  ps,
  nohup: prefixed,
  setsid: prefixed,
  sync: () => 0,
  clear: (_words, io) => {
    if (io.screen) io.out("\u001b[H\u001b[2J");
    return 0;
  },
  nproc: (_words, io) => {
    io.out("2\n");
    return 0;
  },
  tty: (_words, io) => {
    io.out("not a tty\n");
    return 1;
  },
};
