// A Node object without a machine gets one, and takes it along.
import {
  type AddonHost,
  type ClusterSettings,
  controllerQueue,
  LabelTopologyRegion,
  LabelTopologyZone,
  type Node,
  type NodePlan,
  PODS_LIMIT,
  parseQuantity,
  whyNoNode,
} from "../../cluster/index.ts";

/** Has machines join for Node objects that have none, and leave with them. Spec: [NODE-13]. */
export function startMachines(host: AddonHost): void {
  const { informers, settings, configure } = host;
  const nodes = informers.of("nodes");
  const machineOf = (name: string) => settings().nodes.find((each) => each.name === name);
  const queue = controllerQueue(host, sync, "nodes");
  nodes.onChange((node, old) => {
    const { name = "" } = (node ?? old)?.metadata ?? {};
    const joins = settings().machinesJoin && old === undefined && machineOf(name) === undefined;
    if (joins || (node === undefined && machineOf(name)?.declared === true)) queue.add(name);
  });

  function sync(name: string): void {
    const node = nodes.get(name);
    const machine = machineOf(name);
    if (node === undefined && machine?.declared === true)
      configure({ nodes: settings().nodes.filter((each) => each !== machine) });
    if (node === undefined || machine !== undefined) return;
    const why = whyNoMachine(node, settings());
    if (why === undefined) configure({ nodes: [...settings().nodes, planOf(node)] });
    else {
      const message = `No machine joins as node ${name}: ${why}`;
      host.recorder.record(node, { type: "Warning", reason: "NoMachine", message });
    }
  }
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
  const refusal = whyNoNode(metadata.name ?? "", settings);
  const range = spec?.podCIDR ?? "";
  if (refusal !== undefined || range === "") return refusal;
  const [first, second] = settings.podCIDR.split(".");
  const number = Number(/^(\d+)\.(\d+)\.(\d+)\.0\/24$/.exec(range)?.[3] ?? 256);
  if (number > 255 || range !== `${first}.${second}.${number}.0/24`)
    return `its podCIDR ${range} is no /24 range of ${settings.podCIDR}`;
  const other = settings.nodes.find(({ podCIDR }) => podCIDR === range);
  return other && `${other.name} has its podCIDR ${range}`;
}
