// What an installation of the controller consists of, and what it makes for each Gateway.
import { LabelOSStable } from "../cluster/index.ts";
import { CLASSES, type Gateway } from "./api.ts";
import { definitions, GROUP } from "./definitions/index.ts";

/** Namespace of the installation. */
export const NAMESPACE = "podpath-gateway";
/** Its Deployment, whose pod reads the objects and tells the gateways' pods. */
export const CONTROLLER = "gateway-controller";
/** Its GatewayClass. */
export const CLASS = "podpath";
/** What a GatewayClass names to be served by it. */
export const CONTROLLER_NAME = "podpath.dev/gateway-controller";
/** The image of both kinds of pods. */
const IMAGE = "registry.podpath.dev/podpath/gateway:v1.0.0";
/** That image's repository. */
export const REPOSITORY = "podpath/gateway";
/** Where their health is asked. */
const HEALTH_PORT = 15_021;
/** Labels of what is made for a Gateway. */
// Models GEP-1762
export const NAME_LABEL = `${GROUP}/gateway-name`;
const CLASS_LABEL = `${GROUP}/gateway-class-name`;

const DEFINITIONS = "customresourcedefinitions.apiextensions.k8s.io";
const SELECTOR = { "app.kubernetes.io/name": CONTROLLER };

/** One object to create. */
export interface Made {
  readonly resource: string;
  readonly namespace: string | undefined;
  readonly name: string;
  readonly object: object;
}

/** What is created when the controller is switched on, in order. Spec: [GW-1] [GW-2]. */
export function installation(): readonly Made[] {
  return [
    ...definitions().map(({ name, object }) => ({ resource: DEFINITIONS, namespace: undefined, name, object })),
    made("namespaces", ["v1", "Namespace"], { name: NAMESPACE }),
    made("serviceaccounts", ["v1", "ServiceAccount"], { name: CONTROLLER, namespace: NAMESPACE }),
    made(
      "deployments.apps",
      ["apps/v1", "Deployment"],
      { name: CONTROLLER, namespace: NAMESPACE },
      { spec: deployment(CONTROLLER, SELECTOR, {}) },
    ),
    made(
      CLASSES,
      [`${GROUP}/v1`, "GatewayClass"],
      { name: CLASS },
      {
        spec: { controllerName: CONTROLLER_NAME, description: "Gateways as pods of the cluster itself" },
      },
    ),
  ];
}

/** What stays behind when it is switched off: the kinds, as objects of users may exist. */
export const isKept = ({ resource }: Made): boolean => resource === DEFINITIONS;

interface Meta {
  readonly name: string;
  readonly namespace?: string | undefined;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly ownerReferences?: readonly object[];
}

function made(
  resource: string,
  [apiVersion, kind]: readonly [string, string],
  metadata: Meta,
  rest: object = {},
): Made {
  const { name, namespace } = metadata;
  return { resource, namespace, name, object: { apiVersion, kind, metadata, ...rest } };
}

/** The name of what is made for a Gateway; one that would be too long for a Service is cut, and gets a number that no other has. */
export function infrastructureName({ metadata, spec }: Gateway): string {
  const whole = `${metadata.name}-${spec?.gatewayClassName}`.replace(/\./g, "-").replace(/^(?=\d)/, "gw-");
  return whole.length <= LONGEST_NAME ? whole : `${whole.slice(0, LONGEST_NAME - 9)}-${hashOf(whole)}`;
}

/** Of a Service, and of a label's value. */
const LONGEST_NAME = 63;

/** The value of the label that names a Gateway. */
export function labelOf(name: string): string {
  return name.length <= LONGEST_NAME ? name : `${name.slice(0, LONGEST_NAME - 9)}-${hashOf(name)}`;
}

/** Eight hexadecimal digits that depend on every letter. */
// Models FNV-1a
function hashOf(text: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return hash.toString(16).padStart(8, "0");
}

/** What is made for a Gateway: a ServiceAccount, a Deployment, and a Service with the ports of its listeners. Spec: [GW-2]. */
export function infrastructure(gateway: Gateway, cloud: boolean): readonly Made[] {
  const name = infrastructureName(gateway);
  const { labels = {}, annotations = {} } = gateway.spec?.infrastructure ?? {};
  const own = {
    [NAME_LABEL]: labelOf(gateway.metadata.name ?? ""),
    [CLASS_LABEL]: gateway.spec?.gatewayClassName ?? "",
  };
  const metadata: Meta = {
    name,
    namespace: gateway.metadata.namespace,
    labels: { ...labels, ...own },
    ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
    ownerReferences: [
      {
        apiVersion: gateway.apiVersion,
        kind: gateway.kind,
        name: gateway.metadata.name,
        uid: gateway.metadata.uid,
        controller: true,
        blockOwnerDeletion: true,
      },
    ],
  };
  const { labels: all } = metadata;
  const template = { labels: all, ...(metadata.annotations === undefined ? {} : { annotations }) };
  return [
    made("serviceaccounts", ["v1", "ServiceAccount"], metadata),
    made("deployments.apps", ["apps/v1", "Deployment"], metadata, { spec: deployment(name, own, template) }),
    made("services", ["v1", "Service"], metadata, { spec: serviceSpec(gateway, own, cloud) }),
  ];
}

/** The part of a Service that its Gateway decides. */
export function serviceSpec(gateway: Gateway, selector: object, cloud: boolean): object {
  const ports = [...new Set(gateway.spec?.listeners?.map(({ port }) => port))].sort((a, b) => a - b);
  const address = gateway.spec?.addresses?.find(
    ({ type = "IPAddress", value = "" }) => type === "IPAddress" && value !== "",
  );
  return {
    type: cloud ? "LoadBalancer" : "NodePort",
    externalTrafficPolicy: cloud ? "Local" : "Cluster",
    ...(cloud && address?.value !== undefined ? { loadBalancerIP: address.value } : {}),
    selector,
    ports: ports.map((port) => ({ name: `port-${port}`, port, targetPort: port, protocol: "TCP" })),
  };
}

function deployment(account: string, selector: object, template: object): object {
  const probe = {
    httpGet: { path: "/healthz/ready", port: HEALTH_PORT, scheme: "HTTP" },
    periodSeconds: 10,
    timeoutSeconds: 1,
  };
  const container = {
    name: "gateway",
    image: IMAGE,
    ports: [{ name: "health", containerPort: HEALTH_PORT, protocol: "TCP" }],
    readinessProbe: probe,
    resources: { requests: { cpu: "100m", memory: "64Mi" } },
  };
  const labels = { ...("labels" in template ? (template.labels as object) : {}), ...selector };
  return {
    selector: { matchLabels: selector },
    template: {
      metadata: { ...template, labels },
      spec: { serviceAccountName: account, nodeSelector: { [LabelOSStable]: "linux" }, containers: [container] },
    },
  };
}
