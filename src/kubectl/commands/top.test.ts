// kubectl top: forms from kubectl/pkg/metricsutil and kubectl/pkg/cmd/top.
import { expect, test } from "vitest";
import { type Cluster, createCluster, SHELL_SETTINGS } from "../../cluster/index.ts";
import { ALL_KINDS } from "../../kinds/index.ts";
import { runKubectl } from "../run.ts";

function start(metricsServer: boolean): Cluster {
  const cluster = createCluster({ addons: ALL_KINDS, seed: "top", settings: { ...SHELL_SETTINGS, metricsServer } });
  cluster.api.create("pods", "default", {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "web", labels: { app: "web" } },
    spec: {
      nodeName: "node-1",
      containers: [
        { name: "side", image: "nginx", command: ["sleep", "infinity"] },
        { name: "main", image: "nginx", ports: [{ containerPort: 80 }] },
      ],
    },
  });
  return cluster;
}

function kubectl(cluster: Cluster, line: string): string {
  let text = "";
  const write = (part: string) => {
    text += part;
  };
  const io = { cluster, files: new Map(), stdin: "", namespace: "default", out: write, err: write };
  runKubectl(line.split(" "), { ...io, exit: () => {}, onInterrupt: () => {} });
  return text;
}

test("[TOP-1] without a metrics server it says so", () => {
  const cluster = start(false);
  cluster.advance(40_000);
  for (const line of ["top pod", "top pods web", "top node"])
    expect(kubectl(cluster, line)).toBe("error: Metrics API not available\n");
});

test("[METRICS-1] [METRICS-2] [TOP-1] pods show what answering costs them, nodes the sum", () => {
  const cluster = start(true);
  cluster.advance(5_000);
  expect(kubectl(cluster, "top pod")).toBe("error: metrics not available yet\n");
  cluster.advance(35_000);
  const idle = "NAME   CPU(cores)   MEMORY(bytes)   \nweb    2m           40Mi            \n";
  expect(kubectl(cluster, "top pod")).toBe(idle);
  const pod = cluster.api.get("pods", "default", "web");
  const address = pod.status?.podIP ?? "";
  cluster.startTraffic({ from: { kind: "node", name: "node-1" }, host: address, port: 80, rate: 3 });
  cluster.advance(30_000);
  expect(kubectl(cluster, "top pod --no-headers")).toBe("web   302m   40Mi   \n");
  expect(kubectl(cluster, "top pod web --containers")).toBe(
    "POD   NAME   CPU(cores)   MEMORY(bytes)   \nweb   side   1m           20Mi            \nweb   main   301m         20Mi            \n",
  );
  expect(kubectl(cluster, "top node node-1")).toMatch(
    /^NAME {5}CPU\(cores\) {3}CPU\(%\) {3}MEMORY\(bytes\) {3}MEMORY\(%\) {3}\nnode-1 {3}35[23]m {9}4% {7}5[46]0Mi {11}1% {10}\n$/,
  );
  expect(kubectl(cluster, "top pod -l app=none")).toBe("No resources found in default namespace.\n");
  expect(kubectl(cluster, "top pod nope")).toBe('Error from server (NotFound): pods "nope" not found\n');
  expect(kubectl(cluster, "top pod --sort-by=disk")).toBe("error: --sort-by accepts only cpu or memory\n");
});

test("[METRICS-2] above what the record holds, the average is over what it covers", () => {
  const cluster = start(true);
  cluster.advance(40_000);
  const address = cluster.api.get("pods", "default", "web").status?.podIP ?? "";
  cluster.startTraffic({ from: { kind: "node", name: "node-1" }, host: address, port: 80, rate: 400 });
  cluster.advance(20_000);
  const millis = Number(/(\d+)m/.exec(kubectl(cluster, "top pod --no-headers"))?.[1]);
  expect(Math.abs(millis - 40_000)).toBeLessThan(2_000);
});
