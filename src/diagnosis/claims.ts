// What a sentence claims, as data that can be held against the cluster: by a test, by anyone who doubts it.
import type { FieldPath, ObjectRef, Place, Protocol } from "../cluster/index.ts";

/** A pod or a Service by namespace and name. */
export interface Named {
  readonly namespace: string;
  readonly name: string;
}

/** One thing that is so. */
export type Claim =
  /** An object is there, or is not. */
  | { readonly kind: "object"; readonly object: ObjectRef; readonly exists: boolean }
  /** A field holds this value; undefined: it is not set. */
  | { readonly kind: "field"; readonly object: ObjectRef; readonly path: FieldPath; readonly value: unknown }
  /** These are all the pods of a namespace that have these labels and have not ended, in any order. */
  | {
      readonly kind: "pods";
      readonly namespace: string;
      readonly labels: Readonly<Record<string, string>>;
      readonly names: readonly string[];
    }
  /** An event is about an object. */
  | { readonly kind: "event"; readonly object: Named; readonly reason: string; readonly message?: string }
  /** A container waits for this reason. */
  | {
      readonly kind: "waiting";
      readonly pod: Named;
      readonly container: string;
      readonly reason: string;
      readonly message?: string;
    }
  /** A container ended last with this code, and has been restarted so often. */
  | {
      readonly kind: "ended";
      readonly pod: Named;
      readonly container: string;
      readonly code: number;
      readonly restarts: number;
    }
  /** A container runs since this many seconds. */
  | { readonly kind: "runs"; readonly pod: Named; readonly container: string; readonly seconds: number }
  /** A pod is ready, or is not. */
  | { readonly kind: "ready"; readonly pod: Named; readonly ready: boolean }
  /** Where in a pod a program takes what comes to a port: at every address, at 127.0.0.1 alone, nowhere. */
  | {
      readonly kind: "listens";
      readonly pod: Named;
      readonly port: number;
      readonly protocol: string;
      readonly at: "everywhere" | "loopback" | "nowhere";
    }
  /** These are the names of the EndpointSlices that belong to a Service. */
  | { readonly kind: "slices"; readonly service: Named; readonly names: readonly string[] }
  /** Of these pods at least one has a port open. */
  | {
      readonly kind: "some-listen";
      readonly pods: readonly Named[];
      readonly port: number;
      readonly protocol: string;
      readonly loopback: boolean;
    }
  /** Of these pods so many are ready. */
  | { readonly kind: "ready-among"; readonly pods: readonly Named[]; readonly ready: number }
  /** A Service has this many endpoints that may be used; for one of its ports, where that is named; and they are on these nodes. */
  | {
      readonly kind: "endpoints";
      readonly service: Named;
      readonly ready: number;
      readonly port?: { readonly name: string; readonly protocol: string };
      readonly nodes?: readonly string[];
    }
  /** What the rules of the sender's node, or of `at`, do with a packet. */
  | {
      readonly kind: "route";
      readonly from: Place;
      readonly at?: string;
      readonly address: string;
      readonly port: number;
      readonly protocol: Protocol;
      readonly taken: boolean;
    }
  /** What the cluster's DNS answers; no addresses: none that is an address. */
  | { readonly kind: "resolves"; readonly name: string; readonly addresses: readonly string[] }
  /** What a pod's own resolver is. */
  | {
      readonly kind: "resolver";
      readonly pod: Named;
      readonly nameserver?: string | undefined;
      readonly search?: readonly string[];
    }
  /** These are all nodePorts that are open. */
  | { readonly kind: "node-ports"; readonly ports: readonly number[] }
  /** The names that endpoints of a Service have of their own. */
  | { readonly kind: "hostnames"; readonly service: Named; readonly names: readonly string[] }
  /** An address is this machine's, or no machine's. */
  | { readonly kind: "address"; readonly address: string; readonly of: Place | undefined }
  /** A ready endpoint of a Service, and the node it is on. */
  | { readonly kind: "endpoint"; readonly service: Named; readonly address: string; readonly node: string }
  /** Whether the API says that a node is ready. */
  | { readonly kind: "ready-node"; readonly node: string; readonly ready: boolean }
  | { readonly kind: "power"; readonly node: string; readonly on: boolean }
  /** A fault is active. */
  | { readonly kind: "fault"; readonly id: string }
  /** A setting of the cluster has this value. */
  | { readonly kind: "setting"; readonly name: string; readonly value: unknown }
  /** What was asked for by the request that is explained. */
  | {
      readonly kind: "asked";
      readonly from?: Place;
      readonly host?: string;
      readonly port?: number;
      readonly protocol?: string;
      readonly address?: string;
      readonly path?: string;
    }
  /** Where the packets of the request came, and what became of the last. */
  | { readonly kind: "came"; readonly to: Place; readonly verdict?: string }
  /** The program saw this address as its client's. */
  | { readonly kind: "seen-as"; readonly address: string }
  /** What the request brought. */
  | { readonly kind: "outcome"; readonly outcome: string; readonly status?: number; readonly endpoint?: string };

/** A pod or Service as a claim names it. */
export function named({
  metadata,
}: {
  readonly metadata: { readonly namespace?: string | undefined; readonly name?: string | undefined };
}): Named {
  return { namespace: metadata.namespace ?? "", name: metadata.name ?? "" };
}

/** That a field holds a value. */
export function holdsValue(object: ObjectRef, path: FieldPath, value: unknown): Claim {
  return { kind: "field", object, path, value };
}
