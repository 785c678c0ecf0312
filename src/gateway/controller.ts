// The controller: installed while its setting is on, it looks at all objects of the Gateway API, and serves them by pods.
import {
  type Addon,
  type AddonHost,
  controllerQueue,
  deepEqual,
  isPodReady,
  type KubeObject,
  keyOf,
  own,
  type Pod,
  StatusError,
  writeStatus,
} from "../cluster/index.ts";
import { kind as definition } from "../kinds/customresourcedefinition/index.ts";
import { kind as schema } from "../kinds/schema/index.ts";
import { CLASSES, GATEWAYS, type Gateway, type GatewayClass, GRANTS, ROUTES, type Route } from "./api.ts";
import { type Attachments, attach, type Parented, type SeenGateway } from "./attach.ts";
import { dated } from "./conditions.ts";
import { FEATURES } from "./features.ts";
import {
  CLASS,
  CONTROLLER,
  CONTROLLER_NAME,
  infrastructure,
  infrastructureName,
  installation,
  isKept,
  labelOf,
  type Made,
  NAME_LABEL,
  NAMESPACE,
} from "./installation.ts";
import { seeClientCertificate, seeListeners } from "./listeners.ts";
import { Planes } from "./planes.ts";
import { classSaid, gatewayStatus, routeStatus, WAITING } from "./status.ts";
import { type Table, tableOf } from "./table.ts";

const PROGRAM = "podpath";
/** The key that stands for everything. */
const ALL = "all";
const INSTALL = "install";

/** A Gateway API controller that runs as pods while `settings.gateway` is on; it does nothing while it is off. */
export const gatewayController: Addon = {
  name: "gateway",
  component: "podpath-gateway",
  kinds: [schema, definition].flatMap(({ kinds = [] }) => kinds),
  start(host) {
    const controller = new Controller(host);
    if (host.settings().gateway) controller.switchOn();
    host.settingsChanged.on(() => host.clock.mishaps.guard(host.name, () => controller.settingsChanged()));
  },
};

class Controller {
  readonly #host: AddonHost;
  readonly #planes: Planes;
  readonly #tables = new Map<string, Table>();
  readonly #queue: { add(key: string): void };
  #on = false;
  #watching = false;

  constructor(host: AddonHost) {
    this.#host = host;
    this.#planes = new Planes(host, (gateway) => this.#tables.get(gateway) ?? new Map());
    this.#queue = controllerQueue(host, (key) => (key === INSTALL ? this.#install() : this.#sync()));
  }

  settingsChanged(): void {
    const { gateway } = this.#host.settings();
    if (gateway && !this.#on) this.switchOn();
    else if (!gateway && this.#on) this.#switchOff();
    else if (this.#on) this.#queue.add(ALL);
  }

  switchOn(): void {
    this.#on = true;
    this.#host.network.programs.set(PROGRAM, () => ({ status: 200, body: "ok" }));
    this.#install();
    this.#watch();
    this.#queue.add(ALL);
  }

  /** Creates what is missing; while the last installation is still being deleted, waits for its end. */
  #install(): void {
    const { api } = this.#host;
    if (!this.#on || api.find("namespaces", undefined, NAMESPACE)?.metadata.deletionTimestamp !== undefined) return;
    for (const { resource, namespace, name, object } of installation())
      if (api.find(resource, namespace, name) === undefined) api.create(resource, namespace, object);
  }

  #switchOff(): void {
    this.#on = false;
    for (const object of [...installation()].reverse()) if (!isKept(object)) this.#delete(object);
    this.#queue.add(ALL);
  }

  #delete({ resource, namespace, name }: Made): void {
    const { api } = this.#host;
    if (resource !== "serviceaccounts" && api.find(resource, namespace, name) !== undefined)
      api.delete(resource, namespace, name);
  }

  #watch(): void {
    if (this.#watching) return;
    this.#watching = true;
    const { informers } = this.#host;
    const again = () => this.#queue.add(ALL);
    for (const resource of [CLASSES, GATEWAYS, GRANTS, ...Object.values(ROUTES)])
      informers.of(resource).onChange((object, old) => {
        if (object === undefined || old === undefined || isNews(object, old)) again();
      });
    for (const resource of ["services", "secrets", "namespaces"] as const)
      informers.of(resource).onChange((object, old) => {
        if (object?.metadata.resourceVersion !== old?.metadata.resourceVersion) again();
      });
    informers.of("namespaces").onChange((namespace, old) => {
      if (namespace === undefined && old?.metadata.name === NAMESPACE) this.#queue.add(INSTALL);
    });
    informers.of("pods").onChange((pod, old) => {
      if (this.#planes.podChanged(pod, old) || (pod ?? old)?.metadata.namespace === NAMESPACE) again();
    });
  }

  /** Looks at everything, as far as a pod of the controller runs: what it wrote stays when none does. Spec: [GW-2]. */
  #sync(): void {
    if (!this.#on) {
      this.#leave();
      return;
    }
    if (!this.#runs()) return;
    const classes = this.#classes();
    const seen = this.#see(classes);
    const attachments = attach(this.#host.informers, seen);
    this.#tables.clear();
    for (const each of seen.values()) this.#program(each, attachments);
    this.#planes.refresh();
    this.#removeOthers(seen);
    for (const [route, parents] of attachments.parents) this.#writeRoute(route, parents);
  }

  /** A Gateway that took another class gives up what was made for it. */
  #removeOthers(seen: ReadonlyMap<string, SeenGateway>): void {
    const { informers } = this.#host;
    for (const resource of ["services", "deployments.apps"] as const)
      for (const { metadata } of informers.of(resource).list()) {
        const owner = metadata.labels?.[NAME_LABEL] === undefined ? undefined : metadata.ownerReferences?.[0];
        const gateway = owner && seen.get(`${metadata.namespace}/${owner.name}`)?.gateway;
        const isOurs = owner?.kind === "Gateway" && metadata.deletionTimestamp === undefined;
        if (!isOurs || (gateway !== undefined && infrastructureName(gateway) === metadata.name)) continue;
        this.#delete({ resource, namespace: metadata.namespace, name: metadata.name ?? "", object: {} });
        const left = informers.of(GATEWAYS).get(`${metadata.namespace}/${owner.name}`) as Gateway | undefined; // its schema
        if (left !== undefined && gateway === undefined)
          this.#write(GATEWAYS, { ...left, status: WAITING }, left.status);
      }
  }

  #runs(): boolean {
    return [...this.#host.informers.of("pods").list()].some(
      ({ metadata, ...pod }) =>
        metadata.namespace === NAMESPACE &&
        metadata.labels?.["app.kubernetes.io/name"] === CONTROLLER &&
        metadata.deletionTimestamp === undefined &&
        isPodReady({ metadata, ...pod } as Pod),
    );
  }

  /** The names of the classes that it serves, and their status. */
  #classes(): ReadonlySet<string> {
    const names = new Set<string>();
    for (const object of this.#host.informers.of(CLASSES).list()) {
      const gatewayClass = object as GatewayClass; // its schema
      if (gatewayClass.spec?.controllerName !== CONTROLLER_NAME) continue;
      const said = classSaid(gatewayClass);
      if (said.status === "True") names.add(gatewayClass.metadata.name ?? "");
      const conditions = this.#dated([said], gatewayClass, gatewayClass.status?.conditions);
      this.#write(
        CLASSES,
        { ...gatewayClass, status: { conditions, supportedFeatures: FEATURES } },
        gatewayClass.status,
      );
    }
    return names;
  }

  #see(classes: ReadonlySet<string>): ReadonlyMap<string, SeenGateway> {
    const { informers } = this.#host;
    const seen = new Map<string, SeenGateway>();
    for (const object of informers.of(GATEWAYS).list()) {
      const gateway = object as Gateway; // its schema
      if (!classes.has(gateway.spec?.gatewayClassName ?? "") || gateway.metadata.deletionTimestamp !== undefined)
        continue;
      const resolved = seeClientCertificate(informers, gateway);
      seen.set(keyOf(gateway), { gateway, listeners: seeListeners(informers, gateway), resolved });
    }
    return seen;
  }

  /** Makes a Gateway's pods and Service, tells them what to serve, and writes its status. */
  #program(seen: SeenGateway, attachments: Attachments): void {
    const { gateway } = seen;
    const { metadata } = gateway;
    const plane = `${metadata.namespace}/${labelOf(metadata.name ?? "")}`;
    this.#tables.set(plane, tableOf(seen, attachments));
    const refusal = this.#make(gateway);
    const service = this.#host.informers.of("services").get(`${metadata.namespace}/${infrastructureName(gateway)}`);
    const addresses = this.#planes.addressesOf(plane, service);
    const isReady = this.#planes.isReady(plane);
    const said = gatewayStatus(seen, { addresses, isReady, refusal, cloud: this.#host.settings().cloud });
    const before = gateway.status;
    const listeners = said.listeners.map(({ listener, kinds, conditions }) => ({
      attachedRoutes: attachments.on(gateway, listener).length,
      conditions: this.#dated(
        conditions,
        gateway,
        before?.listeners?.find(({ name }) => name === listener.name)?.conditions,
      ),
      name: listener.name,
      supportedKinds: kinds,
    }));
    const status = {
      ...(addresses.length === 0 ? {} : { addresses }),
      conditions: this.#dated(said.conditions, gateway, before?.conditions),
      listeners,
    };
    this.#write(GATEWAYS, { ...gateway, status }, before);
  }

  /** Creates what a Gateway needs, or brings it into its present form. @returns why that was refused, if it was. */
  #make(gateway: Gateway): string | undefined {
    const { api, informers } = this.#host;
    try {
      for (const { resource, namespace, name, object } of infrastructure(gateway, this.#host.settings().cloud)) {
        const found = informers.of(resource).get(`${namespace}/${name}`);
        if (found === undefined) api.create(resource, namespace, object);
        else if (isOwn(found, gateway)) this.#reshape(resource, found, object);
      }
      return undefined;
    } catch (error) {
      if (!(error instanceof StatusError)) throw error;
      return error.message;
    }
  }

  #reshape(resource: string, found: KubeObject, object: object): void {
    const { metadata, spec } = object as KubeObject & { spec?: object }; // as it was just made
    const change = {
      metadata: {
        labels: metadata.labels,
        ...(metadata.annotations === undefined ? {} : { annotations: metadata.annotations }),
      },
      ...(spec === undefined ? {} : { spec }),
    };
    if (covers(found, change)) return;
    const target = { namespace: found.metadata.namespace, name: found.metadata.name ?? "" };
    const type = resource === "services" ? "merge" : "strategic";
    this.#host.api.patch(resource, target, { type, body: change });
  }

  #writeRoute(route: Route, parents: readonly Parented[]): void {
    const status = routeStatus(route, parents, (said, before) => this.#dated(said, route, before));
    if (status !== undefined) this.#write(resourceOf(route), { ...route, status }, route.status);
  }

  #dated(
    ...[said, { metadata }, before]: [Parameters<typeof dated>[0], KubeObject, Parameters<typeof dated>[1]["before"]]
  ) {
    return dated(said, { generation: metadata.generation, before, now: this.#host.timestamp() });
  }

  #write(resource: string, object: KubeObject & { status?: unknown }, before: unknown): void {
    if (!deepEqual(object.status, before)) writeStatus(this.#host, resource, object);
  }

  /** It was uninstalled: its pods go, and the objects wait for a controller again. */
  #leave(): void {
    const { informers } = this.#host;
    this.#tables.clear();
    for (const object of informers.of(GATEWAYS).list()) {
      const gateway = object as Gateway; // its schema
      if (gateway.spec?.gatewayClassName !== CLASS) continue;
      for (const made of infrastructure(gateway, false)) this.#delete(made);
      this.#write(GATEWAYS, { ...gateway, status: WAITING }, gateway.status);
    }
    for (const resource of Object.values(ROUTES))
      for (const route of informers.of(resource).list()) this.#writeRoute(route as Route, []); // its schema
  }
}

/** Whether more changed than what the controller writes itself. */
function isNews(object: KubeObject, old: KubeObject): boolean {
  return (
    object.metadata.generation !== old.metadata.generation ||
    object.metadata.deletionTimestamp !== old.metadata.deletionTimestamp ||
    object.metadata.generation === undefined
  );
}

function isOwn({ metadata }: KubeObject, gateway: Gateway): boolean {
  return metadata.ownerReferences?.some(({ uid }) => uid === gateway.metadata.uid) === true;
}

function resourceOf({ kind }: Route): string {
  return ROUTES[kind as keyof typeof ROUTES]; // routes come from the informers of these
}

/** Whether an object has all that is wanted; it may have more. */
function covers(found: unknown, wanted: unknown): boolean {
  if (typeof wanted !== "object" || wanted === null) return found === wanted;
  if (typeof found !== "object" || found === null) return false;
  if (Array.isArray(wanted) && wanted.length !== (found as readonly unknown[]).length) return false;
  return Object.entries(wanted).every(([name, value]) => covers(own(found as Record<string, unknown>, name), value));
}
