// Applications in the style of published ones: applied whole, every pod and every port of every Service looked at.

import { expect, test } from "vitest";
import {
  type Cluster,
  createCluster,
  isPodReady,
  type Outcome,
  type Pod,
  type SendRequest,
  type Service,
  SHELL_SETTINGS,
} from "../cluster/index.ts";
import { diagnose } from "../diagnosis/index.ts";
import { ALL_KINDS } from "../kinds/index.ts";
import { parseManifest } from "../manifest/index.ts";
import { createShell, runToEnd } from "../shell/index.ts";
import { caseFiles, readCase } from "./playing.ts";

/** Ten virtual minutes, looked at twice a minute. */
const LOOKS = 20;
const LOOK_MS = 30_000;

/** Pods that must not become ready, by the beginning of their names: what a finding or an event says of them, which is why. */
const NEVER_READY: Readonly<Record<string, string>> = {
  "needs-secret": 'secret "made-by-hand" not found', // the Secret is in no file
  "waits-for-nobody": "its init container wait is still running", // it waits for a name that no Service has
  "plain-behind-https": "server gave HTTP response to HTTPS client", // nginx is asked for HTTPS on port 80
  "too-big": "Insufficient memory", // no node has 900 Gi
  "gives-up": "Job has reached the specified backoff limit", // its program ends with status 3
};

/** Ports of Services that have ready endpoints and cannot answer: what is said to who asks, which is why. */
const UNREACHABLE: Readonly<Record<string, string>> = {
  "old-stove:80": "nothing out there answers for 198.51.100.7", // the address is outside of the cluster
  // only realm's pods may ask their database
  "realm-db:5432":
    "NetworkPolicy sign-in/realm-db isolates pod sign-in/realm-db-0 for ingress and does not admit TCP 5432 from pod default/client: rule 1 fits the port, but its from is podSelector app=realm in namespace sign-in, and pod default/client is in namespace default and has no label app",
};

/** Objects of kinds that nobody defined: kind, group and version, name, namespace. */
const UNKNOWN: Readonly<Record<string, readonly (readonly [string, string, string, string])[]>> = {
  addresses: [["AddressPool", "book.example.com/v1", "first", "address-book"]],
  bookshelf: [
    ["DestinationRule", "networking.istio.io/v1", "shelf-reviews", ""],
    ["Gateway", "networking.istio.io/v1", "shelf", ""],
    ["VirtualService", "networking.istio.io/v1", "shelf", ""],
  ],
  certificates: [["ClusterIssuer", "seals.example.com/v1", "self-signed", ""]],
  "edge-proxy": [["Route", "edge.example.com/v1alpha1", "whoami", "edge"]],
  monitoring: [
    ["ServiceMonitor", "monitoring.coreos.com/v1", "node-gauge", "gauges"],
    ["PrometheusRule", "monitoring.coreos.com/v1", "gauge", "gauges"],
  ],
};

const CLIENT = { kind: "pod", namespace: "default", name: "client" } as const;
const LAPTOP = { kind: "client", name: "laptop" } as const;
const NODE = "192.168.1.11";

/** A cluster some time after the file was applied, with a pod that asks. */
function applied(file: string) {
  const cluster = createCluster({ addons: ALL_KINDS, seed: file, settings: SHELL_SETTINGS });
  const shell = createShell({ cluster, files: new Map([["app.yaml", readCase(file)]]) });
  let [out, err] = ["", ""];
  const sink = {
    out: (text: string) => {
      out += text;
    },
    err: (text: string) => {
      err += text;
    },
  };
  runToEnd(cluster, shell, "kubectl apply -f app.yaml", sink);
  const answer = { out, err };
  runToEnd(cluster, shell, "kubectl run client --image=nicolaka/netshoot -- sleep infinity", sink);
  for (let look = 0; look < LOOKS; look++) {
    cluster.advance(LOOK_MS);
    if (cluster.api.list("pods").every(isDone)) break;
  }
  return { cluster, ...answer };
}

const isDone = (pod: Pod) => isPodReady(pod) || pod.status?.phase === "Succeeded";

/** The objects of a file, those of its Lists one by one. */
function objectsIn(text: string): number {
  let count = 0;
  for (const { value } of parseManifest(text)) {
    const items = typeof value === "object" && value !== null && "items" in value ? value.items : undefined;
    count += Array.isArray(items) ? items.length : 1;
  }
  return count;
}

/** What kubectl says of unknown kinds, without and with others beside them. */
function saysOf(unknown: (typeof UNKNOWN)[string]): string {
  const lines = unknown.map(
    ([kind, version, name, namespace]) =>
      `resource mapping not found for name: "${name}" namespace: "${namespace}" from "app.yaml": no matches for kind "${kind}" in version "${version}"\nensure CRDs are installed first\n`,
  );
  return lines.length === 1 ? `error: ${lines.join("")}` : lines.join("");
}

/** All that Health and events say. */
function said(cluster: Cluster): string {
  const events = cluster.api.list("events").map(({ message }) => message ?? "");
  return [...diagnose(cluster).map(({ title, explanation }) => `${title} ${explanation}`), ...events].join("\n");
}

function ask(cluster: Cluster, request: SendRequest): Outcome | undefined {
  const found: { outcome?: Outcome } = {};
  cluster.send({ timeoutMs: 2_000, ...request }, (outcome) => {
    found.outcome = outcome;
  });
  for (let waited = 0; waited < 30 && found.outcome === undefined; waited++) cluster.advance(100);
  return found.outcome;
}

/** The ports of a Service's ready endpoints, by the names of its own. */
function readyPorts(cluster: Cluster, { metadata: { namespace = "", name } }: Service): Map<string, number> {
  const found = new Map<string, number>();
  for (const { metadata, endpoints, ports } of cluster.api.list("endpointslices.discovery.k8s.io", { namespace }))
    if (metadata.labels?.["kubernetes.io/service-name"] === name)
      if ((endpoints ?? []).some(({ conditions }) => conditions?.ready !== false))
        for (const port of ports ?? []) found.set(port.name ?? "", port.port ?? 0);
  return found;
}

/** Asks every port of a Service that has ready endpoints, from inside and at its node port: whoever does not answer. */
function silentPorts(cluster: Cluster, service: Service): string[] {
  const ready = readyPorts(cluster, service);
  const { name, namespace } = service.metadata;
  return (service.spec?.ports ?? []).flatMap(({ name: portName = "", port, nodePort, protocol }) => {
    const target = ready.get(portName);
    if (target === undefined) return [];
    const spoken = protocol === "UDP" ? { protocol: "UDP" as const } : {};
    const own = service.spec?.clusterIP === "None" ? target : port;
    const outcomes = [ask(cluster, { from: CLIENT, host: `${name}.${namespace}`, port: own, ...spoken })];
    if (nodePort !== undefined) outcomes.push(ask(cluster, { from: LAPTOP, host: NODE, port: nodePort, ...spoken }));
    return outcomes.flatMap((outcome) => (outcome?.kind === "answered" ? [] : [`${name}:${port} ${why(outcome)}`]));
  });
}

const why = (outcome: Outcome | undefined) => (outcome !== undefined && "reason" in outcome ? outcome.reason : "");

test("there are thirty applications", () => {
  expect(caseFiles("applications", ".yaml")).toHaveLength(30);
});

test.each(caseFiles("applications", ".yaml"))("%s comes up whole", (file) => {
  const { cluster, out, err } = applied(file);
  const unknown = UNKNOWN[file.replace(/^.*\/|\.yaml$/g, "")] ?? [];
  const errors = err.replace(/^Warning: .*\n/gm, "");
  expect(errors).toBe(unknown.length === 0 ? "" : saysOf(unknown));
  expect(out.match(/ created$/gm)).toHaveLength(objectsIn(readCase(file)) - unknown.length);

  const explanations = said(cluster);
  for (const pod of cluster.api.list("pods").filter((each) => !isDone(each))) {
    const name = pod.metadata.name ?? "";
    const reason = Object.entries(NEVER_READY).find(([start]) => name.startsWith(`${start}-`))?.[1];
    expect(explanations, name).toContain(reason ?? `a reason for ${name}`);
  }

  const silent = cluster.api.list("services").flatMap((service) => silentPorts(cluster, service));
  const expected = silent.flatMap((each) => {
    const reason = UNREACHABLE[each.split(" ", 1)[0] ?? ""];
    return reason === undefined ? [] : [`${each.split(" ", 1)[0]} ${reason}`];
  });
  expect(silent).toEqual(expected);
  expect(cluster.mishaps.list).toEqual([]);
});
