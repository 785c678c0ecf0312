// When something happened in a run that a person can see: what the timeline marks, and where its steps lead.
import { type Exchange, LabelServiceName, type Trace } from "../../cluster/index.ts";
import type { Occurrence } from "../../scenario/index.ts";

/** A change of a Service's endpoints. */
export interface EndpointChange {
  readonly at: number;
  /** Name of the Service. */
  readonly service: string;
  readonly ready: number;
}

/** Moments kept; of longer runs the oldest are forgotten. */
const KEPT = 20_000;

/** What is drawn, or drawn beside it. */
const SEEN = new Set([
  "pods",
  "services",
  "endpointslices.discovery.k8s.io",
  "nodes",
  "ingresses.networking.k8s.io",
  "gateways.gateway.networking.k8s.io",
]);

/** The times of a run, kept while it continues. */
export class Story {
  #times: number[] = [];
  readonly #ready = new Map<string, Map<string, number>>();
  #changes: EndpointChange[] = [];
  #ended: Exchange[] = [];

  /** Follows the outcome of requests. */
  constructor(trace: Trace) {
    trace.news.on((news) => {
      if (news.kind !== "exchange-ended" && news.kind !== "exchange-lost") return;
      const { exchange } = news;
      if (exchange.purpose === "probe" || exchange.purpose === "dns") return;
      if (this.#ended.at(-1)?.id === exchange.id) this.#ended.pop(); // lost, sent again, answered: what came last counts
      this.#ended.push(exchange);
      if (this.#ended.length > 2 * KEPT) this.#ended = this.#ended.slice(-KEPT);
    });
  }

  add({ at, what }: Occurrence): void {
    if (!("resource" in what)) {
      this.#moment(what.sentAt);
      this.#moment(at);
      return;
    }
    if (!SEEN.has(what.resource)) return;
    this.#moment(at);
    if (what.resource === "endpointslices.discovery.k8s.io") this.#slice(at, what);
  }

  /** Times at which something could be seen to happen, in order, each once. */
  get times(): readonly number[] {
    return this.#times;
  }

  /** When the number of a Service's ready endpoints changed. */
  get endpoints(): readonly EndpointChange[] {
    return this.#changes;
  }

  /** Requests that were answered, failed or lost, in the order in which that happened; a lost one is there again when its sender gives up. */
  get ended(): readonly Exchange[] {
    return this.#ended;
  }

  /** The last time before `time`, or the first after it. */
  before(time: number): number | undefined {
    return this.#times[this.#firstFrom(time) - 1];
  }

  after(time: number): number | undefined {
    const at = this.#firstFrom(time);
    return this.#times[at] === time ? this.#times[at + 1] : this.#times[at];
  }

  /** Position of the first time that is not before `time`. */
  #firstFrom(time: number): number {
    let [low, high] = [0, this.#times.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#times[middle] ?? 0) < time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #moment(at: number): void {
    const last = this.#times.at(-1);
    if (last !== undefined && at <= last) {
      if (at === last) return;
      const place = this.#firstFrom(at);
      if (this.#times[place] !== at) this.#times.splice(place, 0, at);
      return;
    }
    this.#times.push(at);
    if (this.#times.length > 2 * KEPT) this.#times = this.#times.slice(-KEPT);
  }

  #slice(at: number, { type, object }: Extract<Occurrence["what"], { resource: unknown }>): void {
    const { namespace = "", name = "", labels } = object.metadata;
    const service = labels?.[LabelServiceName];
    if (service === undefined) return;
    const key = `${namespace}/${service}`;
    const slices = this.#ready.get(key) ?? new Map<string, number>();
    this.#ready.set(key, slices);
    const before = sum(slices);
    if (type === "DELETED") slices.delete(name);
    else slices.set(name, readyIn(object));
    const ready = sum(slices);
    if (ready === before) return;
    this.#changes.push({ at, service, ready });
    if (this.#changes.length > KEPT) this.#changes = this.#changes.slice(-KEPT / 2);
  }
}

function readyIn(slice: object): number {
  if (!("endpoints" in slice) || !Array.isArray(slice.endpoints)) return 0;
  const endpoints: readonly { readonly conditions?: { readonly ready?: boolean } }[] = slice.endpoints;
  return endpoints.filter(({ conditions }) => conditions?.ready !== false).length;
}

function sum(slices: ReadonlyMap<string, number>): number {
  let total = 0;
  for (const count of slices.values()) total += count;
  return total;
}
