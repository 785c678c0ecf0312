// Rules that forbid: Local policies on nodes without endpoints, source ranges; and sticky clients.
import { compareText } from "../../cluster/index.ts";
import { W } from "../../words/en/why-ports.ts";
import { holdsValue, named } from "../claims.ts";
import type { Cure, Finding } from "../finding.ts";
import { holds } from "../range.ts";
import { type Check, edit, finding, readyEndpoints, type Scene } from "../scene.ts";
import { inNamespace, listed, protocolOf, refText } from "../words.ts";

/** Spec: [DIAG-12]. */
export const policyCheck: Check = (scene) => [...localPolicy(scene), ...sourceRanges(scene), ...affinity(scene)];

function localPolicy(scene: Scene): Finding[] {
  const { spec } = scene.service;
  const ready = readyEndpoints(scene);
  if (ready.length === 0 || scene.headless) return [];
  const nodes = [...new Set(ready.flatMap(({ node }) => node ?? []))].sort(compareText);
  const empty = scene.survey.nodes.flatMap(({ metadata }) =>
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
  const node = scene.survey.node(first);
  const address = node === undefined ? first : (scene.survey.addressOf(node) ?? first);
  // A load balancer asks the healthCheckNodePort and leaves such nodes out: then only requests to a node port meet it.
  const balanced = outside && (scene.service.status?.loadBalancer?.ingress ?? []).length > 0;
  const what = outside
    ? W.fromOutside(listed(empty.map((each) => `${each}:${ports[0]}`)))
    : W.fromPods(listed(empty), scene.service.spec?.clusterIP, ports[0]);
  return finding(scene, {
    about: field,
    class: outside ? "external-policy-local" : "internal-policy-local",
    severity: balanced ? "info" : "warning",
    step: 5,
    title: W.drop(listed(empty), empty.length, scene.name),
    explanation: W.local(field, scene.name, listed(nodes), listed(empty), empty.length, what, balanced),
    claims: [
      holdsValue(scene.ref, ["spec", field], "Local"),
      holdsValue(scene.ref, ["spec", "clusterIP"], scene.service.spec?.clusterIP),
      ...scene.ports.flatMap(({ port, nodePort }, at) => [
        holdsValue(scene.ref, ["spec", "ports", at, "port"], port),
        holdsValue(scene.ref, ["spec", "ports", at, "nodePort"], nodePort),
      ]),
      { kind: "endpoints", service: named(scene.service), ready: readyEndpoints(scene).length, nodes },
      ...empty.map((each) => ({
        kind: "route" as const,
        from: outside ? ({ kind: "client", name: "laptop" } as const) : ({ kind: "node", name: each } as const),
        at: each,
        address: outside ? (scene.survey.addressOfNode(each) ?? "") : (scene.service.spec?.clusterIP ?? ""),
        port: Number(ports[0]),
        protocol: protocolOf(scene.ports[0]?.protocol),
        taken: false,
      })),
    ],
    evidence: [
      {
        command: `kubectl get pods -o wide${inNamespace(scene.namespace)}`,
        shows: W.nodeNever(listed(nodes), listed(empty)),
        prints: nodes,
      },
      outside
        ? { command: `curl -m 3 http://${address}:${ports[0]}`, shows: "Connection timed out", prints: ["timed out"] }
        : {
            command: `ssh ${first} curl -m 3 http://${scene.service.spec?.clusterIP}:${ports[0]}`,
            shows: "Connection timed out",
            prints: ["timed out"],
          },
      {
        command: `sim rules ${first} | grep 'no local endpoints'`,
        shows: W.dropRule,
        prints: [`${scene.namespace}/${scene.ref.name}`, "DROP"],
      },
    ],
    responsible: { object: scene.ref, path: ["spec", field] },
    cures: [policyCure(scene, field), ...spread(scene, outside)],
    symptoms: ["timeout"],
    only: { nodes: empty },
  });
}

function policyCure(scene: Scene, field: string): Cure {
  return edit(W.setCluster(field), {
    object: scene.ref,
    changes: [{ op: "set", path: ["spec", field], value: "Cluster" }],
  });
}

/** More pods than nodes reach every node: the scheduler spreads them. */
function spread(scene: Scene, outside: boolean): Cure[] {
  const [pod] = scene.pods;
  const workload = pod && scene.survey.workloadOf(pod);
  const nodes = scene.survey.nodes.length;
  if (!outside || workload?.object.kind !== "Deployment" || (workload.replicas ?? 1) >= nodes) return [];
  return [
    edit(W.spread(nodes, refText({ ...scene.ref, kind: "Deployment", name: workload.object.metadata.name ?? "" })), {
      object: {
        apiVersion: "apps/v1",
        kind: "Deployment",
        namespace: scene.namespace,
        name: workload.object.metadata.name ?? "",
      },
      changes: [{ op: "set", path: ["spec", "replicas"], value: nodes }],
    }),
  ];
}

function sourceRanges(scene: Scene): Finding[] {
  const ranges = scene.service.spec?.loadBalancerSourceRanges ?? [];
  if (ranges.length === 0 || scene.service.spec?.type !== "LoadBalancer") return [];
  const clients = scene.survey.world.settings.clients;
  const out = clients.filter(({ address }) => !ranges.some((range) => holds(range, address)));
  if (out.length === 0) return [];
  const addresses = (scene.service.status?.loadBalancer?.ingress ?? []).flatMap(({ ip }) => ip ?? []);
  const [client] = out;
  return [
    finding(scene, {
      class: "source-ranges",
      severity: out.length === clients.length ? "error" : "warning",
      step: 5,
      title: W.excluded(listed(out.map(({ name }) => W.the(name)))),
      explanation: W.onlyFrom(
        scene.name,
        addresses[0] ?? W.noneYet,
        listed(ranges),
        listed(out.map(({ name, address }) => W.theIs(name, address))),
      ),
      claims: [
        holdsValue(scene.ref, ["spec", "loadBalancerSourceRanges"], ranges),
        ...(addresses[0] === undefined
          ? []
          : [holdsValue(scene.ref, ["status", "loadBalancer", "ingress", 0, "ip"], addresses[0])]),
        ...out.map(({ name, address }) => ({
          kind: "address" as const,
          address,
          of: { kind: "client" as const, name },
        })),
      ],
      evidence: [
        ...(addresses[0] === undefined || client?.name !== "laptop"
          ? []
          : [
              {
                command: `curl -m 3 http://${addresses[0]}:${scene.ports[0]?.port}`,
                shows: "Connection timed out",
                prints: ["timed out"],
              },
            ]),
        {
          command: `kubectl get service ${scene.ref.name}${inNamespace(scene.namespace)} -o jsonpath={.spec.loadBalancerSourceRanges}`,
          shows: JSON.stringify(ranges),
          prints: [JSON.stringify(ranges)],
        },
      ],
      responsible: { object: scene.ref, path: ["spec", "loadBalancerSourceRanges"] },
      cures: [
        edit(W.alsoAllow(client?.address), {
          object: scene.ref,
          changes: [
            { op: "set", path: ["spec", "loadBalancerSourceRanges", ranges.length], value: `${client?.address}/32` },
          ],
        }),
        edit(W.removeRanges, {
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
  const words = scene.headless ? W.affinityHeadless(scene.name) : W.affinityLong(seconds);
  return [
    finding(scene, {
      class: "session-affinity",
      severity: "info",
      step: 5,
      title: scene.headless ? W.affinityNoEffect : W.affinityStick,
      explanation: words,
      claims: [
        holdsValue(scene.ref, ["spec", "sessionAffinity"], "ClientIP"),
        holdsValue(scene.ref, ["spec", "sessionAffinityConfig"], sessionAffinityConfig),
      ],
      evidence: [
        scene.headless || readyEndpoints(scene).length === 0
          ? {
              command: `kubectl get service ${scene.ref.name}${inNamespace(scene.namespace)} -o jsonpath={.spec.sessionAffinity}`,
              shows: "ClientIP",
              prints: ["ClientIP"],
            }
          : {
              command: `sim rules ${readyEndpoints(scene)[0]?.node ?? scene.survey.someNode().name} | grep '${scene.namespace}/${scene.ref.name}.*--rcheck'`,
              shows: `-m recent --rcheck --seconds ${seconds}`,
              prints: [`--rcheck --seconds ${seconds}`],
            },
      ],
      responsible: { object: scene.ref, path: ["spec", "sessionAffinity"] },
      cures: [
        edit(W.affinityNone, {
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
