// Where packets to external and load balancers' addresses go in states the recorded sessions do not show.
import { expect, test } from "vitest";
import { apply, balancer, play, pod, type Session, service, wanted } from "./session.ts";

const CALLER = pod("caller", 2);
const E1 = "10.244.1.2:8080";
const LB = "198.51.100.50";
const nodePort = (number: number) => ({ type: "NodePort", ports: [{ port: 80, targetPort: 8080, nodePort: number }] });

const SESSIONS: readonly Session[] = [
  [
    "[PROXY-5] external IPs under policy Local, with and without endpoints",
    apply(
      pod("ex-1", 1),
      service("ex", { ...nodePort(30305), externalIPs: ["198.51.100.7"], externalTrafficPolicy: "Local" }),
      CALLER,
    ),
    ["sim route --at node-1 198.51.100.7:80", `ACCEPT ${E1}`],
    ["sim route --at node-2 198.51.100.7:80", "DROP"],
    ["sim route --from pod/caller 198.51.100.7:80", `ACCEPT ${E1}`],
    ["sim route --from node/node-3 198.51.100.7:80", `ACCEPT ${E1} masquerade`],
    "kubectl delete pod ex-1",
    ["sim route --at node-1 198.51.100.7:80", "REJECT"],
    ["sim route --from pod/caller 198.51.100.7:80", "REJECT"],
    ["sim route 192.168.1.12:30305", "REJECT"],
  ],
  [
    "[PROXY-6] external IPs on a plain ClusterIP Service, only on its port",
    apply(pod("plain-1", 1), service("plain", { externalIPs: ["198.51.100.8", "198.51.100.9"] }), CALLER),
    ["sim route --at node-3 198.51.100.8:80", `ACCEPT ${E1} masquerade`],
    ["sim route --from pod/caller 198.51.100.9:80", `ACCEPT ${E1} masquerade`],
    ["sim route --at node-3 198.51.100.9:8080", "NOMATCH"],
  ],
  [
    "[PROXY-6] a load balancer with ipMode Proxy or only a hostname has no rules for it",
    apply(
      pod("mode-1", 1),
      service("mode", { type: "LoadBalancer", ports: [{ port: 80, targetPort: 8080, nodePort: 30306 }] }),
      CALLER,
    ),
    balancer("mode", { ip: LB, ipMode: "Proxy" }),
    ["sim route --from pod/caller 198.51.100.50:80", "NOMATCH"],
    balancer("mode", { hostname: "lb.example.com" }, { ip: "198.51.100.51", ipMode: "VIP" }),
    ["sim route --from pod/caller 198.51.100.51:80", `ACCEPT ${E1} masquerade`],
    ["sim route 192.168.1.13:30306", `ACCEPT ${E1} masquerade`],
    balancer("mode"),
    ["sim route --from pod/caller 198.51.100.51:80", "NOMATCH"],
  ],
  [
    "[PROXY-10] source ranges: of all addresses, of several clients, of pods and of nodes",
    apply(
      pod("gate-1", 1),
      service("gate", {
        type: "LoadBalancer",
        clusterIP: "10.96.3.10",
        loadBalancerSourceRanges: ["192.168.1.10/32", "10.244.2.0/24", "192.168.1.13/32"],
        ports: [{ port: 80, targetPort: 8080, nodePort: 30307 }],
      }),
      CALLER,
    ),
    balancer("gate", { ip: LB }),
    [`sim route --at node-1 ${LB}:80`, `ACCEPT ${E1} masquerade`],
    [`sim route --from phone --at node-1 ${LB}:80`, "DROP"],
    [`sim route --from pod/caller ${LB}:80`, `ACCEPT ${E1} masquerade`],
    [`sim route --from pod/gate-1 ${LB}:80`, "DROP"],
    [`sim route --from node/node-3 ${LB}:80`, `ACCEPT ${E1} masquerade`],
    [`sim route --from node/node-1 ${LB}:80`, "DROP"],
    [`sim route --from ${LB} --at node-3 ${LB}:80`, `ACCEPT ${E1} masquerade`],
    [`sim route --from ${LB} --at node-1 ${LB}:80`, "DROP"],
    ["sim route --from phone 192.168.1.11:30307", `ACCEPT ${E1} masquerade`],
    ["sim route --from phone --at node-1 10.96.3.10:80", `ACCEPT ${E1} masquerade`],
    `kubectl patch service gate -p '{"spec":{"loadBalancerSourceRanges":["192.168.1.10/32","0.0.0.0/0"]}}'`,
    [`sim route --from phone --at node-1 ${LB}:80`, `ACCEPT ${E1} masquerade`],
  ],
  [
    "[PROXY-10] source ranges and policy Local: pods and nodes inside a range reach every endpoint",
    apply(
      pod("hall-1", 1),
      service("hall", {
        type: "LoadBalancer",
        externalTrafficPolicy: "Local",
        healthCheckNodePort: 31200,
        loadBalancerSourceRanges: ["10.244.2.0/24"],
        ports: [{ port: 80, targetPort: 8080, nodePort: 30308 }],
      }),
      CALLER,
    ),
    balancer("hall", { ip: LB }),
    [`sim route --from pod/caller ${LB}:80`, `ACCEPT ${E1}`],
    [`sim route --from node/node-2 ${LB}:80`, "DROP"],
    [`sim route --at node-1 ${LB}:80`, "DROP"],
  ],
  [
    "[PROXY-12] the health check port is answered by kube-proxy on every node, with pods or without",
    apply(
      pod("hc-1", 1),
      service("hc", {
        type: "LoadBalancer",
        externalTrafficPolicy: "Local",
        healthCheckNodePort: 31201,
        ports: [{ port: 80, targetPort: 8080, nodePort: 30309 }],
      }),
    ),
    ["sim route 192.168.1.11:31201", "ACCEPT"],
    ["sim route 192.168.1.12:31201", "ACCEPT"],
    ["sim route --from node/node-1 192.168.1.12:31201", "ACCEPT"],
    ["sim route --protocol udp 192.168.1.11:31201", "NOMATCH"],
    "kubectl delete pod hc-1",
    ["sim route 192.168.1.11:31201", "ACCEPT"],
    `kubectl patch service hc -p '{"spec":{"externalTrafficPolicy":"Cluster"}}'`,
    ["sim route 192.168.1.11:31201", "NOMATCH"],
  ],
];

test.each(SESSIONS)("%s", (_sentence, ...steps) => {
  expect(play(steps)).toEqual(wanted(steps));
});
