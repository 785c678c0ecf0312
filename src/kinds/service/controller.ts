// The cloud's service controller: addresses for Services of type LoadBalancer, while a cloud is there.
import { keyOf } from "../../cluster/api/objects.ts";
import type { LoadBalancerIngress, Service } from "../../cluster/api/types.gen.ts";
import { LabelNodeExcludeBalancers, LoadBalancerCleanupFinalizer } from "../../cluster/api/well-known.ts";
import type { ComponentContext } from "../../cluster/client-go/component.ts";
import { controllerQueue, writeStatus } from "../../cluster/client-go/controller.ts";
import type { ClusterSettings } from "../../cluster/sim/settings.ts";

/** 203.0.113.0/24 from .10 on: addresses for documentation, as a cloud's would be. */
const PREFIX = "203.0.113.";
const FIRST = 10;
const LAST = 250;
/** How long a cloud takes to build or to take down a balancer. */
const WORK_MS = 1_500;

/** Starts the controller; it does nothing while `settings.cloud` is off. Spec: [LB-1] to [LB-4]. */
// Models kubernetes/staging/src/k8s.io/cloud-provider/controllers/service/controller.go
export function startServiceController(context: ComponentContext): void {
  const controller = new ServiceController(context);
  const queue = controllerQueue(context, (key) => controller.sync(key), "services");
  const services = context.informers.of("services");
  services.onChange((service, old) => {
    if (service === undefined) controller.forget(old === undefined ? "" : keyOf(old));
    else if (concerns(service) || (old !== undefined && concerns(old))) queue.add(keyOf(service));
  });
  context.settingsChanged.on(() => {
    if (context.settings().cloud)
      for (const service of services.list()) if (concerns(service)) queue.add(keyOf(service));
  });
}

/** Whether this cloud serves the Service, or did and must clean up. */
function concerns(service: Service): boolean {
  return wantsBalancer(service) || (service.metadata.finalizers ?? []).includes(LoadBalancerCleanupFinalizer);
}

function wantsBalancer(service: Service): boolean {
  return service.spec?.type === "LoadBalancer" && service.spec.loadBalancerClass === undefined;
}

/** The fields whose change makes upstream ensure a balancer again. */
// Models kubernetes/staging/src/k8s.io/cloud-provider/controllers/service needsUpdate
function shapeOf({ spec = {} }: Service): string {
  const {
    ports,
    externalTrafficPolicy,
    healthCheckNodePort,
    loadBalancerSourceRanges,
    loadBalancerIP,
    sessionAffinity,
  } = spec;
  return JSON.stringify([
    ports,
    externalTrafficPolicy,
    healthCheckNodePort,
    loadBalancerSourceRanges,
    loadBalancerIP,
    sessionAffinity,
  ]);
}

/** How a balancer appears in the status; a name holds the address that the cloud's DNS would give for it. Spec: [LB-6]. */
function ingressFor(ip: string, kind: ClusterSettings["balancer"]): LoadBalancerIngress {
  if (kind === "hostname") return { hostname: `${ip.replaceAll(".", "-")}.lb.cloud.example` };
  return { ip, ipMode: kind === "proxy" ? "Proxy" : "VIP" };
}

class ServiceController {
  readonly #context: ComponentContext;
  readonly #addresses = new Map<string, string>();
  /** What each balancer was made from when it was last reported. */
  readonly #ensured = new Map<string, string>();
  readonly #working = new Set<string>();

  constructor(context: ComponentContext) {
    this.#context = context;
  }

  forget(key: string): void {
    this.#addresses.delete(key);
    this.#ensured.delete(key);
  }

  sync(key: string): void {
    const service = this.#context.informers.of("services").get(key);
    if (service === undefined || this.#working.has(key)) return;
    const gone = service.metadata.deletionTimestamp !== undefined || !wantsBalancer(service);
    if (gone) {
      if ((service.metadata.finalizers ?? []).includes(LoadBalancerCleanupFinalizer)) this.#takeDown(key, service);
      return;
    }
    // Unlike upstream: a balancer is taken down even when the cloud was switched off since, because nothing would ever end the wait.
    if (!this.#context.settings().cloud) return;
    if ((service.status?.loadBalancer?.ingress?.length ?? 0) === 0) this.#build(key, service);
    else if ((this.#ensured.get(key) ?? shapeOf(service)) !== shapeOf(service)) this.#ensure(key, service);
  }

  /** What the balancer is made from has changed: it is reported again, and its address stays. Spec: [LB-5]. */
  #ensure(key: string, service: Service): void {
    this.#ensured.set(key, shapeOf(service));
    this.#say(service, "Normal", "EnsuringLoadBalancer", "Ensuring load balancer");
    this.#after(key, () => {
      const current = this.#context.informers.of("services").get(key);
      if (current !== undefined) this.#say(current, "Normal", "EnsuredLoadBalancer", "Ensured load balancer");
      this.sync(key);
    });
  }

  #build(key: string, service: Service): void {
    this.#say(service, "Normal", "EnsuringLoadBalancer", "Ensuring load balancer");
    if (!this.#hasNodes()) {
      this.#say(service, "Warning", "UnAvailableLoadBalancer", "There are no available nodes for LoadBalancer");
    }
    const finalizers = service.metadata.finalizers ?? [];
    if (!finalizers.includes(LoadBalancerCleanupFinalizer))
      this.#context.api.update("services", {
        ...service,
        metadata: { ...service.metadata, finalizers: [...finalizers, LoadBalancerCleanupFinalizer] },
      });
    this.#after(key, () => {
      const current = this.#context.informers.of("services").get(key);
      if (current === undefined || !wantsBalancer(current) || current.metadata.deletionTimestamp !== undefined) {
        this.sync(key);
        return;
      }
      const ip = this.#addressFor(key, current);
      const loadBalancer = { ingress: [ingressFor(ip, this.#context.settings().balancer)] };
      this.#ensured.set(key, shapeOf(current));
      writeStatus(this.#context, "services", { ...current, status: { ...current.status, loadBalancer } });
      this.#say(current, "Normal", "EnsuredLoadBalancer", "Ensured load balancer");
    });
  }

  #takeDown(key: string, service: Service): void {
    this.#say(service, "Normal", "DeletingLoadBalancer", "Deleting load balancer");
    this.#after(key, () => {
      const current = this.#context.informers.of("services").get(key);
      if (current === undefined) return;
      this.#addresses.delete(key);
      this.#say(current, "Normal", "DeletedLoadBalancer", "Deleted load balancer");
      const rest = (current.metadata.finalizers ?? []).filter((each) => each !== LoadBalancerCleanupFinalizer);
      const { finalizers: _old, ...metadata } = current.metadata;
      if ((current.status?.loadBalancer?.ingress?.length ?? 0) > 0)
        writeStatus(this.#context, "services", { ...current, status: { ...current.status, loadBalancer: {} } });
      const stored = this.#context.informers.of("services").get(key) ?? current;
      const next = { ...metadata, resourceVersion: stored.metadata.resourceVersion };
      this.#context.api.update("services", {
        ...stored,
        metadata: rest.length === 0 ? next : { ...next, finalizers: rest },
      });
    });
  }

  /** The address asked for by loadBalancerIP if it is free, else the lowest free one. Spec: [LB-2]. */
  #addressFor(key: string, service: Service): string {
    const taken = new Set(this.#addresses.values());
    const asked = service.spec?.loadBalancerIP;
    let address = this.#addresses.get(key);
    if (address === undefined && asked?.startsWith(PREFIX) && !taken.has(asked)) address = asked;
    for (let last = FIRST; address === undefined && last <= LAST; last++)
      if (!taken.has(PREFIX + last)) address = PREFIX + last;
    if (address === undefined) throw new Error("service controller: the cloud has no address left");
    this.#addresses.set(key, address);
    return address;
  }

  #hasNodes(): boolean {
    return this.#context.api
      .list("nodes")
      .some(
        ({ metadata }) =>
          metadata.labels?.[LabelNodeExcludeBalancers] === undefined && metadata.deletionTimestamp === undefined,
      );
  }

  #after(key: string, run: () => void): void {
    this.#working.add(key);
    this.#context.clock.schedule(WORK_MS, () => {
      this.#working.delete(key);
      run();
    });
  }

  #say(service: Service, type: "Normal" | "Warning", reason: string, message: string): void {
    this.#context.recorder.record(service, { type, reason, message });
  }
}
