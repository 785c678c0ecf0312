// Rules that forbid: Local policies on nodes without endpoints, source ranges; and sticky clients.
import { compareText } from "../../cluster/index.ts";
import type { Cure, Finding } from "../finding.ts";
import { holds } from "../range.ts";
import { type Check, edit, finding, readyEndpoints, type Scene } from "../scene.ts";
import { inNamespace, listed, refText } from "../words.ts";

/** Spec: [DIAG-12]. */
export const policyCheck: Check = (scene) => [...localPolicy(scene), ...sourceRanges(scene), ...affinity(scene)];

function localPolicy(scene: Scene): Finding[] {
  const { spec } = scene.service;
  const ready = readyEndpoints(scene);
  if (ready.length === 0 || scene.headless) return [];
  const nodes = [...new Set(ready.flatMap(({ node }) => node ?? []))].sort(compareText);
  const empty = scene.world.nodes.flatMap(({ metadata }) =>
    nodes.includes(metadata.name ?? "") ? [] : [metadata.name ?? ""],
  );
  if (empty.length === 0) return [];
  const findings: Finding[] = [];
  const reachable = scene.ports.some(({ nodePort }) => nodePort !== undefined);
  if (spec?.externalTrafficPolicy === "Local" && reachable)
    findings.push(localFinding(scene, { field: "externalTrafficPolicy", nodes, empty }));
  if (spec?.internalTrafficPolicy === "Local")
    findings.push(localFinding(scene, { field: "internalTrafficPolicy", nodes, empty }));
  return findings;
}

function localFinding(
  scene: Scene,
  where: {
    readonly field: "externalTrafficPolicy" | "internalTrafficPolicy";
    readonly nodes: readonly string[];
    readonly empty: readonly string[];
  },
): Finding {
  const { field, nodes, empty } = where;
  const outside = field === "externalTrafficPolicy";
  const ports = scene.ports.flatMap(({ nodePort, port }) => (outside ? (nodePort ?? []) : [port])).map(String);
  const [first = ""] = empty;
  const node = scene.world.node(first);
  const address = node === undefined ? first : (scene.world.addressOf(node) ?? first);
  const what = outside
    ? `what comes from outside to ${listed(empty.map((each) => `${each}:${ports[0]}`))}`
    : `what pods on ${listed(empty)} send to ${scene.service.spec?.clusterIP}:${ports[0]}`;
  return finding(scene, {
    about: field,
    class: outside ? "external-policy-local" : "internal-policy-local",
    severity: "warning",
    step: 5,
    title: `${listed(empty)} drop${empty.length === 1 ? "s" : ""} the packets of Service ${scene.name}`,
    explanation: `${field} of Service ${scene.name} is Local, so each node uses only the endpoints that run on itself. Its ready endpoints are on ${listed(nodes)}; ${listed(empty)} ${empty.length === 1 ? "has" : "have"} none and drop${empty.length === 1 ? "s" : ""} ${what} without an answer, so the sender waits until it gives up.`,
    evidence: [
      {
        command: `kubectl get pods -o wide${inNamespace(scene.namespace)}`,
        shows: `NODE is ${listed(nodes)}, never ${listed(empty)}`,
      },
      outside
        ? { command: `curl -m 3 http://${address}:${ports[0]}`, shows: "Connection timed out" }
        : {
            command: `ssh ${first} curl -m 3 http://${scene.service.spec?.clusterIP}:${ports[0]}`,
            shows: "Connection timed out",
          },
      { command: `sim rules ${first}`, shows: `"${scene.name} has no local endpoints" … -j DROP` },
    ],
    responsible: { object: scene.ref, path: ["spec", field] },
    cures: [policyCure(scene, field), ...spread(scene, outside)],
    symptoms: ["timeout"],
    only: { nodes: empty },
  });
}

function policyCure(scene: Scene, field: string): Cure {
  const keeps = field === "externalTrafficPolicy" ? " (pods then see the node's address as the client's)" : "";
  return edit(`Set spec.${field} to Cluster${keeps}`, {
    object: scene.ref,
    changes: [{ op: "set", path: ["spec", field], value: "Cluster" }],
  });
}

/** More pods than nodes reach every node: the scheduler spreads them. */
function spread(scene: Scene, outside: boolean): Cure[] {
  const [pod] = scene.pods;
  const workload = pod && scene.world.workloadOf(pod);
  const nodes = scene.world.nodes.length;
  if (!outside || workload?.object.kind !== "Deployment" || (workload.replicas ?? 1) >= nodes) return [];
  return [
    edit(
      `Run ${nodes} replicas of ${refText({ ...scene.ref, kind: "Deployment", name: workload.object.metadata.name ?? "" })}, which the scheduler spreads over the nodes`,
      {
        object: {
          apiVersion: "apps/v1",
          kind: "Deployment",
          namespace: scene.namespace,
          name: workload.object.metadata.name ?? "",
        },
        changes: [{ op: "set", path: ["spec", "replicas"], value: nodes }],
      },
    ),
  ];
}

function sourceRanges(scene: Scene): Finding[] {
  const ranges = scene.service.spec?.loadBalancerSourceRanges ?? [];
  if (ranges.length === 0 || scene.service.spec?.type !== "LoadBalancer") return [];
  const clients = scene.world.cluster.settings.clients;
  const out = clients.filter(({ address }) => !ranges.some((range) => holds(range, address)));
  if (out.length === 0) return [];
  const addresses = (scene.service.status?.loadBalancer?.ingress ?? []).flatMap(({ ip }) => ip ?? []);
  const [client] = out;
  return [
    finding(scene, {
      class: "source-ranges",
      severity: out.length === clients.length ? "error" : "warning",
      step: 5,
      title: `loadBalancerSourceRanges keep out ${listed(out.map(({ name }) => `the ${name}`))}`,
      explanation: `Service ${scene.name} takes packets for its load balancer's address ${addresses[0] ?? "(none yet)"} from ${listed(ranges)} only. ${listed(out.map(({ name, address }) => `The ${name} is ${address}`))}, so those packets are dropped without an answer. The nodePorts are not covered: by them anybody comes in.`,
      evidence: [
        {
          command: `curl -m 3 http://${addresses[0] ?? "EXTERNAL-IP"}:${scene.ports[0]?.port}`,
          shows: "Connection timed out",
        },
        {
          command: `kubectl get service ${scene.ref.name}${inNamespace(scene.namespace)} -o jsonpath={.spec.loadBalancerSourceRanges}`,
          shows: JSON.stringify(ranges),
        },
      ],
      responsible: { object: scene.ref, path: ["spec", "loadBalancerSourceRanges"] },
      cures: [
        edit(`Let ${client?.address}/32 in too`, {
          object: scene.ref,
          changes: [
            { op: "set", path: ["spec", "loadBalancerSourceRanges", ranges.length], value: `${client?.address}/32` },
          ],
        }),
        edit("Remove the source ranges", {
          object: scene.ref,
          changes: [{ op: "remove", path: ["spec", "loadBalancerSourceRanges"] }],
        }),
      ],
      symptoms: ["timeout"],
      only: { nodes: [] },
    }),
  ];
}

function affinity(scene: Scene): Finding[] {
  const { sessionAffinity, sessionAffinityConfig } = scene.service.spec ?? {};
  if (sessionAffinity !== "ClientIP") return [];
  const seconds = sessionAffinityConfig?.clientIP?.timeoutSeconds ?? 10_800;
  const words = scene.headless
    ? `Service ${scene.name} is headless, so no node's rules are used and sessionAffinity: ClientIP has no effect: the client picks among the addresses from DNS.`
    : `Each node sends a source address that it saw within ${seconds} s to the same pod again. The key is the address that the node sees, and the list is the node's own: clients behind one address share a pod, and one client that comes in by two nodes may get two.`;
  return [
    finding(scene, {
      class: "session-affinity",
      severity: "info",
      step: 5,
      title: scene.headless ? "sessionAffinity has no effect here" : "Clients stick to one pod",
      explanation: words,
      evidence: [
        {
          command: `sim rules ${scene.world.someNode().name}`,
          shows: `-m recent --rcheck --seconds ${seconds}`,
        },
      ],
      responsible: { object: scene.ref, path: ["spec", "sessionAffinity"] },
      cures: [
        edit("Set spec.sessionAffinity to None", {
          object: scene.ref,
          changes: [
            { op: "set", path: ["spec", "sessionAffinity"], value: "None" },
            ...(sessionAffinityConfig === undefined || scene.headless
              ? []
              : [{ op: "remove" as const, path: ["spec", "sessionAffinityConfig"] }]),
          ],
        }),
      ],
      symptoms: [],
    }),
  ];
}
