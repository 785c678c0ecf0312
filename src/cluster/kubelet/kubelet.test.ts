// The life of pods: restarts, probes, termination, addresses, environment, images.
import { describe, expect, test } from "vitest";
import { containers } from "../../runtime/index.ts";
import type { Container, Pod, PodSpec } from "../api/types.gen.ts";
import { type Cluster, createCluster } from "../cluster.ts";
import { RECORDED_SETTINGS, SHELL_SETTINGS } from "../sim/settings.ts";
import { AddressPool } from "./addresses.ts";

function create(cluster: Cluster, name: string, container: Partial<Container>, spec: Partial<PodSpec> = {}): void {
  cluster.api.create("pods", "default", {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name },
    spec: { containers: [{ name: "main", image: "nginx", ...container }], ...spec },
  });
}

const shell = () => createCluster({ seed: "kubelet", settings: SHELL_SETTINGS, addons: [containers] });
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

/** The first event of a probe, with the pod's address taken out. */
const complaint = (cluster: Cluster, name: string) =>
  messages(cluster, name)
    .find((message) => message?.includes("probe"))
    ?.replaceAll(pod(cluster, name).status?.podIP ?? "", "POD");

describe("probes that ask for a protocol", () => {
  const UNKNOWN = "registry.example/shop:1";
  const ports = (...list: { containerPort: number; name?: string }[]) => ({ ports: list });
  test.each<[string, Partial<Container>, string | undefined]>([
    [
      "HTTPS on a plain port",
      { readinessProbe: { httpGet: { port: 80, scheme: "HTTPS" } } },
      'Get "https://POD:80/": http: server gave HTTP response to HTTPS client',
    ],
    [
      "HTTP on a TLS port",
      { ...ports({ containerPort: 8443 }), readinessProbe: { httpGet: { port: 8443 } } },
      "HTTP probe failed with statuscode: 400",
    ],
    [
      "HTTPS on a TLS port",
      { ...ports({ containerPort: 8443 }), readinessProbe: { httpGet: { port: 8443, scheme: "HTTPS" } } },
      undefined,
    ],
    [
      "HTTPS where a strange image is asked for it",
      {
        image: UNKNOWN,
        ...ports({ containerPort: 7000, name: "web" }),
        readinessProbe: { httpGet: { port: "web", scheme: "HTTPS" } },
      },
      undefined,
    ],
    [
      "gRPC on a web server",
      { readinessProbe: { grpc: { port: 80 } } },
      'timeout: failed to connect service "POD:80" within 1s: context deadline exceeded',
    ],
    [
      "gRPC where nobody listens",
      { readinessProbe: { grpc: { port: 9000 }, timeoutSeconds: 2 } },
      'timeout: failed to connect service "POD:9000" within 2s: context deadline exceeded',
    ],
    ["gRPC of etcd", { image: "registry.k8s.io/etcd:3.5.1-0", readinessProbe: { grpc: { port: 2379 } } }, undefined],
    [
      "another host, where nobody listens",
      { readinessProbe: { tcpSocket: { port: 7777, host: "127.0.0.1" } } },
      "dial tcp 127.0.0.1:7777: connect: connection refused",
    ],
  ])("[PROBE-8] [PROBE-9] %s", (_, container, failure) => {
    const cluster = shell();
    create(cluster, "web", container);
    cluster.advance(4_000);
    expect(complaint(cluster, "web")).toBe(failure === undefined ? undefined : `Readiness probe failed: ${failure}`);
    expect(ready(cluster, "web")).toBe(failure === undefined ? "True" : "False");
  });

  // kubernetes/pkg/kubelet/prober: the result is thrown away, the initial value stays
  test.each<[string, Partial<Container>, string]>([
    ["liveness", { livenessProbe: { httpGet: { port: "http" }, periodSeconds: 2 } }, "True"],
    ["readiness", { readinessProbe: { tcpSocket: { port: "http" }, periodSeconds: 2 } }, "False"],
    ["startup", { startupProbe: { httpGet: { port: "http" }, periodSeconds: 2 } }, "False"],
  ])("[PROBE-7] a port's name that is not there: %s restarts nothing", (kind, container, expected) => {
    const cluster = shell();
    create(cluster, "web", container);
    cluster.advance(60_000);
    const words = `${kind} probe errored and resulted in unknown state: strconv.Atoi: parsing "http": invalid syntax`;
    expect(complaint(cluster, "web")).toBe(words[0]?.toUpperCase() + words.slice(1));
    expect(ready(cluster, "web")).toBe(expected);
    expect(pod(cluster, "web").status?.containerStatuses?.[0]?.restartCount).toBe(0);
  });
});

describe("ends", () => {
  test("[KUBELET-14] the second server on one port crashes, the first continues", () => {
    const cluster = shell();
    create(cluster, "twins", {}, { containers: ["first", "second"].map((name) => ({ name, image: "nginx" })) });
    cluster.advance(5_000);
    const statuses = pod(cluster, "twins").status?.containerStatuses ?? [];
    expect(
      statuses.map(({ ready: isReady, state, lastState }) => [
        isReady,
        state?.waiting?.reason,
        lastState?.terminated?.exitCode,
      ]),
    ).toEqual([
      [true, undefined, undefined],
      [false, "CrashLoopBackOff", 1],
    ]);
  });

  test("[KUBELET-15] a pod that finalizers hold is over, and stays so", () => {
    const cluster = shell();
    for (const [name, image] of [
      ["held", "nginx"],
      ["never", "registry.invalid/a"],
    ] as const)
      cluster.api.create("pods", "default", {
        apiVersion: "v1",
        kind: "Pod",
        metadata: { name, finalizers: ["example.com/hold"] },
        spec: { containers: [{ name: "main", image }] },
      });
    cluster.advance(1_000);
    for (const name of ["held", "never"]) cluster.api.delete("pods", "default", name);
    cluster.advance(5_000);
    const end = (name: string) => {
      const { phase, containerStatuses } = pod(cluster, name).status ?? {};
      const ended = containerStatuses?.[0]?.state?.terminated;
      return [phase, ended?.reason, ended?.exitCode];
    };
    expect(end("held")).toEqual(["Succeeded", "Completed", 0]);
    expect(end("never")).toEqual(["Failed", "ContainerStatusUnknown", 137]);
    const { metadata, ...rest } = pod(cluster, "held");
    cluster.api.update("pods", { ...rest, metadata: { ...metadata, finalizers: [] } });
    expect(cluster.api.find("pods", "default", "held")).toBeUndefined();
  });
});
