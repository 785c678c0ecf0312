// What of a cluster's settings a scenario keeps.
import { type ClusterSettings, changed, deepEqual, PAGE_SETTINGS, setOwn } from "../cluster/index.ts";
import type { Scenario, SharedNode, SharedSettings } from "./scenario.ts";

const NAMES: Readonly<Record<keyof SharedSettings, true>> = {
  nodes: true,
  hopLatency: true,
  proxyLag: true,
  controllerLag: true,
  imagePull: true,
  containerStart: true,
  processExit: true,
  programTime: true,
  probes: true,
  cloud: true,
  balancer: true,
  ingress: true,
  coredns: true,
  internet: true,
  hostPorts: true,
};

/** The settings of a scenario's cluster as they are now, whoever changed them: the scenario's own, and what differs by now. */
export function settingsNow({ settings }: Pick<Scenario, "settings">, now: ClusterSettings): Partial<SharedSettings> {
  const [old, shared] = [sharedOf(changed(PAGE_SETTINGS, settings)), sharedOf(now)];
  const next: Partial<SharedSettings> = { ...settings };
  for (const name of Object.keys(NAMES) as Array<keyof SharedSettings>) // its own keys
    if (!deepEqual(old[name], shared[name])) setOwn(next, name, shared[name]);
  return next;
}

/** Machines of Nodes in YAML come with their text. */
function sharedOf(settings: ClusterSettings): SharedSettings {
  return { ...settings, nodes: settings.nodes.filter(({ declared }) => declared !== true).map(sharedNode) };
}

function sharedNode({ address: _, podCIDR: __, declared: ___, ...node }: ClusterSettings["nodes"][number]): SharedNode {
  return node;
}
