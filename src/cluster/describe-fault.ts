// What a fault means, in one English sentence.
import type { Fault } from "./fault.ts";

/**
 * Says in one sentence what is broken.
 *
 * @example "The kubelet of node-1 is stopped: its pods keep running unattended, and the node becomes NotReady."
 */
export function describeFault(fault: Fault): string {
  switch (fault.kind) {
    case "node-power":
      return `${fault.node} has no power.`;
    case "kubelet":
      return `The kubelet of ${fault.node} is stopped: its pods keep running unattended, and the node becomes NotReady.`;
    case "kube-proxy":
      return `The kube-proxy of ${fault.node} is stopped: its rules no longer change.`;
    case "cordon":
      return `${fault.node} is cordoned: no new pods are placed there.`;
    case "coredns":
      return "CoreDNS is stopped: names of Services cannot be resolved.";
    case "firewall":
      return "A firewall in front of the nodes blocks all traffic from outside to node ports.";
    case "no-route":
      return `The ${fault.client} has no route to the nodes: they are in a separate network.`;
    case "pod-network":
      return `The pod network between ${fault.between.join(" and ")} is broken: packets to pods are lost there.`;
    case "link":
      return `The link between ${fault.between.join(" and ")} ${linkWords(fault)}.`;
    case "readiness":
      return fault.ready
        ? `Pod ${podName(fault)} is held ready, whatever its probes say.`
        : `Pod ${podName(fault)} is held not ready, as if its readiness probe failed.`;
    case "listen":
      return `The program in pod ${podName(fault)} listens on ${listenWords(fault)}.`;
    case "slow-start":
      return `Programs of ${workloadName(fault)} open their ports ${fault.seconds} s after they start.`;
    case "slow-shutdown":
      return `Programs of ${workloadName(fault)} keep running for ${fault.seconds} s after SIGTERM.`;
  }
}

function linkWords({ latencyMs, loss }: Fault & { kind: "link" }): string {
  const late = latencyMs > 0 ? `takes ${latencyMs} ms longer` : undefined;
  const lost = loss > 0 ? `loses ${Math.round(loss * 1000) / 10} % of all packets` : undefined;
  return [late, lost].filter((each) => each !== undefined).join(" and ") || "works normally";
}

function listenWords({ loopback, port }: Fault & { kind: "listen" }): string {
  if (!loopback) return `port ${port} instead of its own`;
  return port === undefined ? "127.0.0.1 only" : `127.0.0.1:${port} only`;
}

function podName({ namespace, pod }: { namespace: string; pod: string }): string {
  return namespace === "default" ? pod : `${namespace}/${pod}`;
}

function workloadName({ resource, namespace, name }: Fault & { kind: "slow-start" | "slow-shutdown" }): string {
  const kind = resource.replace(/s(\..*)?$/, "");
  return `${kind} ${namespace === "default" ? name : `${namespace}/${name}`}`;
}
