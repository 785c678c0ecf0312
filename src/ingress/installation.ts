// The objects of an ingress-nginx installation, as its own manifests have them.

import { LabelOSStable } from "../cluster/index.ts";

/** Namespace of the installation. */
export const NAMESPACE = "ingress-nginx";
/** Name of its Deployment and Service. */
export const CONTROLLER = "ingress-nginx-controller";
/** What an IngressClass names to be served by it. */
export const CONTROLLER_CLASS = "k8s.io/ingress-nginx";
/** Its IngressClass. */
export const CLASS = "nginx";

const SELECTOR = {
  "app.kubernetes.io/name": "ingress-nginx",
  "app.kubernetes.io/instance": "ingress-nginx",
  "app.kubernetes.io/component": "controller",
};
const LABELS = { ...SELECTOR, "app.kubernetes.io/part-of": "ingress-nginx", "app.kubernetes.io/version": "1.15.1" };

/** One object to create. */
export interface Installed {
  readonly resource:
    | "namespaces"
    | "serviceaccounts"
    | "configmaps"
    | "services"
    | "deployments.apps"
    | "ingressclasses.networking.k8s.io";
  readonly namespace: string | undefined;
  readonly name: string;
  readonly object: object;
}

/**
 * Everything that is created, in order. With a cloud the Service asks for a load balancer and keeps the clients' addresses, else
 * it opens node ports: the two forms in which upstream ships it. Spec: [INGRESS-1].
 */
// Models ingress-nginx/deploy/static/provider/{cloud,baremetal}/deploy.yaml
// Unlike upstream: no RBAC, admission webhook and Jobs for its certificate, because nothing here asks them.
export function installation(cloud: boolean): readonly Installed[] {
  return [
    installed("namespaces", ["v1", "Namespace"], NAMESPACE),
    installed("serviceaccounts", ["v1", "ServiceAccount"], "ingress-nginx"),
    installed("configmaps", ["v1", "ConfigMap"], CONTROLLER),
    installed("services", ["v1", "Service"], CONTROLLER, {
      spec: { ...serviceForm(cloud), selector: SELECTOR, ports: [port("http", 80), port("https", 443)] },
    }),
    installed("deployments.apps", ["apps/v1", "Deployment"], CONTROLLER, { spec: deploymentSpec() }),
    installed("ingressclasses.networking.k8s.io", ["networking.k8s.io/v1", "IngressClass"], CLASS, {
      spec: { controller: CONTROLLER_CLASS },
    }),
  ];
}

function installed(
  resource: Installed["resource"],
  [apiVersion, kind]: readonly [string, string],
  name: string,
  rest: object = {},
): Installed {
  const namespace = kind === "Namespace" || kind === "IngressClass" ? undefined : NAMESPACE;
  const metadata = { name, ...(namespace === undefined ? {} : { namespace }), labels: LABELS };
  return { resource, namespace, name, object: { apiVersion, kind, metadata, ...rest } };
}

/** How the controller's Service is reached. */
export function serviceForm(cloud: boolean): { readonly type: string; readonly externalTrafficPolicy: string } {
  return cloud
    ? { type: "LoadBalancer", externalTrafficPolicy: "Local" }
    : { type: "NodePort", externalTrafficPolicy: "Cluster" };
}

function port(name: string, number: number): object {
  return { name, port: number, targetPort: name, protocol: "TCP", appProtocol: name };
}

function deploymentSpec(): object {
  const probe = {
    httpGet: { path: "/healthz", port: 10254, scheme: "HTTP" },
    initialDelaySeconds: 10,
    periodSeconds: 10,
    timeoutSeconds: 1,
  };
  const container = {
    name: "controller",
    image: "registry.k8s.io/ingress-nginx/controller:v1.15.1",
    imagePullPolicy: "IfNotPresent",
    args: [
      "/nginx-ingress-controller",
      `--controller-class=${CONTROLLER_CLASS}`,
      `--ingress-class=${CLASS}`,
      `--configmap=$(POD_NAMESPACE)/${CONTROLLER}`,
    ],
    env: [
      { name: "POD_NAME", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } },
      { name: "POD_NAMESPACE", valueFrom: { fieldRef: { fieldPath: "metadata.namespace" } } },
    ],
    ports: [
      { name: "http", containerPort: 80, protocol: "TCP" },
      { name: "https", containerPort: 443, protocol: "TCP" },
    ],
    livenessProbe: { ...probe, failureThreshold: 5 },
    readinessProbe: { ...probe, failureThreshold: 3 },
    resources: { requests: { cpu: "100m", memory: "90Mi" } },
  };
  const spec = {
    serviceAccountName: "ingress-nginx",
    nodeSelector: { [LabelOSStable]: "linux" },
    containers: [container],
  };
  return { replicas: 1, selector: { matchLabels: SELECTOR }, template: { metadata: { labels: LABELS }, spec } };
}
