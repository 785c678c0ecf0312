// Ingresses that a Gateway could stand in for, and Gateways and routes that their controller does not serve.
import { compareText, type Ingress, type KubeObject, keyOf } from "../../cluster/index.ts";
import type { Gateway, Route } from "../../gateway/index.ts";
import { W } from "../../words/en/why-gateway.ts";
import { holdsValue } from "../claims.ts";
import type { Cure, Finding } from "../finding.ts";
import { edit } from "../scene.ts";
import type { Survey } from "../survey.ts";
import { counted, inNamespace, listed, refOf } from "../words.ts";

const GATEWAYS = "gateways.gateway.networking.k8s.io";
const ROUTES = ["httproutes.gateway.networking.k8s.io", "grpcroutes.gateway.networking.k8s.io"];
const CLASSES = "gatewayclasses.gateway.networking.k8s.io";
const CLASS = "podpath";
const CONTROLLER = "podpath.dev/gateway-controller";
const API = "gateway.networking.k8s.io/v1";
const ANNOTATION = "nginx.ingress.kubernetes.io/";

/** Spec: [DIAG-52]. */
export function gatewayFindings(survey: Survey): readonly Finding[] {
  return [...retired(survey), ...unserved(survey), ...refused(survey)];
}

/** ingress-nginx gets no releases any more: the same rules as a Gateway and HTTPRoutes. */
function retired(survey: Survey): readonly Finding[] {
  const { settings, api } = survey.world;
  if (!settings.ingress) return [];
  const routes = objectsOf<Route>(survey, ROUTES[0] ?? "");
  return api
    .list("ingresses.networking.k8s.io")
    .filter((ingress) => ingress.spec?.ingressClassName === "nginx" && !hasTwin(ingress, routes))
    .map((ingress) => retirement(survey, ingress));
}

function hasTwin(ingress: Ingress, routes: readonly Route[]): boolean {
  const own = routes.filter(({ metadata }) => metadata.namespace === ingress.metadata.namespace);
  return hostsOf(ingress).every((host) =>
    own.some(({ spec }) => (host === "" ? spec?.hostnames === undefined : spec?.hostnames?.includes(host))),
  );
}

function retirement(survey: Survey, ingress: Ingress): Finding {
  const ref = refOf(ingress);
  const { namespace = "default" } = ingress.metadata;
  const twin = twinOf(survey, ingress);
  const routes = counted(twin.length - 1, "HTTPRoute");
  const isThere = survey.world.settings.gateway;
  return {
    id: `ingress-retired Ingress ${namespace}/${ref.name}`,
    class: "ingress-retired",
    severity: "info",
    step: 7,
    service: ref,
    title: W.retired(ref.name),
    explanation: W.retiredLong(ref.name, routes),
    claims: [
      holdsValue(ref, ["spec", "ingressClassName"], "nginx"),
      { kind: "setting", name: "ingress", value: true },
      { kind: "setting", name: "gateway", value: isThere },
    ],
    evidence: [
      {
        command: `kubectl get ingress ${ref.name}${inNamespace(namespace)}`,
        shows: W.nginxClass,
        prints: [ref.name, "nginx"],
      },
    ],
    responsible: { object: ref, path: ["spec", "ingressClassName"] },
    cures: [isThere ? writeTwin(ingress, twin) : INSTALL],
    symptoms: [],
  };
}

/** Kinds have to be there before their objects. */
const INSTALL: Cure = {
  label: W.install,
  remedy: { kind: "action", action: { kind: "configure", settings: { gateway: true } }, command: "sim gateway on" },
  unfinished: true,
};

function writeTwin({ metadata }: Ingress, twin: readonly object[]): Cure {
  const open = Object.keys(metadata.annotations ?? {}).filter((name) => name.startsWith(ANNOTATION));
  const also = open.length === 0 ? "" : W.without(listed(open.map((name) => name.slice(ANNOTATION.length))));
  return {
    label: W.addTwin(also),
    remedy: { kind: "edit", edits: [], create: twin },
    ...(open.length === 0 ? {} : { unfinished: true }),
  };
}

function hostsOf({ spec }: Ingress): readonly string[] {
  const hosts = (spec?.rules ?? []).map(({ host = "" }) => host);
  return [...new Set(spec?.defaultBackend === undefined ? hosts : [...hosts, ""])];
}

/** A Gateway with the listeners, and an HTTPRoute for each host. */
function twinOf(survey: Survey, ingress: Ingress): readonly object[] {
  const { name = "", namespace } = ingress.metadata;
  const tls = ingress.spec?.tls ?? [];
  const secured = tls.flatMap(({ hosts = [], secretName }, at) =>
    (hosts.length === 0 ? [undefined] : hosts).map((hostname, index) => ({
      name: `https-${at + 1}-${index + 1}`,
      port: 443,
      protocol: "HTTPS",
      ...(hostname === undefined ? {} : { hostname }),
      tls: { certificateRefs: [{ name: secretName ?? "" }] },
    })),
  );
  const meta = (own: string) => ({ name: own, ...(namespace === undefined ? {} : { namespace }) });
  const gateway = {
    apiVersion: API,
    kind: "Gateway",
    metadata: meta(name),
    spec: { gatewayClassName: CLASS, listeners: [{ name: "http", port: 80, protocol: "HTTP" }, ...secured] },
  };
  const routes = hostsOf(ingress).map((host) => ({
    apiVersion: API,
    kind: "HTTPRoute",
    metadata: meta(host === "" ? name : `${name}-${host.replace("*", "any").replace(/\./g, "-")}`),
    spec: {
      parentRefs: [{ name }],
      ...(host === "" ? {} : { hostnames: [host] }),
      rules: rulesFor(survey, ingress, host),
    },
  }));
  return [gateway, ...routes];
}

type Backend = NonNullable<NonNullable<Ingress["spec"]>["defaultBackend"]>;

function rulesFor(survey: Survey, ingress: Ingress, host: string): readonly object[] {
  const { rules = [], defaultBackend } = ingress.spec ?? {};
  const namespace = ingress.metadata.namespace ?? "default";
  const to = (backend: Backend) => {
    const { name = "", port } = backend.service ?? {};
    const named = survey.service(namespace, name)?.spec?.ports?.find((each) => each.name === port?.name);
    return { backendRefs: [{ name, port: port?.number ?? named?.port ?? 80 }] };
  };
  const paths = rules.filter((rule) => (rule.host ?? "") === host).flatMap(({ http }) => http?.paths ?? []);
  const own = paths.map(({ path = "/", pathType, backend }) => ({
    matches: [{ path: { type: pathType === "Exact" ? "Exact" : "PathPrefix", value: path } }],
    ...to(backend),
  }));
  return defaultBackend === undefined ? own : [...own, to(defaultBackend)];
}

/** Gateways that no controller here looks at: none is installed, or their class is another's. */
function unserved(survey: Survey): readonly Finding[] {
  const { gateway: isThere } = survey.world.settings;
  return objectsOf<Gateway>(survey, GATEWAYS)
    .filter(({ spec }) => !isThere || !isServed(survey, spec?.gatewayClassName ?? ""))
    .map((gateway): Finding => {
      const ref = refOf(gateway);
      const { namespace = "default" } = gateway.metadata;
      const asked = gateway.spec?.gatewayClassName ?? "";
      const why = isThere
        ? `its class is ${asked}, and the controller that is installed here serves class ${CLASS}`
        : "that takes a controller, and none is installed";
      return {
        id: `gateway-without-controller Gateway ${namespace}/${ref.name}`,
        class: "gateway-without-controller",
        severity: "warning",
        step: 7,
        service: ref,
        title: `No controller serves Gateway ${ref.name}`,
        explanation: `Gateway ${ref.name} is accepted and stored, but nothing acts on it: ${why}. Its ADDRESS stays empty, and its conditions wait for a controller.`,
        claims: [
          holdsValue(ref, ["spec", "gatewayClassName"], asked),
          { kind: "setting", name: "gateway", value: isThere },
          holdsValue(ref, ["status", "addresses"], undefined),
        ],
        evidence: [
          {
            command: `kubectl get gateway ${ref.name}${inNamespace(namespace)}`,
            shows: "ADDRESS is empty",
            prints: [ref.name, "ADDRESS"],
            lacks: ["192.", "203."],
          },
        ],
        responsible: { object: ref, path: ["spec", "gatewayClassName"] },
        cures: [
          isThere
            ? edit(`Set spec.gatewayClassName to ${CLASS}`, {
                object: ref,
                changes: [{ op: "set", path: ["spec", "gatewayClassName"], value: CLASS }],
              })
            : { ...INSTALL, label: "Install a controller of the Gateway API" },
        ],
        symptoms: [],
      };
    });
}

function isServed(survey: Survey, name: string): boolean {
  const found = objectsOf<KubeObject & { readonly spec?: { readonly controllerName?: string } }>(survey, CLASSES);
  return found.some(({ metadata, spec }) => metadata.name === name && spec?.controllerName === CONTROLLER);
}

/** What a controller says against a Gateway or a route, in its own words. */
function refused(survey: Survey): readonly Finding[] {
  if (!survey.world.settings.gateway) return [];
  const gateways = objectsOf<Gateway>(survey, GATEWAYS).flatMap((gateway) => {
    const all = [
      ...(gateway.status?.conditions ?? []),
      ...(gateway.status?.listeners ?? []).flatMap((each) => each.conditions),
    ];
    return complaint(gateway, all.find(isBad), "gateway");
  });
  const routes = ROUTES.flatMap((resource) => objectsOf<Route>(survey, resource)).flatMap((route) =>
    complaint(route, (route.status?.parents ?? []).flatMap(({ conditions }) => conditions).find(isBad), "route"),
  );
  return [...gateways, ...routes];
}

type Condition = NonNullable<NonNullable<Gateway["status"]>["conditions"]>[number];

const BAD = new Set(["Accepted", "ResolvedRefs", "Programmed"]);
const isBad = ({ type, status, reason }: Condition) => BAD.has(type) && status === "False" && reason !== "Pending";

function complaint(object: KubeObject, bad: Condition | undefined, what: "gateway" | "route"): readonly Finding[] {
  if (bad === undefined) return [];
  const ref = refOf(object);
  const { namespace = "default" } = object.metadata;
  const { type, reason, message } = bad;
  return [
    {
      id: `${what}-refused ${ref.kind} ${namespace}/${ref.name}`,
      class: `${what}-refused`,
      severity: "error",
      step: 7,
      service: ref,
      title: W.hasFalse(ref.kind, ref.name, type, reason),
      explanation: W.controllerSays(ref.kind, ref.name, message),
      claims: [{ kind: "object", object: ref, exists: true }],
      evidence: [
        {
          command: `kubectl describe ${ref.kind.toLowerCase()} ${ref.name}${inNamespace(namespace)}`,
          shows: W.conditionWith(type, reason),
          prints: [reason],
        },
      ],
      responsible: { object: ref, path: what === "gateway" ? ["spec", "listeners"] : ["spec"] },
      cures: [],
      symptoms: ["http"],
    },
  ];
}

/** The objects of a custom kind, by name. */
function objectsOf<T extends KubeObject>(survey: Survey, resource: string): readonly T[] {
  const found = survey.world.api.list(resource) as readonly KubeObject[];
  return [...found].sort((a, b) => compareText(keyOf(a), keyOf(b))) as unknown as readonly T[]; // each resource holds its own kind
}
