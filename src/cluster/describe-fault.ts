// What a fault means, in one English sentence.

import { W } from "../words/en/faults-said.ts";
import type { Fault } from "./fault.ts";

/**
 * Says in one sentence what is broken.
 *
 * @example "The kubelet of node-1 is stopped: its pods keep running unattended, and the node becomes NotReady."
 */
export function describeFault(fault: Fault): string {
  switch (fault.kind) {
    case "node-power":
      return W.power(fault.node);
    case "kubelet":
      return W.kubelet(fault.node);
    case "kube-proxy":
      return W.proxy(fault.node);
    case "cordon":
      return W.cordon(fault.node);
    case "coredns":
      return W.coredns;
    case "firewall":
      return W.firewall;
    case "no-route":
      return W.route(fault.client);
    case "pod-network":
      return W.network(fault.between.join(W.and));
    case "link":
      return W.link(fault.between.join(W.and), linkWords(fault));
    case "readiness":
      return fault.ready ? W.heldReady(podName(fault)) : W.heldUnready(podName(fault));
    case "listen":
      return W.listens(podName(fault), listenWords(fault));
    case "slow-start":
      return W.slowStart(workloadName(fault), fault.seconds);
    case "slow-shutdown":
      return W.slowEnd(workloadName(fault), fault.seconds);
  }
}

function linkWords({ latencyMs, loss }: Fault & { kind: "link" }): string {
  const late = latencyMs > 0 ? W.late(latencyMs) : undefined;
  const lost = loss > 0 ? W.loses(Math.round(loss * 1000) / 10) : undefined;
  return [late, lost].filter((each) => each !== undefined).join(W.and) || W.normal;
}

function listenWords({ loopback, port }: Fault & { kind: "listen" }): string {
  if (!loopback) return W.otherPort(port);
  return port === undefined ? W.anyLoopback : W.loopback(port);
}

function podName({ namespace, pod }: { namespace: string; pod: string }): string {
  return namespace === "default" ? pod : `${namespace}/${pod}`;
}

function workloadName({ resource, namespace, name }: Fault & { kind: "slow-start" | "slow-shutdown" }): string {
  const kind = resource.replace(/s(\..*)?$/, "");
  return `${kind} ${namespace === "default" ? name : `${namespace}/${name}`}`;
}
