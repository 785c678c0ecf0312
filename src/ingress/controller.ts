// The controller beside nginx: installed while the setting is on, it writes the addresses of Ingresses.

import {
  type Addon,
  type AddonHost,
  AnnotationIngressClass,
  controllerQueue,
  type Ingress,
  isPodReady,
  keyOf,
  type Pod,
  type Service,
  writeStatus,
} from "../cluster/index.ts";
import { kind as schema } from "../kinds/schema/index.ts";
import { CLASS, CONTROLLER, CONTROLLER_CLASS, installation, NAMESPACE, serviceForm } from "./installation.ts";
import { nginx } from "./nginx.ts";
import { type Servers, serversOf } from "./rules.ts";

const PROGRAM = "ingress-nginx";
const INGRESSES = "ingresses.networking.k8s.io";
const CLASSES = "ingressclasses.networking.k8s.io";
/** The key that stands for the addresses of all Ingresses. */
const ADDRESSES = "";
const INSTALL = "install";

/** An ingress-nginx controller that runs as pods while `settings.ingress` is on; it does nothing while it is off. */
export const ingressNginx: Addon = {
  name: "ingress",
  component: "nginx-ingress-controller",
  kinds: schema.kinds ?? [],
  start(host) {
    const controller = new Controller(host);
    if (host.settings().ingress) controller.switchOn();
    host.settingsChanged.on(() => host.clock.mishaps.guard(host.name, () => controller.settingsChanged()));
  },
};

type Address = { readonly ip?: string; readonly hostname?: string };

class Controller {
  readonly #host: AddonHost;
  #on = false;
  #watching = false;
  #cloud = false;
  #servers: Servers | undefined;
  /** Whether a pod has taken over the Ingresses. */
  #serves = false;
  /** Keys of the Ingresses that an address was written to. */
  readonly #told = new Set<string>();
  readonly #queue: { add(key: string): void };

  constructor(host: AddonHost) {
    this.#host = host;
    this.#queue = controllerQueue(host, (key) => this.#sync(key), "ingresses.networking.k8s.io");
  }

  settingsChanged(): void {
    const { ingress, cloud } = this.#host.settings();
    if (ingress && !this.#on) this.switchOn();
    else if (!ingress && this.#on) this.#switchOff();
    else if (this.#on && cloud !== this.#cloud) this.#reshape(cloud);
  }

  switchOn(): void {
    this.#on = true;
    this.#watch();
    const hasCertificate = (host: string) => this.#hasCertificate(host);
    this.#host.network.programs.set(PROGRAM, nginx({ host: this.#host, servers: () => this.#rules(), hasCertificate }));
    this.#install();
  }

  /** Creates what is missing; while the last installation is still being deleted, waits for its end. */
  #install(): void {
    const { api } = this.#host;
    this.#cloud = this.#host.settings().cloud;
    if (api.find("namespaces", undefined, NAMESPACE)?.metadata.deletionTimestamp !== undefined) return;
    for (const { resource, namespace, name, object } of installation(this.#cloud)) {
      if (api.find(resource, namespace, name) === undefined) api.create(resource, namespace, object);
    }
  }

  #switchOff(): void {
    this.#on = false;
    const { api } = this.#host;
    if (api.find("namespaces", undefined, NAMESPACE) !== undefined) api.delete("namespaces", undefined, NAMESPACE);
    if (api.find(CLASSES, undefined, CLASS) !== undefined) api.delete(CLASSES, undefined, CLASS);
  }

  /** A cloud came or went: the Service takes the other form. */
  #reshape(cloud: boolean): void {
    this.#cloud = cloud;
    const service = this.#host.api.find("services", NAMESPACE, CONTROLLER);
    if (service === undefined || service.spec?.type === serviceForm(cloud).type) return;
    this.#host.api.patch(
      "services",
      { namespace: NAMESPACE, name: CONTROLLER },
      { type: "merge", body: { spec: serviceForm(cloud) } },
    );
  }

  #watch(): void {
    if (this.#watching) return;
    this.#watching = true;
    const { informers } = this.#host;
    informers.of(INGRESSES).onChange((ingress, old) => {
      this.#servers = undefined;
      if (ingress !== undefined && ingress.metadata.resourceVersion !== old?.metadata.resourceVersion)
        this.#queue.add(keyOf(ingress));
    });
    informers.of(CLASSES).onChange(() => {
      this.#servers = undefined;
      this.#queue.add(ADDRESSES);
    });
    informers.of("pods").onChange((pod, old) => {
      if (isController(pod ?? old) && (pod === undefined || old === undefined || standing(pod) !== standing(old)))
        this.#queue.add(ADDRESSES);
    });
    informers.of("services").onChange((service, old) => {
      const { name, namespace } = (service ?? old)?.metadata ?? {};
      if (name === CONTROLLER && namespace === NAMESPACE) this.#queue.add(ADDRESSES);
    });
    informers.of("namespaces").onChange((namespace, old) => {
      if (namespace === undefined && old?.metadata.name === NAMESPACE && this.#host.settings().ingress)
        this.#queue.add(INSTALL);
    });
  }

  #sync(key: string): void {
    if (key === INSTALL) {
      if (this.#on) this.#install();
      return;
    }
    const running = this.#pods().filter(isPodReady);
    if (key === ADDRESSES) {
      if (running.length > 0) this.#begin(running);
      else if (this.#pods().length === 0) this.#leave();
      return;
    }
    const ingress = this.#host.informers.of(INGRESSES).get(key);
    if (ingress === undefined || running.length === 0 || !this.#isOurs(ingress)) return;
    this.#host.recorder.record(ingress, { type: "Normal", reason: "Sync", message: "Scheduled for sync" });
    this.#publish(ingress, this.#addresses(running));
  }

  /** Takes over every Ingress when the first pod is up, and writes the addresses. */
  #begin(running: readonly Pod[]): void {
    for (const ingress of this.#own()) {
      if (this.#serves) this.#publish(ingress, this.#addresses(running));
      else this.#queue.add(keyOf(ingress));
    }
    this.#serves = true;
  }

  /** The last pod takes back what was written; one that was cut off could not. */
  #leave(): void {
    this.#serves = false;
    for (const key of this.#told) {
      const ingress = this.#host.informers.of(INGRESSES).get(key);
      if (ingress !== undefined) this.#publish(ingress, []);
    }
    this.#told.clear();
  }

  /** Controller pods that are not on their way out. */
  #pods(): readonly Pod[] {
    return [...this.#host.informers.of("pods").list()].filter(
      (pod) => isController(pod) && standing(pod) !== "leaving",
    );
  }

  #own(): readonly Ingress[] {
    return [...this.#host.informers.of(INGRESSES).list()].filter((ingress) => this.#isOurs(ingress));
  }

  /** Ingresses of its class; one without a class is nobody's. Spec: [INGRESS-2]. */
  #isOurs({ metadata, spec }: Ingress): boolean {
    const name = spec?.ingressClassName;
    if (name === undefined) return metadata.annotations?.[AnnotationIngressClass] === CLASS;
    return this.#host.informers.of(CLASSES).get(name)?.spec?.controller === CONTROLLER_CLASS;
  }

  #rules(): Servers {
    this.#servers ??= serversOf(this.#own());
    return this.#servers;
  }

  #hasCertificate(host: string): boolean {
    return this.#own().some(({ metadata, spec }) =>
      (spec?.tls ?? []).some(({ hosts = [], secretName = "" }) => {
        const secret = this.#host.informers.of("secrets").get(`${metadata.namespace}/${secretName}`);
        return hosts.includes(host) && secret?.type === "kubernetes.io/tls";
      }),
    );
  }

  /** Where the controller is reached: the address of its load balancer, else those of the nodes that run it. Spec: [INGRESS-9]. */
  // Models ingress-nginx/internal/ingress/status runningAddresses, statusAddressFromService
  #addresses(running: readonly Pod[]): readonly Address[] {
    if (running.length === 0) return [];
    const service: Service | undefined = this.#host.informers.of("services").get(`${NAMESPACE}/${CONTROLLER}`);
    if (service?.spec?.type === "LoadBalancer")
      return (service.status?.loadBalancer?.ingress ?? []).map(({ ip, hostname }) =>
        ip === undefined ? { hostname: hostname ?? "" } : { ip },
      );
    const nodes = running.map((pod) => this.#host.informers.of("nodes").get(pod.spec?.nodeName ?? ""));
    const ips = nodes.flatMap(
      (node) => node?.status?.addresses?.find(({ type }) => type === "InternalIP")?.address ?? [],
    );
    return [...new Set(ips)].sort().map((ip) => ({ ip }));
  }

  // Unlike upstream: at once instead of once a minute, because nobody should have to wait for it.
  #publish(ingress: Ingress, addresses: readonly Address[]): void {
    const now = ingress.status?.loadBalancer?.ingress ?? [];
    if (JSON.stringify(now) === JSON.stringify(addresses)) return;
    this.#told.add(keyOf(ingress));
    const loadBalancer = addresses.length === 0 ? {} : { ingress: addresses.map((each) => ({ ...each })) };
    writeStatus(this.#host, INGRESSES, { ...ingress, status: { ...ingress.status, loadBalancer } });
  }
}

function isController(pod: Pod | undefined): boolean {
  return (
    pod?.spec?.containers.some(({ image }) => /(?:^|\/)ingress-nginx\/controller(?:[:@]|$)/.test(image ?? "")) ?? false
  );
}

/** The state of a controller pod, as far as it matters to addresses. */
function standing(pod: Pod): string {
  if (pod.metadata.deletionTimestamp !== undefined) return "leaving";
  return `${isPodReady(pod)} ${pod.spec?.nodeName}`;
}
