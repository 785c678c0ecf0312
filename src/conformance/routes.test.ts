// Where kube-proxy's rules lead in states the recorded sessions do not show; each answer is reasoned from its sources.
import { expect, test } from "vitest";
import { apply, play, pod, type Session, SLOW, service, slice, UNREADY, wanted } from "./session.ts";

const three = (name: string) => [pod(`${name}-1`, 1), pod(`${name}-2`, 2), pod(`${name}-3`, 3)];
const CALLER = pod("caller", 2);
const E1 = "10.244.1.2:8080";
const E2 = "10.244.2.2:8080";
const E3 = "10.244.3.2:8080";
const nodePort = (number: number, more: Readonly<Record<string, unknown>> = {}) => ({
  type: "NodePort",
  ports: [{ port: 80, targetPort: 8080, nodePort: number, ...more }],
});

const SESSIONS: readonly Session[] = [
  [
    "[PROXY-7] a pod that calls its own Service with several pods: rewritten for at least one of them",
    apply(
      ...three("me"),
      service("me", { clusterIP: "10.96.3.1" }),
      service("you", { clusterIP: "10.96.3.2", selector: { app: "me" }, internalTrafficPolicy: "Local" }),
    ),
    ["sim route --from pod/me-1 10.96.3.1:80", `ACCEPT ${E1} ${E2} ${E3} masquerade`],
    ["sim route --from pod/me-2 10.96.3.2:80", `ACCEPT ${E2} masquerade`],
  ],
  [
    "[PROXY-6] UDP and SCTP node ports, and each protocol for itself",
    apply(
      pod("u-1", 1),
      service("u", nodePort(30301, { protocol: "UDP" })),
      service("s", { ...nodePort(30302, { protocol: "SCTP" }), selector: { app: "u" }, clusterIP: "10.96.3.3" }),
    ),
    ["sim route --protocol udp 192.168.1.13:30301", `ACCEPT ${E1} masquerade`],
    ["sim route 192.168.1.13:30301", "NOMATCH"],
    ["sim route --protocol sctp 192.168.1.12:30302", `ACCEPT ${E1} masquerade`],
    ["sim route --protocol sctp --from node/node-2 10.96.3.3:80", `ACCEPT ${E1} masquerade`],
    ["sim route --protocol udp --from node/node-2 10.96.3.3:80", "NOMATCH"],
  ],
  [
    "[PROXY-3] external policy Local keeps a node's last terminating pod though others are ready elsewhere",
    apply(
      pod("fade-1", 1, SLOW),
      pod("fade-2", 2),
      service("fade", { ...nodePort(30303), externalTrafficPolicy: "Local", clusterIP: "10.96.3.4" }),
    ),
    "kubectl delete pod fade-1 --wait=false",
    ["sim route 192.168.1.11:30303", `ACCEPT ${E1}`],
    ["sim route 192.168.1.12:30303", `ACCEPT ${E2}`],
    ["sim route 192.168.1.13:30303", "DROP"],
    ["sim route --from node/node-1 10.96.3.4:80", `ACCEPT ${E2} masquerade`],
    ["sim route --from node/node-1 192.168.1.11:30303", `ACCEPT ${E2} masquerade`],
  ],
  [
    "[PROXY-3] the last terminating pod that serves is used everywhere; one that is not ready is not",
    apply(
      pod("last-1", 1, SLOW),
      pod("last-2", 2, UNREADY),
      service("last", { ...nodePort(30304), clusterIP: "10.96.3.5" }),
    ),
    "kubectl delete pod last-1 --wait=false",
    ["sim route 192.168.1.13:30304", `ACCEPT ${E1} masquerade`],
    ["sim route --from node/node-3 10.96.3.5:80", `ACCEPT ${E1} masquerade`],
    "kubectl delete pod last-1 --force --grace-period=0",
    ["sim route 192.168.1.13:30304", "REJECT"],
  ],
  [
    "[PROXY-3] internal policy Local with a terminating pod, with none here, with none anywhere",
    apply(
      pod("il-1", 1, SLOW),
      pod("il-2", 2, UNREADY),
      service("il", { clusterIP: "10.96.3.6", internalTrafficPolicy: "Local" }),
    ),
    "kubectl delete pod il-1 --wait=false",
    ["sim route --from node/node-1 10.96.3.6:80", `ACCEPT ${E1} masquerade`],
    ["sim route --from node/node-2 10.96.3.6:80", "DROP"],
    "kubectl delete pod il-1 --force --grace-period=0",
    ["sim route --from node/node-1 10.96.3.6:80", "REJECT"],
  ],
  [
    "[PROXY-4] PreferSameNode stays on the node, then in the zone of the node, then goes anywhere",
    apply(
      pod("near-1", 1),
      pod("near-2", 1),
      pod("near-3", 2),
      service("near", { clusterIP: "10.96.3.7", trafficDistribution: "PreferSameNode" }),
    ),
    ["sim route --from node/node-1 10.96.3.7:80", `ACCEPT ${E1} 10.244.1.3:8080 masquerade`],
    ["sim route --from node/node-2 10.96.3.7:80", `ACCEPT ${E2} masquerade`],
    ["sim route --from node/node-3 10.96.3.7:80", `ACCEPT ${E1} 10.244.1.3:8080 ${E2} masquerade`],
    "kubectl label node node-3 topology.kubernetes.io/zone=zone-a --overwrite",
    ["sim route --from node/node-3 10.96.3.7:80", `ACCEPT ${E1} 10.244.1.3:8080 masquerade`],
  ],
  [
    "[PROXY-4] PreferClose as PreferSameZone; hints go when the field goes; not ready pods need none",
    apply(
      pod("zone-1", 1),
      pod("zone-2", 2),
      pod("zone-3", 3, UNREADY),
      service("zone", { clusterIP: "10.96.3.8", trafficDistribution: "PreferClose" }),
    ),
    ["sim route --from node/node-1 10.96.3.8:80", `ACCEPT ${E1} masquerade`],
    ["sim route --from node/node-3 10.96.3.8:80", `ACCEPT ${E1} ${E2} masquerade`],
    `kubectl patch service zone --type=json -p '[{"op":"remove","path":"/spec/trafficDistribution"}]'`,
    ["sim route --from node/node-1 10.96.3.8:80", `ACCEPT ${E1} ${E2} masquerade`],
  ],
  [
    "[PROXY-4] hints do not count for terminating endpoints",
    apply(
      pod("hint-1", 1, SLOW),
      pod("hint-2", 2, SLOW),
      service("hint", { clusterIP: "10.96.3.9", trafficDistribution: "PreferSameZone" }),
    ),
    "kubectl delete pod hint-1 --wait=false",
    ["sim route --from node/node-1 10.96.3.9:80", `ACCEPT ${E2} masquerade`],
    "kubectl delete pod hint-2 --wait=false",
    ["sim route --from node/node-1 10.96.3.9:80", `ACCEPT ${E1} ${E2} masquerade`],
  ],
  [
    "[PROXY-6] node ports: between nodes, on the node itself, on 127.0.0.1, from pods of the host network",
    apply(pod("np-1", 1), pod("host-1", 3, { hostNetwork: true }), service("np", nodePort(30310)), CALLER),
    ["sim route --from node/node-2 192.168.1.13:30310", `ACCEPT ${E1} masquerade`],
    ["sim route --from node/node-2 192.168.1.12:30310", `ACCEPT ${E1} masquerade`],
    ["sim route --from node/node-2 127.0.0.1:30310", `ACCEPT ${E1} masquerade`],
    ["sim route --from pod/host-1 192.168.1.13:30310", `ACCEPT ${E1} masquerade`],
    ["sim route --from pod/caller 192.168.1.12:30310", `ACCEPT ${E1} masquerade`],
    ["sim route --from pod/np-1 192.168.1.12:30310", `ACCEPT ${E1} masquerade`],
    ["sim route --from phone 192.168.1.11:30310", `ACCEPT ${E1} masquerade`],
    ["sim route --from 203.0.113.77 192.168.1.11:30310", `ACCEPT ${E1} masquerade`],
    ["sim route 192.168.1.14:30310", "NOMATCH"],
  ],
  [
    "[PROXY-2] Services for another proxy, headless ones and external names have no rules",
    apply(
      pod("skip-1", 1),
      service(
        "skip",
        { ...nodePort(30311), clusterIP: "10.96.3.11" },
        { labels: { "service.kubernetes.io/service-proxy-name": "other" } },
      ),
      service("name", { type: "ExternalName", externalName: "example.com", externalIPs: ["198.51.100.30"] }),
    ),
    ["sim route --from node/node-1 10.96.3.11:80", "NOMATCH"],
    ["sim route 192.168.1.11:30311", "NOMATCH"],
    ["sim route --at node-1 198.51.100.30:80", "NOMATCH"],
    "kubectl label service skip service.kubernetes.io/service-proxy-name-",
    ["sim route 192.168.1.11:30311", `ACCEPT ${E1} masquerade`],
    "kubectl label service skip service.kubernetes.io/service-proxy-name=other",
    ["sim route 192.168.1.11:30311", "NOMATCH"],
  ],
  [
    "[PROXY-3] hand-made slices: unset conditions, ready false but serving, two slices, doubles, no node",
    apply(
      service("by", { clusterIP: "10.96.3.12", selector: null, internalTrafficPolicy: "Cluster" }),
      slice(
        "by",
        [
          { addresses: ["192.168.1.50"] },
          { addresses: ["192.168.1.51"], conditions: { ready: false, serving: true } },
          { addresses: ["192.168.1.52", "192.168.1.53"], conditions: { ready: true } },
        ].map((each) => ({ ...each, addresses: each.addresses.slice(0, 1) })),
      ),
      {
        ...slice("by", [{ addresses: ["192.168.1.50"] }, { addresses: ["192.168.1.54"] }]),
        metadata: { name: "by-2", labels: { "kubernetes.io/service-name": "by" } },
      },
      service("stay", { clusterIP: "10.96.3.13", selector: null, internalTrafficPolicy: "Local" }),
      slice("stay", [{ addresses: ["192.168.1.60"] }, { addresses: ["192.168.1.61"], nodeName: "node-2" }]),
    ),
    [
      "sim route --from node/node-1 10.96.3.12:80",
      "ACCEPT 192.168.1.50:8080 192.168.1.52:8080 192.168.1.54:8080 masquerade",
    ],
    ["sim route --from node/node-1 10.96.3.13:80", "DROP"],
    ["sim route --from node/node-2 10.96.3.13:80", "ACCEPT 192.168.1.61:8080 masquerade"],
  ],
  [
    "[PROXY-2] slices that feed nothing: another address type, another port name or protocol, no port, port 0",
    apply(
      service("v6", { clusterIP: "10.96.3.14", selector: null }),
      slice("v6", [{ addresses: ["fd00::5"] }], { addressType: "IPv6" }),
      service("fq", { clusterIP: "10.96.3.15", selector: null }),
      slice("fq", [{ addresses: ["db.example.com"] }], { addressType: "FQDN" }),
      service("nm", { clusterIP: "10.96.3.16", selector: null }),
      slice("nm", [{ addresses: ["192.168.1.50"] }], { ports: [{ name: "http", port: 8080 }] }),
      service("pr", { clusterIP: "10.96.3.17", selector: null }),
      slice("pr", [{ addresses: ["192.168.1.50"] }], { ports: [{ port: 8080, protocol: "UDP" }] }),
      service("un", { clusterIP: "10.96.3.18", selector: null }),
      slice("un", [{ addresses: ["192.168.1.50"] }], { ports: [{ name: "" }] }),
      service("ze", { clusterIP: "10.96.3.19", selector: null }),
      slice("ze", [{ addresses: ["192.168.1.50"] }], { ports: [{ port: 0 }] }),
      service("no", { clusterIP: "10.96.3.20", selector: null }),
      slice("no", [{ addresses: ["192.168.1.50"] }], { ports: [] }),
    ),
    ...[14, 15, 16, 17, 18, 19, 20].map(
      (last) => [`sim route --from node/node-1 10.96.3.${last}:80`, "REJECT"] as const,
    ),
  ],
  [
    "[PROXY-3] Endpoints by hand: the ready addresses, by the port of the subset",
    apply(service("hand", { ...nodePort(30312), selector: null }), {
      apiVersion: "v1",
      kind: "Endpoints",
      metadata: { name: "hand" },
      subsets: [
        { addresses: [{ ip: "192.168.1.70" }], notReadyAddresses: [{ ip: "192.168.1.71" }], ports: [{ port: 9376 }] },
        { addresses: [{ ip: "192.168.1.72" }], ports: [{ port: 9377 }] },
      ],
    }),
    ["sim route 192.168.1.11:30312", "ACCEPT 192.168.1.70:9376 192.168.1.72:9377 masquerade"],
    "kubectl label endpoints hand endpointslice.kubernetes.io/skip-mirror=true",
    ["sim route 192.168.1.11:30312", "REJECT"],
  ],
  [
    "[PROXY-6] a change of selector, port, targetPort, protocol, node port or type moves the rules",
    apply(...three("old"), pod("new-1", 3), service("old", { ...nodePort(30313), clusterIP: "10.96.3.21" })),
    `kubectl patch service old -p '{"spec":{"selector":{"app":"new"}}}'`,
    ["sim route 192.168.1.11:30313", "ACCEPT 10.244.3.2:8080 masquerade"],
    `kubectl patch service old --type=json -p '[{"op":"replace","path":"/spec/ports/0/nodePort","value":30314}]'`,
    ["sim route 192.168.1.11:30313", "NOMATCH"],
    ["sim route 192.168.1.11:30314", "ACCEPT 10.244.3.2:8080 masquerade"],
    `kubectl patch service old --type=json -p '[{"op":"replace","path":"/spec/ports/0/targetPort","value":9090}]'`,
    ["sim route 192.168.1.11:30314", "ACCEPT 10.244.3.2:9090 masquerade"],
    `kubectl patch service old --type=json -p '[{"op":"replace","path":"/spec/ports/0/protocol","value":"UDP"}]'`,
    ["sim route 192.168.1.11:30314", "NOMATCH"],
    ["sim route --protocol udp 192.168.1.11:30314", "ACCEPT 10.244.3.2:9090 masquerade"],
  ],
  [
    "[PROXY-5] both policies Local: outside, pods and the node on nodes with and without pods",
    apply(
      pod("both-1", 1),
      service("both", {
        ...nodePort(30315),
        clusterIP: "10.96.3.22",
        externalTrafficPolicy: "Local",
        internalTrafficPolicy: "Local",
      }),
      CALLER,
    ),
    ["sim route 192.168.1.11:30315", `ACCEPT ${E1}`],
    ["sim route 192.168.1.12:30315", "DROP"],
    ["sim route --from pod/caller 192.168.1.12:30315", `ACCEPT ${E1}`],
    ["sim route --from node/node-2 192.168.1.12:30315", `ACCEPT ${E1} masquerade`],
    ["sim route --from pod/caller 10.96.3.22:80", "DROP"],
    ["sim route --from node/node-1 10.96.3.22:80", `ACCEPT ${E1} masquerade`],
    ["sim route --from pod/both-1 192.168.1.12:30315", `ACCEPT ${E1} masquerade`],
  ],
  [
    "[PROXY-2] several ports, one named target missing; sidecars' named ports count",
    apply(
      pod("side-1", 1, {
        initContainers: [
          { name: "proxy", image: "envoy:1", restartPolicy: "Always", ports: [{ name: "admin", containerPort: 9901 }] },
          { name: "setup", image: "busybox:1", ports: [{ name: "once", containerPort: 1 }] },
        ],
      }),
      service("side", {
        clusterIP: "10.96.3.23",
        ports: [
          { name: "a", port: 80, targetPort: "web" },
          { name: "b", port: 81, targetPort: "admin" },
          { name: "c", port: 82, targetPort: "once" },
          { name: "d", port: 83, targetPort: "web", protocol: "UDP" },
        ],
      }),
    ),
    ["sim route --from node/node-2 10.96.3.23:80", `ACCEPT ${E1} masquerade`],
    ["sim route --from node/node-2 10.96.3.23:81", "ACCEPT 10.244.1.2:9901 masquerade"],
    ["sim route --from node/node-2 10.96.3.23:82", "REJECT"],
    ["sim route --from node/node-2 --protocol udp 10.96.3.23:83", "REJECT"],
  ],
  [
    "[PROXY-6] the API server's Service leads to the API server",
    ["kubectl get endpointslices kubernetes -o jsonpath='{.ports[0].name}'", "https"],
    ["sim route --from node/node-1 10.96.0.1:80", "NOMATCH"],
  ],
  [
    "[PROXY-3] a not ready pod that gets ready, and a pod whose labels are taken away",
    apply(pod("turn-1", 1, UNREADY), pod("turn-2", 2), service("turn", { clusterIP: "10.96.3.24" })),
    `kubectl patch pod turn-1 --subresource=status -p '{"status":{"conditions":[{"type":"example.com/warm","status":"True"}]}}'`,
    ["sim route --from node/node-3 10.96.3.24:80", `ACCEPT ${E1} ${E2} masquerade`],
    "kubectl label pod turn-2 app-",
    ["sim route --from node/node-3 10.96.3.24:80", `ACCEPT ${E1} masquerade`],
    "kubectl delete namespace default",
    ["sim route --from node/node-3 10.96.3.24:80", `ACCEPT ${E1} masquerade`],
  ],
];

test.each(SESSIONS)("%s", (_sentence, ...steps) => {
  expect(play(steps)).toEqual(wanted(steps));
});
