// `wget`: one request, in the words of busybox.
import type { Outcome } from "../../cluster/index.ts";
import { own, setOwn } from "../../cluster/index.ts";
import { fileName } from "../../kubectl/index.ts";
import { type Program, type ProgramIO, refuse } from "../program.ts";
import { headText } from "./curl-words.ts";
import { send } from "./places.ts";
import { REASONS, targetOf } from "./url.ts";

/** What its words ask for. */
interface Options {
  readonly quiet: boolean;
  readonly spider: boolean;
  readonly shows: boolean;
  readonly output: string | undefined;
  readonly timeoutMs: number | undefined;
  readonly data: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly url: string | undefined;
}

const LONG: Readonly<Record<string, string>> = {
  "--quiet": "-q",
  "--output-document": "-O",
  "--timeout": "-T",
  "--server-response": "-S",
  "--user-agent": "-U",
};
const VALUED = new Set(["-O", "-T", "-U", "-t", "-P", "--header", "--post-data"]);

function optionsOf(words: readonly string[]): Options {
  const values = new Map<string, string>();
  const flags = new Set<string>();
  const headers: Record<string, string> = {};
  let url: string | undefined;
  for (let at = 1; at < words.length; at++) {
    const word = words[at] ?? "";
    if (!word.startsWith("-") || word === "-") {
      url ??= word;
      continue;
    }
    const [long = "", inline] = word.startsWith("--") ? word.split(/=(.*)/s) : [];
    const names = word.startsWith("--") ? [own(LONG, long) ?? long] : [...word.slice(1)].map((letter) => `-${letter}`);
    for (const [i, name] of names.entries()) {
      if (!VALUED.has(name)) {
        flags.add(name);
        continue;
      }
      const value = inline ?? (word.slice(i + 2) || (words[++at] ?? ""));
      if (name === "--header")
        setOwn(headers, value.slice(0, value.indexOf(":")).toLowerCase(), value.slice(value.indexOf(":") + 1).trim());
      else values.set(name, value);
      break;
    }
  }
  return {
    quiet: flags.has("-q"),
    spider: flags.has("--spider"),
    shows: flags.has("-S"),
    output: values.get("-O"),
    timeoutMs: Number(values.get("-T")) * 1000 || undefined,
    data: values.get("--post-data"),
    headers: { "user-agent": values.get("-U") ?? "Wget", ...headers },
    url,
  };
}

/** busybox wget: `-q`, `-O FILE`, `-T SECONDS`, `-S`, `--spider`, `--header`, `--post-data`. */
export const wget: Program = (words, io) => {
  const options = optionsOf(words);
  const { quiet, url, timeoutMs, data } = options;
  const target = url === undefined ? undefined : targetOf(url);
  if (target === undefined) return refuse(io, "Usage: wget [-q] [-O FILE] [-T SEC] URL", 1);
  const { host, port, path } = target;
  const request = {
    host,
    port,
    path,
    headers: { host: port === 80 ? host : `${host}:${port}`, ...options.headers },
    target: url ?? "",
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    ...(data === undefined ? {} : { method: "POST", body: data }),
  };
  send(io, request, ({ outcome, remote }) => {
    const address = remote?.address ?? host;
    if (!quiet && remote !== undefined)
      io.err(`Connecting to ${host}${port === 80 ? "" : `:${port}`} (${address}:${port})\n`);
    if (options.shows && outcome.kind === "answered")
      io.err(`${headText(outcome).replace(/\r/g, "").trimEnd().replace(/^/gm, "  ")}\n`);
    const complaint = wgetComplaint(outcome, host, { address, limited: timeoutMs !== undefined });
    if (complaint !== undefined) return refuse(io, `wget: ${complaint}`, 1);
    deliver(outcome.kind === "answered" ? outcome.body : "", options, io, path);
    io.exit(0);
  });
};

function deliver(body: string, { quiet, spider, output }: Options, io: ProgramIO, path: string): void {
  const say = (text: string) => (quiet ? undefined : io.err(`${text}\n`));
  if (spider) {
    say("remote file exists");
    return;
  }
  const file = output ?? (path.split("?")[0]?.split("/").at(-1) || "index.html");
  const bar = `${file.padEnd(20)} 100% |${"*".repeat(32)}| ${String(body.length).padStart(5)}  0:00:00 ETA`;
  say(file === "-" ? "writing to stdout" : `saving to '${file}'`);
  if (file === "-") io.out(body);
  else if (file !== "/dev/null") io.files.set(fileName(file), body);
  say(bar);
  say(file === "-" ? "written to stdout" : `'${file}' saved`);
}

function wgetComplaint(
  outcome: Outcome,
  host: string,
  { address, limited }: { address: string; limited: boolean },
): string | undefined {
  switch (outcome.kind) {
    case "answered":
      return outcome.status >= 400
        ? `server returned error: HTTP/1.1 ${outcome.status} ${REASONS[outcome.status] ?? ""}`
        : undefined;
    case "unresolved":
      return `bad address '${host}'`;
    case "refused":
      return `can't connect to remote host (${address}): Connection refused`;
    case "unreachable":
      return `can't connect to remote host (${address}): No route to host`;
    case "timeout":
      return limited ? "download timed out" : `can't connect to remote host (${address}): Connection timed out`;
    case "reset":
      return "error getting response: Connection reset by peer";
    case "pending":
      return "error getting response";
  }
}
