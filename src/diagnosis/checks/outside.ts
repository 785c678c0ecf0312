// What is between the outside and the rules: load balancers without an address, nodes without power or proxy.
import { isNodeReady, LabelServiceName, type Node } from "../../cluster/index.ts";
import { W } from "../../words/en/why-outside.ts";
import { type Claim, holdsValue, named } from "../claims.ts";
import type { Cure, Finding } from "../finding.ts";
import { type Check, finding, readyEndpoints, type Scene } from "../scene.ts";
import { inNamespace, listed, protocolOf, refOf } from "../words.ts";

/** Spec: [DIAG-14]. */
export const balancerCheck: Check = (scene) => {
  const { spec, status } = scene.service;
  if (spec?.type !== "LoadBalancer" || (status?.loadBalancer?.ingress ?? []).length > 0) return [];
  const { cloud } = scene.survey.world.settings;
  const foreign = spec.loadBalancerClass;
  const [port] = scene.ports;
  const node = scene.survey.nodes.find(({ metadata }) => takes(scene, metadata.name ?? "")) ?? scene.survey.nodes[0];
  const address = node && scene.survey.addressOf(node);
  const reachable = port?.nodePort !== undefined && address !== undefined;
  if (cloud && foreign === undefined) return [];
  const why = foreign === undefined ? W.noCloud : W.foreignClass(foreign);
  return [
    finding(scene, {
      class: "load-balancer-pending",
      severity: "warning",
      step: 7,
      title: W.pending(scene.name),
      explanation: `${W.pendingLong(scene.name, why)}${reachable ? ` ${(takes(scene, node?.metadata.name ?? "") ? W.portWorks : W.portOpen)(`${address}:${port.nodePort}`)}` : ""}`,
      claims: [
        holdsValue(scene.ref, ["spec", "type"], "LoadBalancer"),
        holdsValue(scene.ref, ["spec", "loadBalancerClass"], foreign),
        holdsValue(scene.ref, ["status", "loadBalancer", "ingress"], undefined),
        ...(foreign === undefined ? [{ kind: "setting" as const, name: "cloud", value: false }] : []),
        ...(reachable
          ? [
              holdsValue(scene.ref, ["spec", "ports", 0, "nodePort"], port.nodePort),
              { kind: "address" as const, address, of: { kind: "node" as const, name: node?.metadata.name ?? "" } },
              {
                kind: "route" as const,
                from: LAPTOP,
                address,
                port: port.nodePort ?? 0,
                protocol: protocolOf(port.protocol),
                taken: takes(scene, node?.metadata.name ?? ""),
              },
            ]
          : []),
      ],
      evidence: [
        {
          command: `kubectl get service ${scene.ref.name}${inNamespace(scene.namespace)}`,
          shows: "EXTERNAL-IP <pending>",
          prints: ["<pending>"],
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

const LAPTOP = { kind: "client", name: "laptop" } as const;

/** Whether a node may hand what comes to its node port to an endpoint. */
function takes(scene: Scene, node: string): boolean {
  const ready = readyEndpoints(scene).filter(({ ports }) => ports.size > 0);
  const isLocal = scene.service.spec?.externalTrafficPolicy === "Local";
  return scene.survey.world.network.isOn(node) && ready.some((each) => !isLocal || each.node === node);
}

function balancerCures(cloud: boolean): Cure[] {
  if (cloud) return [];
  const action = { kind: "configure", settings: { cloud: true } } as const;
  return [{ label: W.cloudOn, remedy: { kind: "action", action, command: "sim cloud on" } }];
}

function sendToNode(host: string, port: number): Cure {
  const from = LAPTOP;
  return { label: W.sendTo(host, port), remedy: { kind: "send", send: { from, host, port } } };
}

/** Nodes that do not serve: without power, or NotReady. Reported for Services that the outside or their pods depend on. Spec: [DIAG-13]. */
export const nodeCheck: Check = (scene) => {
  if (scene.service.spec?.type === "ExternalName") return [];
  const gates = scene.ports.some(({ nodePort }) => nodePort !== undefined);
  return scene.survey.nodes.flatMap((node) => {
    const name = node.metadata.name ?? "";
    if (scene.survey.world.network.isOn(name)) return [];
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
  const address = scene.survey.addressOf(node) ?? name;
  const total = readyEndpoints(scene).length;
  const noticed = !isNodeReady(node);
  const port = scene.ports.find(({ nodePort }) => nodePort !== undefined)?.nodePort;
  const some =
    here.length === 0
      ? ""
      : W.inRules(
          listed(here),
          here.length,
          total,
          Math.round(scene.survey.world.settings.nodeMonitorGracePeriod / 1000),
        );
  return finding(scene, {
    about: name,
    class: "node-dead",
    severity: "warning",
    step: 6,
    title: W.noPower(name),
    explanation: `${W.silent(name, address, noticed)}${gates ? ` ${W.gateLost(`${address}:${port}`)}` : ""}${some}`,
    claims: [
      { kind: "power", node: name, on: false },
      { kind: "address", address, of: { kind: "node", name } },
      { kind: "ready-node", node: name, ready: !noticed },
      ...scene.ports.flatMap((each, at): Claim[] => [
        holdsValue(scene.ref, ["spec", "ports", at, "nodePort"], each.nodePort),
      ]),
      ...(here.length === 0 ? [] : [{ kind: "endpoints" as const, service: named(scene.service), ready: total }]),
      ...here.map((each): Claim => ({ kind: "endpoint", service: named(scene.service), address: each, node: name })),
    ],
    evidence: [
      {
        command: "kubectl get nodes",
        shows: noticed ? W.isNotReady(name) : W.stillReady(name),
        prints: noticed ? [name, "NotReady"] : [name],
      },
      ...(gates ? [{ command: `curl -m 3 http://${address}:${port}`, shows: W.noAnswer, prints: ["curl: ("] }] : []),
      {
        command: `kubectl get endpointslices -l ${LabelServiceName}=${scene.ref.name}${inNamespace(scene.namespace)}`,
        shows: here.length === 0 ? W.noAddressThere : W.stillListed,
        prints: [scene.ref.name],
      },
    ],
    responsible: { object: refOf(node), path: ["status", "conditions"] },
    cures: [
      {
        label: W.switchOn(name),
        remedy: {
          kind: "action",
          action: { kind: "restore", id: `node/${name}` },
          command: `sim restore node/${name}`,
        },
      },
      ...(gates ? otherNode(scene, name, port ?? 0) : []),
    ],
    symptoms: ["timeout", "unreachable"],
    only: { nodes: [name] },
  });
}

function otherNode(scene: Scene, dead: string, port: number): Cure[] {
  const other = scene.survey.nodes.find(({ metadata }) => metadata.name !== dead && takes(scene, metadata.name ?? ""));
  const address = other && scene.survey.addressOf(other);
  return address === undefined ? [] : [sendToNode(address, port)];
}
