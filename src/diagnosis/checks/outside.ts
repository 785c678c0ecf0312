// What stands between the outside and the rules: load balancers without an address, nodes without power or proxy.
import { isNodeReady, type Node } from "../../cluster/index.ts";
import type { Cure, Finding } from "../finding.ts";
import { type Check, finding, readyEndpoints, type Scene } from "../scene.ts";
import { inNamespace, listed, refOf } from "../words.ts";

/** Spec: [DIAG-14]. */
export const balancerCheck: Check = (scene) => {
  const { spec, status } = scene.service;
  if (spec?.type !== "LoadBalancer" || (status?.loadBalancer?.ingress ?? []).length > 0) return [];
  const { cloud } = scene.world.cluster.settings;
  const foreign = spec.loadBalancerClass;
  const [port] = scene.ports;
  const [node] = scene.world.nodes;
  const address = node && scene.world.addressOf(node);
  const reachable = port?.nodePort !== undefined && address !== undefined;
  if (cloud && foreign === undefined) return [];
  const why =
    foreign === undefined
      ? "no cloud provider (and no MetalLB or the like) runs in this cluster that would give it one"
      : `its loadBalancerClass is ${foreign}, and no controller here serves that class`;
  return [
    finding(scene, {
      class: "load-balancer-pending",
      severity: "warning",
      step: 7,
      title: `EXTERNAL-IP of Service ${scene.name} stays <pending>`,
      explanation: `Service ${scene.name} asks for a load balancer, and ${why}. So its EXTERNAL-IP stays <pending> for ever.${reachable ? ` Its nodePort works all the same: ${address}:${port?.nodePort}.` : ""}`,
      evidence: [
        {
          command: `kubectl get service ${scene.ref.name}${inNamespace(scene.namespace)}`,
          shows: "EXTERNAL-IP <pending>",
        },
        {
          command: `kubectl describe service ${scene.ref.name}${inNamespace(scene.namespace)}`,
          shows: "no events: no controller looks at it",
        },
      ],
      responsible: {
        object: scene.ref,
        path: foreign === undefined ? ["spec", "type"] : ["spec", "loadBalancerClass"],
      },
      cures: [...balancerCures(cloud), ...(reachable ? [sendToNode(address, port?.nodePort ?? 0)] : [])],
      symptoms: [],
    }),
  ];
};

function balancerCures(cloud: boolean): Cure[] {
  if (cloud) return [];
  const action = { kind: "configure", settings: { cloud: true } } as const;
  return [{ label: "Switch the cloud provider on", remedy: { kind: "action", action, command: "sim cloud on" } }];
}

function sendToNode(host: string, port: number): Cure {
  const from = { kind: "client", name: "laptop" } as const;
  return { label: `Send to ${host}:${port} instead`, remedy: { kind: "send", send: { from, host, port } } };
}

/** Nodes that do not serve: without power, or NotReady. Told of Services that the outside or their pods depend on. Spec: [DIAG-13]. */
export const nodeCheck: Check = (scene) => {
  if (scene.service.spec?.type === "ExternalName") return [];
  const gates = scene.ports.some(({ nodePort }) => nodePort !== undefined);
  return scene.world.nodes.flatMap((node) => {
    const name = node.metadata.name ?? "";
    if (scene.world.cluster.network.isOn(name)) return [];
    const here = readyEndpoints(scene).filter((each) => each.node === name);
    return here.length > 0 || gates
      ? [deadNode(scene, { node, name, here: here.map(({ address }) => address), gates })]
      : [];
  });
};

function deadNode(
  scene: Scene,
  what: { readonly node: Node; readonly name: string; readonly here: readonly string[]; readonly gates: boolean },
): Finding {
  const { node, name, here, gates } = what;
  const address = scene.world.addressOf(node) ?? name;
  const total = readyEndpoints(scene).length;
  const noticed = !isNodeReady(node);
  const port = scene.ports.find(({ nodePort }) => nodePort !== undefined)?.nodePort;
  const some =
    here.length === 0
      ? ""
      : ` Its ${here.length === 1 ? "endpoint" : "endpoints"} ${listed(here)} ${here.length === 1 ? "is" : "are"} still in the rules of the other nodes, so ${here.length} of ${total} connections come to nothing until the node is marked NotReady, about ${Math.round(scene.world.cluster.settings.nodeMonitorGracePeriod / 1000)} s after it went silent.`;
  return finding(scene, {
    about: name,
    class: "node-dead",
    severity: "warning",
    step: 6,
    title: `${name} has no power`,
    explanation: `${name} (${address}) answers nothing${noticed ? ", and the cluster has marked it NotReady" : ", and the cluster has not noticed yet"}.${gates ? ` What is sent to ${address}:${port} is lost, although the same nodePort works at every other node.` : ""}${some}`,
    evidence: [
      {
        command: "kubectl get nodes",
        shows: noticed ? `${name} NotReady` : `${name} still Ready: nothing was noticed yet`,
      },
      ...(gates ? [{ command: `curl -m 3 http://${address}:${port}`, shows: "No route to host, or a time-out" }] : []),
      {
        command: `kubectl get endpointslices -l kubernetes.io/service-name=${scene.ref.name}${inNamespace(scene.namespace)}`,
        shows: "which addresses are still listed",
      },
    ],
    responsible: { object: refOf(node), path: ["status", "conditions"] },
    cures: [
      {
        label: `Switch ${name} on`,
        remedy: { kind: "action", action: { kind: "node-power", name, on: true }, command: `sim restore node/${name}` },
      },
      ...(gates ? otherNode(scene, name, port ?? 0) : []),
    ],
    symptoms: ["timeout", "unreachable"],
    only: { nodes: [name] },
  });
}

function otherNode(scene: Scene, dead: string, port: number): Cure[] {
  const other = scene.world.nodes.find(
    ({ metadata }) => metadata.name !== dead && scene.world.cluster.network.isOn(metadata.name ?? ""),
  );
  const address = other && scene.world.addressOf(other);
  return address === undefined ? [] : [sendToNode(address, port)];
}
