// What the page runs: a cluster, what a person may do to it, and how time passes in it.
import { type Cluster, createCluster, deepCopy } from "../../cluster/index.ts";
import type { Action } from "../../scenario/index.ts";
import { createShell, type Process, type Shell } from "../../shell/index.ts";
import { Transcript } from "./transcript.ts";

export type { Action } from "../../scenario/index.ts";

/** Where to send: an address or a name, and a port. */
export interface Target {
  readonly host: string;
  readonly port: number;
}

/** What an action began, where it began something: the exchange of a request. */
export type ActionResult = { readonly id: number } | undefined;

/** A cluster in its surroundings, driven by actions and by time. */
export interface Run {
  readonly cluster: Cluster;
  readonly shell: Shell;
  /** What was typed and printed in the shell. */
  readonly transcript: Transcript;
  /** @throws StatusError when the API server refuses. */
  perform(action: Action): ActionResult;
  advance(ms: number): void;
  /** Runs the next event; false when nothing is due. */
  step(): boolean;
}

/** Wraps a fresh cluster. */
export function createRun(seed: string): Run {
  const cluster = createCluster({ seed });
  const traffic: number[] = [];
  const shell = createShell({ cluster });
  const transcript = new Transcript(() => shell.prompt);
  let process: Process | undefined;
  return {
    cluster,
    shell,
    transcript,
    perform: (action) => {
      if (action.kind === "shell") process = shell.start(action.line, transcript.sink);
      else if (action.kind === "interrupt") process?.interrupt();
      const result =
        action.kind === "shell" || action.kind === "interrupt" ? undefined : perform(cluster, action, traffic);
      transcript.onAction({ at: cluster.clock.now, action }, process === undefined ? {} : { process });
      return result;
    },
    advance: (ms) => cluster.advance(ms),
    step: () => cluster.step(),
  };
}

function perform(cluster: Cluster, action: Action, traffic: number[]): ActionResult {
  switch (action.kind) {
    case "send":
      return { id: cluster.send(action) };
    case "start-traffic":
      traffic.push(cluster.startTraffic(action));
      return undefined;
    case "stop-traffic":
      for (const id of traffic.splice(0)) cluster.stopTraffic(id);
      return undefined;
    case "kill-pod":
      cluster.api.delete("pods", action.namespace, action.name);
      return undefined;
    case "scale": {
      const next = deepCopy(cluster.api.get("deployments.apps", action.namespace, action.name));
      if (next.spec !== undefined) next.spec.replicas = action.replicas;
      cluster.api.update("deployments.apps", next);
      return undefined;
    }
    case "readiness":
      cluster.setReadiness(action.namespace, action.name, action.ready ?? undefined);
      return undefined;
    case "node-power":
      if (action.on) cluster.restoreNode(action.name);
      else cluster.failNode(action.name);
      return undefined;
    case "crash-container":
      cluster.crash(action.namespace, action.name);
      return undefined;
    case "configure":
      cluster.configure(action.settings);
      return undefined;
    default:
      throw new Error(`this run does not know the action ${action.kind}`);
  }
}
