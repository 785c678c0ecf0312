// A request as the process that it reaches sees it, and what its web server adds to the answer.
import { httpDate } from "../sim/time.ts";
import type { PacketInFlight } from "./call.ts";
import type { IncomingRequest, Reply } from "./network.ts";
import type { Place, Protocol } from "./packet.ts";

const NO_HEADERS: Readonly<Record<string, string>> = {};

/** What the process at `at` is handed of a packet that reached it. */
export function incoming({ header, call }: PacketInFlight, protocol: Protocol, at: Place): IncomingRequest {
  const { request } = call;
  return {
    protocol,
    source: { address: header.source, port: header.sourcePort },
    destination: { address: header.destination, port: header.destinationPort },
    method: request.method ?? "GET",
    path: request.path ?? "/",
    headers: request.headers ?? NO_HEADERS,
    body: request.body ?? "",
    host: request.host,
    at,
    exchange: call.id,
    serverName: request.serverName,
  };
}

/** The Host that an HTTP request names, lower case and without its port. */
export function hostOf({ headers, host = "" }: Pick<IncomingRequest, "headers" | "host">): string {
  const given = Object.entries(headers).find(([name]) => name.toLowerCase() === "host")?.[1];
  return (given ?? host).replace(/:\d+$/, "").toLowerCase();
}

type Headers = NonNullable<Reply["headers"]>;

/** Headers remembered at most within one second. */
const MOST_HEADERS = 64;

/**
 * What every web server adds to an answer: the time and the length, before the type of what follows. Answers of the same length
 * and second with the same headers of their own share them. Spec: [IMG-3].
 */
// Models net/http/server.go extraHeader.Write
export class WebServers {
  #second: number | undefined;
  #date = "";
  #size = 0;
  readonly #made = new Map<Headers | undefined, Map<number, Headers>>();

  /** @param second - of the epoch. */
  withHeaders(reply: Reply, second: number): Reply {
    const { headers, body, status, delay, because, certificate } = reply;
    if (status === 0) return reply;
    if (second !== this.#second || this.#size > MOST_HEADERS) this.#begin(second);
    const length = status === 204 || status === 304 ? -1 : bytesOf(body);
    let whole = this.#made.get(headers)?.get(length);
    if (whole === undefined) {
      whole = withDateAndLength(headers, this.#date, length);
      const byLength = this.#made.get(headers) ?? new Map<number, Headers>();
      this.#made.set(headers, byLength.set(length, whole));
      this.#size += 1;
    }
    return { status, headers: whole, body, delay, because, certificate };
  }

  #begin(second: number): void {
    if (second !== this.#second) this.#date = httpDate(second * 1000);
    this.#second = second;
    this.#made.clear();
    this.#size = 0;
  }
}

/** @param length - negative for an answer that has no body. */
function withDateAndLength(headers: Headers | undefined, date: string, length: number): Headers {
  if (headers === undefined) return length < 0 ? { Date: date } : { Date: date, "Content-Length": String(length) };
  const entries = Object.entries(headers);
  const has = (wanted: string) => entries.some(([name]) => name.toLowerCase() === wanted);
  const isType = ([name]: readonly [string, string]) => name.toLowerCase() === "content-type";
  const added = [
    ...(has("date") ? [] : [["Date", date] as const]),
    ...(length < 0 || has("content-length") ? [] : [["Content-Length", String(length)] as const]),
  ];
  const rest = entries.filter((each) => !isType(each));
  return Object.fromEntries([...rest, ...added, ...entries.filter(isType)]);
}

/** How many bytes a text takes in UTF-8. */
function bytesOf(text: string): number {
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 0x80) bytes += code < 0x800 || isSurrogate(code) ? 1 : 2; // a pair of surrogates: four bytes for two letters
  }
  return bytes;
}

function isSurrogate(code: number): boolean {
  return code >= 0xd800 && code < 0xe000;
}
