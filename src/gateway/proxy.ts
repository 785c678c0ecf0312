// The program in a gateway pod: takes a request, finds its route, and opens a connection of its own to one endpoint.
import {
  type AddonHost,
  type Handler,
  hostOf,
  type IncomingRequest,
  type Outcome,
  own,
  type Place,
  type Reply,
} from "../cluster/index.ts";
import { readyEndpoints } from "../ingress/index.ts";
import type { BackendReference, Filter, Mirror } from "./api.ts";
import { corsHeaders, isPreflight } from "./cors.ts";
import { type Headers, locationOf, modified, rewritten } from "./filters.ts";
import { backendOf } from "./references.ts";
import { type Entry, entryFor, listenerFor, type Served, type Table } from "./table.ts";
import { Turns } from "./turns.ts";

/** How long it tries to connect. */
// Models envoy cluster.connect_timeout as Envoy Gateway sets it
const CONNECT_MS = 10_000;

/** What the program needs of its surroundings. */
export interface ProxyParts {
  readonly host: AddonHost;
  /** What is served now. */
  table(): Table;
}

/** What a request has come to so far. */
interface Asked {
  readonly request: IncomingRequest;
  readonly host: string;
  readonly path: string;
  readonly query: string | undefined;
  readonly headers: Headers;
  readonly scheme: "http" | "https";
}

type Done = (reply: Reply) => void;

/** Answers for one gateway pod. Spec: [GW-6] [GW-11] to [GW-17]. */
export function proxy({ host, table }: ProxyParts): Handler {
  const turns = new Turns();
  return (request, respond) => {
    const listeners = table().get(request.destination.port) ?? [];
    if (listeners[0]?.listener.protocol === "HTTP") return plain(listeners, request, respond);
    const name = (request.serverName ?? hostOf(request)).toLowerCase();
    const served = listenerFor(listeners, name);
    if (served === undefined) return cut(`no listener has the server name ${name || "(none)"}`);
    return served.listener.protocol === "TLS"
      ? stream(served, name, request, respond)
      : secure(listeners, served, request, respond);
  };

  function plain(listeners: readonly Served[], request: IncomingRequest, respond: Done): Reply | undefined {
    const asked = askedOf(request, "http");
    const served = listenerFor(listeners, asked.host);
    if (served === undefined) return nowhere(asked, `found no listener for the host ${asked.host}`);
    return new Answering({ host, turns, served, asked, respond }).begin();
  }

  /** TLS ends here; the host of the request must lead to the same listener as the name in the greeting. Spec: [GW-6]. */
  function secure(
    listeners: readonly Served[],
    served: Served,
    request: IncomingRequest,
    respond: Done,
  ): Reply | undefined {
    const asked = askedOf(request, "https");
    const certificate = served.certificate ?? [];
    const others = listeners.filter(({ listener }) => listener.protocol === "HTTPS");
    const best = listenerFor(others, asked.host);
    if (best === undefined) return { ...nowhere(asked, `found no listener for the host ${asked.host}`), certificate };
    if (best !== served) {
      const why = `the connection was opened for listener ${served.listener.name}, and ${asked.host} belongs to ${best.listener.name}`;
      return { ...page(421, `${why}, answered 421`), certificate };
    }
    const reply = new Answering({
      host,
      turns,
      served,
      asked,
      respond: (each) => respond({ ...each, certificate }),
    }).begin();
    return reply && { ...reply, certificate };
  }

  /** A stream of bytes that is passed on by the name in its greeting alone. Spec: [GW-17]. */
  function stream(served: Served, name: string, request: IncomingRequest, respond: Done): Reply | undefined {
    const asked = { host: name, method: "", path: "/", query: undefined, headers: {} };
    const entry = entryFor(served, asked);
    if (entry === undefined) return cut(`no TLSRoute has the server name ${name}`);
    return new Answering({ host, turns, served, asked: askedOf(request, "https"), respond }).pass(entry, name);
  }
}

function askedOf(request: IncomingRequest, scheme: Asked["scheme"]): Asked {
  const [path = "/", query] = splitOnce(request.path);
  const named = Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value] as const);
  return { request, host: hostOf(request), path, query, headers: Object.fromEntries(named), scheme };
}

function splitOnce(text: string): readonly [string, string | undefined] {
  const at = text.indexOf("?");
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

function page(status: number, because: string, headers: Headers = {}): Reply {
  return { status, headers: { ...headers, server: "podpath" }, body: "", because };
}

function cut(reason: string): Reply {
  return { status: 0, body: "", cut: reason };
}

/** What nothing matched. */
function nowhere(asked: Asked, why: string): Reply {
  return isCall(asked) ? failedCall(UNIMPLEMENTED, why) : page(404, `${why}, answered 404`);
}

// Models grpc codes
const UNIMPLEMENTED = 12;
const UNAVAILABLE = 14;

/** Whether a request is a call of gRPC. */
function isCall({ headers }: Asked): boolean {
  return headers["content-type"]?.startsWith("application/grpc") === true;
}

function failedCall(status: number, because: string): Reply {
  const headers = { "content-type": "application/grpc", "grpc-status": String(status) };
  return { status: 200, headers, body: "", because: `${because}, answered gRPC status ${status}` };
}

interface Task {
  readonly host: AddonHost;
  readonly turns: Turns;
  readonly served: Served;
  readonly asked: Asked;
  readonly respond: Done;
}

/** Where a request goes, and as what. */
interface Going {
  readonly backend: string;
  readonly address: string;
  readonly port: number;
  readonly path: string;
  readonly headers: Headers;
  readonly serverName?: string;
  /** What was matched and chosen, in words. */
  readonly because: string;
}

/** One request on its way through a rule. */
class Answering {
  readonly #task: Task;
  #isOver = false;

  constructor(task: Task) {
    this.#task = task;
  }

  begin(): Reply | undefined {
    const { served, asked } = this.#task;
    const entry = entryFor(served, { ...asked, method: asked.request.method });
    if (entry === undefined) return nowhere(asked, `found no route for ${asked.host}${asked.path}`);
    const { filters = [], backendRefs = [] } = entry.rule;
    const cors = filters.find(({ type }) => type === "CORS")?.cors;
    const what = this.#whatMatched(entry);
    if (cors !== undefined && isPreflight(asked.request.method, asked.headers))
      return page(204, `${what}, answered the preflight itself`, corsHeaders(cors, asked.headers, true));
    const redirect = this.#redirect(entry, filters, what);
    if (redirect !== undefined) return redirect;
    const shares = backendRefs.map(({ weight = 1 }) => ({ weight }));
    const chosen = this.#task.turns.next(`${entry.text} ${ruleKey(entry)}`, shares);
    const backend = chosen === undefined ? undefined : backendRefs[chosen];
    if (backend === undefined) return this.#fail(500, `${what}, which has no backend`);
    const own = backend.filters ?? [];
    return this.#redirect(entry, own, what) ?? this.#forward(entry, backend, [...filters, ...own], what);
  }

  /** Passes a stream on by its server name. */
  pass(entry: Entry, name: string): Reply | undefined {
    const { asked, served, turns } = this.#task;
    const backendRefs = entry.rule.backendRefs ?? [];
    const what = `matched the server name ${name} to ${entry.text}`;
    const chosen = turns.next(
      `${entry.text} ${ruleKey(entry)}`,
      backendRefs.map(({ weight = 1 }) => ({ weight })),
    );
    const found = chosen === undefined ? undefined : this.#endpoint(entry, backendRefs[chosen]);
    if (found === undefined || "status" in found) return cut(`${what}, which has no backend that is ready`);
    const serverName = served.certificate === undefined ? { serverName: name } : {};
    const because = `${what}, chose ${found.text}`;
    const { path, headers } = asked.request;
    this.#send(
      { backend: found.backend, address: found.address, port: found.port, path, headers, because, ...serverName },
      entry,
      [],
    );
    return undefined;
  }

  #whatMatched({ text, tried, rule }: Entry): string {
    const { asked } = this.#task;
    const name = rule.name === undefined ? "" : ` rule ${rule.name}`;
    return `matched ${asked.host}${asked.path} to ${text}${name} (${tried.path.type} ${tried.prefix || "any"})`;
  }

  #fail(status: 500 | 503, why: string): Reply {
    return isCall(this.#task.asked) ? failedCall(UNAVAILABLE, why) : page(status, `${why}, answered ${status}`);
  }

  #redirect({ tried }: Entry, filters: readonly Filter[], what: string): Reply | undefined {
    const { asked, served } = this.#task;
    const redirect = filters.find(({ type }) => type === "RequestRedirect")?.requestRedirect;
    if (redirect === undefined) return undefined;
    const { port } = served.listener;
    const location = locationOf(redirect, { ...asked, port, prefix: tried.prefix });
    return page(redirect.statusCode ?? 302, `${what}, redirected to ${location}`, { location });
  }

  #forward(entry: Entry, backend: BackendReference, filters: readonly Filter[], what: string): Reply | undefined {
    const found = this.#endpoint(entry, backend);
    if ("status" in found) return this.#fail(found.status, `${what}, ${found.why}`);
    const { asked } = this.#task;
    const { path, headers } = this.#changed(entry, filters);
    const going = { ...found, path, headers, because: `${what}, chose ${found.text}, so no Service rule applies` };
    for (const [at, { type, requestMirror }] of filters.entries())
      if (type === "RequestMirror" && requestMirror !== undefined) this.#mirror(entry, requestMirror, at, going);
    this.#send(
      going,
      entry,
      filters.flatMap((filter) => this.#answerChange(filter, asked.headers)),
    );
    return undefined;
  }

  /** The request as its backend sees it. */
  #changed({ tried }: Entry, filters: readonly Filter[]): { path: string; headers: Headers } {
    const { asked } = this.#task;
    const { source } = asked.request;
    let { path } = asked;
    const before = asked.headers["x-forwarded-for"];
    let headers: Headers = {
      ...asked.headers,
      host: asked.headers.host ?? asked.host,
      "x-forwarded-for": before === undefined ? source.address : `${before},${source.address}`,
      "x-forwarded-proto": asked.scheme,
    };
    for (const { type, requestHeaderModifier, urlRewrite } of filters) {
      if (type === "RequestHeaderModifier" && requestHeaderModifier !== undefined)
        headers = modified(headers, requestHeaderModifier);
      if (type !== "URLRewrite" || urlRewrite === undefined) continue;
      path = rewritten(path, tried.prefix, urlRewrite.path);
      if (urlRewrite.hostname !== undefined) headers = { ...headers, host: urlRewrite.hostname };
    }
    return { path: asked.query === undefined ? path : `${path}?${asked.query}`, headers };
  }

  #answerChange(filter: Filter, asked: Headers): ReadonlyArray<(headers: Headers) => Headers> {
    const { type, responseHeaderModifier, cors } = filter;
    if (type === "ResponseHeaderModifier" && responseHeaderModifier !== undefined)
      return [(headers) => modified(headers, responseHeaderModifier)];
    if (type !== "CORS" || cors === undefined) return [];
    const set = Object.entries(corsHeaders(cors, asked, false)).map(([name, value]) => ({ name, value }));
    return [(headers) => modified(headers, { set })];
  }

  #endpoint(
    { kind, route }: Entry,
    reference: BackendReference | undefined,
  ):
    | { readonly backend: string; readonly address: string; readonly port: number; readonly text: string }
    | { readonly status: 500 | 503; readonly why: string } {
    const { host, turns } = this.#task;
    if (reference === undefined) return { status: 500, why: "has no backend" };
    const from = { kind, namespace: route.metadata.namespace ?? "default" };
    const backend = backendOf(host.informers, from, reference);
    if ("reason" in backend) return { status: 500, why: backend.message };
    const key = `${backend.namespace}/${backend.name}`;
    const endpoints = readyEndpoints(host.informers, key, backend.port);
    const text = `Service ${key}:${backend.port.port}`;
    const at = turns.next(
      `${text} ${endpoints.length}`,
      endpoints.map(() => ({ weight: 1 })),
    );
    const endpoint = at === undefined ? undefined : endpoints[at];
    if (endpoint === undefined) return { status: 503, why: `found no ready endpoint of ${text}` };
    const of = endpoints.length === 1 ? "its only ready endpoint" : `one of its ${endpoints.length} ready endpoints`;
    const where = `${endpoint.host}:${endpoint.port}`;
    return { backend: text, address: endpoint.host, port: endpoint.port, text: `${text} and ${where}, ${of}, itself` };
  }

  /** Sends a copy whose answer nobody waits for. Spec: [GW-16]. */
  #mirror(entry: Entry, { backendRef, percent, fraction }: Mirror, at: number, going: Going): void {
    const { turns } = this.#task;
    const [part, of] =
      fraction === undefined ? [percent ?? 100, 100] : [fraction.numerator, fraction.denominator ?? 100];
    if (!turns.isPart(`mirror ${entry.text} ${ruleKey(entry)} ${at}`, Math.min(part, of), of)) return;
    const found = this.#endpoint(entry, backendRef);
    if ("status" in found) return;
    const because = `mirrored a request that matched ${entry.text} to ${found.text}`;
    this.#open({ ...going, address: found.address, port: found.port, because }, () => {});
  }

  #open(going: Going, done: (outcome: Outcome) => void): number | undefined {
    const { host, asked } = this.#task;
    const { request } = asked;
    const at: Place | undefined = request.at;
    if (at === undefined) return undefined;
    const parent = request.exchange === undefined ? undefined : host.trace.exchange(request.exchange);
    return host.send(
      {
        from: at,
        host: going.address,
        port: going.port,
        method: request.method,
        path: going.path,
        headers: going.headers,
        body: request.body,
        connectTimeoutMs: CONNECT_MS,
        because: going.because,
        target: `${going.address}:${going.port}`,
        ...(going.serverName === undefined ? {} : { serverName: going.serverName }),
        ...(parent === undefined ? {} : { parent: parent.id, purpose: parent.purpose }),
      },
      done,
    );
  }

  #send(going: Going, { rule }: Entry, changes: ReadonlyArray<(headers: Headers) => Headers>): void {
    const { host } = this.#task;
    const limits = [rule.timeouts?.request, rule.timeouts?.backendRequest]
      .map(millisecondsOf)
      .filter((each) => each > 0);
    const timer =
      limits.length === 0
        ? undefined
        : host.clock.schedule(Math.min(...limits), () =>
            this.#end(page(504, `${going.because}, got no answer within ${Math.min(...limits)} ms, answered 504`)),
          );
    this.#open(going, (outcome) => {
      timer?.cancel();
      this.#end(this.#replyOf(outcome, going, changes));
    });
  }

  #end(reply: Reply): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#task.respond(reply);
  }

  #replyOf(
    outcome: Outcome,
    { because, serverName }: Going,
    changes: ReadonlyArray<(headers: Headers) => Headers>,
  ): Reply {
    if (outcome.kind === "answered") {
      const { status, headers, body, certificate } = outcome;
      const changed = changes.reduce((all, change) => change(all), headers);
      return { status, headers: changed, body, ...(certificate === undefined ? {} : { certificate }) };
    }
    if (serverName !== undefined) return cut(`${because}, got no connection`);
    if (outcome.kind === "timeout") return page(504, `${because}, got no answer, answered 504`);
    return this.#fail(503, `${because}, got no connection`);
  }
}

/** Tells a rule from the others of its route. */
function ruleKey({ rule, route }: Entry): number {
  return route.spec?.rules?.indexOf(rule) ?? 0;
}

const UNITS: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1_000, ms: 1 };

/** A duration such as `1m30s` or `500ms`; 0 is none. */
// Models GEP-2257
export function millisecondsOf(text = "0s"): number {
  return [...text.matchAll(/(\d{1,5})(h|ms|m|s)/g)].reduce(
    (sum, [, count = "0", unit = "s"]) => sum + Number(count) * (own(UNITS, unit) ?? 0),
    0,
  );
}
