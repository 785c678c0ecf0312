// Containers with files, time and exit codes.

import { describe, expect, test } from "vitest";
import {
  type Cluster,
  type Container,
  createCluster,
  type Pod,
  type PodSpec,
  printRules,
  SHELL_SETTINGS,
} from "../cluster/index.ts";
import { ALL_KINDS } from "../kinds/index.ts";
import { containers } from "./index.ts";

const world = () => createCluster({ seed: "runtime", settings: SHELL_SETTINGS, addons: [...ALL_KINDS, containers] });

function create(cluster: Cluster, name: string, container: Partial<Container>, spec: Partial<PodSpec> = {}): void {
  cluster.api.create("pods", "default", {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, labels: { app: name } },
    spec: { containers: [{ name: "main", image: "busybox", ...container }], ...spec },
  });
}

const pod = (cluster: Cluster, name: string): Pod => cluster.api.get("pods", "default", name);
const ready = (cluster: Cluster, name: string) =>
  pod(cluster, name).status?.conditions?.find(({ type }) => type === "Ready")?.status;
const restarts = (cluster: Cluster, name: string) => pod(cluster, name).status?.containerStatuses?.[0]?.restartCount;
const messages = (cluster: Cluster, name: string) =>
  cluster.api
    .list("events")
    .flatMap(({ involvedObject, message }) => (involvedObject.name === name ? [message ?? ""] : []));

describe("probes by commands", () => {
  // kubernetes.io: configure-liveness-readiness-startup-probes
  test("[WORLD-5] the documentation's liveness example is killed after 45 s", () => {
    const cluster = world();
    create(cluster, "liveness-exec", {
      args: ["/bin/sh", "-c", "touch /tmp/healthy; sleep 30; rm -f /tmp/healthy; sleep 600"],
      livenessProbe: { exec: { command: ["cat", "/tmp/healthy"] }, initialDelaySeconds: 5, periodSeconds: 5 },
    });
    cluster.advance(44_000);
    expect(messages(cluster, "liveness-exec").join("\n")).not.toContain("will be restarted");
    cluster.advance(3_000);
    const said = messages(cluster, "liveness-exec").join("\n");
    expect(said).toContain("Liveness probe failed: cat: can't open '/tmp/healthy': No such file or directory");
    expect(said).toContain("Container main failed liveness probe, will be restarted");
    cluster.advance(32_000);
    expect(restarts(cluster, "liveness-exec")).toBe(1);
    expect(ready(cluster, "liveness-exec")).toBe("True");
  });

  test("[WORLD-5] a readiness probe of a missing file fails in its tool's words", () => {
    const cluster = world();
    create(cluster, "gate", {
      image: "nginx",
      readinessProbe: { exec: { command: ["cat", "/tmp/ready"] }, periodSeconds: 2 },
    });
    cluster.advance(5_000);
    expect(ready(cluster, "gate")).toBe("False");
    expect(messages(cluster, "gate").join("\n")).toContain(
      "Readiness probe failed: cat: /tmp/ready: No such file or directory",
    );
  });

  test("[PROBE-7] a probe of a program that is not there restarts nothing", () => {
    const cluster = world();
    create(cluster, "web", {
      image: "nginx",
      livenessProbe: { exec: { command: ["wget", "-q", "localhost"] }, periodSeconds: 2 },
    });
    cluster.advance(30_000);
    expect(restarts(cluster, "web")).toBe(0);
    expect(messages(cluster, "web").join("\n")).toMatch(
      /Liveness probe errored and resulted in unknown state: rpc error: code = Unknown desc = failed to exec in container: .*exec: "wget": executable file not found in \$PATH: unknown/,
    );
  });
});

describe("lives", () => {
  test.each([
    ["true", ["true"], "Succeeded", 0],
    ["an exit code", ["sh", "-c", "echo hi; exit 3"], "Failed", 3],
    ["a program that is not there", ["nothing"], "Failed", 128],
  ])("[WORLD-1] %s", (_, command, phase, code) => {
    const cluster = world();
    create(cluster, "once", { command: [...command] }, { restartPolicy: "Never" });
    cluster.advance(2_000);
    const { status } = pod(cluster, "once");
    expect([status?.phase, status?.containerStatuses?.[0]?.state?.terminated?.exitCode]).toEqual([phase, code]);
  });

  test("[WORLD-6] a process that ignores SIGTERM takes its grace period, one with a trap does not", () => {
    const cluster = world();
    create(cluster, "deaf", { command: ["sleep", "3600"] });
    create(cluster, "polite", { command: ["sh", "-c", "trap 'exit 0' TERM; while true; do sleep 1; done"] });
    cluster.advance(2_000);
    for (const name of ["deaf", "polite"]) cluster.api.delete("pods", "default", name);
    cluster.advance(3_000);
    expect(cluster.api.find("pods", "default", "polite")).toBeUndefined();
    expect(cluster.api.find("pods", "default", "deaf")).toBeDefined();
    cluster.advance(28_000);
    expect(cluster.api.find("pods", "default", "deaf")).toBeUndefined();
  });

  test("[WORLD-2] an emptyDir is shared by the containers of a pod, and outlives them; their own files do not", () => {
    const cluster = world();
    const volumeMounts = [{ name: "shared", mountPath: "/shared" }];
    create(
      cluster,
      "pair",
      {},
      {
        volumes: [{ name: "shared", emptyDir: {} }],
        containers: [
          {
            name: "writer",
            image: "busybox",
            command: ["sh", "-c", "sleep 5; touch /shared/ready; sleep 3600"],
            volumeMounts,
          },
          {
            name: "reader",
            image: "nginx",
            volumeMounts,
            readinessProbe: { exec: { command: ["test", "-f", "/shared/ready"] }, periodSeconds: 1 },
          },
        ],
      },
    );
    cluster.advance(4_000);
    expect(ready(cluster, "pair")).toBe("False");
    cluster.advance(4_000);
    expect(ready(cluster, "pair")).toBe("True");
    cluster.crash("default", "pair", "reader");
    cluster.advance(3_000);
    expect(ready(cluster, "pair")).toBe("True");
  });

  test("[WORLD-1] init containers run to their ends in order", () => {
    const cluster = world();
    create(
      cluster,
      "app",
      { image: "nginx" },
      {
        initContainers: [
          { name: "one", image: "busybox", command: ["sh", "-c", "sleep 2"] },
          { name: "two", image: "example.com/migrate:1" },
        ],
      },
    );
    cluster.advance(4_000);
    expect(pod(cluster, "app").status?.initContainerStatuses?.map(({ state }) => state?.terminated?.exitCode)).toEqual([
      0,
      undefined,
    ]);
    cluster.advance(7_000);
    expect(ready(cluster, "app")).toBe("True");
  });
});

describe("ports that nobody declares", () => {
  const SHOP = { image: "registry.example/shop:1" };
  const ports = (cluster: Cluster, name: string) =>
    cluster.network
      .socketsOf({ kind: "pod", uid: pod(cluster, name).metadata.uid ?? "" })
      .map(({ port, assumed }) => `${port}${assumed === true ? " assumed" : ""}`)
      .sort();
  const service = (cluster: Cluster, name: string, port: number) =>
    cluster.api.create("services", "default", {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: `${name}-${port}` },
      spec: { selector: { app: name }, ports: [{ port }] },
    });

  test("[IMG-8] probes, variables and Services say where a strange image listens, later ones too", () => {
    const cluster = world();
    service(cluster, "shop", 8080);
    create(cluster, "shop", {
      ...SHOP,
      env: [{ name: "METRICS_PORT", value: "9100" }],
      readinessProbe: { httpGet: { path: "/", port: 9000 } },
    });
    cluster.advance(3_000);
    expect(ready(cluster, "shop")).toBe("True");
    expect(ports(cluster, "shop")).toEqual(["8080 assumed", "9000 assumed", "9100 assumed"]);
    service(cluster, "shop", 7777);
    cluster.advance(1_000);
    expect(ports(cluster, "shop")).toContain("7777 assumed");
  });

  test("[IMG-8] what is declared, or known, is not assumed", () => {
    const cluster = world();
    for (const [name, container] of [
      ["declared", { ...SHOP, ports: [{ containerPort: 80 }] }],
      ["known", { image: "redis" }],
      ["shell", { command: ["sleep", "1000"] }],
    ] as const) {
      service(cluster, name, 8080);
      create(cluster, name, container as Partial<Container>); // the rows differ in their fields
    }
    cluster.advance(3_000);
    expect(["declared", "known", "shell"].map((name) => ports(cluster, name))).toEqual([["80"], ["6379"], []]);
  });
});

describe("ports of the host", () => {
  const rules = (cluster: Cluster) =>
    printRules(cluster, "node-1")
      .split("\n")
      .filter((line) => line.includes("CNI"));

  // containernetworking/plugins portmap: rules for local addresses lead to the pod
  test("[HOSTPORT-1] [HOSTPORT-2] a hostPort answers on its node while the pod is there and the setting on", () => {
    const cluster = world();
    const ports = [{ containerPort: 80, hostPort: 8080 }];
    create(cluster, "web", { image: "nginx", ports }, { nodeName: "node-1" });
    cluster.advance(2_000);
    const outcome = (node: number) => {
      let kind = "";
      const from = { kind: "client", name: "laptop" } as const;
      cluster.send({ from, host: `192.168.1.1${node}`, port: 8080, timeoutMs: 2_000 }, (what) => {
        kind = what.kind === "answered" ? what.body : what.kind;
      });
      cluster.advance(3_000);
      return kind;
    };
    expect(outcome(1)).toBe("web on node-1, you are 192.168.1.10\n");
    expect(outcome(2)).toBe("refused");
    expect(rules(cluster)).toContain("-A PREROUTING -m addrtype --dst-type LOCAL -j CNI-HOSTPORT-DNAT");
    cluster.configure({ hostPorts: false });
    expect([outcome(1), rules(cluster)]).toEqual(["refused", []]);
    cluster.configure({ hostPorts: true });
    cluster.api.delete("pods", "default", "web");
    cluster.advance(2_000);
    expect([outcome(1), rules(cluster)]).toEqual(["refused", []]);
  });
});

test("[IMG-7] plain containers do the same with the runtime and without it", () => {
  const objects = (addons: readonly (typeof containers)[]) => {
    const cluster = createCluster({ seed: "plain", settings: SHELL_SETTINGS, addons });
    create(cluster, "web", { image: "nginx:1.29", ports: [{ containerPort: 80 }] });
    create(cluster, "httpd", { image: "httpd:2.4", readinessProbe: { httpGet: { port: 80 } } });
    cluster.advance(20_000);
    return JSON.stringify(["pods", "events"].map((resource) => cluster.api.list(resource)));
  };
  expect(objects([])).toBe(objects([containers]));
});
