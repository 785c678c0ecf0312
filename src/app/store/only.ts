// Showing less than everything: the objects of a namespace, those that a label selector matches, or one Service with what belongs to it.
import {
  hasAll,
  type Ingress,
  type KubeObject,
  keyOf,
  type Labels,
  makeKey,
  matches,
  type ObjectKey,
  type Pod,
  parseSelector,
  type ResourceName,
  type Selector,
  SelectorSyntaxError,
  type Service,
  splitKey,
} from "../../cluster/index.ts";
import type { Gateway, Route } from "../../gateway/index.ts";
import { W } from "../../words/en/only.ts";
import { endpointsOf, isRouteOf, isSystem, selects, slicesOf, templateLabels, workloadOf } from "./derive.ts";
import type { Objects } from "./objects.ts";
import type { AppState, Only, Shown } from "./state.ts";

const INGRESSES = "ingresses.networking.k8s.io";
const GATEWAYS = "gateways.gateway.networking.k8s.io";
const HTTP_ROUTES = "httproutes.gateway.networking.k8s.io";
const WORKLOADS: readonly ResourceName[] = [
  "deployments.apps",
  "statefulsets.apps",
  "replicasets.apps",
  "daemonsets.apps",
];
/** The label of an ingress controller's own objects. */
const CONTROLLER = { "app.kubernetes.io/name": "ingress-nginx" };
/** The label of what is made for a Gateway. */
const OF_GATEWAY = "gateway.networking.k8s.io/gateway-name";

export const LONGEST_SELECTOR = 300;
const LONGEST_NAME = 63;

/** What of the cluster is to be shown. @throws SelectorSyntaxError */
export function onlyOf(wanted: Shown): Only {
  const { focus } = wanted;
  if (focus !== undefined) return { focus, among: remembered((state) => around(state, focus)) };
  const { namespace, selector } = wanted;
  const terms = parseSelector(selector ?? "");
  return { namespace, selector, among: remembered(({ objects }) => matching(objects, namespace, terms)) };
}

/** What the query of an address asks for, with one sentence for each value that can't be used. */
export function onlyFrom(query: URLSearchParams): { readonly only?: Only; readonly problems: readonly string[] } {
  const problems: string[] = [];
  const read = (name: string, isValid: (value: string) => boolean, what: string) => {
    const value = query.get(name) ?? "";
    if (value === "" || isValid(value)) return value === "" ? undefined : value;
    problems.push(W.invalid(name, shortened(value), what));
    return undefined;
  };
  const focus = read("focus", isKey, W.focus);
  const namespace = read("namespace", isName, W.namespace);
  const selector = read("selector", (text) => problemOf(text) === undefined, W.selector);
  if (focus !== undefined && (namespace !== undefined || selector !== undefined)) problems.push(W.alone);
  if (focus === undefined && namespace === undefined && selector === undefined) return { problems };
  return { only: onlyOf({ focus, namespace, selector }), problems };
}

/** What is wrong with a selector, in Kubernetes' words; undefined when nothing is. */
export function problemOf(selector: string): string | undefined {
  if (selector.length > LONGEST_SELECTOR) return W.tooLong(LONGEST_SELECTOR);
  try {
    parseSelector(selector);
    return undefined;
  } catch (error) {
    if (!(error instanceof SelectorSyntaxError)) throw error;
    return error.message;
  }
}

function isName(text: string): boolean {
  return text.length <= LONGEST_NAME && /^[a-z0-9-]+$/.test(text);
}

function isKey(text: string): boolean {
  const [namespace = "", name = "", ...more] = text.split("/");
  return more.length === 0 && isName(namespace) && isName(name);
}

function shortened(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

/** What is shown, in words: "namespace shop · app=web", "Service web". */
export function describeOnly({ namespace, selector, focus }: Shown): string {
  if (focus === undefined)
    return [namespace === undefined ? "" : W.inNamespace(namespace), selector ?? ""]
      .filter((each) => each !== "")
      .join(" · ");
  const at = splitKey(focus);
  return W.service(at.name, at.namespace);
}

const COUNTED: readonly (readonly [said: (n: number) => string, resources: readonly ResourceName[]])[] = [
  [W.services, ["services"]],
  [W.ingresses, [INGRESSES]],
  [W.gateways, [GATEWAYS]],
  [W.workloads, WORKLOADS],
  [W.pods, ["pods"]],
];

/** What is hidden, in words: "12 Services, 24 pods hidden". */
export function describeHidden(state: AppState): string {
  const { objects, view } = state;
  const shown = view.only?.among(state) ?? objects;
  const count = (of: Objects, resources: readonly ResourceName[]) =>
    resources.flatMap((each) => [...(of.get(each)?.values() ?? [])]).filter((object) => isDrawn(object, view.system))
      .length;
  const hidden = COUNTED.flatMap(([said, resources]) => {
    const number = count(objects, resources) - count(shown, resources);
    return number === 0 ? [] : [said(number)];
  });
  return hidden.length === 0 ? W.nothing : W.hidden(hidden.join(", "));
}

function isDrawn(object: KubeObject, system: boolean): boolean {
  const isOwned = object.kind !== "Pod" && object.metadata.ownerReferences?.some((each) => each.controller === true);
  return isOwned !== true && (system || !isSystem(object));
}

/** The same answer for as long as nothing that it depends on changed. */
function remembered(among: (state: AppState) => Objects): (state: AppState) => Objects {
  let seen: readonly unknown[] = [];
  let answer: Objects | undefined;
  return (state) => {
    const looked = [state.objects, state.traffic, state.route];
    if (answer === undefined || looked.some((each, at) => each !== seen[at])) answer = among(state);
    seen = looked;
    return answer;
  };
}

function all<T extends KubeObject>(objects: Objects, resource: ResourceName): readonly T[] {
  return [...((objects.get(resource)?.values() ?? []) as Iterable<T>)]; // each resource holds its own kind
}

/** What is shown of each resource that is drawn; Nodes stay. */
interface Kept {
  readonly services: readonly Service[];
  readonly pods: readonly Pod[];
  /** Ingresses and Gateways. */
  readonly fronts: readonly KubeObject[];
  readonly workloads: ReadonlySet<KubeObject>;
}

function withOnly(objects: Objects, { services, pods, fronts, workloads }: Kept): Objects {
  const kept = (list: readonly KubeObject[]) => new Map(list.map((object) => [keyOf(object), object]));
  return new Map([
    ...objects,
    ["services", kept(services)],
    ["pods", kept(pods)],
    [INGRESSES, kept(fronts.filter(({ kind }) => kind === "Ingress"))],
    ...(objects.has(GATEWAYS) ? [[GATEWAYS, kept(fronts.filter(({ kind }) => kind === "Gateway"))] as const] : []),
    ...WORKLOADS.map(
      (resource) => [resource, kept(all(objects, resource).filter((each) => workloads.has(each)))] as const,
    ),
  ]);
}

/** Objects of a namespace whose labels match; a Service and a workload also by the labels of their pods, and with what is shown behind them. */
function matching(objects: Objects, namespace: string | undefined, selector: Selector): Objects {
  const isIn = ({ metadata }: KubeObject) => namespace === undefined || metadata.namespace === namespace;
  const pods = all<Pod>(objects, "pods").filter((pod) => isIn(pod) && matches(selector, pod.metadata.labels));
  const shown = new Set(pods.map(keyOf));
  const owners = ownersOf(pods);
  const workloads = WORKLOADS.flatMap((resource) => all(objects, resource)).filter(
    (object) =>
      isIn(object) &&
      (matches(selector, { ...object.metadata.labels, ...templateLabels(object) }) || owners.has(nameOf(object))),
  );
  const services = all<Service>(objects, "services").filter((service) => {
    const { metadata, spec } = service;
    if (!isIn(service)) return false;
    if (matches(selector, { ...metadata.labels, ...spec?.selector })) return true;
    const behind = podsBehind(objects, keyOf(service));
    if (behind.length > 0) return behind.some((key) => shown.has(key));
    return workloads.some(
      (each) =>
        each.metadata.namespace === metadata.namespace && selects(service?.spec?.selector, templateLabels(each)),
    );
  });
  const served = new Set(services.map(keyOf));
  const fronts = frontsOf(objects).filter(
    (front) =>
      isIn(front) &&
      (matches(selector, front.metadata.labels) || backendsOf(front, objects).some((key) => served.has(key))),
  );
  return withOnly(objects, { services, pods, fronts, workloads: new Set(workloads) });
}

/** A Service with the Ingresses and Gateways that lead to it, its endpoints and their workloads, and the pods that send to it or are on the shown route. */
function around(state: AppState, focus: ObjectKey): Objects {
  const { objects } = state;
  const service = objects.get("services")?.get(focus) as Service | undefined; // each resource holds its own kind
  const isBehind = (object: KubeObject, labels: Labels) =>
    service?.metadata.namespace === object.metadata.namespace && selects(service?.spec?.selector, labels);
  const fronts = frontsOf(objects).filter((front) => backendsOf(front, objects).includes(focus));
  const isGate = ({ metadata: { labels, namespace } }: KubeObject) =>
    fronts.some((front) =>
      front.kind === "Ingress"
        ? hasAll(labels, CONTROLLER)
        : labels?.[OF_GATEWAY] === front.metadata.name && namespace === front.metadata.namespace,
    );
  const behind = new Set([...podsBehind(objects, focus), ...sendersOf(state)]);
  const pods = all<Pod>(objects, "pods").filter(
    (pod) => behind.has(keyOf(pod)) || isGate(pod) || isBehind(pod, pod.metadata.labels),
  );
  const owners = ownersOf(pods);
  return withOnly(objects, {
    services: all<Service>(objects, "services").filter((each) => each === service || isGate(each)),
    pods,
    fronts,
    workloads: new Set(
      WORKLOADS.flatMap((resource) => all(objects, resource)).filter(
        (object) => isGate(object) || owners.has(nameOf(object)) || isBehind(object, templateLabels(object)),
      ),
    ),
  });
}

/** Pods that send: continuously, or the request whose route is shown. */
function sendersOf({ traffic, route, world }: AppState): readonly ObjectKey[] {
  const exchange = route === undefined ? undefined : world.trace.exchange(route);
  const places = [...traffic.map(({ from }) => from), ...(exchange === undefined ? [] : [exchange.from])];
  return places.flatMap((place) => (place.kind === "pod" ? [makeKey(place.namespace, place.name)] : []));
}

function podsBehind(objects: Objects, service: ObjectKey): readonly ObjectKey[] {
  return endpointsOf(slicesOf(objects, service)).flatMap(({ pod }) => pod ?? []);
}

function frontsOf(objects: Objects): readonly KubeObject[] {
  return [...all(objects, INGRESSES), ...all(objects, GATEWAYS)];
}

/** The Services that an Ingress, or the HTTPRoutes of a Gateway, lead to. */
function backendsOf(front: KubeObject, objects: Objects): readonly ObjectKey[] {
  if (front.kind === "Ingress") return backendsOfIngress(front as Ingress); // its kind was looked at
  const routes = all<Route>(objects, HTTP_ROUTES).filter((route) => isRouteOf(route, front as Gateway)); // the other kind
  return routes.flatMap(({ metadata, spec }) =>
    (spec?.rules ?? []).flatMap(({ backendRefs = [] }) =>
      backendRefs.map((each) => makeKey(each.namespace ?? metadata.namespace, each.name)),
    ),
  );
}

function backendsOfIngress({ metadata, spec }: Ingress): readonly ObjectKey[] {
  const paths = (spec?.rules ?? []).flatMap((rule) => rule.http?.paths ?? []);
  const backends = [
    ...paths.map(({ backend }) => backend),
    ...(spec?.defaultBackend === undefined ? [] : [spec.defaultBackend]),
  ];
  return backends.flatMap(({ service }) => (service === undefined ? [] : [makeKey(metadata.namespace, service.name)]));
}

function nameOf({ kind, metadata }: KubeObject): string {
  return `${kind} ${metadata.namespace}/${metadata.name}`;
}

function ownersOf(pods: readonly Pod[]): ReadonlySet<string> {
  return new Set(
    pods.flatMap((pod) => {
      const owner = workloadOf(pod);
      return owner === undefined ? [] : [`${owner.kind} ${pod.metadata.namespace}/${owner.name}`];
    }),
  );
}
