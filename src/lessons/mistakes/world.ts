// What a world is made of: objects as a person would write them, and the requests that are answered while nothing is wrong.
import { type ClusterSettings, type FieldPath, own, type Protocol } from "../../cluster/index.ts";

/** Any JSON object that is being written. */
export interface Fields {
  [key: string]: Value;
}
export type Value = string | number | boolean | null | undefined | Value[] | Fields;

/** An object before it is applied; a mistake may change it. */
export interface Manifest extends Fields {
  apiVersion: string;
  kind: string;
  metadata: Fields & { name: string; namespace?: string };
}

/** A program that serves, and the Service in front of it. */
export interface App {
  readonly namespace: string;
  readonly name: string;
  readonly kind: "Deployment" | "StatefulSet" | "DaemonSet";
  readonly labels: Readonly<Record<string, string>>;
  readonly image: string;
  /** The port on which the program listens. */
  readonly listens: number;
  /** The name of that container port; undefined when it has none. */
  readonly portName: string | undefined;
  /** The name of the Service. */
  readonly service: string;
  readonly type: "ClusterIP" | "NodePort" | "LoadBalancer" | "headless";
  /** The Service's own port. */
  readonly port: number;
  readonly nodePort: number | undefined;
}

/** Who sends: a machine, or the first pod of a workload. */
export type Sender =
  | { readonly kind: "client"; readonly name: string }
  | { readonly kind: "node"; readonly name: string }
  | { readonly kind: "workload"; readonly namespace: string; readonly name: string };

/** Where to: a name or address as typed, or an address that is known only once the world runs. */
export type Host =
  | string
  | { readonly clusterIP: readonly [namespace: string, name: string] }
  | { readonly balancer: readonly [namespace: string, name: string] }
  | { readonly podOf: readonly [namespace: string, workload: string] }
  /** A node that has, or has not, a pod of a workload. */
  | { readonly nodeWith: readonly [namespace: string, workload: string] }
  | { readonly nodeWithout: readonly [namespace: string, workload: string] };

/** A request. */
export interface Ask {
  readonly from: Sender;
  readonly host: Host;
  readonly port: number;
  readonly protocol?: Protocol;
  readonly path?: string;
  readonly scheme?: "https";
  /** The Host header, for what uses it. */
  readonly site?: string;
}

/** A world in which every request is answered. */
export interface World {
  readonly seed: string;
  settings: Partial<ClusterSettings>;
  readonly objects: Manifest[];
  readonly apps: readonly App[];
  /** Pods to send from, one workload in each namespace. */
  readonly clients: readonly { readonly namespace: string; readonly name: string; readonly image: string }[];
  /** Namespaces in use; `default` is the first. */
  readonly namespaces: readonly string[];
  readonly asks: readonly Ask[];
}

/** A copy whose objects may be changed. */
export function draftOf(world: World): World {
  return { ...world, objects: structuredClone(world.objects) };
}

/** The object of a kind and name; a world without it is a mistake of the generator. */
export function objectOf(world: World, kind: string, [namespace, name]: readonly [string, string]): Manifest {
  const found = world.objects.find(
    (each) => each.kind === kind && each.metadata.name === name && (each.metadata.namespace ?? "default") === namespace,
  );
  if (found === undefined) throw new Error(`mistakes: there is no ${kind} ${namespace}/${name}`);
  return found;
}

/** A part of an object, as fields. */
export function partOf(of: Fields, ...path: FieldPath): Fields {
  let value: Value = of;
  for (const step of path) {
    if (Array.isArray(value) && typeof step === "number") value = value[step];
    else if (isFields(value) && typeof step === "string") value = own(value, step);
    else throw new Error(`mistakes: there is no ${path.join(".")}`);
  }
  if (!isFields(value)) throw new Error(`mistakes: ${path.join(".")} holds no fields`);
  return value;
}

function isFields(value: Value): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export const serviceOf = (world: World, app: App) => objectOf(world, "Service", [app.namespace, app.service]);
export const workloadOf = (world: World, app: App) => objectOf(world, app.kind, [app.namespace, app.name]);
/** The pod template's spec. */
export const podSpecOf = (world: World, app: App) => partOf(workloadOf(world, app), "spec", "template", "spec");
export const containerOf = (world: World, app: App) => partOf(podSpecOf(world, app), "containers", 0);
export const portOf = (world: World, app: App) => partOf(serviceOf(world, app), "spec", "ports", 0);

/** A request to an app's Service from a pod of its namespace. */
export function askFor(world: World, app: App): Ask {
  return { from: clientIn(world, app.namespace), host: app.service, port: reachedAt(app) };
}

/** The port that a client names: a headless Service translates nothing. */
export function reachedAt({ type, port, listens }: App): number {
  return type === "headless" ? listens : port;
}

/** The client of a namespace. */
export function clientIn(world: World, namespace: string): Sender {
  const found = world.clients.find((each) => each.namespace === namespace);
  if (found === undefined) throw new Error(`mistakes: nobody sends in ${namespace}`);
  return { kind: "workload", namespace, name: found.name };
}
