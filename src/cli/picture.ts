// `podpath picture FILE -o out.svg`: its options, and what it prints.
import { type Making, makePicture, type Problem } from "../app/canvas/picture/made.ts";

export const USAGE = `usage: podpath picture FILE [-o FILE.svg] [options]

Draws the objects of a manifest as the playground does. FILE may be - for standard input; without -o the picture is
printed.

  -o, --output FILE     where the SVG is written
  --theme light|dark    light by default
  --send WHO [TO]       sends a request and draws its route with numbered stops: --send laptop,
                        --send "laptop 192.168.1.12:30080"
  --size WIDTHxHEIGHT   pixels in which everything must be readable; 1280x820 by default
  --at MS               virtual milliseconds after which it is drawn; 6000 by default
  --title TEXT          what it is called for those who do not see it
  --cloud, --ingress    with a cloud's load balancers, with an ingress controller
`;

/** The files of whoever calls. */
export interface Files {
  read(file: string): string;
  write(file: string, text: string): void;
}

export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

interface Asked {
  readonly file: string;
  readonly output: string | undefined;
  readonly making: Omit<Making, "text">;
}

/** Options with a value, by each of their names. */
const VALUED = new Map([
  ["-o", "output"],
  ["--output", "output"],
  ["--theme", "theme"],
  ["--send", "send"],
  ["--size", "size"],
  ["--at", "at"],
  ["--title", "title"],
]);
const FLAGS = new Map([
  ["--cloud", "cloud"],
  ["--ingress", "ingress"],
]);

class UsageError extends Error {}

/** Draws what the arguments ask for. @throws what `files` throws, never for wrong arguments */
export async function picture(args: readonly string[], files: Files): Promise<Ended> {
  const fail = (code: number, message: string): Ended => ({ code, out: "", err: `podpath picture: ${message}\n` });
  try {
    const { file, output, making } = read(args);
    const made = await makePicture({ ...making, text: files.read(file) });
    if ("problem" in made) return fail(1, `${file}: ${inWords(made.problem)}`);
    if (output === undefined) return { code: 0, out: made.svg, err: "" };
    files.write(output, made.svg);
    return { code: 0, out: "", err: "" };
  } catch (error) {
    if (error instanceof UsageError) return fail(2, `${error.message}\n${USAGE}`);
    if (error instanceof Error && "code" in error) return fail(1, error.message); // a file that can't be read or written
    throw error;
  }
}

function read(args: readonly string[]): Asked {
  const values = new Map<string, string>();
  const flags = new Set<string>();
  const files: string[] = [];
  const rest = args.flatMap((arg) => (/^--[a-z]+=/.test(arg) ? splitAt(arg) : [arg]));
  for (let at = 0; at < rest.length; at++) {
    const arg = rest[at] ?? "";
    const [valued, flag] = [VALUED.get(arg), FLAGS.get(arg)];
    if (valued !== undefined) {
      const value = rest[++at];
      if (value === undefined) throw new UsageError(`${arg} needs a value`);
      values.set(valued, value);
    } else if (flag !== undefined) flags.add(flag);
    else if (arg.startsWith("-") && arg !== "-") throw new UsageError(`there is no option ${arg}`);
    else files.push(arg);
  }
  const [file] = files;
  if (file === undefined || files.length > 1) throw new UsageError(`expected one file, not ${files.length}`);
  const [from, to] = values.get("send")?.trim().split(/\s+/, 2) ?? [];
  const making = {
    settings: Object.fromEntries([...flags].map((each) => [each, true])),
    theme: themeOf(values.get("theme") ?? "light"),
    room: sizeOf(values.get("size") ?? "1280x820"),
    at: timeOf(values.get("at") ?? "6000"),
    title: values.get("title") ?? "A Kubernetes cluster, simulated by Podpath",
    send: from === undefined || from === "" ? undefined : { from, to },
  };
  return { file, output: values.get("output"), making };
}

function splitAt(arg: string): readonly string[] {
  const at = arg.indexOf("=");
  return [arg.slice(0, at), arg.slice(at + 1)];
}

function themeOf(value: string): "light" | "dark" {
  if (value === "light" || value === "dark") return value;
  throw new UsageError(`--theme ${value}: expected light or dark`);
}

function sizeOf(value: string): { width: number; height: number } {
  const [, width, height] = /^(\d{3,4})x(\d{3,4})$/.exec(value) ?? [];
  if (width === undefined) throw new UsageError(`--size ${value}: expected one like 1280x820`);
  return { width: Number(width), height: Number(height) };
}

function timeOf(value: string): number {
  const time = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
  if (time <= 3_600_000) return time;
  throw new UsageError(`--at ${value}: expected milliseconds up to an hour, 3600000`);
}

function inWords(problem: Problem): string {
  switch (problem.kind) {
    case "refused":
      return problem.documents.map((each) => `document ${each}`).join("\n");
    case "sender":
      return `--send ${problem.from}: there is no such sender; there are ${problem.known.join(", ")}`;
    case "target":
      if (problem.to === undefined) return "--send: nothing here can be sent to";
      return `--send ${problem.to}: expected an address or a name with a port, such as 192.168.1.11:30080`;
  }
}
