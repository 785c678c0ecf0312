// Mistakes about addresses and routes: pairs that are not legal, Services without selector, policies, Ingresses.
import { LabelServiceName } from "../../../cluster/index.ts";
import type { Mistake } from "../mistake.ts";
import {
  type App,
  type Ask,
  askFor,
  clientIn,
  type Fields,
  type Manifest,
  partOf,
  reachedAt,
  serviceOf,
  type World,
  workloadOf,
} from "../world.ts";
import { ofApp } from "./endpoints.ts";

const LAPTOP = { kind: "client", name: "laptop" } as const;

const hasIP = ({ type }: App) => type !== "headless";

/** A Service without selector in front of a pod's address, with what stands for its endpoints. */
function byHand(draft: World, app: App, slice: Fields | undefined, port: Fields = { port: 80 }): Ask {
  draft.objects.push(
    {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: "legacy", namespace: app.namespace },
      spec: { ports: [port] },
    },
    ...(slice === undefined ? [] : [sliceOf(app, slice)]),
  );
  return { from: clientIn(draft, app.namespace), host: "legacy", port: 80 };
}

function sliceOf(app: App, { name = "legacy-1", labels = {}, ...rest }: Fields): Manifest {
  return {
    apiVersion: "discovery.k8s.io/v1",
    kind: "EndpointSlice",
    metadata: { name: String(name), namespace: app.namespace, labels },
    addressType: "IPv4",
    ports: [{ port: 80 }],
    endpoints: [{ addresses: ["203.0.113.80"], conditions: { ready: true } }],
    ...rest,
  };
}

/** Puts the address of a pod into the slice: the generator does not know it before the world runs. */
function fill(app: App, portName?: string): string {
  const pod = `$(kubectl get pods -n ${app.namespace} -l app=${app.name} -o jsonpath={.items[0].status.podIP})`;
  const port = `{${portName === undefined ? "" : `"name":"${portName}",`}"port":${app.listens}}`;
  const patch = `{"ports":[${port}],"endpoints":[{"addresses":["'"${pod}"'"],"conditions":{"ready":true}}]}`;
  return `kubectl patch endpointslice legacy-1 -n ${app.namespace} --type=merge -p '${patch}'`;
}

/** An Ingress in front of an app, asked through the controller's balancer. */
function ingressAsk(app: App, backend: Fields, draft: World): Ask {
  draft.objects.push({
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: { name: "site", namespace: app.namespace },
    spec: {
      ingressClassName: "nginx",
      rules: [
        { host: "shop.example", http: { paths: [{ path: "/", pathType: "Prefix", backend: { service: backend } }] } },
      ],
    },
  });
  return {
    from: LAPTOP,
    host: { balancer: ["ingress-nginx", "ingress-nginx-controller"] },
    port: 80,
    site: "shop.example",
  };
}

const withIngress = ["sim cloud on", "sim ingress on", "sleep 20"];

export const ADDRESS_MISTAKES: readonly Mistake[] = [
  ofApp("cluster-ip-from-outside", hasIP, ({ app }) => {
    return {
      ask: { from: LAPTOP, host: { clusterIP: [app.namespace, app.service] }, port: app.port },
      causes: ["cluster-ip-from-outside"],
      words: ["laptop", app.service],
    };
  }),
  ofApp(
    "pod-ip-from-outside",
    () => true,
    ({ app }) => {
      return {
        ask: { from: LAPTOP, host: { podOf: [app.namespace, app.name] }, port: app.listens },
        causes: ["pod-from-outside"],
        words: ["laptop", app.name],
      };
    },
  ),
  ofApp(
    "pod-ip-and-service-port",
    (app) => reachedAt(app) !== app.listens,
    ({ draft, app }) => {
      return {
        ask: { ...askFor(draft, app), host: { podOf: [app.namespace, app.name] } },
        causes: ["pod-wrong-port"],
        words: [String(app.port), String(app.listens)],
      };
    },
  ),
  ofApp(
    "pod-ip-and-node-port",
    ({ nodePort }) => nodePort !== undefined,
    ({ draft, app }) => {
      return {
        ask: { ...askFor(draft, app), host: { podOf: [app.namespace, app.name] }, port: app.nodePort ?? 0 },
        causes: ["pod-wrong-port"],
        words: [String(app.nodePort), String(app.listens)],
      };
    },
  ),
  ofApp(
    "localhost-from-the-laptop",
    ({ nodePort }) => nodePort !== undefined,
    ({ app }) => {
      return {
        ask: { from: LAPTOP, host: "localhost", port: app.nodePort ?? 0 },
        causes: ["localhost"],
        words: ["laptop", String(app.nodePort)],
      };
    },
  ),
  ofApp("localhost-in-a-pod", hasIP, ({ draft, app }) => {
    return {
      ask: { ...askFor(draft, app), host: "localhost" },
      causes: ["localhost"],
      words: [String(app.port), "client-"],
    };
  }),
  ofApp("stale-cluster-ip", hasIP, ({ draft, app }) => {
    return { ask: { ...askFor(draft, app), host: "10.96.211.7" }, causes: ["nobody-there"], words: ["10.96.211.7"] };
  }),
  ofApp(
    "stale-pod-ip",
    () => true,
    ({ draft, app }) => {
      return {
        ask: { ...askFor(draft, app), host: "10.244.2.211", port: app.listens },
        causes: ["nobody-there"],
        words: ["10.244.2.211"],
      };
    },
  ),
  ofApp(
    "no-node-port-from-outside",
    ({ type }) => type === "ClusterIP",
    ({ app }) => {
      return {
        ask: { from: LAPTOP, host: "192.168.1.12", port: app.port },
        causes: ["node-without-port"],
        words: [String(app.port), "node-2"],
      };
    },
  ),
  ofApp(
    "selectorless-without-slice",
    () => true,
    ({ draft, app }) => {
      return {
        ask: byHand(draft, app, undefined),
        causes: ["selectorless-without-slice"],
        words: ["legacy"],
        incurable: true,
      };
    },
  ),
  ofApp(
    "slice-without-label",
    () => true,
    ({ draft, app }) => {
      return {
        ask: byHand(draft, app, {}),
        lines: [fill(app)],
        causes: ["selectorless-without-slice"],
        words: ["legacy-1", LabelServiceName],
      };
    },
  ),
  ofApp(
    "slice-of-another-name",
    () => true,
    ({ draft, app }) => {
      return {
        ask: byHand(draft, app, { labels: { [LabelServiceName]: "legcy" } }),
        lines: [fill(app)],
        causes: ["selectorless-without-slice"],
        words: ["legcy"],
      };
    },
  ),
  ofApp(
    "slice-port-name",
    () => true,
    ({ draft, app }) => {
      const ask = byHand(
        draft,
        app,
        { labels: { [LabelServiceName]: "legacy" }, ports: [{ name: "htp", port: 80 }] },
        { name: "http", port: 80 },
      );
      return { ask, lines: [fill(app, "htp")], causes: ["slice-port-name"], words: ["http", "htp"] };
    },
  ),
  ofApp(
    "slice-without-addresses",
    () => true,
    ({ draft, app }) => {
      return {
        ask: byHand(draft, app, { labels: { [LabelServiceName]: "legacy" }, endpoints: [] }),
        causes: ["selectorless-empty-slice"],
        words: ["legacy-1"],
        incurable: true,
      };
    },
  ),
  ofApp(
    "external-policy-local",
    ({ kind, nodePort }) => kind === "Deployment" && nodePort !== undefined,
    ({ draft, app }) => {
      partOf(workloadOf(draft, app), "spec").replicas = 1;
      partOf(serviceOf(draft, app), "spec").externalTrafficPolicy = "Local";
      return {
        ask: { from: LAPTOP, host: { nodeWithout: [app.namespace, app.name] }, port: app.nodePort ?? 0 },
        causes: ["external-policy-local"],
        words: ["Local"],
      };
    },
  ),
  ofApp(
    "internal-policy-local",
    ({ kind, type }) => kind === "Deployment" && type !== "headless",
    ({ draft, app }) => {
      const spec = partOf(workloadOf(draft, app), "spec");
      spec.replicas = 1;
      partOf(spec, "template", "spec").nodeName = "node-1";
      partOf(serviceOf(draft, app), "spec").internalTrafficPolicy = "Local";
      return {
        ask: {
          from: { kind: "node", name: "node-3" },
          host: { clusterIP: [app.namespace, app.service] },
          port: app.port,
        },
        causes: ["internal-policy-local"],
        words: ["Local", "node-3"],
      };
    },
  ),
  ofApp(
    "source-ranges",
    ({ type }) => type === "LoadBalancer",
    ({ draft, app }) => {
      partOf(serviceOf(draft, app), "spec").loadBalancerSourceRanges = ["198.51.100.0/24"];
      return {
        ask: { from: LAPTOP, host: { balancer: [app.namespace, app.service] }, port: app.port },
        causes: ["source-ranges"],
        words: ["198.51.100.0/24", "laptop"],
      };
    },
  ),
  ofApp(
    "balancer-without-endpoints",
    ({ type }) => type === "LoadBalancer",
    ({ draft, app, chance }) => {
      const spec = partOf(serviceOf(draft, app), "spec");
      const wrong = `${app.name}x`;
      if (chance.luck(0.5)) spec.externalTrafficPolicy = "Local";
      partOf(spec, "selector").app = wrong;
      return {
        ask: { from: LAPTOP, host: { balancer: [app.namespace, app.service] }, port: app.port },
        causes: ["selector-matches-nothing"],
        words: [`app=${wrong}`],
      };
    },
  ),
  ofApp(
    "no-cloud",
    ({ type }) => type === "LoadBalancer",
    ({ draft, app }) => {
      const others = draft.objects.filter(({ kind, spec }) => kind === "Service" && isBalancer(spec));
      if (others.length !== 1) return undefined;
      draft.settings = { ...draft.settings, cloud: false };
      return { causes: ["load-balancer-pending"], words: [app.service] };
    },
  ),
  ofApp("ingress-backend-typo", hasIP, ({ draft, app, chance }) => {
    const wrong = `${app.service}${chance.of(["e", "x"])}`;
    const ask = ingressAsk(app, { name: wrong, port: { number: app.port } }, draft);
    return { ask, lines: withIngress, causes: ["ingress-backend-missing"], words: [wrong, "site"] };
  }),
  ofApp("ingress-backend-port", hasIP, ({ draft, app }) => {
    const ask = ingressAsk(app, { name: app.service, port: { number: 4321 } }, draft);
    return { ask, lines: withIngress, causes: ["ingress-backend-port"], words: ["4321", String(app.port)] };
  }),
  ofApp("ingress-other-host", hasIP, ({ draft, app }) => {
    const ask = ingressAsk(app, { name: app.service, port: { number: app.port } }, draft);
    return {
      ask: { ...ask, site: "shop.exmaple" },
      lines: withIngress,
      causes: ["ingress-without-rule"],
      words: ["shop.exmaple", "shop.example"],
    };
  }),
  ofApp("ingress-without-endpoints", hasIP, ({ draft, app }) => {
    partOf(serviceOf(draft, app), "spec").selector = { app: `${app.name}x` };
    const ask = ingressAsk(app, { name: app.service, port: { number: app.port } }, draft);
    return { ask, lines: withIngress, causes: ["selector-matches-nothing"], words: [`app=${app.name}x`] };
  }),
  ofApp("ingress-without-controller", hasIP, ({ draft, app }) => {
    ingressAsk(app, { name: app.service, port: { number: app.port } }, draft);
    return { causes: ["ingress-without-controller"], words: ["site"] };
  }),
];

function isBalancer(spec: unknown): boolean {
  return typeof spec === "object" && spec !== null && "type" in spec && spec.type === "LoadBalancer";
}
