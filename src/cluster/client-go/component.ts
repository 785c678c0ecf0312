// What every component of the control plane and the nodes is given.
import type { ApiServer } from "../apiserver/server.ts";
import type { Clock } from "../sim/clock.ts";
import type { Emitter } from "../sim/emitter.ts";
import type { Rng } from "../sim/rng.ts";
import type { ClusterSettings } from "../sim/settings.ts";
import { timestamps } from "../sim/time.ts";
import { own } from "../sim/values.ts";
import { EventKeeper, EventRecorder } from "./events.ts";
import type { Informers } from "./informer.ts";

/** Handed to each component; components meet only in the API server. */
export interface ComponentContext {
  /** As in Event.source.component. */
  readonly name: string;
  readonly api: ApiServer;
  readonly informers: Informers;
  readonly clock: Clock;
  /** The component's own stream of chance. */
  readonly rng: Rng;
  /** Events as this component writes them. */
  readonly recorder: EventRecorder;
  /** The settings as they are now; they may change while the cluster runs. */
  settings(): ClusterSettings;
  readonly settingsChanged: Emitter<ClusterSettings>;
  /** The virtual date as `metav1.Time`. */
  timestamp(): string;
}

/** Makes contexts that share one cluster; `name` is the component, as in Event.source.component. */
export function makeContexts(
  parts: Omit<ComponentContext, "name" | "recorder" | "timestamp">,
): (name: string, host?: string) => ComponentContext {
  const timestamp = timestamps(() => parts.settings().epoch + parts.clock.now);
  const now = () => parts.clock.now;
  const keeper = new EventKeeper(parts.api, now);
  return (name, host) => {
    const api = parts.api.as(own(PROGRAMS, name) ?? "kube-controller-manager");
    return {
      ...parts,
      api,
      name,
      rng: parts.rng.fork(host === undefined ? name : `${name}/${host}`),
      recorder: new EventRecorder({
        api,
        keeper,
        now,
        timestamp,
        component: name,
        host,
      }),
      timestamp,
    };
  };
}

/** The program that runs a component, as metadata.managedFields names it; all others are controllers of kube-controller-manager. */
const PROGRAMS: Readonly<Record<string, string>> = {
  "default-scheduler": "kube-scheduler",
  "nginx-ingress-controller": "nginx-ingress-controller",
  "podpath-gateway": "podpath-gateway",
  "disk.podpath.example_provisioner": "csi-provisioner",
  apiserver: "kube-apiserver",
  cloud: "cloud-controller-manager",
  coredns: "coredns",
  faults: "podpath-fault",
  internet: "podpath",
  "kube-proxy": "kube-proxy",
  kubelet: "kubelet",
};
