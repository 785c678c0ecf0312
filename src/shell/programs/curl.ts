// `curl`: one request, in the words of curl 8.
import type { Outcome } from "../../cluster/index.ts";
import { fileName } from "../../kubectl/index.ts";
import { type Program, type ProgramIO, refuse } from "../program.ts";
import { type CurlOptions, optionsOf } from "./curl-options.ts";
import {
  type About,
  certificateFailure,
  type Failure,
  failureOf,
  headerOf,
  headText,
  verboseText,
  writeOutText,
} from "./curl-words.ts";
import { type Answered, send } from "./places.ts";
import { targetOf } from "./url.ts";

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

function finish(
  about: About,
  answer: Answered,
  { options, going, done }: { options: CurlOptions; going: Going; done: (code: number) => void },
): void {
  const { io } = going;
  const { flags } = options;
  const failure = failureOf(about, answer) ?? (flags.has("k") ? undefined : certificateFailure(about, answer));
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
  else if (file !== "/dev/null") io.files.set(fileName(file), text);
}

/** Prints what failed, as -s and -S allow, and gives the exit status. */
function report({ code, text }: Failure, { flags }: CurlOptions, io: ProgramIO): number {
  if (!flags.has("s") || flags.has("S")) io.err(`curl: (${code}) ${text}\n`);
  return code;
}

function writeOut({ values }: CurlOptions, answer: Answered, { code, text, io }: Failure & { io: ProgramIO }): void {
  const format = values.get("w");
  if (format !== undefined) io.out(writeOutText(format, answer, { code, text }));
}
