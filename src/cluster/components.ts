// What a cluster is assembled from: each component starts on the same API server and network, and none knows another.
import { keepApiService, startApiMachine } from "./api-machine.ts";
import { bootstrap } from "./apiserver/bootstrap.ts";
import type { ComponentContext } from "./client-go/component.ts";
import { startControllers } from "./controllers/start.ts";
import { corednsDeployment } from "./coredns/deployment.ts";
import { startDns } from "./dns.ts";
import { Faults } from "./faults.ts";
import { LateKinds } from "./kinds.ts";
import type { Proxier } from "./kube-proxy/proxier.ts";
import { startKubeProxies } from "./kube-proxy/start.ts";
import { startScheduler } from "./kube-scheduler/scheduler.ts";
import { Kubelets } from "./kubelet/kubelets.ts";
import { watchLoadBalancers } from "./load-balancers.ts";
import type { DnsAnswer } from "./network/dns-message.ts";
import type { Network } from "./network/network.ts";
import type { Outcome, SendRequest } from "./network/packet.ts";

/** What a component is given when it starts. */
export interface ComponentHost {
  readonly contextFor: (name: string, host?: string) => ComponentContext;
  readonly network: Network;
  readonly send: (request: SendRequest, done: (outcome: Outcome) => void) => number;
  /** What the components before it in the list brought. */
  readonly running: Running;
}

/** Answers that only a component has; absent when that component is not in its list. */
export interface Running {
  readonly kubelets?: Kubelets;
  /** By node. */
  readonly proxiers?: ReadonlyMap<string, Proxier>;
  /** What the cluster's DNS answers to a full name. */
  readonly resolve?: (name: string, type: string) => DnsAnswer;
  /** How long load balancers have existed, added up, in virtual milliseconds. */
  readonly balancerMs?: () => number;
  readonly faults?: Faults;
  /** The controllers of kinds that are loaded late. */
  readonly kinds?: LateKinds;
}

/** A part of a cluster that can be left out. */
export interface Component {
  readonly name: string;
  start(host: ComponentHost): Running | undefined;
}

const component = (name: string, start: (host: ComponentHost) => Running | undefined): Component => ({ name, start });

/** A component that is asked for nothing. */
export const silent = (name: string, start: (host: ComponentHost) => void): Component =>
  component(name, (host) => {
    start(host);
    return undefined;
  });

/** The objects that every cluster begins with; the node objects come from the kubelets. */
const firstObjects = silent("first-objects", ({ contextFor }) => {
  const { api, settings } = contextFor("apiserver");
  bootstrap(api.as("kube-apiserver"), settings());
});

const kubelet = component("kubelet", ({ contextFor, network, send }) => ({
  kubelets: new Kubelets(contextFor, network, { runtime: undefined, send }),
}));

/** The kube-proxies of all nodes. */
export const kubeProxy = component("kube-proxy", ({ contextFor, network }) => ({
  proxiers: startKubeProxies(contextFor, network),
}));

/** The program in CoreDNS' pods, and the hosts outside that it can ask. */
export const dns = component("coredns", ({ contextFor, network, send }) => ({
  resolve: startDns(contextFor, network, send),
}));

/** The machine of the API server. */
export const apiMachine = silent("api-machine", ({ contextFor, network }) =>
  startApiMachine(contextFor("apiserver"), network),
);

const apiService = silent("api-service", ({ contextFor }) => keepApiService(contextFor("apiserver")));

/** The load balancers of a cloud. */
export const loadBalancers = component("load-balancers", ({ contextFor, network }) => ({
  balancerMs: watchLoadBalancers(contextFor("cloud"), network),
}));

/** The list of what is broken. */
export const faults = component("faults", ({ contextFor, network, running }) => ({
  faults: new Faults({
    context: contextFor("faults"),
    network,
    kubelets: running.kubelets,
    proxiers: running.proxiers,
  }),
}));

const scheduler = silent("kube-scheduler", ({ contextFor }) => startScheduler(contextFor("default-scheduler")));

const controllers = silent("kube-controller-manager", ({ contextFor }) => startControllers(contextFor));

/** Controllers of late kinds, which start with the first object of their kind. */
const lateControllers = component("late-controllers", ({ contextFor }) => ({
  kinds: new LateKinds(contextFor("late-kinds").api, contextFor),
}));

const dnsDeployment = silent("coredns-deployment", ({ contextFor }) => {
  const { api, settings } = contextFor("apiserver");
  if (settings().coredns) api.as("kubeadm").create("deployments.apps", "kube-system", corednsDeployment());
});

/** A whole cluster, in the order in which its components start. */
export const COMPONENTS: readonly Component[] = [
  firstObjects,
  kubelet,
  kubeProxy,
  dns,
  apiMachine,
  apiService,
  loadBalancers,
  faults,
  scheduler,
  controllers,
  lateControllers,
  dnsDeployment,
];

/** Starts components one by one. @throws Error when none of them keeps the list of faults. */
export function startComponents(
  components: readonly Component[],
  host: Omit<ComponentHost, "running">,
): Running & { readonly faults: Faults } {
  let running: Running = {};
  for (const each of components) running = { ...running, ...each.start({ ...host, running }) };
  const { faults } = running;
  if (faults === undefined) throw new Error("cluster: no component keeps the list of faults");
  return { ...running, faults };
}
