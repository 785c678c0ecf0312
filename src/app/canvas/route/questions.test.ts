// Questions about packets on the real engine: one choice turns out right, and what tempts is in them.
import { describe, expect, test } from "vitest";
import type { Place } from "../../../cluster/index.ts";
import { newScenario } from "../../../scenario/index.ts";
import { createRun, type Run } from "../../store/run.ts";
import { actualOf, explained, questionOf } from "./questions.ts";

const WEB = `apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  type: NodePort
  clusterIP: 10.96.10.10
  selector: { app: web }
  ports: [{ port: 80, targetPort: 8080, nodePort: 30080 }]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 3
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: "nginxinc/nginx-unprivileged:1.29", ports: [{ containerPort: 8080 }] }] }
---
apiVersion: v1
kind: Pod
metadata: { name: client }
spec: { containers: [{ name: client, image: "curlimages/curl:8.16.0", command: ["sleep", "infinity"] }] }
`;
const LAPTOP: Place = { kind: "client", name: "laptop" };
const CLIENT: Place = { kind: "pod", namespace: "default", name: "client" };

function running(text = WEB): Run {
  const run = createRun(newScenario(text));
  run.advance(8_000);
  return run;
}

/** Sends and asks at once; the choices in their order, right first, and which one happened. */
function asked(run: Run, from: Place, target: string, turn = 0) {
  const [host = "", port] = target.split(":");
  const { exchange } = run.perform({ kind: "send", from, host, port: Number(port) });
  const { trace } = run.world;
  const hop = trace.exchange(exchange ?? -1)?.packets.flatMap((id) => trace.packet(id)?.hops ?? [])[0];
  if (hop === undefined) throw new Error("no hop");
  const question = questionOf(run.world, hop, turn);
  run.advance(3_000);
  const actual = actualOf(trace, hop);
  if (question === undefined || actual === undefined) throw new Error("no question");
  const right = question.choices.flatMap(({ text, holds }) => (holds(actual) ? [text] : []));
  return {
    text: question.text,
    choices: question.choices.map((each) => each.text),
    right,
    explanation: explained(actual),
  };
}

describe("[PREDICT-2] a question about a packet at a Node", () => {
  test("of a NodePort offers the pods with and without masquerade, the ClusterIP, and another Node or port", () => {
    const first = asked(running(), LAPTOP, "192.168.1.11:30080");
    expect(first.text).toBe(
      "node-1 gets the packet 192.168.1.10 → 192.168.1.11:30080. Where does it go next, with which addresses?",
    );
    expect(first.choices).toEqual([
      "To one of 3 ready pods, :8080, from 192.168.1.11, node-1",
      "To one of 3 ready pods, :8080, from 192.168.1.10",
      "To 10.96.10.10:80, the ClusterIP of web",
      "To one of 3 ready pods, :80",
    ]);
    expect(first.right).toEqual([first.choices[0]]);
    expect(first.explanation).toMatch(/KUBE-NODEPORTS/);
    const second = asked(running(), LAPTOP, "192.168.1.11:30080", 1);
    expect(second.choices).toContain("To 192.168.1.12:30080, node-2");
    expect(second.choices.indexOf(second.right[0] ?? "")).toBe(3);
  });

  test("with a traffic policy of Local keeps the source, and counts the Node's own pods", () => {
    const run = running(WEB.replace("type: NodePort", "type: NodePort\n  externalTrafficPolicy: Local"));
    const { choices, right } = asked(run, LAPTOP, "192.168.1.11:30080");
    expect(right).toEqual([choices[0]]);
    expect(right[0]).toMatch(/^To 10\.244\.1\.\d+:8080, from 192\.168\.1\.10$/);
  });

  test("of a ClusterIP offers that it stays the address", () => {
    const { choices, right } = asked(running(), CLIENT, "10.96.10.10:80");
    expect(right).toEqual([choices[0]]);
    expect(right[0]).toMatch(/^To one of 3 ready pods, :8080, from 10\.244\.\d\.\d+$/);
    expect(choices[2]).toBe("To a pod, still addressed to 10.96.10.10:80");
  });

  test("that a pod sends to its own Service asks for no source: it depends on the draw", () => {
    const run = running();
    const [pod] = run.world.api
      .list("pods", { namespace: "default" })
      .filter(({ metadata }) => metadata.labels?.app === "web");
    const from = { kind: "pod", namespace: "default", name: pod?.metadata.name ?? "" } as const;
    const { choices, right } = asked(run, from, "10.96.10.10:80");
    expect(right).toEqual(["To one of 3 ready pods, :8080"]);
    expect(choices.join()).not.toContain("from");
  });

  test("offers a pod that is not ready", () => {
    const run = running();
    const [pod] = run.world.api
      .list("pods", { namespace: "default" })
      .filter(({ metadata }) => metadata.labels?.app === "web");
    run.perform({
      kind: "fail",
      fault: { kind: "readiness", namespace: "default", pod: pod?.metadata.name ?? "", ready: false },
    });
    run.advance(5_000);
    const { choices, right } = asked(run, LAPTOP, "192.168.1.11:30080");
    expect(choices).toContain(`To ${pod?.status?.podIP}:8080, a pod that isn't ready`);
    expect(right[0]).toMatch(/^To one of 2 ready pods/);
  });

  test.each([
    [
      "without endpoints is refused",
      WEB.replace("selector: { app: web }", "selector: { app: none }"),
      "192.168.1.11:30080",
    ],
    ["to a port that nobody has is refused", WEB, "192.168.1.11:30081"],
  ])("%s", (_name, text, target) => {
    const { right } = asked(running(text), LAPTOP, target);
    expect(right).toEqual(["Nowhere: node-1 refuses it"]);
  });

  test("to a pod's own address leaves it as it is", () => {
    const run = running();
    const pod = run.world.api
      .list("pods", { namespace: "default" })
      .find(({ metadata }) => metadata.labels?.app === "web");
    const { right } = asked(run, CLIENT, `${pod?.status?.podIP}:8080`);
    expect(right).toEqual([
      `To ${pod?.status?.podIP}:8080, from ${run.world.api.get("pods", "default", "client").status?.podIP}`,
    ]);
  });
});
