// The program in a controller pod: takes a request, finds its backend, and opens a connection of its own to one endpoint.
import {
  type AddonHost,
  type Handler,
  hostOf,
  type IncomingRequest,
  type Outcome,
  type Place,
  type Reply,
} from "../cluster/index.ts";
import { backendText, type Upstream, upstreamsOf } from "./endpoints.ts";
import { find, type Location, type Servers } from "./rules.ts";

/** Where its own health is asked. */
const HEALTH_PORT = 10254;
/** How long nginx tries to connect, and how long it waits for an answer. */
// Models nginx proxy_connect_timeout, proxy_read_timeout, proxy_next_upstream_tries as ingress-nginx sets them
const CONNECT_MS = 5_000;
const READ_MS = 60_000;
const TRIES = 3;

const REASONS: Readonly<Record<number, string>> = {
  308: "Permanent Redirect",
  404: "Not Found",
  502: "Bad Gateway",
  503: "Service Temporarily Unavailable",
  504: "Gateway Time-out",
};

/** A page of nginx' own. */
function page(status: number, because: string, headers: Readonly<Record<string, string>> = {}): Reply {
  const title = `${status} ${REASONS[status] ?? ""}`;
  const lines = [
    "<html>",
    `<head><title>${title}</title></head>`,
    "<body>",
    `<center><h1>${title}</h1></center>`,
    "<hr><center>nginx</center>",
    "</body>",
    "</html>",
    "",
  ];
  return { status, headers: { "content-type": "text/html", ...headers }, body: lines.join("\r\n"), because };
}

/** What the program needs of its surroundings. */
export interface NginxParts {
  readonly host: AddonHost;
  servers(): Servers;
  /** Whether a certificate for the host is there: an Ingress lists it under tls with a Secret of that type. */
  hasCertificate(host: string): boolean;
}

/** Answers for all controller pods. Spec: [INGRESS-3] to [INGRESS-8]. */
export function nginx(parts: NginxParts): Handler {
  const turns = new Map<string, number>();
  return (request, respond) => {
    const { port } = request.destination;
    if (port === HEALTH_PORT) return { status: 200, body: "ok" };
    const host = hostOf(request);
    const own = parts.hasCertificate(host);
    const tls = port === 443 ? { certificate: own ? [host] : [] } : {};
    const [path = "/", query] = request.path.split("?", 2);
    const found = find(parts.servers(), host, path);
    const asked = `${host}${path}`;
    if (found.location === undefined) {
      const why = found.host ? `found no path for ${asked} in any Ingress` : `found no Ingress for the host ${host}`;
      return { ...page(404, `${why}, answered 404`), ...tls };
    }
    const { location } = found;
    if (port !== 443 && own && location.annotations["nginx.ingress.kubernetes.io/ssl-redirect"] !== "false") {
      const headers = { location: `https://${host}${request.path}` };
      return page(308, `redirected ${asked} to https, as Ingress ${location.ingress} has tls for it`, headers);
    }
    const upstreams =
      location.service === undefined ? [] : upstreamsOf(parts.host.informers, location.namespace, location.service);
    const what = `matched ${asked} to Ingress ${location.ingress} (${textOf(location)})`;
    if (upstreams.length === 0 || request.at === undefined)
      return { ...page(503, `${what}, found no ready endpoint of it, answered 503`), ...tls };
    const key = `${request.at.kind === "pod" ? request.at.name : ""} ${location.ingress} ${textOf(location)}`;
    const turn = turns.get(key) ?? parts.host.rng.int(upstreams.length);
    turns.set(key, turn + 1);
    const forwarded = { ...request, host, path: query === undefined ? found.path : `${found.path}?${query}` };
    const done = (reply: Reply) => respond({ ...reply, ...tls });
    new Proxied(parts.host, { request: forwarded, at: request.at, location, what, upstreams, turn, done }).next();
    return undefined;
  };
}

function textOf({ pathType, path, service }: Location): string {
  const where = path === "" ? pathType : `${pathType} ${path}`;
  return `${where} → ${service === undefined ? "no Service" : `Service ${backendText(service)}`}`;
}

interface Proxying {
  readonly request: IncomingRequest;
  readonly at: Place;
  readonly location: Location;
  /** What was matched, in words. */
  readonly what: string;
  readonly upstreams: readonly Upstream[];
  /** Which of them is next. */
  readonly turn: number;
  done(reply: Reply): void;
}

/** One request on its way to a backend; the next endpoint is tried when one does not take it. */
class Proxied {
  readonly #host: AddonHost;
  readonly #of: Proxying;
  #tries = 0;

  constructor(host: AddonHost, of: Proxying) {
    this.#host = host;
    this.#of = of;
  }

  next(): void {
    const { upstreams, turn, at, request } = this.#of;
    const upstream = upstreams[(turn + this.#tries) % upstreams.length];
    if (upstream === undefined) throw new Error("ingress: no endpoint to try");
    this.#tries += 1;
    let over = false;
    const end = (outcome: Outcome) => {
      if (over) return;
      over = true;
      timer.cancel();
      this.#take(outcome);
    };
    let id: number | undefined;
    const timer = this.#host.clock.schedule(CONNECT_MS, () => {
      if (id !== undefined && !this.#isConnected(id)) end({ kind: "timeout", reason: "no connection" });
    });
    const parent = request.exchange === undefined ? undefined : this.#host.trace.exchange(request.exchange);
    id = this.#host.send(
      {
        from: at,
        host: upstream.host,
        port: upstream.port,
        method: request.method,
        path: request.path,
        headers: this.#headers(),
        body: request.body,
        timeoutMs: READ_MS,
        because: this.#because(upstream),
        target: `${upstream.host}:${upstream.port}`,
        ...(parent === undefined ? {} : { parent: parent.id, purpose: parent.purpose }),
      },
      end,
    );
  }

  #because({ host, port }: Upstream): string {
    const { what, upstreams } = this.#of;
    const again = this.#tries > 1 ? "after a failure " : "";
    const of = upstreams.length === 1 ? "its only ready endpoint" : `one of ${upstreams.length} ready endpoints`;
    return `${what}, ${again}chose ${host}:${port}, ${of}, itself, so no Service rule applies`;
  }

  /** Whether the request reached a process: then it is the answer that is waited for. */
  #isConnected(id: number): boolean {
    const { trace } = this.#host;
    const packets = trace.exchange(id)?.packets ?? [];
    return packets.some((packet) => trace.packet(packet)?.hops.some(({ verdict }) => verdict === "delivered"));
  }

  /** As nginx hands a request on: the sender's address travels in a header, because the connection is a new one. Spec: [INGRESS-7]. */
  #headers(): Readonly<Record<string, string>> {
    const { request, location } = this.#of;
    const { host = "", headers, source, destination } = request;
    const told = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
    const scheme = destination.port === 443 ? "https" : "http";
    const before = told["x-forwarded-for"];
    return {
      ...told,
      host: location.annotations["nginx.ingress.kubernetes.io/upstream-vhost"] ?? told.host ?? host,
      "x-real-ip": source.address,
      "x-forwarded-for": source.address,
      "x-forwarded-host": told.host ?? host,
      "x-forwarded-port": String(destination.port),
      "x-forwarded-proto": scheme,
      "x-forwarded-scheme": scheme,
      "x-scheme": scheme,
      ...(before === undefined ? {} : { "x-original-forwarded-for": before }),
    };
  }

  #take(outcome: Outcome): void {
    const { done, upstreams, what } = this.#of;
    switch (outcome.kind) {
      case "answered":
        done({ status: outcome.status, headers: outcome.headers, body: outcome.body });
        return;
      case "unresolved":
        done(page(503, `${what}, could not resolve its name, answered 503`));
        return;
      default:
        if (this.#tries < Math.min(TRIES, upstreams.length)) this.next();
        else if (outcome.kind === "timeout") done(page(504, `${what}, got no answer, answered 504`));
        else done(page(502, `${what}, got no connection, answered 502`));
    }
  }
}
