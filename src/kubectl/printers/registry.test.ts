import { describe, expect, test } from "vitest";
import { type KubeObject, resourceInfo, type UnknownObject } from "../../cluster/index.ts";
import { printerOf } from "./registry.ts";
import { tableText } from "./table.ts";

const NOW = Date.parse("2026-11-20T22:00:05Z");
const CREATED = "2026-11-20T22:00:00Z";

function table(resource: string, objects: readonly KubeObject[], wide = false): string {
  const printer = printerOf(resourceInfo(resource));
  const shown = (cells: readonly string[]) => cells.filter((_, at) => wide || !printer.columns[at]?.wide);
  return tableText([
    shown(printer.columns.map((each) => each.name)),
    ...objects.map((object) => shown(printer.row(object, { now: NOW }))),
  ]);
}

function object(kind: string, name: string, fields: Record<string, unknown>): UnknownObject {
  return { apiVersion: "v1", kind, metadata: { name, namespace: "default", creationTimestamp: CREATED }, ...fields };
}

const service = (name: string, spec: Record<string, unknown>, status = {}) => object("Service", name, { spec, status });

describe("services", () => {
  // measured: `kubectl get svc -o wide`
  test("[GET-1] every type of Service as the server prints it", () => {
    const port = { port: 80, protocol: "TCP" };
    const services = [
      service("ext", { type: "ExternalName", externalName: "my.external-database.com" }),
      service("hl", { type: "ClusterIP", clusterIPs: ["None"], ports: [port], selector: { app: "web" } }),
      service("lb", {
        type: "LoadBalancer",
        clusterIPs: ["10.99.158.247"],
        ports: [{ ...port, nodePort: 31390 }],
        selector: { app: "web" },
      }),
      service("nomatch", {
        type: "ClusterIP",
        clusterIPs: ["10.98.30.97"],
        ports: [port, { port: 53, protocol: "UDP" }],
        selector: { tier: "x", app: "webb" },
      }),
    ];
    expect(table("services", services, true)).toBe(
      [
        "NAME      TYPE           CLUSTER-IP      EXTERNAL-IP                PORT(S)         AGE   SELECTOR",
        "ext       ExternalName   <none>          my.external-database.com   <none>          5s    <none>",
        "hl        ClusterIP      None            <none>                     80/TCP          5s    app=web",
        "lb        LoadBalancer   10.99.158.247   <pending>                  80:31390/TCP    5s    app=web",
        "nomatch   ClusterIP      10.98.30.97     <none>                     80/TCP,53/UDP   5s    app=webb,tier=x",
        "",
      ].join("\n"),
    );
  });

  test("[GET-1] a load balancer shows its addresses once each, sorted, before the external IPs", () => {
    const ingress = [{ ip: "203.0.113.9" }, { hostname: "a.example.com" }, { ip: "203.0.113.9" }];
    const balanced = service(
      "edge",
      { type: "LoadBalancer", externalIPs: ["192.0.2.1"], ports: [] },
      { loadBalancer: { ingress } },
    );
    expect(table("services", [balanced])).toContain(" 203.0.113.9,a.example.com,192.0.2.1 ");
  });
});

describe("endpoints", () => {
  const addresses = ["10.244.1.2", "10.244.1.3", "10.244.2.2", "10.244.2.3", "10.244.3.2"].map((ip) => ({ ip }));

  // kubectl/get-endpoints-and-slices-with-five-endpoints.transcript
  test("[GET-2] lists are cut after the third address", () => {
    const endpoints = object("Endpoints", "shop", { subsets: [{ addresses, ports: [{ port: 8080 }] }] });
    expect(table("endpoints", [endpoints])).toContain(
      "shop   10.244.1.2:8080,10.244.1.3:8080,10.244.2.2:8080 + 2 more...   5s\n",
    );
  });

  // docs/semantics.md 2.6
  test("[GET-2] no subsets are <none>, subsets without ready addresses are empty", () => {
    const none = object("Endpoints", "b", { subsets: [] });
    const unready = object("Endpoints", "c", { subsets: [{ notReadyAddresses: addresses, ports: [{ port: 80 }] }] });
    expect(table("endpoints", [none, unready])).toBe(
      "NAME   ENDPOINTS   AGE\nb      <none>      5s\nc                  5s\n",
    );
  });

  test("[GET-2] a slice lists what is not ready too, and <unset> for what it lacks", () => {
    const endpoints = addresses.map(({ ip }, at) => ({ addresses: [ip], conditions: { ready: at > 0 } }));
    const full = object("EndpointSlice", "a", { addressType: "IPv4", ports: [{ port: 80 }, { name: "x" }], endpoints });
    const empty = object("EndpointSlice", "b", { addressType: "IPv4", endpoints: [] });
    expect(table("endpointslices.discovery.k8s.io", [full, empty])).toBe(
      [
        "NAME   ADDRESSTYPE   PORTS     ENDPOINTS                                      AGE",
        "a      IPv4          80,x      10.244.1.2,10.244.1.3,10.244.2.2 + 2 more...   5s",
        "b      IPv4          <unset>   <unset>                                        5s",
        "",
      ].join("\n"),
    );
  });
});

describe("pods", () => {
  interface PodParts {
    readonly phase?: string;
    readonly containers?: readonly Record<string, unknown>[];
    readonly init?: readonly Record<string, unknown>[];
    readonly initSpecs?: readonly Record<string, unknown>[];
    readonly deleted?: boolean;
    readonly reason?: string;
    readonly conditions?: readonly Record<string, unknown>[];
  }

  function row(parts: PodParts): string[] {
    const statuses = (list: PodParts["containers"] = []) =>
      list.map((each, at) => ({ name: `c${at}`, restartCount: 0, ready: false, ...each }));
    const pod = object("Pod", "p", {
      spec: {
        containers: statuses(parts.containers).map(({ name }) => ({ name })),
        initContainers: parts.initSpecs ?? statuses(parts.init).map(({ name }) => ({ name })),
      },
      status: {
        phase: parts.phase ?? "Running",
        ...(parts.reason === undefined ? {} : { reason: parts.reason }),
        conditions: parts.conditions ?? [],
        containerStatuses: statuses(parts.containers),
        initContainerStatuses: statuses(parts.init),
      },
    });
    if (parts.deleted) pod.metadata = { ...pod.metadata, deletionTimestamp: CREATED };
    return printerOf(resourceInfo("pods")).row(pod, { now: NOW }).slice(1, 4) as string[];
  }

  const running = { ready: true, state: { running: {} } };
  const crashed = {
    restartCount: 3,
    state: { waiting: { reason: "CrashLoopBackOff" } },
    lastState: { terminated: { exitCode: 1, finishedAt: "2026-11-20T21:59:53Z" } },
  };

  // The rules of printPod in kubernetes/pkg/printers/internalversion, whose own tests have these cases.
  const cases: ReadonlyArray<readonly [title: string, parts: PodParts, cells: readonly string[]]> = [
    ["runs", { containers: [running] }, ["1/1", "Running", "0"]],
    ["waits for a node", { phase: "Pending", containers: [{}] }, ["0/1", "Pending", "0"]],
    ["crashes", { containers: [crashed] }, ["0/1", "CrashLoopBackOff", "3 (12s ago)"]],
    [
      "the first container in trouble names the reason",
      {
        containers: [{ state: { waiting: { reason: "ErrImagePull" } } }, crashed],
      },
      ["0/2", "ErrImagePull", "3 (12s ago)"],
    ],
    [
      "ended well",
      { phase: "Succeeded", containers: [{ state: { terminated: { exitCode: 0, reason: "Completed" } } }] },
      ["0/1", "Completed", "0"],
    ],
    [
      "ended without a reason",
      { phase: "Failed", containers: [{ state: { terminated: { exitCode: 7 } } }] },
      ["0/1", "ExitCode:7", "0"],
    ],
    [
      "was killed by a signal",
      { phase: "Failed", containers: [{ state: { terminated: { exitCode: 137, signal: 9 } } }] },
      ["0/1", "Signal:9", "0"],
    ],
    [
      "one of two has completed",
      {
        containers: [running, { state: { terminated: { exitCode: 0, reason: "Completed" } } }],
        conditions: [{ type: "Ready", status: "False" }],
      },
      ["1/2", "NotReady", "0"],
    ],
    ["is being deleted", { containers: [running], deleted: true }, ["1/1", "Terminating", "0"]],
    ["has ended and is being deleted", { phase: "Failed", reason: "Evicted", deleted: true }, ["0/0", "Evicted", "0"]],
    ["its node is lost", { containers: [running], deleted: true, reason: "NodeLost" }, ["1/1", "Unknown", "0"]],
    [
      "is gated",
      { phase: "Pending", conditions: [{ type: "PodScheduled", status: "False", reason: "SchedulingGated" }] },
      ["0/0", "SchedulingGated", "0"],
    ],
    [
      "initialises",
      {
        phase: "Pending",
        init: [{ state: { terminated: { exitCode: 0 } } }, { state: { running: {} } }],
        containers: [{}],
      },
      ["0/1", "Init:1/2", "0"],
    ],
    [
      "an init container crashes",
      { phase: "Pending", init: [crashed], containers: [{}] },
      ["0/1", "Init:CrashLoopBackOff", "3 (12s ago)"],
    ],
    [
      "a sidecar counts as a container",
      {
        init: [{ ...running, started: true }],
        initSpecs: [{ name: "c0", restartPolicy: "Always" }],
        containers: [running],
      },
      ["2/2", "Running", "0"],
    ],
  ];
  test.each(cases)("[GET-3] a pod that %s", (_, parts, cells) => expect(row(parts)).toEqual(cells));
});

describe("other kinds", () => {
  // kubectl/get-nodes.transcript
  test("[GET-4] nodes with the kernel's architecture behind its version", () => {
    const node = object("Node", "node-1", {
      status: {
        conditions: [{ type: "Ready", status: "True" }],
        addresses: [{ type: "InternalIP", address: "192.168.1.11" }],
        nodeInfo: {
          kubeletVersion: "v1.36.2",
          osImage: "Debian GNU/Linux 12 (bookworm)",
          kernelVersion: "6.1.0",
          architecture: "amd64",
          containerRuntimeVersion: "containerd://2.1.0",
        },
      },
    });
    expect(table("nodes", [node], true)).toContain(
      "node-1   Ready    <none>   5s    v1.36.2   192.168.1.11   <none>        Debian GNU/Linux 12 (bookworm)   6.1.0 (amd64)    containerd://2.1.0\n",
    );
  });

  // kubernetes/pkg/printers/internalversion/printers_test.go TestPrintHumanReadableResourceWithHPA
  test("[GET-5] a scaler shows current and wanted value of its metrics", () => {
    const scaler = object("HorizontalPodAutoscaler", "web", {
      spec: {
        scaleTargetRef: { kind: "Deployment", name: "web" },
        maxReplicas: 5,
        metrics: [
          { type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 80 } } },
        ],
      },
    });
    expect(table("horizontalpodautoscalers.autoscaling", [scaler])).toContain(
      "web    Deployment/web   cpu: <unknown>/80%   <unset>   5         0          5s\n",
    );
  });

  test("[GET-6] kinds without columns of their own show when they were created", () => {
    const role = object("Role", "reader", {});
    expect(table("roles.rbac.authorization.k8s.io", [role])).toBe(
      "NAME     CREATED AT\nreader   2026-11-20T22:00:00Z\n",
    );
  });

  test("[GET-7] a cell is one line", () => {
    const event = object("Event", "e", {
      involvedObject: { kind: "Pod", name: "web" },
      type: "Warning",
      reason: "Failed",
      message: "first\nsecond",
      lastTimestamp: CREATED,
    });
    expect(table("events", [event])).toBe(
      "LAST SEEN   TYPE      REASON   OBJECT    MESSAGE\n5s          Warning   Failed   pod/web   first...\n",
    );
  });
});
