// Rules against Kubernetes' own packet tables, and against themselves when printed and read back.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { EndpointSlice, Service } from "../api/types.gen.ts";
import { holds, parseCidr } from "../network/ip.ts";
import { type Decision, evaluate } from "../network/netfilter/evaluate.ts";
import { NodeRuleset } from "../network/netfilter/node-ruleset.ts";
import { iptablesRestore } from "../network/netfilter/restore.ts";
import type { Ruleset } from "../network/netfilter/rule.ts";
import { iptablesSave } from "../network/netfilter/save.ts";
import type { Protocol } from "../network/packet.ts";
import { Rng } from "../sim/rng.ts";
import { type EndpointInfo, parseSlice } from "./endpoints.ts";
import { chainName } from "./names.ts";
import { serviceRules } from "./rules.ts";
import { servicePorts } from "./service-port.ts";
import { categorize } from "./topology.ts";

const NODE = { name: "node-1", zone: "zone-a", address: "192.168.1.11" };
const POD_CIDR = parseCidr("10.244.0.0/16");

interface World {
  readonly service: Service;
  readonly slice: EndpointSlice;
}

function rulesOf(worlds: readonly World[]): NodeRuleset {
  const ruleset = new NodeRuleset();
  for (const { service, slice } of worlds)
    for (const info of servicePorts(service)) {
      const endpoints = parseSlice(slice).get(`${info.portName} ${info.protocol}`) ?? [];
      if (POD_CIDR === undefined) throw new Error("no range");
      const subject = {
        service: info.id,
        namespace: info.namespace,
        name: info.name,
        portName: info.portName,
        clusterIP: info.clusterIP,
        port: info.port,
        candidates: () => [],
        whyNone: () => "",
      };
      ruleset.set(
        `${info.id} ${info.protocol}`,
        serviceRules({
          info,
          categories: categorize(endpoints, info, NODE),
          subject,
          nodeAddress: NODE.address,
          podCIDR: POD_CIDR,
          markMasquerade: ruleset.markMasquerade,
        }),
      );
    }
  return ruleset;
}

interface Question {
  readonly source: string;
  readonly destination: string;
  readonly port: number;
  readonly protocol: Protocol;
}

function ask(ruleset: Ruleset, { source, destination, port, protocol }: Question, rng?: Rng): Decision {
  const isLocal = (address: string) => address === NODE.address || address.startsWith("127.");
  return evaluate(
    ruleset,
    { protocol, source, sourcePort: 40000, destination, destinationPort: port },
    { isLocal, origin: isLocal(source) ? "here" : "wire", now: 0, ...(rng === undefined ? {} : { rng }) },
  );
}

function said(decision: Decision): string {
  const endpoints = decision.destinations.map((each) => each.text).sort();
  return [decision.verdict, ...endpoints, ...(decision.masquerade ? ["masquerade"] : [])].join(" ");
}

function world(name: string, spec: Service["spec"], endpoints: EndpointSlice["endpoints"], ingress?: string[]): World {
  return {
    service: {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name, namespace: "default" },
      spec,
      ...(ingress === undefined ? {} : { status: { loadBalancer: { ingress: ingress.map((ip) => ({ ip })) } } }),
    },
    slice: {
      apiVersion: "discovery.k8s.io/v1",
      kind: "EndpointSlice",
      metadata: { name: `${name}-1`, namespace: "default", labels: { "kubernetes.io/service-name": name } },
      addressType: "IPv4",
      ports: [{ name: "", port: 8080, protocol: "TCP" }],
      endpoints,
    },
  };
}

const HERE = { addresses: ["10.244.1.2"], nodeName: "node-1" };
const THERE = { addresses: ["10.244.2.2"], nodeName: "node-2" };
const POD = "10.244.1.9";
const OUTSIDE = "192.168.1.10";

/** One Service with every way in. */
function open(policies: { internal: string; external: string }, endpoints: EndpointSlice["endpoints"]): NodeRuleset {
  return rulesOf([
    world(
      "web",
      {
        type: "LoadBalancer",
        clusterIP: "10.96.0.50",
        internalTrafficPolicy: policies.internal,
        externalTrafficPolicy: policies.external,
        externalIPs: ["192.0.2.80"],
        healthCheckNodePort: policies.external === "Local" ? 32000 : undefined,
        ports: [{ port: 80, nodePort: 30080 }],
      },
      endpoints,
      ["203.0.113.5"],
    ),
  ]);
}

describe("chain names", () => {
  // The three check values of docs/semantics.md 3.5, from kubernetes/pkg/proxy/iptables/proxier_test.go.
  test.each([
    ["KUBE-SVC-", "default/kubernetes:https", "", "KUBE-SVC-NPX46M4PTMTKRN6Y"],
    ["KUBE-SVC-", "ns1/svc1:p80", "", "KUBE-SVC-XPGD46QRK7WJZT7O"],
    ["KUBE-SEP-", "ns1/svc1:p80", "10.180.0.1:80", "KUBE-SEP-SXIVWICOYRO3J4NJ"],
  ] as const)("[PROXY-1] %s of %s %s is %s", (prefix, port, endpoint, name) => {
    expect(chainName(prefix, port, "TCP", endpoint)).toBe(name);
  });
});

// docs/semantics.md 3.3, from TestInternalExternalMasquerade and TestNoEndpointsReject.
describe("[PROXY-6] where a packet goes", () => {
  const both = [HERE, THERE];
  const table: [string, string, EndpointSlice["endpoints"], string, string, number, string][] = [
    ["Cluster", "Cluster", both, POD, "10.96.0.50", 80, "ACCEPT 10.244.1.2:8080 10.244.2.2:8080"],
    ["Cluster", "Cluster", both, NODE.address, "10.96.0.50", 80, "ACCEPT 10.244.1.2:8080 10.244.2.2:8080 masquerade"],
    ["Cluster", "Cluster", both, OUTSIDE, "10.96.0.50", 80, "ACCEPT 10.244.1.2:8080 10.244.2.2:8080 masquerade"],
    ["Cluster", "Cluster", both, POD, NODE.address, 30080, "ACCEPT 10.244.1.2:8080 10.244.2.2:8080 masquerade"],
    ["Cluster", "Cluster", both, OUTSIDE, NODE.address, 30080, "ACCEPT 10.244.1.2:8080 10.244.2.2:8080 masquerade"],
    ["Cluster", "Cluster", both, OUTSIDE, "203.0.113.5", 80, "ACCEPT 10.244.1.2:8080 10.244.2.2:8080 masquerade"],
    ["Cluster", "Cluster", both, OUTSIDE, "192.0.2.80", 80, "ACCEPT 10.244.1.2:8080 10.244.2.2:8080 masquerade"],
    ["Cluster", "Local", both, POD, NODE.address, 30080, "ACCEPT 10.244.1.2:8080 10.244.2.2:8080"],
    ["Cluster", "Local", both, NODE.address, NODE.address, 30080, "ACCEPT 10.244.1.2:8080 10.244.2.2:8080 masquerade"],
    ["Cluster", "Local", both, OUTSIDE, NODE.address, 30080, "ACCEPT 10.244.1.2:8080"],
    ["Cluster", "Local", [THERE], OUTSIDE, NODE.address, 30080, "DROP"],
    ["Cluster", "Local", [THERE], OUTSIDE, "203.0.113.5", 80, "DROP"],
    ["Cluster", "Local", [THERE], POD, "203.0.113.5", 80, "ACCEPT 10.244.2.2:8080"],
    ["Cluster", "Local", [THERE], OUTSIDE, NODE.address, 32000, "ACCEPT"],
    ["Cluster", "Cluster", [], OUTSIDE, NODE.address, 30080, "REJECT"],
    ["Cluster", "Cluster", [], POD, "10.96.0.50", 80, "REJECT"],
    ["Cluster", "Cluster", [], NODE.address, "203.0.113.5", 80, "REJECT"],
    ["Local", "Cluster", both, POD, "10.96.0.50", 80, "ACCEPT 10.244.1.2:8080"],
    ["Local", "Cluster", [THERE], POD, "10.96.0.50", 80, "DROP"],
    ["Local", "Cluster", [THERE], OUTSIDE, NODE.address, 30080, "ACCEPT 10.244.2.2:8080 masquerade"],
    ["Cluster", "Cluster", [HERE], "10.244.1.2", "10.96.0.50", 80, "ACCEPT 10.244.1.2:8080 masquerade"],
    ["Cluster", "Cluster", both, NODE.address, "127.0.0.1", 30080, "ACCEPT 10.244.1.2:8080 10.244.2.2:8080 masquerade"],
    ["Cluster", "Cluster", both, OUTSIDE, "10.96.0.50", 8080, "ACCEPT"],
  ];
  test.each(table)("internal %s, external %s, %j: from %s to %s:%i is %s", (...row) => {
    const [internal, external, endpoints, source, destination, port, expected] = row;
    expect(said(ask(open({ internal, external }, endpoints), { source, destination, port, protocol: "TCP" }))).toBe(
      expected,
    );
  });
});

const address = fc.constantFrom("10.244.1.2", "10.244.1.3", "10.244.2.2", "10.244.2.3", "10.244.3.2");
const endpoint = fc
  .record({
    address,
    ready: fc.boolean(),
    serving: fc.boolean(),
    terminating: fc.boolean(),
    zone: fc.constantFrom(undefined, "zone-a", "zone-b"),
    nodeHint: fc.constantFrom(undefined, "node-1", "node-2"),
  })
  .map(({ address: ip, ready, serving, terminating, zone, nodeHint }) => ({
    addresses: [ip],
    nodeName: `node-${ip.split(".")[2]}`,
    conditions: { ready, serving: ready || serving, terminating },
    hints: {
      ...(zone === undefined ? {} : { forZones: [{ name: zone }] }),
      ...(nodeHint === undefined ? {} : { forNodes: [{ name: nodeHint }] }),
    },
  }));
const policy = fc.constantFrom("Cluster", "Local");
const aWorld = (name: string, at: number) =>
  fc
    .record({
      endpoints: fc.uniqueArray(endpoint, { maxLength: 4, selector: (each) => each.addresses[0] }),
      internal: policy,
      external: policy,
      type: fc.constantFrom("ClusterIP", "NodePort", "LoadBalancer"),
      ranges: fc.constantFrom([], ["192.168.1.10/32"], ["192.168.1.0/24"], ["10.244.0.0/16"], ["0.0.0.0/0"]),
      externalIPs: fc.constantFrom([], ["192.0.2.80"], [NODE.address]),
      affinity: fc.constantFrom("None", "ClientIP"),
      headless: fc.boolean(),
    })
    .map((each) =>
      world(
        name,
        {
          type: each.type,
          clusterIP: each.headless && each.type === "ClusterIP" ? "None" : `10.96.0.${at}`,
          internalTrafficPolicy: each.internal,
          externalTrafficPolicy: each.external,
          externalIPs: [...each.externalIPs],
          loadBalancerSourceRanges: [...each.ranges],
          sessionAffinity: each.affinity,
          ports: [{ port: 80, ...(each.type === "ClusterIP" ? {} : { nodePort: 30000 + at }) }],
        },
        each.endpoints,
        each.type === "LoadBalancer" ? ["203.0.113.5"] : [],
      ),
    );
const question = fc.record({
  source: fc.constantFrom("192.168.1.10", "192.168.1.20", "192.168.1.11", "192.168.1.12", "10.244.1.2", "10.244.3.9"),
  destination: fc.constantFrom(
    "10.96.0.50",
    "10.96.0.51",
    "192.168.1.11",
    "192.168.1.12",
    "127.0.0.1",
    "192.0.2.80",
    "203.0.113.5",
    "10.244.2.2",
  ),
  port: fc.constantFrom(80, 8080, 30050, 30051),
  protocol: fc.constantFrom("TCP" as const, "UDP" as const),
});
const worlds = fc.tuple(aWorld("web", 50), aWorld("api", 51));

describe("rules as data and rules as text", () => {
  test("[NAT-4] printed, read back and asked again they say the same", () => {
    fc.assert(
      fc.property(worlds, fc.array(question, { minLength: 5, maxLength: 12 }), (all, questions) => {
        const ruleset = rulesOf(all);
        const text = iptablesSave(ruleset);
        const restored = iptablesRestore(text);
        expect(iptablesSave(restored).split("\n").sort()).toEqual(text.split("\n").sort());
        for (const each of questions) expect(said(ask(restored, each))).toBe(said(ask(ruleset, each)));
      }),
      { numRuns: 150 },
    );
  });

  test("[NAT-1] what is drawn is always one of what may be drawn", () => {
    fc.assert(
      fc.property(worlds, question, fc.string({ minLength: 1, maxLength: 4 }), (all, asked, seed) => {
        const ruleset = rulesOf(all);
        const every = ask(ruleset, asked);
        const drawn = ask(ruleset, asked, new Rng(seed));
        expect(drawn.verdict).toBe(every.verdict);
        expect(drawn.destinations).toHaveLength(every.destinations.length === 0 ? 0 : 1);
        for (const each of drawn.destinations)
          expect(every.destinations.map((other) => other.text)).toContain(each.text);
      }),
      { numRuns: 150 },
    );
  });

  test("[PROXY-3] every accepted endpoint is allowed by its conditions and by the policies", () => {
    fc.assert(
      fc.property(worlds, question, (all, asked) => {
        const decision = ask(rulesOf(all), asked);
        const { subject } = decision;
        if (subject === undefined) return;
        const own = all.find((each) => each.service.metadata.name === subject.name);
        const endpoints = own === undefined ? [] : (parseSlice(own.slice).get(" TCP") ?? []);
        for (const each of decision.destinations) expectAllowed(each.text, endpoints, { own, asked });
      }),
      { numRuns: 250 },
    );
  });
});

function expectAllowed(
  text: string,
  endpoints: readonly EndpointInfo[],
  { own, asked }: { own: World | undefined; asked: Question },
): void {
  const found = endpoints.find((each) => each.text === text);
  expect(found).toBeDefined();
  expect(found?.ready === true || (found?.serving === true && found.terminating)).toBe(true);
  const spec = own?.service.spec;
  const inner = asked.destination === spec?.clusterIP;
  if (inner && spec?.internalTrafficPolicy === "Local") expect(found?.node).toBe("node-1");
  const external = !holds("10.244.0.0/16", asked.source) && asked.source !== NODE.address;
  if (!inner && external && spec?.externalTrafficPolicy === "Local") expect(found?.node).toBe("node-1");
  const ranges = spec?.loadBalancerSourceRanges ?? [];
  if (asked.destination === "203.0.113.5" && ranges.length > 0)
    expect(ranges.some((range) => holds(range, asked.source))).toBe(true);
}

describe("the draw", () => {
  const count = 10_000;
  const three = [HERE, THERE, { addresses: ["10.244.3.2"], nodeName: "node-3" }];
  const asked = { source: POD, destination: "10.96.0.50", port: 80, protocol: "TCP" } as const;

  function chiSquare(ruleset: Ruleset): number {
    const rng = new Rng("chi");
    const drawn = new Map<string, number>();
    for (let i = 0; i < count; i++) {
      const text = ask(ruleset, asked, rng).destinations[0]?.text ?? "";
      drawn.set(text, (drawn.get(text) ?? 0) + 1);
    }
    const expected = count / three.length;
    return three.reduce((sum, each) => {
      const seen = drawn.get(`${each.addresses[0]}:8080`) ?? 0;
      return sum + (seen - expected) ** 2 / expected;
    }, 0);
  }

  // 13.8 is the chi-square bound of 2 degrees of freedom at p = 0.001.
  test("[PROXY-8] is even over 10,000 connections", () => {
    expect(chiSquare(open({ internal: "Cluster", external: "Cluster" }, three))).toBeLessThan(13.8);
  });

  test("[PROXY-8] is even too when the printed probabilities 1/n, 1/(n-1), … are drawn one by one", () => {
    const text = iptablesSave(open({ internal: "Cluster", external: "Cluster" }, three));
    expect(text).toContain("--probability 0.3333333333 -j KUBE-SEP-");
    expect(text).toContain("--probability 0.5000000000 -j KUBE-SEP-");
    expect(chiSquare(iptablesRestore(text))).toBeLessThan(13.8);
  });
});
