// `curl`: one transfer after another over connections that are kept, in the words of curl 8.
import type { KeepAlive, Outcome } from "../../cluster/index.ts";
import { fileName } from "../../kubectl/index.ts";
import { type Program, type ProgramIO, refuse } from "../program.ts";
import { expandUrl } from "./curl-glob.ts";
import { type CurlOptions, optionsOf } from "./curl-options.ts";
import { prepare } from "./curl-request.ts";
import {
  type About,
  certificateFailure,
  type Failure,
  failureOf,
  headerOf,
  headText,
  verboseText,
  type Way,
} from "./curl-words.ts";
import { writeOutText } from "./curl-write-out.ts";
import { type Answered, send } from "./places.ts";
import { type Target, targetOf } from "./url.ts";

/** The program. */
export const curl: Program = (words, io) => {
  const options = optionsOf(words, (name) => (name === "-" ? io.stdin : io.files.get(fileName(name))));
  if (typeof options === "string")
    return refuse(io, `curl: ${options}\ncurl: try 'curl --help' for more information`, 2);
  if (options.urls.length === 0)
    return refuse(io, "curl: (2) no URL specified\ncurl: try 'curl --help' for more information", 2);
  new Curl(options, io).run();
};

/** One URL, and which of its patterns gave it. */
interface Wanted {
  readonly url: string;
  readonly output: string | undefined;
  readonly number: number;
}

/** One transfer on its way: a URL with its redirects and its retries. */
interface Going {
  readonly wanted: Wanted;
  readonly startedAt: number;
  readonly redirects: number;
  readonly retries: number;
}

const DEFAULT_REDIRECTS = 50;
/** Statuses that are worth another try. */
const TRANSIENT = new Set([408, 429, 500, 502, 503, 504]);

class Curl {
  readonly #options: CurlOptions;
  readonly #io: ProgramIO;
  readonly #client: KeepAlive;
  #connections = 0;
  #code = 0;

  constructor(options: CurlOptions, io: ProgramIO) {
    this.#options = options;
    this.#io = io;
    this.#client = io.cluster.keepAlive();
  }

  run(): void {
    const { urls, outputs, flags } = this.#options;
    const wanted: Wanted[] = [];
    for (const [i, pattern] of urls.entries()) {
      const made = flags.has("g") ? [pattern] : expandUrl(pattern);
      if ("wrong" in made) {
        refuse(this.#io, `curl: (3) ${made.wrong}`, 3);
        return;
      }
      const output = outputs[i] === "" ? (pattern.split("/").at(-1) ?? "") : outputs[i];
      for (const url of made) wanted.push({ url, output, number: wanted.length });
    }
    const next = () => {
      const first = wanted.shift();
      if (first === undefined) this.#io.exit(this.#code);
      else this.#begin(first, next);
    };
    next();
  }

  #begin(wanted: Wanted, next: () => void): void {
    const going: Going = { wanted, startedAt: this.#io.cluster.clock.now, redirects: 0, retries: 0 };
    this.#request(wanted.url, going, (code) => {
      this.#code = code;
      next();
    });
  }

  #request(url: string, going: Going, done: (code: number) => void): void {
    const target = targetOf(url);
    const wrong = wrongIn(target) ?? this.#wrongInterface();
    if (target === undefined || wrong !== undefined) {
      done(this.#report(wrong ?? MALFORMED));
      return;
    }
    const elapsedMs = this.#io.cluster.clock.now - going.startedAt;
    const { request, notes, about } = prepare(this.#options, { url, target, elapsedMs });
    const reused = this.#client.isOpen({ from: this.#io.at.place, ...request });
    if (!reused) this.#connections += 1;
    const closes = this.#closes(about);
    const way: Way = { connection: this.#connections - 1, reused, closes, notes };
    const taken = (answer: Answered) => {
      if (closes) this.#client.close({ from: this.#io.at.place, ...request });
      this.#finish({ about, answer, way, going }, done);
    };
    send(this.#io, request, taken, this.#client);
  }

  /** `--interface` can only name what the machine has. */
  #wrongInterface(): Failure | undefined {
    const wanted = this.#options.values.get("interface")?.replace(/^(if|host)!/, "");
    const own = this.#io.cluster.network.addressOf(this.#io.at.place);
    if (wanted === undefined || wanted === "eth0" || wanted === own) return undefined;
    return { code: 45, text: "bind failed with errno 99: Cannot assign requested address" };
  }

  #closes({ headers }: About): boolean {
    return this.#options.flags.has("0") || headers.connection?.toLowerCase() === "close";
  }

  #finish(
    { about, answer, way, going }: { about: About; answer: Answered; way: Way; going: Going },
    done: (code: number) => void,
  ): void {
    const { flags } = this.#options;
    const { outcome } = answer;
    const certificate = flags.has("k") ? undefined : certificateFailure(about, answer);
    const failure = failureOf(about, answer) ?? certificate ?? this.#statusFailure(outcome);
    if (flags.has("v")) this.#io.err(verboseText(about, answer, failure, way));
    if (this.#retry({ about, going, outcome, failure }, done)) return;
    const location = outcome.kind === "answered" ? redirectOf(outcome, about) : undefined;
    if (failure === undefined && location !== undefined && flags.has("L")) {
      const most = Number(this.#options.values.get("max-redirs") ?? DEFAULT_REDIRECTS);
      if (going.redirects < most) this.#request(location, { ...going, redirects: going.redirects + 1 }, done);
      else done(this.#report({ code: 47, text: `Maximum (${most}) redirects followed` }));
      return;
    }
    if (outcome.kind === "answered" && (failure === undefined || (failure.code === 22 && flags.has("fail-with-body"))))
      this.#deliver(outcome, about, going.wanted);
    const code = failure === undefined ? 0 : this.#report(failure);
    this.#writeOut({ about, answer, way, going }, { code, text: failure?.text ?? "" }, location);
    done(code);
  }

  #statusFailure(outcome: Outcome): Failure | undefined {
    const { flags } = this.#options;
    if (outcome.kind !== "answered" || outcome.status < 400) return undefined;
    if (!flags.has("f") && !flags.has("fail-with-body")) return undefined;
    return { code: 22, text: `The requested URL returned error: ${outcome.status}` };
  }

  /** Begins again what may go better after a while; whether it does. */
  #retry(
    { about, going, outcome, failure }: { about: About; going: Going; outcome: Outcome; failure: Failure | undefined },
    done: (code: number) => void,
  ): boolean {
    const { flags, values } = this.#options;
    const left = Number(values.get("retry") ?? 0) - going.retries;
    const isTransient = outcome.kind === "answered" && TRANSIENT.has(outcome.status);
    const again =
      isTransient ||
      failure?.code === 28 ||
      (failure?.code === 7 && flags.has("retry-connrefused")) ||
      (failure !== undefined && flags.has("retry-all-errors"));
    if (left <= 0 || !again) return false;
    const seconds = Number(values.get("retry-delay") ?? 0) || Math.min(600, 2 ** going.retries);
    const what = isTransient ? "HTTP error" : failure?.code === 28 ? "timeout" : "connection refused";
    if (!flags.has("s"))
      this.#io.err(
        `Warning: Problem: ${what}. Will retry in ${seconds} ${seconds === 1 ? "second" : "seconds"}. ${left} ${left === 1 ? "retry" : "retries"} left.\n`,
      );
    const { clock } = this.#io.cluster;
    const timer = clock.schedule(seconds * 1000, () =>
      this.#request(about.url, { ...going, startedAt: clock.now, retries: going.retries + 1 }, done),
    );
    this.#io.onInterrupt(() => {
      timer.cancel();
      this.#io.exit(130);
    });
    return true;
  }

  #deliver(outcome: Extract<Outcome, { kind: "answered" }>, about: About, { output }: Wanted): void {
    const { flags } = this.#options;
    const { files } = this.#io;
    const head = flags.has("i") || flags.has("I") ? headText(outcome) : "";
    const text = head + (about.method === "HEAD" ? "" : outcome.body);
    if (output === undefined || output === "-") this.#io.out(text);
    else if (output !== "/dev/null") files.set(fileName(output), text);
  }

  /** Prints what failed, as -s and -S allow, and gives the exit status. */
  #report({ code, text }: Failure): number {
    const { flags } = this.#options;
    if (!flags.has("s") || flags.has("S")) this.#io.err(`curl: (${code}) ${text}\n`);
    return code;
  }

  #writeOut(
    { about, answer, way, going }: { about: About; answer: Answered; way: Way; going: Going },
    { code, text }: Failure,
    location: string | undefined,
  ): void {
    const asked = this.#options.values.get("w");
    const format = asked?.startsWith("@") ? this.#io.files.get(fileName(asked.slice(1))) : asked;
    if (format === undefined) return;
    const printed = writeOutText(format, {
      url: about.url,
      number: going.wanted.number,
      method: about.method,
      answer,
      reused: way.reused,
      redirects: going.redirects,
      redirectUrl: location ?? "",
      totalMs: this.#io.cluster.clock.now - going.startedAt,
      code,
      error: text,
    });
    for (const name of printed.unknown) this.#io.err(`curl: unknown --write-out variable: '${name}'\n`);
    this.#io.out(printed.text);
  }
}

/** Where an answer leads to. */
function redirectOf(
  { status, headers }: Extract<Outcome, { kind: "answered" }>,
  { target }: About,
): string | undefined {
  const location = headerOf(headers, "location");
  if (status < 300 || status >= 400 || location === undefined) return undefined;
  if (/^https?:\/\//.test(location)) return location;
  const port = target.port === (target.scheme === "https" ? 443 : 80) ? "" : `:${target.port}`;
  return `${target.scheme}://${target.host}${port}${location}`;
}

const MALFORMED: Failure = { code: 3, text: "URL rejected: Malformed input to a URL function" };

function wrongIn(target: Target | undefined): Failure | undefined {
  if (target === undefined) return MALFORMED;
  if (target.scheme === "http" || target.scheme === "https") return undefined;
  return { code: 1, text: `Protocol "${target.scheme}" not supported` };
}
