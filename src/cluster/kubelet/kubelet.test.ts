// The life of pods: restarts, probes, termination, addresses, environment, images.
import { describe, expect, test } from "vitest";
import type { Container, Pod, PodSpec } from "../api/types.gen.ts";
import { type Cluster, createCluster } from "../cluster.ts";
import { RECORDED_SETTINGS, SHELL_SETTINGS } from "../sim/settings.ts";
import { AddressPool } from "./addresses.ts";
import { bindingOf } from "./images/arguments.ts";
import { knownEnding } from "./images/command.ts";
import { knownImage } from "./images/table.ts";

function create(cluster: Cluster, name: string, container: Partial<Container>, spec: Partial<PodSpec> = {}): void {
  cluster.api.create("pods", "default", {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name },
    spec: { containers: [{ name: "main", image: "nginx", ...container }], ...spec },
  });
}

const shell = () => createCluster({ seed: "kubelet", settings: SHELL_SETTINGS });
const pod = (cluster: Cluster, name: string): Pod => cluster.api.get("pods", "default", name);
const ready = (cluster: Cluster, name: string) =>
  pod(cluster, name).status?.conditions?.find(({ type }) => type === "Ready")?.status;
const waiting = (cluster: Cluster, name: string) =>
  pod(cluster, name).status?.containerStatuses?.[0]?.state?.waiting?.reason;
const messages = (cluster: Cluster, name: string) =>
  cluster.api.list("events").flatMap((event) => (event.involvedObject.name === name ? [event.message] : []));

describe("addresses", () => {
  test("[KUBELET-2] the lowest free address from .2 on", () => {
    const pool = new AddressPool("10.244.1.0/24");
    expect([pool.take(), pool.take(), pool.take()]).toEqual(["10.244.1.2", "10.244.1.3", "10.244.1.4"]);
    pool.release("10.244.1.3");
    expect([pool.take(), pool.take()]).toEqual(["10.244.1.3", "10.244.1.5"]);
  });

  test("[KUBELET-2] pods of one moment in the order of their names", () => {
    const cluster = createCluster({ seed: "names", settings: RECORDED_SETTINGS });
    for (const name of ["c", "a", "b"]) create(cluster, name, {}, { nodeName: "node-1" });
    cluster.advance(300);
    expect(["a", "b", "c"].map((name) => pod(cluster, name).status?.podIP)).toEqual([
      "10.244.1.2",
      "10.244.1.3",
      "10.244.1.4",
    ]);
  });
});

describe("containers", () => {
  test("[KUBELET-4] the kubelet's conditions in its order", () => {
    const cluster = shell();
    create(cluster, "web", {});
    cluster.advance(300);
    expect(pod(cluster, "web").status?.conditions?.map(({ type, status }) => `${type}=${status}`)).toEqual([
      "PodReadyToStartContainers=True",
      "Initialized=True",
      "Ready=True",
      "ContainersReady=True",
      "PodScheduled=True",
    ]);
  });

  test("[KUBELET-9] a crash keeps the address and counts a restart; crashes in a row wait longer", () => {
    const cluster = shell();
    create(cluster, "web", {});
    cluster.advance(300);
    const address = pod(cluster, "web").status?.podIP;
    expect(cluster.crash("default", "web")).toBe(true);
    expect(ready(cluster, "web")).toBe("False");
    cluster.advance(1_000);
    expect([ready(cluster, "web"), pod(cluster, "web").status?.podIP]).toEqual(["True", address]);
    expect(pod(cluster, "web").status?.containerStatuses?.[0]?.restartCount).toBe(1);
    cluster.crash("default", "web");
    cluster.advance(1_000);
    expect(waiting(cluster, "web")).toBe("CrashLoopBackOff");
    cluster.advance(10_000);
    expect(ready(cluster, "web")).toBe("True");
  });

  test("[KUBELET-5] commands that end, by restartPolicy", () => {
    const cluster = shell();
    create(cluster, "good", { image: "busybox", command: ["true"] }, { restartPolicy: "Never" });
    create(cluster, "bad", { image: "busybox", command: ["false"] }, { restartPolicy: "Never" });
    create(cluster, "loop", { image: "busybox", command: ["sh", "-c", "exit 3"] });
    cluster.advance(2_000);
    expect(["good", "bad", "loop"].map((name) => pod(cluster, name).status?.phase)).toEqual([
      "Succeeded",
      "Failed",
      "Running",
    ]);
    expect(waiting(cluster, "loop")).toBe("CrashLoopBackOff");
  });

  test("[KUBELET-8] a missing ConfigMap holds the container until it is there", () => {
    const cluster = shell();
    create(cluster, "web", { envFrom: [{ configMapRef: { name: "settings" } }] });
    cluster.advance(1_000);
    expect(waiting(cluster, "web")).toBe("CreateContainerConfigError");
    cluster.api.create("configmaps", "default", {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "settings" },
      data: { COLOUR: "blue" },
    });
    cluster.advance(11_000);
    expect(cluster.environment("default", "web")?.COLOUR).toBe("blue");
  });

  test("[KUBELET-10] preStop and grace: the pod serves on, then goes", () => {
    const cluster = shell();
    create(cluster, "web", { lifecycle: { preStop: { sleep: { seconds: 5 } } } });
    cluster.advance(300);
    cluster.api.delete("pods", "default", "web");
    cluster.advance(4_900);
    expect(ready(cluster, "web")).toBe("True");
    cluster.advance(300);
    expect(cluster.api.find("pods", "default", "web")).toBeUndefined();
  });

  test("[ENV-1] Services of the moment when the container starts", () => {
    const cluster = shell();
    cluster.api.create("services", "default", {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: "web-api" },
      spec: { clusterIP: "10.96.0.45", ports: [{ name: "http", port: 80 }] },
    });
    create(cluster, "client", {});
    cluster.advance(300);
    expect(cluster.environment("default", "client")).toMatchObject({
      KUBERNETES_SERVICE_HOST: "10.96.0.1",
      WEB_API_SERVICE_HOST: "10.96.0.45",
      WEB_API_SERVICE_PORT_HTTP: "80",
      WEB_API_PORT: "tcp://10.96.0.45:80",
      WEB_API_PORT_80_TCP_ADDR: "10.96.0.45",
    });
  });
});

describe("probes", () => {
  test("[PROBE-1] [PROBE-4] readiness by HTTP: 200 is ready, 404 and refused are not", () => {
    const cluster = shell();
    create(cluster, "good", { readinessProbe: { httpGet: { path: "/", port: 80 } } });
    create(cluster, "lost", { readinessProbe: { httpGet: { path: "/healthz", port: 80 } } });
    create(cluster, "deaf", { readinessProbe: { httpGet: { path: "/", port: 8080 } } });
    cluster.advance(1_000);
    expect(["good", "lost", "deaf"].map((name) => ready(cluster, name))).toEqual(["True", "False", "False"]);
    expect(messages(cluster, "lost")).toContain("Readiness probe failed: HTTP probe failed with statuscode: 404");
    const address = pod(cluster, "deaf").status?.podIP;
    expect(messages(cluster, "deaf")).toContain(
      `Readiness probe failed: Get "http://${address}:8080/": dial tcp ${address}:8080: connect: connection refused`,
    );
  });

  test("[PROBE-5] [PROBE-6] a liveness probe that fails three times restarts the container", () => {
    const cluster = shell();
    create(cluster, "web", { livenessProbe: { tcpSocket: { port: 9999 }, periodSeconds: 5 } });
    cluster.advance(9_000);
    expect(pod(cluster, "web").status?.containerStatuses?.[0]?.restartCount).toBe(0);
    cluster.advance(3_000);
    expect(pod(cluster, "web").status?.containerStatuses?.[0]?.restartCount).toBe(1);
  });
});

describe("images", () => {
  test.each([
    ["nginx", "nginx"],
    ["nginx:1.29-alpine", "nginx"],
    ["docker.io/library/nginx:1.29", "nginx"],
    ["registry.k8s.io/e2e-test-images/agnhost:2.53", "e2e-test-images/agnhost"],
    ["gcr.io/google-samples/hello-app:1.0", "google-samples/hello-app"],
    ["localhost:5000/redis@sha256:00", "redis"],
    ["example.com/team/shop:1", undefined],
  ])("[IMG-2] %s is known as %s", (reference, name) => {
    expect(knownImage(reference)?.name).toBe(name);
  });

  test.each([
    [["-text=hi", "-listen=:5679"], undefined, { port: 5679, loopback: false }],
    [["serve", "--port", "9000", "--host", "127.0.0.1"], undefined, { port: 9000, loopback: true }],
    [["python3", "-m", "http.server", "8081"], undefined, { port: 8081, loopback: false }],
    [["nc", "-lk", "-p", "7000"], undefined, { port: 7000, loopback: false }],
    [["sh", "-c", "httpd -f -p 8088"], undefined, { port: 8088, loopback: false }],
    [["serve"], "3000", { port: 3000, loopback: false }],
  ])("[IMG-4] %j with %j binds %j", (words, port, expected) => {
    expect(bindingOf(words, port)).toMatchObject(expected);
  });

  test.each([
    [["sleep", "5"], { afterMs: 5_000, code: 0 }],
    [["sleep", "infinity"], undefined],
    [["sh", "-c", "sleep 2; exit 7"], { afterMs: 2_000, code: 7 }],
    [["sh", "-c", "while true; do sleep 1; done"], undefined],
    [["false"], { afterMs: 0, code: 1 }],
  ])("[PROBE-3] %j ends as %j", (words, ending) => {
    expect(knownEnding(words)?.ending).toEqual(ending);
  });
});
