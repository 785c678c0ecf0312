// `nc`: whether a port takes connections, and lines of text over TCP or UDP.
import type { Outcome } from "../../cluster/index.ts";
import { own } from "../../cluster/index.ts";
import { type Program, refuse } from "../program.ts";
import { headText } from "./curl-words.ts";
import { type Answered, flavourOf, send } from "./places.ts";

interface Asked {
  readonly host: string;
  readonly port: string;
  readonly udp: boolean;
  readonly verbose: boolean;
  readonly limited: boolean;
}

/** How long a look at a UDP port waits for an error. */
const UDP_LOOK_MS = 3_000;
const USAGE = "usage: nc [-uvz] [-w SECONDS] HOST PORT";

export const nc: Program = (words, io) => {
  const waitAt = words.findIndex((word) => /^-\w*w$/.test(word));
  const attached = words.map((word) => /^-w(\d+)$/.exec(word)?.[1]).find((each) => each !== undefined);
  const seconds = Number(attached ?? (waitAt < 0 ? 0 : words[waitAt + 1]));
  const [host, port] = words.slice(1).filter((word, i) => !word.startsWith("-") && i !== waitAt);
  if (words.some((word) => /^-\w*l/.test(word))) return refuse(io, "nc: listening is not simulated here", 1);
  if (host === undefined || !/^\d{1,5}$/.test(port ?? "")) return refuse(io, USAGE, 1);
  const has = (letter: string) => words.some((word) => new RegExp(`^-[a-z]*${letter}`).test(word));
  const asked: Asked = { host, port: port ?? "", udp: has("u"), verbose: has("v"), limited: seconds > 0 };
  const look = has("z");
  const protocol = asked.udp ? ("UDP" as const) : ("TCP" as const);
  const limit = seconds > 0 ? seconds * 1000 : look && asked.udp ? UDP_LOOK_MS : undefined;
  const said = look ? {} : readRequest(io.stdin);
  const request = { host, port: Number(port), protocol, target: `${host}:${port}`, ...said };
  send(io, { ...request, ...(limit === undefined ? {} : { timeoutMs: limit }) }, (answer) => {
    const words = flavourOf(io) === "gnu" ? openbsd(asked, answer) : busybox(asked, answer);
    const took = isTaken(asked, answer);
    if (words !== undefined && (asked.verbose || (!took && !asked.udp))) io.err(`${words}\n`);
    if (!look && answer.outcome.kind === "answered") io.out(replyText(answer.outcome, io.stdin));
    io.exit(took ? 0 : 1);
  });
};

/** A UDP port that says nothing counts as open: only an error tells that it is not. */
function isTaken({ udp }: Asked, { outcome, delivered }: Answered): boolean {
  if (outcome.kind === "answered") return true;
  return outcome.kind === "timeout" && (udp || delivered);
}

/** A request of HTTP typed by hand, or plain text. */
function readRequest(text: string): { method?: string; path?: string; headers?: Record<string, string>; body: string } {
  const [head = "", ...rest] = text.split(/\r?\n\r?\n/);
  const [first = "", ...lines] = head.split(/\r?\n/);
  const match = /^([A-Z]+) (\S+) HTTP\/1\.[01]$/.exec(first);
  if (match === null) return { body: text };
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(":")).toLowerCase(), line.slice(line.indexOf(":") + 1).trim()]),
  );
  return { method: match[1] ?? "GET", path: match[2] ?? "/", headers, body: rest.join("\n\n") };
}

function replyText(outcome: Extract<Outcome, { kind: "answered" }>, asked: string): string {
  return / HTTP\/1\.[01]\r?\n/.test(asked) ? headText(outcome) + outcome.body : outcome.body;
}

function busybox({ host, port, limited }: Asked, { outcome, remote }: Answered): string | undefined {
  const where = `${host} (${remote?.address ?? host}:${port})`;
  switch (outcome.kind) {
    case "answered":
      return `${where} open`;
    case "unresolved":
      return `nc: bad address '${host}'`;
    case "refused":
      return `nc: ${where}: Connection refused`;
    case "unreachable":
      return `nc: ${where}: No route to host`;
    case "timeout":
      return `nc: ${where}: ${limited ? "Operation timed out" : "Connection timed out"}`;
    default:
      return undefined;
  }
}

// Models netcat-openbsd 1.2x
function openbsd(asked: Asked, answer: Answered): string | undefined {
  const { host, port, udp, limited } = asked;
  const { outcome, remote } = answer;
  const protocol = udp ? "udp" : "tcp";
  const named = remote === undefined || remote.address === host ? host : `${host} (${remote.address})`;
  if (isTaken(asked, answer))
    return `Connection to ${named} ${port} port [${protocol}/${own(KNOWN_PORTS, port) ?? "*"}] succeeded!`;
  const failed = `nc: connect to ${named} port ${port} (${protocol})`;
  switch (outcome.kind) {
    case "unresolved":
      return `nc: getaddrinfo for host "${host}" port ${port}: Name or service not known`;
    case "refused":
      return udp ? undefined : `${failed} failed: Connection refused`;
    case "unreachable":
      return `${failed} failed: No route to host`;
    case "timeout":
      return limited ? `${failed} timed out: Operation now in progress` : `${failed} failed: Connection timed out`;
    default:
      return undefined;
  }
}

/** Names of /etc/services. */
const KNOWN_PORTS: Readonly<Record<string, string>> = {
  22: "ssh",
  53: "domain",
  80: "http",
  443: "https",
  3306: "mysql",
  5432: "postgresql",
  6379: "redis",
  8080: "http-alt",
};
