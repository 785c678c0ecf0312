// Machines and Node objects: a Node object without a machine gets one, and a machine that leaves takes its Node object along.
import type { Node } from "./api/types.gen.ts";
import { LabelTopologyRegion, LabelTopologyZone } from "./api/well-known.ts";
import { parseQuantity } from "./apimachinery/quantity.ts";
import type { ComponentContext } from "./client-go/component.ts";
import { controllerQueue, deleteObject } from "./client-go/controller.ts";
import { LEASES } from "./client-go/leases.ts";
import { PODS_LIMIT, whyNoNode } from "./node-plan.ts";
import { covers, type NodePlan, type SettingsChange } from "./sim/machines.ts";
import type { ClusterSettings } from "./sim/settings.ts";

/** Starts the component; `configure` changes the cluster's settings. Spec: [NODE-12] to [NODE-14]. */
export function startMachines(context: ComponentContext, configure: (change: SettingsChange) => void): void {
  const { informers, settings, settingsChanged } = context;
  const machineOf = (name: string) => settings().nodes.find((each) => each.name === name);
  const queue = controllerQueue(context, sync, "nodes");
  informers.of("nodes").onChange((node, old) => {
    const { name = "" } = (node ?? old)?.metadata ?? {};
    const joins = old === undefined && machineOf(name) === undefined;
    if (joins || (node === undefined && machineOf(name)?.declared === true)) queue.add(name);
  });
  let { nodes } = settings();
  settingsChanged.on(() => {
    if (nodes === settings().nodes) return;
    const left = nodes.filter(({ name }) => machineOf(name) === undefined);
    nodes = settings().nodes;
    for (const { name } of left) removeNode(context, name);
  });

  function sync(name: string): void {
    const node = informers.of("nodes").get(name);
    const machine = machineOf(name);
    if (node === undefined && machine?.declared === true)
      configure({ nodes: settings().nodes.filter((each) => each !== machine) });
    if (node === undefined || machine !== undefined) return;
    const why = whyNoMachine(node, settings());
    if (why === undefined) configure({ nodes: [...settings().nodes, planOf(node)] });
    else {
      const message = `No machine joins as node ${name}: ${why}`;
      context.recorder.record(node, { type: "Warning", reason: "NoMachine", message });
    }
  }
}

/** The Node object and the lease of a machine that is gone for good. */
function removeNode(context: ComponentContext, name: string): void {
  const { api } = context;
  const node = api.find("nodes", undefined, name);
  const lease = api.find("leases.coordination.k8s.io", LEASES, name);
  if (node !== undefined) deleteObject(context, "nodes", node);
  if (lease !== undefined) deleteObject(context, "leases.coordination.k8s.io", lease);
}

/** The machine that a Node object describes. */
function planOf({ metadata, spec, status }: Node): NodePlan {
  const { cpu, memory, pods } = status?.capacity ?? {};
  const most = pods === undefined ? undefined : wholeNumber(pods);
  return {
    name: metadata.name ?? "",
    zone: metadata.labels?.[LabelTopologyZone] ?? "",
    region: metadata.labels?.[LabelTopologyRegion] ?? "",
    declared: true,
    ...(spec?.podCIDR === undefined || spec.podCIDR === "" ? {} : { podCIDR: spec.podCIDR }),
    ...(cpu === undefined ? {} : { cpu }),
    ...(memory === undefined ? {} : { memory }),
    ...(most === undefined ? {} : { pods: Math.min(PODS_LIMIT, Math.max(0, most)) }),
  };
}

function wholeNumber(text: string): number | undefined {
  const quantity = parseQuantity(text);
  return "error" in quantity ? undefined : Number(quantity.nanos / 10n ** 9n);
}

/** Why no machine joins for a Node object; undefined when one does. */
function whyNoMachine({ metadata, spec }: Node, settings: ClusterSettings): string | undefined {
  const { nodes, podCIDR } = settings;
  const refusal = whyNoNode(metadata.name ?? "", settings);
  if (refusal !== undefined) return refusal;
  const range = spec?.podCIDR ?? "";
  if (range === "") return undefined;
  if (!/^\d+\.\d+\.\d+\.0\/24$/.test(range) || !covers(podCIDR, range))
    return `its podCIDR ${range} is no /24 range of ${podCIDR}`;
  const other = nodes.find((each) => covers(each.podCIDR, range) || covers(range, each.podCIDR));
  return other && `${other.name} has its podCIDR ${range}`;
}
