// What `curl` prints of a request beside the body, in the words of curl 8.
import { tookTls } from "../../cluster/index.ts";
import type { Answered } from "./places.ts";
import { REASONS, type Target } from "./url.ts";

/** A failure: curl's number and its words. */
export interface Failure {
  readonly code: number;
  readonly text: string;
}

/** The request that was made. */
export interface About {
  readonly url: string;
  readonly target: Target;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly limited: boolean;
}

/** Status line and headers of an answer. */
export function headText({ status, headers }: { status: number; headers: Readonly<Record<string, string>> }): string {
  const lines = Object.entries(headers).map(([name, value]) => `${capital(name)}: ${value}\r\n`);
  return `HTTP/1.1 ${status} ${REASONS[status] ?? ""}\r\n${lines.join("")}\r\n`;
}

function capital(name: string): string {
  return name.replace(/(^|-)([a-z])/g, (_, dash: string, letter: string) => dash + letter.toUpperCase());
}

/** A header, whatever its case. */
export function headerOf(headers: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
}

/** What curl says of an outcome that is no answer; undefined when it is one. */
export function failureOf(
  { target, limited }: About,
  { outcome, elapsedMs, delivered, remote }: Answered,
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
      if (remote === undefined && limited) return { code: 28, text: `Resolving timed out after ${ms} milliseconds` };
      return { code: 28, text: limited ? `Connection timed out after ${ms} milliseconds` : noConnection };
    case "reset":
      if (outcome.closed === true) return { code: 52, text: "Empty reply from server" };
      return { code: 56, text: "Recv failure: Connection reset by peer" };
    case "pending":
      return { code: 52, text: "Empty reply from server" };
    case "answered":
      if (target.scheme !== "https" || tookTls(outcome)) return undefined;
      return { code: 35, text: "TLS connect error: error:0A0000C6:SSL routines::packet length too long" };
  }
}

/** What curl says of the certificate that a TLS port showed; undefined when it is content, or none is simulated. */
export function certificateFailure({ target }: About, { outcome }: Answered): Failure | undefined {
  const names = target.scheme === "https" && outcome.kind === "answered" ? outcome.certificate : undefined;
  if (names === undefined || names.some((name) => isFor(name, target.host.toLowerCase()))) return undefined;
  const what = /^[\d.]+$/.test(target.host) ? "ipv4 address" : "host name";
  const text =
    names.length === 0
      ? "SSL certificate problem: self-signed certificate"
      : `SSL: no alternative certificate subject name matches target ${what} '${target.host}'`;
  return { code: 60, text: `${text}\n${MORE}` };
}

/** Whether a name of a certificate is for a host: `*.` stands for one label. */
function isFor(name: string, host: string): boolean {
  return name.startsWith("*.") ? name.slice(1) === host.slice(host.indexOf(".")) : name === host;
}

const MORE = `More details here: https://curl.se/docs/sslcerts.html

curl failed to verify the legitimacy of the server and therefore could not
establish a secure connection to it. To learn more about this situation and
how to fix it, please visit the webpage mentioned above.`;

/** How a request went over the connections of one curl. */
export interface Way {
  /** Number of the connection, from 0. */
  readonly connection: number;
  readonly reused: boolean;
  /** Whether the connection ends with this request. */
  readonly closes: boolean;
  /** What is said before it: addresses that the command line gave. */
  readonly notes: readonly string[];
}

/** What `-v` tells. */
export function verboseText(about: About, answer: Answered, failure: Failure | undefined, way: Way): string {
  const { target, method, headers } = about;
  const { outcome } = answer;
  const lines = [...way.notes, ...connectLines(about, answer, way)].map((each) => `* ${each}`);
  if (outcome.kind !== "answered") {
    if (outcome.kind !== "unresolved" && failure !== undefined) lines.push(`* ${failure.text}`);
    return `${[...lines, `* closing connection #${way.connection}`].join("\n")}\n`;
  }
  const asked = Object.entries(headers).map(([name, value]) => `> ${capital(name)}: ${value}`);
  const answered = Object.entries(outcome.headers).map(([name, value]) => `< ${capital(name)}: ${value}`);
  lines.push(
    `> ${method} ${target.path} HTTP/1.1`,
    ...asked,
    "> ",
    "* Request completely sent off",
    `< HTTP/1.1 ${outcome.status} ${REASONS[outcome.status] ?? ""}`,
    ...answered,
    "< ",
    way.closes
      ? `* shutting down connection #${way.connection}`
      : `* Connection #${way.connection} to host ${target.host}:${target.port} left intact`,
  );
  return `${lines.join("\n")}\n`;
}

function connectLines({ target }: About, { outcome, remote, local }: Answered, { reused }: Way): string[] {
  if (outcome.kind === "unresolved") return [`Could not resolve host: ${target.host}`];
  if (reused) return [`Reusing existing ${target.scheme}: connection with host ${target.host}`];
  const address = remote?.address ?? target.host;
  const lines =
    address !== target.host && remote !== undefined
      ? [`Host ${target.host}:${target.port} was resolved.`, "IPv6: (none)", `IPv4: ${address}`]
      : [];
  lines.push(`  Trying ${address}:${target.port}...`);
  const from = `from ${local?.address ?? ""} port ${local?.port ?? 0}`;
  if (outcome.kind === "refused")
    lines.push(`connect to ${address} port ${target.port} ${from} failed: Connection refused`);
  if (outcome.kind === "unreachable")
    lines.push(`connect to ${address} port ${target.port} ${from} failed: No route to host`);
  if (outcome.kind === "answered" || outcome.kind === "reset")
    lines.push(`Established connection to ${target.host} (${address} port ${target.port}) ${from} `);
  return lines;
}
