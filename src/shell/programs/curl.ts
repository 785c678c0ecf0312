// `curl`: one request, in the words of curl 8.
import type { Outcome } from "../../cluster/index.ts";
import { type Program, type ProgramIO, refuse } from "../program.ts";
import { type Answered, send } from "./places.ts";
import { REASONS, type Target, targetOf } from "./url.ts";

interface CurlOptions {
  readonly urls: string[];
  readonly flags: Set<string>;
  readonly values: Map<string, string>;
  readonly headers: Record<string, string>;
}

const LONG: Readonly<Record<string, string>> = {
  verbose: "v",
  "max-time": "m",
  header: "H",
  silent: "s",
  "show-error": "S",
  output: "o",
  "write-out": "w",
  head: "I",
  request: "X",
  data: "d",
  "data-raw": "d",
  location: "L",
  include: "i",
  fail: "f",
  insecure: "k",
  "user-agent": "A",
  url: "url",
};
const VALUED = new Set([
  "m",
  "H",
  "o",
  "w",
  "X",
  "d",
  "A",
  "url",
  "connect-timeout",
  "retry",
  "resolve",
  "retry-delay",
  "interface",
  "u",
]);
const KNOWN = new Set([
  "v",
  "s",
  "S",
  "I",
  "L",
  "i",
  "f",
  "k",
  "g",
  "N",
  "4",
  "no-progress-meter",
  "http1.1",
  "fail-with-body",
  "no-buffer",
  "ipv4",
]);

function optionsOf(words: readonly string[]): CurlOptions | string {
  const options: CurlOptions = { urls: [], flags: new Set(), values: new Map(), headers: {} };
  for (let at = 1; at < words.length; at++) {
    const word = words[at] ?? "";
    if (!word.startsWith("-") || word === "-") {
      options.urls.push(word);
      continue;
    }
    const letters = word.startsWith("--") ? [LONG[word.slice(2)] ?? word.slice(2)] : [...word.slice(1)];
    for (let i = 0; i < letters.length; i++) {
      const letter = letters[i] ?? "";
      if (!VALUED.has(letter)) {
        if (!KNOWN.has(letter)) return word;
        options.flags.add(letter);
        continue;
      }
      const rest = word.startsWith("--") ? "" : letters.slice(i + 1).join("");
      takeValue(options, letter, rest || (words[++at] ?? ""));
      break;
    }
  }
  return options;
}

function takeValue({ urls, values, headers }: CurlOptions, letter: string, value: string): void {
  if (letter === "url") urls.push(value);
  else if (letter === "H") {
    const colon = value.indexOf(":");
    headers[value.slice(0, colon).trim().toLowerCase()] = value.slice(colon + 1).trim();
  } else values.set(letter, value);
}

/** The program. */
export const curl: Program = (words, io) => {
  const options = optionsOf(words);
  if (typeof options === "string")
    return refuse(
      io,
      `curl: option ${options}: is not simulated here, or unknown\ncurl: try 'curl --help' for more information`,
      2,
    );
  if (options.urls.length === 0)
    return refuse(io, "curl: (2) no URL specified\ncurl: try 'curl --help' for more information", 2);
  const rest = [...options.urls];
  let code = 0;
  const next = () => {
    const url = rest.shift();
    if (url === undefined) return io.exit(code);
    request(url, options, { io, redirects: 0 }, (result) => {
      code = result;
      next();
    });
  };
  next();
};

interface Going {
  readonly io: ProgramIO;
  readonly redirects: number;
}

/** A failure: curl's number and its words. */
interface Failure {
  readonly code: number;
  readonly text: string;
}

function request(url: string, options: CurlOptions, going: Going, done: (code: number) => void): void {
  const { io } = going;
  const target = targetOf(url);
  if (target === undefined || (target.scheme !== "http" && target.scheme !== "https")) {
    const text =
      target === undefined
        ? "URL rejected: Malformed input to a URL function"
        : `Protocol "${target.scheme}" not supported`;
    done(report({ code: target === undefined ? 3 : 1, text }, options, io));
    return;
  }
  const { flags, values } = options;
  const body = values.get("d");
  const method = values.get("X") ?? (flags.has("I") ? "HEAD" : body === undefined ? "GET" : "POST");
  const limit = Number(values.get("m") ?? 0) * 1000 || undefined;
  const connectLimit = Number(values.get("connect-timeout") ?? 0) * 1000 || undefined;
  const timeoutMs = limit === undefined || (connectLimit !== undefined && connectLimit < limit) ? connectLimit : limit;
  const host = target.port === (target.scheme === "https" ? 443 : 80) ? target.host : `${target.host}:${target.port}`;
  const headers = { host, "user-agent": values.get("A") ?? "curl/8.23.0", accept: "*/*", ...options.headers };
  const sent = {
    host: target.host,
    port: target.port,
    method,
    path: target.path,
    headers,
    target: url,
    ...(body === undefined ? {} : { body }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  };
  send(io, sent, (answer) => {
    const about = { url, target, method, headers, limited: timeoutMs !== undefined };
    finish(about, answer, { options, going, done });
  });
}

interface About {
  readonly url: string;
  readonly target: Target;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly limited: boolean;
}

function finish(
  about: About,
  answer: Answered,
  { options, going, done }: { options: CurlOptions; going: Going; done: (code: number) => void },
): void {
  const { io } = going;
  const { flags } = options;
  const failure = failureOf(about, answer, flags);
  if (flags.has("v")) io.err(verboseText(about, answer, failure));
  const { outcome } = answer;
  if (failure !== undefined || outcome.kind !== "answered") {
    const code = report(failure ?? { code: 52, text: "Empty reply from server" }, options, io);
    writeOut(options, answer, { code, text: failure?.text ?? "", io });
    done(code);
    return;
  }
  const location = headerOf(outcome.headers, "location");
  if (
    flags.has("L") &&
    outcome.status >= 300 &&
    outcome.status < 400 &&
    location !== undefined &&
    going.redirects < 50
  ) {
    const next = /^https?:\/\//.test(location)
      ? location
      : `http://${about.target.host}:${about.target.port}${location}`;
    request(next, options, { io, redirects: going.redirects + 1 }, done);
    return;
  }
  if ((flags.has("f") || flags.has("fail-with-body")) && outcome.status >= 400) {
    const code = report({ code: 22, text: `The requested URL returned error: ${outcome.status}` }, options, io);
    writeOut(options, answer, { code, text: "", io });
    done(code);
    return;
  }
  deliver(outcome, options, { io, headOnly: about.method === "HEAD" });
  writeOut(options, answer, { code: 0, text: "", io });
  done(0);
}

function deliver(
  outcome: Extract<Outcome, { kind: "answered" }>,
  { flags, values }: CurlOptions,
  { io, headOnly }: { io: ProgramIO; headOnly: boolean },
): void {
  const head = flags.has("i") || flags.has("I") ? headText(outcome) : "";
  const text = head + (headOnly ? "" : outcome.body);
  const file = values.get("o");
  if (file === undefined) io.out(text);
  else if (file !== "/dev/null") io.files.set(file.replace(/^\.\//, ""), text);
}

function headText({ status, headers }: { status: number; headers: Readonly<Record<string, string>> }): string {
  const lines = Object.entries(headers).map(([name, value]) => `${capital(name)}: ${value}\r\n`);
  return `HTTP/1.1 ${status} ${REASONS[status] ?? ""}\r\n${lines.join("")}\r\n`;
}

function capital(name: string): string {
  return name.replace(/(^|-)([a-z])/g, (_, dash: string, letter: string) => dash + letter.toUpperCase());
}

function headerOf(headers: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
}

function failureOf(
  { target, limited }: About,
  { outcome, elapsedMs, delivered }: Answered,
  flags: ReadonlySet<string>,
): Failure | undefined {
  const ms = Math.round(elapsedMs);
  const noConnection = `Failed to connect to ${target.host}:${target.port} after ${ms} ms: Could not connect to server`;
  switch (outcome.kind) {
    case "unresolved":
      return { code: 6, text: `Could not resolve host: ${target.host}` };
    case "refused":
    case "unreachable":
      return { code: 7, text: noConnection };
    case "timeout":
      if (delivered) return { code: 28, text: `Operation timed out after ${ms} milliseconds with 0 bytes received` };
      return { code: 28, text: limited ? `Connection timed out after ${ms} milliseconds` : noConnection };
    case "reset":
      return { code: 56, text: "Recv failure: Connection reset by peer" };
    case "pending":
      return { code: 52, text: "Empty reply from server" };
    case "answered":
      if (target.scheme !== "https" || /:(?:443|6443|8443)$/.test(outcome.endpoint)) return undefined;
      return {
        code: 35,
        text: `TLS connect error: error:0A0000C6:SSL routines::packet length too long${flags.has("k") ? "" : ""}`,
      };
  }
}

/** Prints what failed, as -s and -S allow, and gives the exit status. */
function report({ code, text }: Failure, { flags }: CurlOptions, io: ProgramIO): number {
  if (!flags.has("s") || flags.has("S")) io.err(`curl: (${code}) ${text}\n`);
  return code;
}

function verboseText(
  { target, method, headers }: About,
  { outcome, remote, local, elapsedMs }: Answered,
  failure: Failure | undefined,
): string {
  const address = remote?.address ?? target.host;
  const resolved =
    address !== target.host && remote !== undefined
      ? [`* Host ${target.host}:${target.port} was resolved.`, "* IPv6: (none)", `* IPv4: ${address}`]
      : [];
  const lines =
    outcome.kind === "unresolved"
      ? [`* Could not resolve host: ${target.host}`]
      : [...resolved, `*   Trying ${address}:${target.port}...`];
  if (outcome.kind === "refused")
    lines.push(
      `* connect to ${address} port ${target.port} from ${local?.address ?? ""} port ${local?.port ?? 0} failed: Connection refused`,
    );
  if (outcome.kind === "unreachable")
    lines.push(
      `* connect to ${address} port ${target.port} from ${local?.address ?? ""} port ${local?.port ?? 0} failed: No route to host`,
    );
  if (outcome.kind !== "answered") {
    if (outcome.kind !== "unresolved" && failure !== undefined) lines.push(`* ${failure.text}`);
    return `${[...lines, "* closing connection #0"].join("\n")}\n`;
  }
  void elapsedMs;
  const asked = Object.entries(headers).map(([name, value]) => `> ${capital(name)}: ${value}`);
  const answered = Object.entries(outcome.headers).map(([name, value]) => `< ${capital(name)}: ${value}`);
  lines.push(
    `* Established connection to ${target.host} (${address} port ${target.port}) from ${local?.address ?? ""} port ${local?.port ?? 0} `,
    `> ${method} ${target.path} HTTP/1.1`,
    ...asked,
    "> ",
    "* Request completely sent off",
    `< HTTP/1.1 ${outcome.status} ${REASONS[outcome.status] ?? ""}`,
    ...answered,
    "< ",
    `* Connection #0 to host ${target.host}:${target.port} left intact`,
  );
  return `${lines.join("\n")}\n`;
}

function writeOut(
  { values }: CurlOptions,
  { outcome, remote, local, elapsedMs }: Answered,
  { code, text, io }: Failure & { io: ProgramIO },
): void {
  const format = values.get("w");
  if (format === undefined) return;
  const status = outcome.kind === "answered" ? outcome.status : 0;
  const size = outcome.kind === "answered" ? outcome.body.length : 0;
  const seconds = (elapsedMs / 1000).toFixed(6);
  const variables: Readonly<Record<string, string>> = {
    http_code: String(status).padStart(3, "0"),
    response_code: String(status).padStart(3, "0"),
    remote_ip: remote?.address ?? "",
    remote_port: String(remote?.port ?? 0),
    local_ip: local?.address ?? "",
    local_port: String(local?.port ?? 0),
    time_total: seconds,
    time_connect: seconds,
    size_download: String(size),
    exitcode: String(code),
    errormsg: text,
  };
  io.out(
    format
      .replace(/%\{(\w+)\}/g, (_, name: string) => variables[name] ?? "")
      .replaceAll("\\n", "\n")
      .replaceAll("\\t", "\t"),
  );
}
