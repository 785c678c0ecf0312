// What can be broken in a cluster and around it, as data.
import type { CableFault } from "./network/cables.ts";

/** A workload or a pod by itself. */
export interface FaultyWorkload {
  readonly resource: "deployments.apps" | "replicasets.apps" | "statefulsets.apps" | "daemonsets.apps" | "pods";
  readonly namespace: string;
  readonly name: string;
}

/** Something that is broken until it is undone. */
export type Fault =
  | CableFault
  /** `node-power`: switched off. `kubelet`, `kube-proxy`: that process is stopped. `cordon`: no new pods. */
  | { readonly kind: "node-power" | "kubelet" | "kube-proxy" | "cordon"; readonly node: string }
  /** CoreDNS has no pods. */
  | { readonly kind: "coredns" }
  /** A pod's readiness, whatever its probes say. */
  | { readonly kind: "readiness"; readonly namespace: string; readonly pod: string; readonly ready: boolean }
  /** A running pod's program that listens on 127.0.0.1 only, or whose first port is another one. */
  | {
      readonly kind: "listen";
      readonly namespace: string;
      readonly pod: string;
      readonly loopback: boolean;
      readonly port?: number;
    }
  /** Pods whose program opens its ports late, or continues after SIGTERM: those that start or stop from now on. */
  | ({ readonly kind: "slow-start" | "slow-shutdown"; readonly seconds: number } & FaultyWorkload);

/** An active fault. */
export interface ActiveFault {
  /** What it is and where, without its amounts, as `sim restore` takes it: `link laptop node-1`. A place has one fault of each kind. */
  readonly id: string;
  readonly fault: Fault;
  /** When it began, in virtual ms. */
  readonly since: number;
}

/** The id of a fault. */
export function faultId(fault: Fault): string {
  if ("node" in fault) return `${fault.kind === "node-power" ? "node" : fault.kind}/${fault.node}`;
  if ("client" in fault) return `route ${fault.client}`;
  if ("between" in fault) return [WORDS[fault.kind], ...[...fault.between].sort()].join(" ");
  if ("pod" in fault) return `pod/${fault.namespace}/${fault.pod} --${fault.kind}`;
  if ("resource" in fault)
    return `${fault.resource.replace(/s(\.apps)?$/, "")}/${fault.namespace}/${fault.name} --${fault.kind}`;
  return fault.kind;
}

const WORDS = { link: "link", "pod-network": "network" } as const;
