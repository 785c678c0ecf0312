// A run is its scenario and nothing else: replayed, sliced or stepped, it comes out the same.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { ingressNginx } from "../ingress/index.ts";
import { ALL_KINDS } from "../kinds/index.ts";
import { createShell } from "../shell/index.ts";
import { parseScenario } from "./parse.ts";
import { controllersOf, createRun as createBareRun, lateKinds, needsShell, type Run } from "./run.ts";
import { newScenario, type Scenario } from "./scenario.ts";
import { settingsNow } from "./settings.ts";

const TEXT = readFileSync(join(import.meta.dirname, "../app/examples/nodeport.yaml"), "utf8");
const createRun = (scenario: Scenario) => createBareRun(scenario, { createShell });
const LAPTOP = { kind: "client", name: "laptop" } as const;

function nameOfAPod(run: Run): string {
  return run.cluster.api.list("pods", { namespace: "default" })[0]?.metadata.name ?? "";
}

/** A life with a bit of everything. */
function live(run: Run): Scenario {
  run.advance(6_000);
  run.perform({ kind: "send", from: LAPTOP, host: "192.168.1.12", port: 30080 });
  run.advance(700);
  run.perform({ kind: "kill-pod", namespace: "default", name: nameOfAPod(run) });
  run.perform({ kind: "start-traffic", from: LAPTOP, host: "192.168.1.11", port: 30080, rate: 3 });
  run.advance(4_321);
  run.perform({ kind: "scale", namespace: "default", name: "web", replicas: 5 });
  run.perform({ kind: "shell", line: "kubectl get pods" });
  run.advance(5_000);
  run.perform({ kind: "fail", fault: { kind: "link", between: ["laptop", "node-1"], latencyMs: 40, loss: 0.4 } });
  run.perform({ kind: "fail", fault: { kind: "pod-network", between: ["node-1", "node-2"] } });
  run.perform({ kind: "fail", fault: { kind: "kubelet", node: "node-3" } });
  run.advance(3_000);
  run.perform({ kind: "restore", id: "kubelet/node-3" });
  run.perform({ kind: "stop-traffic" });
  run.perform({ kind: "apply", text: TEXT.replace("targetPort: 8080", "targetPort: 9090") });
  run.advance(10_000);
  run.perform({ kind: "configure", settings: { nodes: [{ name: "node-1" }, { name: "node-5", zone: "far" }] } });
  run.perform({ kind: "shell", line: "sim node add --cpu 1" });
  run.advance(50_000);
  run.perform({ kind: "apply", text: `${TEXT}\n---\n{apiVersion: v1, kind: Node, metadata: {name: edge}}` });
  run.advance(1_000);
  run.perform({ kind: "send", from: LAPTOP, host: "192.168.1.13", port: 30080 });
  run.advance(10_000);
  return run.scenario("run");
}

it("[RUN-1] performing the log again gives the same run", () => {
  const first = createRun(newScenario(TEXT));
  const scenario = live(first);
  const second = createRun(JSON.parse(JSON.stringify(scenario)) as Scenario);
  second.advance(first.cluster.clock.now);
  expect(second.digest).toBe(first.digest);
  expect(second.log).toEqual(first.log);
});

it("[RUN-1] [LINK-10] nodes of the settings and the log are those of the run", () => {
  const nodes = [{ name: "minikube", cpu: "2" }];
  const scenario = { ...newScenario(TEXT), settings: { nodes } };
  const run = createRun(scenario);
  const names = () => run.cluster.settings.nodes.map(({ name, address }) => `${name} ${address}`);
  expect(names()).toEqual(["minikube 192.168.1.11"]);
  run.perform({ kind: "apply", text: "{apiVersion: v1, kind: Node, metadata: {name: edge}}" });
  run.advance(1_000);
  expect(names()).toEqual(["minikube 192.168.1.11", "edge 192.168.1.12"]);
  run.perform({ kind: "apply", text: "" });
  run.advance(1_000);
  expect(names()).toEqual(["minikube 192.168.1.11"]);
  expect(run.scenario("run").settings.nodes).toEqual(nodes);
});

it("[LINK-11] settings that the dialog or the console changed are those of the text alone", () => {
  const run = createRun(newScenario(TEXT));
  const now = () => settingsNow({ settings: {} }, run.cluster.settings);
  expect(now()).toEqual({});
  run.perform({ kind: "configure", settings: { nodes: [{ name: "node-1", cpu: "2" }] } });
  run.perform({ kind: "shell", line: "sim cloud on" });
  run.perform({ kind: "apply", text: `${TEXT}\n---\n{apiVersion: v1, kind: Node, metadata: {name: edge}}` });
  run.advance(1_000);
  expect(run.cluster.settings.nodes).toHaveLength(2);
  expect(now()).toEqual({ cloud: true, nodes: [{ name: "node-1", zone: "zone-a", cpu: "2" }] });
});

it("[RUN-2] how time is sliced makes no difference", () => {
  const first = createRun(newScenario(TEXT));
  const scenario = live(first);
  const second = createRun(scenario);
  while (second.cluster.clock.now < first.cluster.clock.now) {
    second.advance(Math.min(16.7, first.cluster.clock.now - second.cluster.clock.now));
  }
  expect(second.digest).toBe(first.digest);
});

it("[RUN-3] acting while a log still replays cuts the rest of the log off", () => {
  const scenario = live(createRun(newScenario(TEXT)));
  const run = createRun(scenario);
  run.advance(6_500);
  expect(run.pending.length).toBeGreaterThan(0);
  run.perform({ kind: "stop-traffic" });
  expect(run.pending).toEqual([]);
  expect(run.log.map(({ action }) => action.kind)).toEqual(["send", "stop-traffic"]);
});

it("[RUN-4] what the API server refuses is reported, not thrown", () => {
  const run = createRun(newScenario(TEXT));
  expect(run.perform({ kind: "kill-pod", namespace: "default", name: "nobody" }).error).toBe('pods "nobody" not found');
});

it("[RUN-4] what cannot be broken is reported, and what is not broken is left alone", () => {
  const run = createRun(newScenario(TEXT));
  const fault = { kind: "kubelet", node: "node-9" } as const;
  expect(run.perform({ kind: "fail", fault }).error).toBe('nodes "node-9" not found');
  expect(run.perform({ kind: "restore", id: "firewall" })).toEqual({});
});

it("[RUN-7] stopping traffic ends all that runs, or that from one place, whoever started it", () => {
  const run = createRun(newScenario(TEXT));
  const target = { host: "192.168.1.11", port: 30080 };
  run.perform({ kind: "start-traffic", from: LAPTOP, ...target, rate: 3 });
  run.perform({ kind: "shell", line: "sim traffic --from laptop --rate 2 http://192.168.1.11:30080" });
  run.perform({ kind: "shell", line: "sim traffic --from phone --rate 1 http://192.168.1.11:30080" });
  run.perform({ kind: "stop-traffic", from: LAPTOP });
  expect(run.cluster.listTraffic().map(({ request }) => request.rate)).toEqual([1]);
  run.perform({ kind: "stop-traffic" });
  expect(run.cluster.listTraffic()).toEqual([]);
});

it("[RUN-6] a run without shell actions needs no shell, and may be given one later", () => {
  expect(needsShell(newScenario(TEXT))).toBe(false);
  const run = createBareRun(newScenario(TEXT));
  expect(run.shell).toBeUndefined();
  run.attachShell(createShell);
  expect(run.perform({ kind: "shell", line: "true" }).process?.done).toBe(true);
  expect(needsShell(run.scenario("run"))).toBe(true);
});

it("a log of thousands for one instant is replayed in portions, to the same end", () => {
  const log = Array.from({ length: 50 }, () => ({
    at: 100,
    action: { kind: "send", from: LAPTOP, host: "192.168.1.11", port: 80 } as const,
  }));
  const whole = createRun({ ...newScenario(""), log });
  whole.advance(2_000);
  const portions = createRun({ ...newScenario(""), log });
  portions.advance(500, 20);
  expect([portions.log.length, portions.cluster.clock.now]).toEqual([20, 100]);
  portions.advance(0, 20);
  portions.advance(1_900);
  expect([portions.log.length, portions.digest]).toEqual([50, whole.digest]);
});

it("[RUN-8] [RUN-1] a run with a cloud and an ingress controller, switched on in its log, replays to the same digest", () => {
  const text = `${TEXT}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: shop}
spec:
  ingressClassName: nginx
  defaultBackend: {service: {name: web, port: {number: 80}}}
`;
  const first = createBareRun(newScenario(text), { addons: [ingressNginx, ...ALL_KINDS] });
  first.perform({ kind: "configure", settings: { cloud: true, ingress: true, balancer: "proxy" } });
  first.advance(30_000);
  const from = { kind: "client", name: "laptop" } as const;
  first.perform({ kind: "send", from, host: "203.0.113.10", port: 80, path: "/", hostHeader: "shop.example.com" });
  first.advance(10_000);
  const scenario = parseScenario(JSON.parse(JSON.stringify(first.scenario("run"))));
  expect(controllersOf(scenario)).toEqual(["ingress"]);
  const again = createBareRun(scenario, { addons: [ingressNginx, ...ALL_KINDS] });
  again.advance(40_000);
  expect(again.digest).toBe(first.digest);
  const asked = [...again.cluster.trace.exchanges()].find(({ target }) => target.startsWith("shop.example.com/ at "));
  expect(asked?.outcome).toMatchObject({ kind: "answered" });
});

it("an edited text is part of the log: replayed, kubectl edit gets it again", () => {
  const run = createRun(newScenario(TEXT));
  run.advance(6_000);
  run.perform({ kind: "shell", line: "kubectl edit service web" });
  const text = run.shell?.draft?.text ?? "";
  expect(text).toContain("kind: Service");
  run.advance(2_500);
  run.perform({ kind: "edit", text: text.replace("port: 80\n", "port: 81\n") });
  run.advance(1_000);
  const port = (each: Run) => each.cluster.api.get("services", "default", "web").spec?.ports?.[0]?.port;
  expect(port(run)).toBe(81);
  const again = createRun(parseScenario(JSON.parse(JSON.stringify(run.scenario("run")))));
  again.advance(run.cluster.clock.now);
  expect(port(again)).toBe(81);
  expect(again.digest).toBe(run.digest);
});

it("[RUN-10] a run is the same whether the kinds of its text were there from the beginning or came with it", () => {
  const text = `apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  serviceName: db
  replicas: 2
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec: {containers: [{name: db, image: "nginx:1.29"}]}
  volumeClaimTemplates:
  - metadata: {name: data}
    spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
`;
  expect([...lateKinds(newScenario(text))].sort()).toEqual(["persistentvolumeclaim", "schema", "statefulset"]);
  expect([...lateKinds(newScenario(TEXT))]).toEqual([]);
  const early = createBareRun(newScenario(""), { addons: ALL_KINDS });
  const late = createBareRun(newScenario(""));
  for (const run of [early, late]) run.advance(5_000);
  for (const kind of ALL_KINDS) late.attachAddon(kind);
  for (const run of [early, late]) {
    run.perform({ kind: "apply", text });
    run.advance(60_000);
  }
  expect(late.cluster.api.list("pods", { namespace: "default" })).toHaveLength(2);
  expect(late.digest).toBe(early.digest);
});
