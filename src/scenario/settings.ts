// What of a cluster's settings a scenario keeps.
import { type ClusterSettings, changed, deepEqual, PAGE_SETTINGS, setOwn } from "../cluster/index.ts";
import type { Scenario, SharedNode, SharedSettings } from "./scenario.ts";

/** Settings that are a time, and those that are on or off. */
export const LAGS = [
  "hopLatency",
  "controllerLag",
  "imagePull",
  "containerStart",
  "processExit",
  "programTime",
  "requestCpu",
] as const;
export const SWITCHES = [
  "probes",
  "cloud",
  "ingress",
  "gateway",
  "coredns",
  "internet",
  "hostPorts",
  "networkPolicies",
  "metricsServer",
] as const;
const NAMES = [...LAGS, ...SWITCHES, "nodes", "proxyLag", "balancer"] as const satisfies (keyof SharedSettings)[];

/** The settings of a scenario's cluster as they are now, whoever changed them: the scenario's own, and what differs by now. */
export function settingsNow({ settings }: Pick<Scenario, "settings">, now: ClusterSettings): Partial<SharedSettings> {
  const [old, shared] = [sharedOf(changed(PAGE_SETTINGS, settings)), sharedOf(now)];
  const next: Partial<SharedSettings> = { ...settings };
  for (const name of NAMES) if (!deepEqual(old[name], shared[name])) setOwn(next, name, shared[name]);
  return next;
}

/** Machines of Nodes in YAML come with their text. */
function sharedOf(settings: ClusterSettings): SharedSettings {
  return { ...settings, nodes: settings.nodes.filter(({ declared }) => declared !== true).map(sharedNode) };
}

function sharedNode({ address: _, podCIDR: __, declared: ___, ...node }: ClusterSettings["nodes"][number]): SharedNode {
  return node;
}
