// The zone's records, with answers recorded in src/conformance/dns and read in CoreDNS' sources.
import { describe, expect, test } from "vitest";
import type { ClusterSettings } from "../sim/settings.ts";
import { aClusterWith, type Part, pod, service, slice } from "../testing.ts";

const namespace =
  (name: string): Part =>
  (cluster) => {
    cluster.api.create("namespaces", undefined, { apiVersion: "v1", kind: "Namespace", metadata: { name } });
  };

const hostnames: Part = (cluster) => {
  cluster.api.create("endpointslices.discovery.k8s.io", "default", {
    apiVersion: "discovery.k8s.io/v1",
    kind: "EndpointSlice",
    metadata: { name: "db-1", labels: { "kubernetes.io/service-name": "db" } },
    addressType: "IPv4",
    ports: [{ name: "sql", port: 5432, protocol: "TCP" }],
    endpoints: [
      { addresses: ["10.244.1.2"], hostname: "db-0", conditions: { ready: true } },
      { addresses: ["10.244.2.2"], hostname: "db-1", conditions: { ready: true } },
      { addresses: ["10.244.3.2"], hostname: "db-2", conditions: { ready: false } },
    ],
  });
};

const ZONE: readonly Part[] = [
  namespace("empty"),
  service("web", {
    clusterIP: "10.96.0.50",
    ports: [
      { name: "http", port: 80 },
      { name: "dns", port: 53, protocol: "UDP" },
    ],
  }),
  service("db", { clusterIP: "None", ports: [{ name: "sql", port: 5432 }] }),
  hostnames,
  service("none", { clusterIP: "None", ports: [{ port: 80 }] }),
  service("lake", { clusterIP: "None", ports: [{ port: 80 }] }),
  slice("lake", [{ port: 9042 }], [{ ip: "192.168.1.51" }]),
  service("pay", { type: "ExternalName", externalName: "gateway.example.com", ports: [] }),
  service("nick", { type: "ExternalName", externalName: "web.default.svc.cluster.local", ports: [] }),
  service("nack", { type: "ExternalName", externalName: "nick.default.svc.cluster.local", ports: [] }),
  service("loop", { type: "ExternalName", externalName: "loop.default.svc.cluster.local", ports: [] }),
  service("gone", { type: "ExternalName", externalName: "nowhere.default.svc.cluster.local", ports: [] }),
  service("number", { type: "ExternalName", externalName: "192.0.2.1", ports: [] }),
];

const cluster = aClusterWith(ZONE, { internet: false });
const D = "default.svc.cluster.local";

describe("the cluster's DNS", () => {
  const table: [rule: string, name: string, type: string, rcode: string, answers: string[]][] = [
    ["DNS-1", "cluster.local", "A", "NOERROR", []],
    ["DNS-1", "svc.cluster.local", "A", "NOERROR", []],
    ["DNS-1", "pod.cluster.local", "A", "NOERROR", []],
    ["DNS-1", D, "A", "NOERROR", []],
    ["DNS-1", "empty.svc.cluster.local", "A", "NOERROR", []],
    ["DNS-1", "nowhere.svc.cluster.local", "A", "NXDOMAIN", []],
    ["DNS-1", "other.cluster.local", "A", "NXDOMAIN", []],
    ["DNS-1", `a.b.c.web.${D}`, "A", "NXDOMAIN", []],
    ["DNS-1", "example.com", "A", "NXDOMAIN", []],
    ["DNS-2", `web.${D}`, "A", "NOERROR", ["10.96.0.50"]],
    ["DNS-2", `WEB.Default.svc.cluster.local`, "A", "NOERROR", ["10.96.0.50"]],
    ["DNS-2", `web.${D}.`, "AAAA", "NOERROR", []],
    ["DNS-2", `web.${D}`, "MX", "NOERROR", []],
    ["DNS-2", `nothing.${D}`, "AAAA", "NXDOMAIN", []],
    ["DNS-2", `web.empty.svc.cluster.local`, "A", "NXDOMAIN", []],
    ["DNS-3", `db.${D}`, "A", "NOERROR", ["10.244.1.2", "10.244.2.2"]],
    ["DNS-3", `db-0.db.${D}`, "A", "NOERROR", ["10.244.1.2"]],
    ["DNS-3", `10-244-1-2.db.${D}`, "A", "NXDOMAIN", []],
    ["DNS-3", `db-2.db.${D}`, "A", "NXDOMAIN", []],
    ["DNS-3", `none.${D}`, "A", "NXDOMAIN", []],
    ["DNS-3", `192-168-1-51.lake.${D}`, "A", "NOERROR", ["192.168.1.51"]],
    ["DNS-4", `_http._tcp.web.${D}`, "SRV", "NOERROR", [`0 100 80 web.${D}.`]],
    ["DNS-4", `_dns._udp.web.${D}`, "SRV", "NOERROR", [`0 100 53 web.${D}.`]],
    ["DNS-4", `_dns._tcp.web.${D}`, "SRV", "NXDOMAIN", []],
    ["DNS-4", `web.${D}`, "SRV", "NOERROR", [`0 50 80 web.${D}.`, `0 50 53 web.${D}.`]],
    ["DNS-4", `_sql._tcp.db.${D}`, "SRV", "NOERROR", [`0 50 5432 db-0.db.${D}.`, `0 50 5432 db-1.db.${D}.`]],
    ["DNS-4", `lake.${D}`, "SRV", "NOERROR", [`0 100 9042 192-168-1-51.lake.${D}.`]],
    ["DNS-4", `pay.${D}`, "SRV", "NOERROR", []],
    ["DNS-5", `pay.${D}`, "CNAME", "NOERROR", ["gateway.example.com."]],
    ["DNS-5", `pay.${D}`, "A", "NOERROR", ["gateway.example.com."]],
    ["DNS-5", `nick.${D}`, "A", "NOERROR", [`web.${D}.`, "10.96.0.50"]],
    ["DNS-5", `nack.${D}`, "A", "NOERROR", [`nick.${D}.`, `web.${D}.`, "10.96.0.50"]],
    ["DNS-5", `nick.${D}`, "AAAA", "NOERROR", []],
    ["DNS-5", `gone.${D}`, "A", "NOERROR", []],
    ["DNS-5", `loop.${D}`, "A", "NOERROR", []],
    ["DNS-5", `number.${D}`, "A", "NXDOMAIN", []],
    ["DNS-5", `web.${D}`, "CNAME", "NOERROR", []],
    ["DNS-5", `x.pay.${D}`, "A", "NXDOMAIN", []],
    ["DNS-6", "50.0.96.10.in-addr.arpa", "PTR", "NOERROR", [`web.${D}.`]],
    ["DNS-6", "2.1.244.10.in-addr.arpa", "PTR", "NOERROR", [`db-0.db.${D}.`]],
    ["DNS-6", "51.1.168.192.in-addr.arpa", "PTR", "NOERROR", [`192-168-1-51.lake.${D}.`]],
    ["DNS-6", "77.1.168.192.in-addr.arpa", "PTR", "NXDOMAIN", []],
    [
      "DNS-12",
      "_Http._TCP.Web.Default.SVC.Cluster.Local",
      "SRV",
      "NOERROR",
      ["0 100 80 web.default.svc.Cluster.Local."],
    ],
    ["DNS-7", "10-244-9-9.default.pod.cluster.local", "A", "NOERROR", ["10.244.9.9"]],
    ["DNS-7", "10-244-9-9.nowhere.pod.cluster.local", "A", "NXDOMAIN", []],
    ["DNS-7", "10-244-9-900.default.pod.cluster.local", "A", "NXDOMAIN", []],
    ["DNS-7", "solo.default.pod.cluster.local", "A", "NXDOMAIN", []],
    ["DNS-7", "default.pod.cluster.local", "A", "NOERROR", []],
    ["DNS-9", "dns-version.cluster.local", "TXT", "NOERROR", ['"1.1.0"']],
    ["DNS-9", `web.${D}`, "TXT", "NOERROR", []],
    ["DNS-9", `nothing.${D}`, "TXT", "NXDOMAIN", []],
  ];
  test.each(table)("[%s] %s %s is %s %j", (...row) => {
    const [, name, type, rcode, answers] = row;
    const answer = cluster.resolve(name, type);
    expect([answer.rcode, answer.answers.map((each) => each.data)]).toEqual([rcode, answers]);
  });
});

describe("names in requests", () => {
  const NAMED: readonly Part[] = [
    pod("web-1", "node-1", "10.244.1.2", [8080]),
    pod("client", "node-2", "10.244.2.9"),
    pod("dns-1", "node-3", "10.244.3.3"),
    (world) => {
      const program = world.network.programs.get("coredns");
      if (program === undefined) throw new Error("no CoreDNS");
      world.network.listen({ kind: "pod", uid: "dns-1" }, { protocol: "UDP", port: 53 }, program);
    },
    service("web", { clusterIP: "10.96.0.50", ports: [{ port: 80, targetPort: 8080 }] }),
    slice("web", [{ port: 8080 }], [{ ip: "10.244.1.2", node: "node-1", pod: "web-1" }]),
    service("dns", { clusterIP: "10.96.0.10", ports: [{ port: 53, protocol: "UDP" }] }),
    slice("dns", [{ port: 53, protocol: "UDP" }], [{ ip: "10.244.3.3", node: "node-3", pod: "dns-1" }]),
    service("pay", { type: "ExternalName", externalName: "gateway.example.com", ports: [] }),
  ];
  const from = { kind: "pod", namespace: "default", name: "client" } as const;

  function ask(parts: readonly Part[], host: string, settings: Partial<ClusterSettings> = {}) {
    const world = aClusterWith(parts, settings);
    let outcome = "";
    let reason = "";
    world.send({ from, host, port: 80, timeoutMs: 60_000 }, (what) => {
      outcome = what.kind;
      reason = "reason" in what ? what.reason : "";
    });
    world.advance(60_000);
    const questions = [...world.trace.exchanges()].filter((each) => each.purpose === "dns");
    return {
      outcome,
      reason,
      questions: questions.map((each) => each.target),
      parents: questions.map((each) => each.parent),
    };
  }

  test("[DNS-8] a short name is tried with each suffix of the pod's search list, as packets to the DNS Service", () => {
    expect(ask(NAMED, "web")).toEqual({
      outcome: "answered",
      reason: "",
      questions: ["web.default.svc.cluster.local. A"],
      parents: [1],
    });
    expect(ask(NAMED, "web.default").questions).toEqual([
      "web.default.default.svc.cluster.local. A",
      "web.default.svc.cluster.local. A",
    ]);
    expect(ask(NAMED, "web.default.svc.cluster.local").questions).toHaveLength(4);
    expect(ask(NAMED, "web.default.svc.cluster.local.").questions).toHaveLength(1);
  });

  test("[DNS-8] a name that nobody has is unresolved after every suffix", () => {
    const { outcome, questions } = ask(NAMED, "nope", { internet: false });
    expect([outcome, questions.length]).toEqual(["unresolved", 4]);
  });

  test("[DNS-8] an alias of a host outside is said to be one, where nothing is forwarded", () => {
    expect(ask(NAMED, "pay", { internet: false })).toMatchObject({
      outcome: "unresolved",
      reason: "pay is an alias of gateway.example.com., which the cluster's DNS can't resolve",
    });
  });

  test("[DNS-8] without a DNS pod the look-up is refused, and the request fails for that", () => {
    const { outcome, reason } = ask(NAMED.slice(0, -2), "web");
    expect(outcome).toBe("unresolved");
    expect(reason).toContain("the name server 10.96.0.10 gave no answer for web: ");
  });

  test("[DNS-8] the laptop and the nodes do not know the cluster's names", () => {
    const world = aClusterWith(NAMED);
    for (const place of [{ kind: "client", name: "laptop" } as const, { kind: "node", name: "node-1" } as const]) {
      let kind = "";
      world.send({ from: place, host: "web.default.svc.cluster.local", port: 80 }, (what) => {
        kind = what.kind;
      });
      expect(kind).toBe("unresolved");
    }
  });
});
