// Scenarios as people make them, and everything else that a link may claim to be one.
import fc from "fast-check";
import type { Action, Scenario } from "../scenario/index.ts";
import { DEPLOYMENT, MANIFESTS, SERVICE } from "./manifests.ts";
import { mutated } from "./mutate.ts";
import { PROTOTYPE_NAMES } from "./words.ts";

const name = fc.constantFrom("web", "x", "x-0", "gone", "", "a".repeat(300), "../x", ...PROTOTYPE_NAMES);
const node = fc.constantFrom("node-1", "node-2", "node-3", "node-9", "__proto__");
const namespace = fc.constantFrom("default", "kube-system", "gone", "constructor");
const port = fc.oneof(fc.constantFrom(80, 443, 30080, 53, 1, 65535), fc.integer({ min: 1, max: 65535 }));
const host = fc.constantFrom(
  ...["192.168.1.11", "192.168.1.12", "10.96.77.7", "x", "x.default.svc.cluster.local", "example.com", "203.0.113.1"],
  ...["0.0.0.0", "255.255.255.255", "127.0.0.1", "[::1]", "a b", "__proto__", "10.244.1.2", ""],
);
const place = fc.oneof(
  fc.constantFrom({ kind: "client", name: "laptop" } as const, { kind: "client", name: "phone" } as const),
  node.map((each) => ({ kind: "node", name: each }) as const),
  fc.record({ kind: fc.constant("pod" as const), namespace, name }),
);
const protocol = fc.constantFrom("TCP" as const, "UDP" as const, "SCTP" as const);
const request = fc.record(
  { from: place, host, port, protocol, path: fc.constantFrom("/", "/healthz", "//", "x".repeat(1_000)) },
  { requiredKeys: ["from", "host", "port"] },
);
const text = fc.oneof(
  fc.constantFrom("", SERVICE, DEPLOYMENT, `${SERVICE}---\n${DEPLOYMENT}`),
  mutated([...MANIFESTS, `${SERVICE}---\n${DEPLOYMENT}`]).map(({ broken }) => broken),
);
const between = fc.tuple(
  fc.constantFrom("laptop", "phone", "node-1", "node-2"),
  fc.constantFrom("node-1", "node-2", "node-3"),
);
const fault = fc.oneof(
  fc.record({ kind: fc.constantFrom("node-power", "kubelet", "kube-proxy", "cordon"), node }),
  fc.constant({ kind: "coredns" }),
  fc.record({ kind: fc.constant("readiness"), namespace, pod: name, ready: fc.boolean() }),
  fc.record({ kind: fc.constant("listen"), namespace, pod: name, loopback: fc.boolean(), port }),
  fc.record({ kind: fc.constant("link"), between, latencyMs: fc.nat(100_000), loss: fc.double({ min: 0, max: 1 }) }),
  fc.record({ kind: fc.constant("pod-network"), between }),
  fc.record({ kind: fc.constant("no-route"), client: fc.constantFrom("laptop", "phone") }),
  fc.constant({ kind: "firewall" }),
  fc.record({
    kind: fc.constantFrom("slow-start", "slow-shutdown"),
    resource: fc.constantFrom("deployments.apps", "pods"),
    namespace,
    name,
    seconds: fc.nat(3_600),
  }),
);

/** Actions as a link may hold them: most can be done, some name what isn't there. */
export const action = fc.oneof(
  text.map((value) => ({ kind: "apply", text: value })),
  request.map((value) => ({ kind: "send", ...value })),
  fc.tuple(request, fc.constantFrom(0.5, 5, 50), fc.boolean()).map(([value, rate, keepAlive]) => ({
    ...value,
    kind: "start-traffic",
    rate,
    keepAlive,
  })),
  fc.constant({ kind: "stop-traffic" }),
  fc.record({ kind: fc.constantFrom("kill-pod", "crash-container"), namespace, name }),
  fc.record({ kind: fc.constant("scale"), namespace, name, replicas: fc.nat(20) }),
  fc.record({ kind: fc.constant("node-power"), name: node, on: fc.boolean() }),
  fault.map((value) => ({ kind: "fail", fault: value })),
  fc.record({
    kind: fc.constant("restore"),
    id: fc.constantFrom("node/node-1", "coredns", "route laptop", "__proto__"),
  }),
  fc.record({
    kind: fc.constant("configure"),
    settings: fc.record(
      {
        hopLatency: fc.nat(2_000),
        cloud: fc.boolean(),
        ingress: fc.boolean(),
        gateway: fc.boolean(),
        probes: fc.boolean(),
        proxyLag: fc.nat(5_000).map((from) => ({ from, to: from + 100 })),
      },
      { requiredKeys: [] },
    ),
  }),
  fc
    .constantFrom("kubectl get pods", "kubectl delete svc --all", "kubectl scale deploy x --replicas=3")
    .map((line) => ({
      kind: "shell",
      line,
    })),
) as fc.Arbitrary<unknown> as fc.Arbitrary<Action>; // what is no action is refused by whoever reads it

/** A scenario with a log whose times grow. */
export const scenario: fc.Arbitrary<Scenario> = fc
  .tuple(text, fc.array(fc.tuple(fc.nat(20_000), action), { maxLength: 12 }), fc.string({ maxLength: 10 }))
  .map(([manifest, steps, seed]) => {
    let at = 0;
    const log = steps.map(([gap, each]) => {
      at += gap;
      return { at, action: each };
    });
    return { version: 1, seed, settings: {}, text: manifest, log };
  });
