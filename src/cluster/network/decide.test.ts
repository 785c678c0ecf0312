// What each kind of place decides about a packet, as a table; and a stage more, as a network plugin would add it.
import { expect, test } from "vitest";
import type { Cluster } from "../cluster.ts";
import { Rng } from "../sim/rng.ts";
import { aClusterWith, type Part, pod, service, slice } from "../testing.ts";
import { Call, type PacketInFlight } from "./call.ts";
import { type Decision, decide, type Stage, type Surroundings } from "./decide.ts";
import { describeHop, describeOutcome } from "./describe.ts";
import { Driver } from "./driver.ts";
import type { Header, Hop, Place } from "./packet.ts";
import { Routing } from "./routing.ts";
import { STAGES } from "./stages.ts";
import { withStage } from "./with-stage.ts";

const LAPTOP: Place = { kind: "client", name: "laptop" };
const NODE_1: Place = { kind: "node", name: "node-1" };
const NODE_2: Place = { kind: "node", name: "node-2" };
const NODE_3: Place = { kind: "node", name: "node-3" };
const WEB: Place = { kind: "pod", namespace: "default", name: "web-1" };
const CLIENT: Place = { kind: "pod", namespace: "default", name: "client" };
const HOST: Place = { kind: "pod", namespace: "default", name: "host" };
const GONE: Place = { kind: "pod", namespace: "default", name: "gone" };
const INTERNET: Place = { kind: "outside", name: "internet" };
const API: Place = { kind: "outside", name: "API server" };
const BALANCER: Place = { kind: "outside", name: "load-balancer 203.0.113.99" };

const LAPTOP_IP = "192.168.1.10";
const NODE_IP = "192.168.1.12";
const WEB_IP = "10.244.1.2";
const CLIENT_IP = "10.244.2.9";

const WORLD: readonly Part[] = [
  pod("web-1", "node-1", WEB_IP, [8080, { port: 9090, loopback: true }]),
  pod("client", "node-2", CLIENT_IP),
  pod("host", "node-2", NODE_IP, [9100]),
  service("web", {
    type: "NodePort",
    clusterIP: "10.96.0.50",
    ports: [{ port: 80, targetPort: 8080, nodePort: 30080 }],
  }),
  slice("web", [{ port: 8080 }], [{ ip: WEB_IP, node: "node-1", pod: "web-1" }]),
  service("none", { type: "NodePort", clusterIP: "10.96.0.51", ports: [{ port: 80, nodePort: 30081 }] }),
  service("local", {
    type: "NodePort",
    clusterIP: "10.96.0.52",
    externalTrafficPolicy: "Local",
    ports: [{ port: 80, targetPort: 8080, nodePort: 30082 }],
  }),
  slice("local", [{ port: 8080 }], [{ ip: WEB_IP, node: "node-1", pod: "web-1" }]),
  (cluster) => {
    cluster.network.setPower("node-3", false);
    cluster.network.balancers.set("203.0.113.99", {
      service: "default/web",
      healthyNodes: () => ["node-2"],
      serves: (_, port) => port === 80,
      proxies: false,
      admits: (source) => source !== CLIENT_IP,
      nodePortOf: () => 30080,
    });
    cluster.network.outsiders.set("198.51.100.7", {
      name: "API server",
      sockets: [{ protocol: "TCP", port: 443, loopback: false, handler: () => ({ status: 200, body: "" }) }],
    });
    cluster.network.forwards.set("laptop:8088", {
      pod: { uid: "web-1", namespace: "default", name: "web-1" },
      podPort: 8080,
      everywhere: false,
      opened: () => undefined,
      failed: () => undefined,
    });
  },
];

/** Where a packet is, whether it came there, from where to where (`address:port`), and its kind and protocol if unusual. */
interface Case {
  readonly at: Place;
  readonly made?: true;
  readonly from?: string;
  readonly to: string;
  readonly kind?: PacketInFlight["kind"];
  readonly protocol?: Header["protocol"];
  readonly decides: string;
}

const TABLE: readonly Case[] = [
  // A client.
  { at: LAPTOP, made: true, from: LAPTOP_IP, to: `${NODE_IP}:30080`, decides: "go node-2" },
  { at: LAPTOP, made: true, from: LAPTOP_IP, to: "127.0.0.1:80", decides: "go laptop" },
  { at: LAPTOP, made: true, from: LAPTOP_IP, to: "10.96.0.50:80", decides: "go internet" },
  { at: LAPTOP, made: true, from: LAPTOP_IP, to: "192.168.1.99:80", decides: "end unreachable" },
  { at: LAPTOP, to: `${LAPTOP_IP}:80`, decides: "end refused, reset" },
  { at: LAPTOP, to: `${LAPTOP_IP}:80`, protocol: "UDP", decides: "end refused, icmp-unreachable" },
  { at: LAPTOP, to: `${LAPTOP_IP}:0`, protocol: "ICMP", decides: "serve echo" },
  { at: LAPTOP, to: "127.0.0.1:8088", decides: "serve port-forward" },
  { at: LAPTOP, to: `${LAPTOP_IP}:8088`, decides: "end refused, reset" },
  { at: LAPTOP, from: `${NODE_IP}:30080`, to: `${LAPTOP_IP}:40000`, kind: "reply", decides: "serve sender" },
  { at: LAPTOP, from: `${NODE_IP}:30080`, to: `${LAPTOP_IP}:40001`, kind: "reply", decides: "end lost" },
  // A node.
  { at: NODE_2, to: `${NODE_IP}:30080`, decides: "go node-1, dnat masquerade" },
  { at: NODE_1, to: "192.168.1.11:30082", decides: "go web-1, dnat" },
  { at: NODE_2, to: `${NODE_IP}:30081`, decides: "end refused, icmp-unreachable" },
  { at: NODE_2, to: `${NODE_IP}:30082`, decides: "end dropped" },
  { at: NODE_2, to: `${NODE_IP}:9100`, decides: "serve process" },
  { at: NODE_2, to: `${NODE_IP}:9101`, decides: "end refused, reset" },
  { at: NODE_2, to: `${NODE_IP}:0`, protocol: "ICMP", decides: "serve echo" },
  { at: NODE_1, to: `${WEB_IP}:8080`, decides: "go web-1" },
  { at: NODE_1, to: "10.244.1.77:8080", decides: "end lost" },
  { at: NODE_2, from: `${CLIENT_IP}:40000`, to: "8.8.8.8:53", decides: "go internet, masquerade" },
  { at: NODE_2, made: true, from: NODE_IP, to: "192.168.1.99:80", decides: "end unreachable" },
  { at: NODE_2, to: "192.168.1.99:80", decides: "end lost" },
  { at: NODE_3, to: "192.168.1.13:30080", decides: "end lost" },
  // A pod.
  { at: CLIENT, made: true, from: CLIENT_IP, to: "10.96.0.50:80", decides: "go node-2" },
  { at: CLIENT, made: true, from: CLIENT_IP, to: `${CLIENT_IP}:80`, decides: "go client" },
  { at: HOST, made: true, from: NODE_IP, to: "10.96.0.50:80", decides: "go node-1, dnat masquerade" },
  { at: GONE, made: true, from: "10.244.2.7", to: "10.96.0.50:80", decides: "end lost" },
  { at: WEB, to: `${WEB_IP}:8080`, decides: "serve process" },
  { at: WEB, to: `${WEB_IP}:9090`, decides: "end refused, reset" },
  { at: WEB, to: `${WEB_IP}:8080`, protocol: "UDP", decides: "end refused, icmp-unreachable" },
  { at: WEB, to: `${WEB_IP}:0`, protocol: "ICMP", decides: "serve echo" },
  { at: GONE, to: "10.244.1.9:80", decides: "end lost" },
  // Outside.
  { at: API, to: "198.51.100.7:443", decides: "serve process" },
  { at: INTERNET, to: "10.96.0.50:80", decides: "end dropped" },
  { at: BALANCER, to: "203.0.113.99:80", decides: "go node-2" },
  { at: BALANCER, to: "203.0.113.99:81", decides: "end dropped" },
  { at: BALANCER, from: `${CLIENT_IP}:40000`, to: "203.0.113.99:80", decides: "end dropped" },
  { at: API, made: true, from: "198.51.100.7", to: `${NODE_IP}:80`, decides: "go node-2" },
];

function headerOf({ from = LAPTOP_IP, to, protocol = "TCP" }: Pick<Case, "from" | "to" | "protocol">): Header {
  const [source = "", sourcePort = "40000"] = from.split(":");
  const [destination = "", destinationPort = "80"] = to.split(":");
  return {
    protocol,
    source,
    sourcePort: Number(sourcePort),
    destination,
    destinationPort: Number(destinationPort),
  };
}

function aroundOf({ network }: Cluster): Surroundings {
  const rng = { packets: new Rng("packets"), balancers: new Rng("balancers") };
  return { network, routing: new Routing(network), stages: STAGES, rng };
}

/** The laptop's request from port 40000 to the node port, which the packets of the table belong to. */
function packetOf(cluster: Cluster, one: Case): PacketInFlight {
  const call = new Call(cluster.network.parts, { from: LAPTOP, host: NODE_IP, port: 30080 }, undefined, undefined);
  call.header = headerOf({ to: `${NODE_IP}:30080` });
  return { id: 1, kind: one.kind ?? "request", call, header: headerOf(one), hops: 0 };
}

function hopTo(to: Place, header: Header): Hop {
  const at = { sentAt: 0, arrivesAt: 0, verdict: "flying" } as const;
  return { packet: 1, index: 0, from: LAPTOP, to, received: header, header, rewrites: [], rules: [], ...at };
}

function decideOf(cluster: Cluster, one: Case): Decision {
  const packet = packetOf(cluster, one);
  const arrived = one.made === true ? undefined : hopTo(one.at, packet.header);
  return decide(packet, one.at, arrived, aroundOf(cluster));
}

function textOf(decision: Decision): string {
  switch (decision.kind) {
    case "go": {
      const done = decision.work.rewrites.map(({ kind }) => kind).join(" ");
      return `go ${decision.to.name}${done === "" ? "" : `, ${done}`}`;
    }
    case "end":
      return `end ${decision.verdict}${decision.answer === undefined ? "" : `, ${decision.answer.kind}`}`;
    case "serve":
      return `serve ${decision.by.kind}`;
  }
}

const cluster = aClusterWith(WORLD);
const where = ({ at, made }: Case) => `${at.kind} ${at.name}${made === true ? " (made here)" : ""}`;

test.each(
  TABLE.map((one) => [`${where(one)}: ${one.protocol ?? "TCP"} ${one.kind ?? "request"} to ${one.to}`, one] as const),
)("[WALK-21] %s", (_, one) => {
  expect(textOf(decideOf(cluster, one))).toBe(one.decides);
});

test("[WALK-21] deciding changes nothing: twice the same, nothing tracked, counted or due", () => {
  const look = () =>
    JSON.stringify({
      tracked: ["node-1", "node-2"].map((name) => cluster.network.machine(name).conntrack.size),
      counts: [...cluster.trace.counts()],
      inFlight: cluster.trace.inFlightCount,
      due: cluster.clock.nextAt,
    });
  const before = look();
  for (const one of TABLE) expect(textOf(decideOf(cluster, one))).toBe(textOf(decideOf(cluster, one)));
  expect(look()).toBe(before);
});

test("[WALK-22] a stage more at a node decides, and its reason is what hop and outcome say", () => {
  const world = aClusterWith(WORLD);
  const policy: Stage = {
    name: "policy",
    decide: (visit) => {
      const isClosed = visit.packet.kind === "request" && visit.header.destination === WEB_IP;
      return isClosed ? visit.end("dropped", "NetworkPolicy default/closed lets nobody in") : undefined;
    },
  };
  const driver = new Driver(world.network, withStage(STAGES, "node", policy, "routing"));
  const id = driver.send({ from: LAPTOP, host: NODE_IP, port: 30080, timeoutMs: 2_000 });
  world.advance(3_000);
  const exchange = world.trace.exchange(id);
  const hop = world.trace.packet(exchange?.packets[0] ?? 0)?.hops.at(-1);
  expect(hop).toMatchObject({ to: NODE_2, verdict: "dropped", reason: "NetworkPolicy default/closed lets nobody in" });
  expect(hop?.end?.rewrites.map(({ kind }) => kind)).toEqual(["dnat", "masquerade"]);
  expect(hop === undefined ? "" : describeHop(hop)).toBe(
    "node-2 dropped the packet for 192.168.1.12:30080 without an answer: NetworkPolicy default/closed lets nobody in.",
  );
  expect(exchange === undefined ? "" : describeOutcome(exchange)).toBe(
    "The laptop gave up on 192.168.1.12:30080 after 2 s: NetworkPolicy default/closed lets nobody in.",
  );
  const open = driver.send({ from: LAPTOP, host: NODE_IP, port: 9100 });
  world.advance(3_000);
  expect(world.trace.exchange(open)?.outcome.kind).toBe("answered");
});

test("[WALK-22] a stage goes before one that exists", () => {
  expect(() => withStage(STAGES, "pod", { name: "policy", decide: () => undefined }, "rules")).toThrow(
    "network: no stage rules of a pod",
  );
});
