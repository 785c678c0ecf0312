// Events: what components say about objects; repeated ones are counted.

import type { KubeObject } from "../api/objects.ts";
import type { Event } from "../api/types.gen.ts";
import type { ApiServer } from "../apiserver/server.ts";
import type { Rng } from "../sim/rng.ts";
import { deepCopy } from "../sim/values.ts";

interface RecorderParts {
  readonly api: ApiServer;
  readonly rng: Rng;
  timestamp(): string;
  readonly component: string;
  readonly host: string | undefined;
}

/** Events of one component kept for counting repeats; older ones start anew, as upstream's cache does. */
const REMEMBERED = 4_096;

/** Writes v1 Events. The same reason and message about the same object raises the count of the Event that is there. */
// Models kubernetes/staging/src/k8s.io/client-go/tools/record EventRecorder
export class EventRecorder {
  readonly #parts: RecorderParts;
  readonly #seen = new Map<string, { namespace: string; name: string }>();

  constructor(parts: RecorderParts) {
    this.#parts = parts;
  }

  /** Records one Event about `object`; `fieldPath` names a part of it, such as `spec.containers{web}`. */
  record(
    object: KubeObject,
    news: {
      type: "Normal" | "Warning";
      reason: string;
      message: string;
      fieldPath?: string;
    },
  ): void {
    const key = `${object.metadata.uid} ${news.type} ${news.reason} ${news.message}`;
    const seen = this.#seen.get(key);
    const repeated = seen === undefined ? undefined : this.#parts.api.find("events", seen.namespace, seen.name);
    if (repeated !== undefined) {
      this.#repeat(repeated);
      return;
    }
    const namespace = object.metadata.namespace ?? "default";
    const name = `${object.metadata.name}.${this.#parts.rng.int(0x7fffffff).toString(16).padStart(16, "0")}`;
    this.#parts.api.create("events", namespace, this.#event(object, news, name));
    if (this.#seen.size >= REMEMBERED) this.#seen.clear();
    this.#seen.set(key, { namespace, name });
  }

  #repeat(event: Event): void {
    const next = deepCopy(event);
    next.count = (event.count ?? 1) + 1;
    next.lastTimestamp = this.#parts.timestamp();
    this.#parts.api.update("events", next);
  }

  #event(
    object: KubeObject,
    news: { type: string; reason: string; message: string; fieldPath?: string },
    name: string,
  ): unknown {
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
