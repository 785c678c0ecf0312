// The echo server of the Gateway API's conformance tests: says what it was asked, as JSON, and logs every request.
import {
  type Handler,
  type IncomingRequest,
  own,
  type Reply,
  type Surroundings,
  textReply,
} from "../../cluster/index.ts";

const H2C_PORT = 3001;
const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** Answers as the server does; `write` takes its log. Spec: [IMG-9]. */
// Models gateway-api-conformance-images/echo-basic
export function echoBasic(surroundings: Surroundings, write: (line: string) => void): Handler {
  return (request) => {
    const { source, destination, serverName } = request;
    if (destination.port === H2C_PORT && !request.headers["content-type"]?.startsWith("application/grpc"))
      return textReply("400 Bad Request", 400);
    const [path = "/", query = ""] = request.path.replace(/^\/{2,}/, "/").split("?", 2);
    if (path === "/health") return textReply("OK");
    const status = /^\/status\/(.*)$/.exec(path)?.[1];
    if (status !== undefined)
      return /^[1-5]\d\d$/.test(status) ? textReply("", Number(status)) : textReply("invalid status", 400);
    write(`Echoing back request made to ${request.path} to client (${source.address}:${source.port})\n`);
    const delay = delayOf(new URLSearchParams(query).get("delay"));
    if (delay === undefined) return textReply("invalid delay", 500);
    const tls = serverName === undefined ? {} : { tls: { version: "TLSv1.3", serverName } };
    const body = { ...seen(request, surroundings), ...tls };
    const headers = { ...setHeaders(request), "Content-Type": "application/json", "X-Content-Type-Options": "nosniff" };
    const reply: Reply = { status: 200, headers, body: `${JSON.stringify(body, null, 1)}\n` };
    return delay === 0 ? reply : { ...reply, delay };
  };
}

function seen(request: IncomingRequest, { env }: Surroundings): object {
  const named = Object.entries(request.headers).map(([name, value]) => [canonical(name), [value]] as const);
  const { host } = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
  return {
    path: request.path,
    host: host ?? request.host ?? "",
    method: request.method,
    proto: "HTTP/1.1",
    headers: Object.fromEntries(named.filter(([name]) => name !== "Host")),
    httpPort: "3000",
    namespace: own(env, "NAMESPACE") ?? "",
    ingress: "",
    service: "",
    pod: own(env, "POD_NAME") ?? "",
  };
}

/** `X-Echo-Set-Header: Name:value,Name:value` asks for headers of the answer. */
function setHeaders({ headers }: IncomingRequest): Readonly<Record<string, string>> {
  const asked = Object.entries(headers).find(([name]) => name.toLowerCase() === "x-echo-set-header")?.[1] ?? "";
  const set = new Map<string, string>();
  for (const part of asked.split(",")) {
    const at = part.indexOf(":");
    if (at <= 0) continue;
    const name = part.slice(0, at).trim();
    const before = set.get(name);
    set.set(name, before === undefined ? part.slice(at + 1).trim() : `${before},${part.slice(at + 1).trim()}`);
  }
  return Object.fromEntries(set);
}

/** A duration as Go writes it, in milliseconds; undefined when it is none. */
function delayOf(text: string | null): number | undefined {
  if (text === null || text === "") return 0;
  if (!/^(?:\d{1,6}(?:\.\d{1,3})?(?:ms|s|m|h)){1,4}$/.test(text)) return undefined;
  return [...text.matchAll(/([\d.]+)(ms|s|m|h)/g)].reduce(
    (sum, [, count, unit = ""]) => sum + Number(count) * (own(UNITS, unit) ?? 0),
    0,
  );
}

/** `x-forwarded-for` → `X-Forwarded-For`. */
// Models net/textproto CanonicalMIMEHeaderKey
export function canonical(name: string): string {
  return name.toLowerCase().replace(/(?:^|-)[a-z]/g, (start) => start.toUpperCase());
}
