// Short sessions of our own in the form of the recorded ones: manifests in few words, and what asked commands answer.

import { type ClusterSettings, createCluster, RECORDED_SETTINGS } from "../cluster/index.ts";
import { ALL_KINDS } from "../kinds/index.ts";
import { createShell, runToEnd } from "../shell/index.ts";

type Fields = Readonly<Record<string, unknown>>;

/** A command whose answer does not matter, or one with the answer it must give. */
export type Step = string | readonly [command: string, answer: string];

/** A session: what it holds, and its steps. */
export type Session = readonly [sentence: string, ...steps: Step[]];

/** What the asked commands of a session answer, each with its command; on the recorded cluster by default. */
export function play(steps: readonly Step[], settings: ClusterSettings = RECORDED_SETTINGS): string[] {
  const cluster = createCluster({ addons: ALL_KINDS, seed: "transcript", settings });
  const shell = createShell({ cluster });
  cluster.advance(1_500);
  return steps.flatMap((step) => {
    const command = typeof step === "string" ? step : step[0];
    let output = "";
    const write = (text: string) => {
      output += text;
    };
    runToEnd(cluster, shell, command, { out: write, err: write });
    return typeof step === "string" ? [] : [`${command}\n${output.trimEnd()}`];
  });
}

/** What the asked commands of a session must answer. */
export function wanted(steps: readonly Step[]): string[] {
  return steps.flatMap((step) => (typeof step === "string" ? [] : [`${step[0]}\n${step[1]}`]));
}

/** `kubectl apply` of these objects. */
export function apply(...objects: readonly Fields[]): string {
  return `kubectl apply -f - <<'EOF'\n${objects.map((each) => JSON.stringify(each)).join("\n---\n")}\nEOF`;
}

/** A pod `NAME-N` or of any other name, labelled `app=NAME`, on a node, whose container has port 8080 as `web`. */
export function pod(name: string, node: number, spec: Fields = {}, labels: Fields = {}): Fields {
  const container = { name: "main", image: "nginx:1.29", ports: [{ name: "web", containerPort: 8080 }] };
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, labels: { app: name.replace(/-\d+$/, ""), ...labels } },
    spec: { ...(node === 0 ? {} : { nodeName: `node-${node}` }), containers: [container], ...spec },
  };
}

/** Fields of a pod that stays Terminating for five minutes. */
export const SLOW: Fields = {
  terminationGracePeriodSeconds: 300,
  containers: [
    {
      name: "main",
      image: "nginx:1.29",
      ports: [{ name: "web", containerPort: 8080 }],
      lifecycle: { preStop: { sleep: { seconds: 300 } } },
    },
  ],
};

/** Fields of a pod that never gets ready. */
export const UNREADY: Fields = { readinessGates: [{ conditionType: "example.com/warm" }] };

/** A Service for `app=NAME`, port 80 to 8080. */
export function service(name: string, spec: Fields = {}, metadata: Fields = {}): Fields {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name, ...metadata },
    spec: { selector: { app: name }, ports: [{ port: 80, targetPort: 8080 }], ...spec },
  };
}

/** A hand-made slice `NAME-1` of Service NAME with port 8080. */
export function slice(name: string, endpoints: readonly unknown[], more: Fields = {}): Fields {
  return {
    apiVersion: "discovery.k8s.io/v1",
    kind: "EndpointSlice",
    metadata: { name: `${name}-1`, labels: { "kubernetes.io/service-name": name } },
    addressType: "IPv4",
    ports: [{ port: 8080 }],
    endpoints,
    ...more,
  };
}

/** A patch of a load balancer's status, as a cloud would write it. */
export function balancer(name: string, ...ingress: readonly Fields[]): string {
  const patch = JSON.stringify({ status: { loadBalancer: { ingress } } });
  return `kubectl patch service ${name} --subresource=status --type=merge -p '${patch}'`;
}

/** The words for one mistake of a Service, or several. */
export function invalid(name: string, ...mistakes: readonly string[]): string {
  if (mistakes.length === 1) return `The Service "${name}" is invalid: ${mistakes[0]}`;
  return [`The Service "${name}" is invalid: `, ...mistakes.map((each) => `* ${each}`)].join("\n");
}

/** A command that prints a field of a Service's spec. */
export const specField = (name: string, path: string): string =>
  `kubectl get service ${name} -o jsonpath='{.spec.${path}}'`;
