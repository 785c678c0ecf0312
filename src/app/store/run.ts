// What the page runs: a cluster, what a person may do to it, and how time passes in it.
import {
  type Cluster,
  createCluster,
  deepCopy,
  type Place,
  type ResourceName,
  type SendRequest,
  splitKey,
} from "../../cluster/index.ts";

/** Where to send: an address or a name, and a port. */
export interface Target {
  readonly host: string;
  readonly port: number;
}

/** A workload that has a number of replicas. */
export type ScalableResource = "deployments.apps" | "replicasets.apps" | "statefulsets.apps";

/** One thing a person did to the world. */
export type Action =
  | { readonly kind: "send"; readonly request: SendRequest }
  | { readonly kind: "start-traffic"; readonly from: Place; readonly target: Target; readonly rate: number }
  | { readonly kind: "stop-traffic"; readonly id: number }
  | { readonly kind: "kill"; readonly pod: string }
  | { readonly kind: "scale"; readonly resource: ScalableResource; readonly key: string; readonly replicas: number }
  /** `ready` undefined gives the decision back to the pod's own probes. */
  | { readonly kind: "readiness"; readonly pod: string; readonly ready: boolean | undefined }
  | { readonly kind: "power"; readonly node: string; readonly on: boolean };

/** What an action came to: the exchange or traffic it began. */
export type ActionResult = { readonly id: number } | undefined;

/** A cluster in its surroundings, driven by actions and by time. */
export interface Run {
  readonly cluster: Cluster;
  /** @throws StatusError when the API server refuses. */
  perform(action: Action): ActionResult;
  advance(ms: number): void;
  /** Runs the next event; false when nothing is due. */
  step(): boolean;
}

/** What the network and the faults room of the engine offer beside the API server. */
interface NetworkCommands {
  send(request: SendRequest): number;
  startTraffic(traffic: { from: Place; host: string; port: number; rate: number }): number;
  stopTraffic(id: number): void;
  failNode(name: string): void;
  restoreNode(name: string): void;
  setReadiness(namespace: string, pod: string, ready: boolean | undefined): void;
}

/** Wraps a fresh cluster. */
export function createRun(seed: string): Run {
  const cluster = createCluster({ seed });
  return {
    cluster,
    perform: (action) => perform(cluster, action),
    advance: (ms) => cluster.advance(ms),
    step: () => cluster.step(),
  };
}

function commandsOf(cluster: Cluster): NetworkCommands {
  const commands = cluster as Cluster & Partial<NetworkCommands>; // checked on the next line
  if (commands.send === undefined) throw new Error("the cluster has no network yet");
  return commands as Cluster & NetworkCommands; // send is there, and it came with the rest
}

/** Does one action to a cluster. */
export function perform(cluster: Cluster, action: Action): ActionResult {
  switch (action.kind) {
    case "send":
      return { id: commandsOf(cluster).send(action.request) };
    case "start-traffic":
      return { id: commandsOf(cluster).startTraffic({ from: action.from, ...action.target, rate: action.rate }) };
    case "stop-traffic":
      commandsOf(cluster).stopTraffic(action.id);
      return undefined;
    case "kill": {
      const { namespace, name } = splitKey(action.pod);
      cluster.api.delete("pods", namespace, name);
      return undefined;
    }
    case "scale":
      scale(cluster, action.resource, action.key, action.replicas);
      return undefined;
    case "readiness": {
      const { namespace, name } = splitKey(action.pod);
      commandsOf(cluster).setReadiness(namespace, name, action.ready);
      return undefined;
    }
    case "power":
      if (action.on) commandsOf(cluster).restoreNode(action.node);
      else commandsOf(cluster).failNode(action.node);
      return undefined;
  }
}

function scale(cluster: Cluster, resource: ScalableResource & ResourceName, key: string, replicas: number): void {
  const { namespace, name } = splitKey(key);
  const next = deepCopy(cluster.api.get(resource, namespace, name));
  next.spec = { ...next.spec, replicas } as typeof next.spec; // the spec of a stored workload is complete
  cluster.api.update(resource, next);
}
