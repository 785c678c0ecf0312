// Events: what components say about objects; repeated ones are counted, similar ones combined, old ones forgotten.

import type { KubeObject } from "../api/objects.ts";
import type { Event } from "../api/types.gen.ts";
import type { ApiServer } from "../apiserver/server.ts";
import { parseTime } from "../sim/time.ts";

/** What is said about an object; `fieldPath` names a part of it, such as `spec.containers{web}`. */
export interface News {
  readonly type: "Normal" | "Warning";
  readonly reason: string;
  readonly message: string;
  readonly fieldPath?: string;
}

interface RecorderParts {
  readonly api: ApiServer;
  readonly keeper: EventKeeper;
  now(): number;
  timestamp(): string;
  readonly component: string;
  readonly host: string | undefined;
}

/** Events of one component kept for counting repeats; older ones start again, as upstream's cache does. */
const REMEMBERED = 1_024;
/** From this many similar events (same object and reason, other message) within ten minutes, they share one Event. */
const SIMILAR_EVENTS = 10;
const SIMILAR_WITHIN_MS = 600_000;
/** Events about one object: this many at once, then one every five minutes. */
const BURST = 25;
const REFILL_MS = 300_000;

/** Writes v1 Events. The same reason and message about the same object raises the count of the Event that is there. */
// Models kubernetes/staging/src/k8s.io/client-go/tools/record EventRecorder, EventCorrelator
export class EventRecorder {
  readonly #parts: RecorderParts;
  readonly #seen = new Map<string, { namespace: string; name: string }>();
  readonly #similar = new Map<string, { messages: Set<string>; since: number }>();
  readonly #tokens = new Map<string, { left: number; at: number }>();

  constructor(parts: RecorderParts) {
    this.#parts = parts;
  }

  /** Records one Event about `object`. */
  record(object: KubeObject, news: News): void {
    const about = `${object.metadata.uid} ${news.fieldPath ?? ""}`;
    const combined = this.#combine(`${about} ${news.type} ${news.reason}`, news.message);
    const message = combined ? `(combined from similar events): ${news.message}` : news.message;
    const key = `${about} ${news.type} ${news.reason} ${combined ? "" : news.message}`;
    if (!this.#take(object.metadata.uid ?? "")) return;
    const seen = this.#seen.get(key);
    const repeated = seen === undefined ? undefined : this.#parts.api.find("events", seen.namespace, seen.name);
    if (repeated !== undefined) {
      this.#repeat(repeated, message);
      return;
    }
    const namespace = object.metadata.namespace ?? "default";
    const name = `${object.metadata.name}.${this.#instant()}`;
    this.#parts.api.create("events", namespace, this.#event(object, { ...news, message }, name), { trusted: true });
    this.#parts.keeper.keep(namespace, name);
    remember(this.#seen, key, { namespace, name });
  }

  /** The instant in nanoseconds as 16 hexadecimal digits: events of one object sort by their names in the order in which they happened. */
  // Models kubernetes/staging/src/k8s.io/client-go/tools/record generateEventName
  #instant(): string {
    const ms = parseTime(this.#parts.timestamp()) ?? 0;
    const nanos = BigInt(ms) * 1_000_000n + BigInt(this.#parts.api.store.resourceVersion);
    return nanos.toString(16).padStart(16, "0");
  }

  /** Whether enough similar events were recorded that this one joins them. */
  #combine(key: string, message: string): boolean {
    const now = this.#parts.now();
    let similar = this.#similar.get(key);
    if (similar === undefined || now - similar.since > SIMILAR_WITHIN_MS) similar = { messages: new Set(), since: now };
    remember(this.#similar, key, similar);
    similar.messages.add(message);
    if (similar.messages.size < SIMILAR_EVENTS) return false;
    similar.messages.delete(message);
    return true;
  }

  /** Whether an event about this object may still be written. */
  #take(uid: string): boolean {
    const now = this.#parts.now();
    const before = this.#tokens.get(uid) ?? { left: BURST, at: now };
    const left = Math.min(BURST, before.left + (now - before.at) / REFILL_MS);
    remember(this.#tokens, uid, { left: left < 1 ? left : left - 1, at: now });
    return left >= 1;
  }

  #repeat(event: Event, message: string): void {
    const next = { ...event, message, count: (event.count ?? 1) + 1, lastTimestamp: this.#parts.timestamp() };
    this.#parts.api.update("events", next, { trusted: true });
  }

  #event(object: KubeObject, news: News, name: string): unknown {
    const at = this.#parts.timestamp();
    const { component, host } = this.#parts;
    return {
      apiVersion: "v1",
      kind: "Event",
      metadata: { name, namespace: object.metadata.namespace ?? "default" },
      involvedObject: {
        kind: object.kind,
        apiVersion: object.apiVersion,
        name: object.metadata.name,
        ...(object.metadata.namespace === undefined ? {} : { namespace: object.metadata.namespace }),
        uid: object.metadata.uid,
        resourceVersion: object.metadata.resourceVersion,
        ...(news.fieldPath === undefined ? {} : { fieldPath: news.fieldPath }),
      },
      reason: news.reason,
      message: news.message,
      source: { component, ...(host === undefined ? {} : { host }) },
      firstTimestamp: at,
      lastTimestamp: at,
      count: 1,
      type: news.type,
      reportingComponent: component,
      reportingInstance: host ?? "",
    };
  }
}

function remember<V>(map: Map<string, V>, key: string, value: V): void {
  if (map.size >= REMEMBERED && !map.has(key)) map.clear();
  map.set(key, value);
}

/** Events live for an hour. */
const EVENT_LIFE_MS = 3_600_000;
// Unlike upstream: at most this many events are kept, because a browser's memory is smaller than etcd's disk.
const KEPT_EVENTS = 1_000;

/** Forgets old events when new ones are written, so that it costs nothing while nothing happens. */
export class EventKeeper {
  readonly #api: ApiServer;
  readonly #now: () => number;
  #kept: Array<{ namespace: string; name: string; at: number }> = [];
  #first = 0;

  constructor(api: ApiServer, now: () => number) {
    this.#api = api;
    this.#now = now;
  }

  keep(namespace: string, name: string): void {
    const now = this.#now();
    this.#kept.push({ namespace, name, at: now });
    for (;;) {
      const oldest = this.#kept[this.#first];
      if (oldest === undefined) break;
      if (this.#kept.length - this.#first <= KEPT_EVENTS && now - oldest.at <= EVENT_LIFE_MS) break;
      this.#first++;
      if (this.#api.find("events", oldest.namespace, oldest.name) !== undefined)
        this.#api.delete("events", oldest.namespace, oldest.name);
    }
    if (this.#first > KEPT_EVENTS) {
      this.#kept = this.#kept.slice(this.#first);
      this.#first = 0;
    }
  }
}
