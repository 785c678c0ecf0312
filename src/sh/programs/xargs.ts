// `xargs`: words of its input as arguments of a command.
import type { ProgramIO } from "../machine.ts";
import { inputOf } from "../streams.ts";
import type { Task } from "../task.ts";
import { badOptions, readOptions } from "./options.ts";

/** The status of a program that cannot be started because it is not there, which is said; undefined when it is. */
export function unknown(name: string, command: string, io: ProgramIO): number | undefined {
  const there = command.includes("/")
    ? io.files.stat(command) !== undefined || /^\/(?:usr\/)?bin\//.test(command)
    : io.machine.program(command) !== undefined;
  if (there) return undefined;
  io.err(`${name}: ${name === "env" ? `'${command}'` : command}: No such file or directory\n`);
  return 127;
}

/** `xargs [-n N] [-I MARK] [-0] [-d SIGN] [-r] [-t] COMMAND`. */
export function* xargs(words: readonly string[], io: ProgramIO): Task<number> {
  const long = {
    "max-args": "n",
    "max-lines": "L",
    replace: "I",
    null: "0",
    delimiter: "d",
    "no-run-if-empty": "r",
    verbose: "t",
    "max-procs": "P",
  };
  const options = readOptions(words, { flags: "0rtx", valued: "nILdPsE", long, strict: true });
  if (options.fault !== undefined) return badOptions("xargs", options, io);
  const { values, flags } = options;
  const command = options.rest.length === 0 ? ["echo"] : options.rest;
  const mark = values.get("I");
  const size = values.get("n") ?? values.get("L");
  if (size !== undefined && !/^[1-9]\d{0,8}$/.test(size)) {
    io.err(`xargs: invalid number "${size}" for -n option\n`);
    return 1;
  }
  const text = yield* io.stdin.rest();
  const items = itemsOf(text, {
    zero: flags.has("0"),
    delimiter: values.get("d"),
    lines: mark !== undefined || values.has("L"),
  });
  if (items === undefined) {
    io.err("xargs: unmatched single quote; by default quotes are special to xargs unless you use the -0 option\n");
    return 1;
  }
  const batches: string[][] = [];
  if (mark !== undefined) for (const item of items) batches.push(command.map((word) => word.replaceAll(mark, item)));
  else {
    const most = Number(size ?? 5_000);
    for (let at = 0; at < items.length; at += most) batches.push([...command, ...items.slice(at, at + most)]);
    if (items.length === 0 && !flags.has("r") && io.machine.tools === "gnu") batches.push([...command]);
  }
  let worst = 0;
  for (const batch of batches) {
    const missing = unknown("xargs", batch[0] ?? "", io);
    if (missing !== undefined) return missing;
    if (flags.has("t")) io.err(`${batch.join(" ")}\n`);
    const status = yield* io.run(batch, { stdin: inputOf(""), builtins: false });
    if (status === 255) {
      io.err(`xargs: ${batch[0]}: exited with status 255; aborting\n`);
      return 124;
    }
    if (status === 127 || status === 126) return status;
    if (status !== 0) worst = 123;
  }
  return worst;
}

/** The words that xargs reads; undefined when a quote is open. */
function itemsOf(
  text: string,
  how: { zero: boolean; delimiter: string | undefined; lines: boolean },
): string[] | undefined {
  const sign = how.zero
    ? "\0"
    : how.delimiter === undefined
      ? undefined
      : how.delimiter.replace(/^\\n$/, "\n").replace(/^\\t$/, "\t").replace(/^\\0$/, "\0");
  if (sign !== undefined) {
    const items = text.split(sign);
    if (items.at(-1) === "") items.pop();
    return items;
  }
  const items: string[] = [];
  let open: string | undefined;
  for (let at = 0; at < text.length; at++) {
    const each = text[at] ?? "";
    if (each === "'" || each === '"') {
      const end = text.indexOf(each, at + 1);
      if (end < 0) return undefined;
      open = (open ?? "") + text.slice(at + 1, end);
      at = end;
    } else if (each === "\\" && at + 1 < text.length) open = (open ?? "") + text[++at];
    else if (each === "\n" || (!how.lines && /\s/.test(each))) {
      if (open !== undefined) items.push(open);
      open = undefined;
    } else if (open !== undefined || !/\s/.test(each)) open = (open ?? "") + each;
  }
  if (open !== undefined) items.push(open);
  return items;
}
