// Mistakes about names: typed wrongly, looked for in the wrong place, asked of the wrong server.
import type { Mistake } from "../mistake.ts";
import {
  type App,
  type Ask,
  askFor,
  clientIn,
  type Fields,
  objectOf,
  partOf,
  reachedAt,
  serviceOf,
  type World,
  workloadOf,
} from "../world.ts";
import { mistyped, ofApp } from "./endpoints.ts";

const any = () => true;
const LAPTOP = { kind: "client", name: "laptop" } as const;

/** The pod template's spec of the client that asks. */
function clientSpec(draft: World, app: App): Fields {
  return partOf(objectOf(draft, "Deployment", [app.namespace, "client"]), "spec", "template", "spec");
}

const host = (app: App, domain = "svc.cluster.local") => `${app.service}.${app.namespace}.${domain}`;

/** An alias in the namespace of an app. */
function aliasAsk(draft: World, app: App, externalName: string, ports?: Fields[]): Ask {
  draft.objects.push({
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "partner", namespace: app.namespace },
    spec: { type: "ExternalName", externalName, ...(ports === undefined ? {} : { ports }) },
  });
  return { from: clientIn(draft, app.namespace), host: "partner", port: 80 };
}

export const NAME_MISTAKES: readonly Mistake[] = [
  ofApp("name-typo", any, ({ draft, app, chance }) => {
    const wrong = mistyped(app.service, chance);
    return { ask: { ...askFor(draft, app), host: wrong }, causes: ["unknown-name"], words: [wrong, app.service] };
  }),
  ofApp(
    "short-name-from-another-namespace",
    (_, { namespaces }) => namespaces.length > 1,
    ({ draft, app, chance }) => {
      const other = chance.of(draft.namespaces.filter((each) => each !== app.namespace));
      return {
        ask: { from: clientIn(draft, other), host: app.service, port: reachedAt(app) },
        causes: ["name-in-other-namespace"],
        words: [app.namespace, other, `${app.service}.${app.namespace}`],
      };
    },
  ),
  ofApp("namespace-typo", any, ({ draft, app, chance }) => {
    const wrong = mistyped(app.namespace, chance);
    return {
      ask: { ...askFor(draft, app), host: `${app.service}.${wrong}` },
      causes: ["unknown-name"],
      words: [wrong],
    };
  }),
  ofApp("cluster-domain", any, ({ draft, app, chance }) => {
    const domain = chance.of(["svc.cluster.lan", "svc.k8s.local", "svc.cluster.loca"]);
    return {
      ask: { ...askFor(draft, app), host: host(app, domain) },
      causes: ["wrong-cluster-domain"],
      words: ["cluster.local", domain],
    };
  }),
  ofApp("word-svc-left-out", any, ({ draft, app }) => {
    return {
      ask: { ...askFor(draft, app), host: host(app, "cluster.local") },
      causes: ["wrong-cluster-domain"],
      words: ["svc.cluster.local"],
    };
  }),
  ofApp("dns-policy-default", any, ({ draft, app }) => {
    clientSpec(draft, app).dnsPolicy = "Default";
    return { ask: askFor(draft, app), causes: ["pod-resolver"], words: ["dnsPolicy", "Default"] };
  }),
  ofApp("dns-policy-none", any, ({ draft, app }) => {
    const spec = clientSpec(draft, app);
    spec.dnsPolicy = "None";
    spec.dnsConfig = { nameservers: ["192.0.2.53"] };
    return { ask: askFor(draft, app), causes: ["pod-resolver"], words: ["dnsPolicy", "None", "192.0.2.53"] };
  }),
  ofApp("dns-policy-none-without-search", any, ({ draft, app }) => {
    const spec = clientSpec(draft, app);
    spec.dnsPolicy = "None";
    spec.dnsConfig = { nameservers: ["10.96.0.10"] };
    return { ask: askFor(draft, app), causes: ["search-list"], words: ["search", "10.96.0.10"] };
  }),
  ofApp("host-network-resolver", any, ({ draft, app }) => {
    clientSpec(draft, app).hostNetwork = true;
    return { ask: askFor(draft, app), causes: ["pod-resolver"], words: ["hostNetwork", "ClusterFirst"] };
  }),
  ofApp("name-from-the-laptop", any, ({ draft, app }) => {
    return {
      ask: { ...askFor(draft, app), from: LAPTOP, host: host(app) },
      causes: ["outside-resolver"],
      words: [app.service, "laptop"],
    };
  }),
  ofApp(
    "name-from-a-node",
    ({ type }) => type !== "headless",
    ({ draft, app }) => {
      return {
        ask: { ...askFor(draft, app), from: { kind: "node", name: "node-2" }, host: host(app) },
        causes: ["outside-resolver"],
        words: [app.service, "node-2"],
      };
    },
  ),
  ofApp("dns-selects-nothing", any, ({ draft, app }) => {
    const line = `kubectl patch service kube-dns -n kube-system -p '{"spec":{"selector":{"k8s-app":"kube-dsn"}}}'`;
    return { ask: askFor(draft, app), lines: [line], causes: ["dns-down"], words: ["k8s-app=kube-dsn"] };
  }),
  ofApp("dns-stopped", any, ({ draft, app }) => {
    return { ask: askFor(draft, app), lines: ["sim fail coredns"], causes: ["fault-coredns"], words: ["CoreDNS"] };
  }),
  ofApp("dns-scaled-to-zero", any, ({ draft, app }) => {
    const line = "kubectl scale deployment coredns -n kube-system --replicas=0";
    return { ask: askFor(draft, app), lines: [line], causes: ["dns-down", "fault-coredns"], words: ["CoreDNS"] };
  }),
  ofApp("dns-service-deleted", any, ({ draft, app }) => {
    const line = "kubectl delete service kube-dns -n kube-system";
    return { ask: askFor(draft, app), lines: [line], causes: ["dns-down"], words: ["kube-dns"], incurable: true };
  }),
  ofApp("alias-of-an-address", any, ({ draft, app }) => {
    return {
      ask: aliasAsk(draft, app, "203.0.113.9"),
      causes: ["external-name-is-an-address"],
      words: ["203.0.113.9"],
      incurable: true,
    };
  }),
  ofApp("alias-of-nobody", any, ({ draft, app }) => {
    const wrong = "nowhere.default.svc.cluster.local";
    return { ask: aliasAsk(draft, app, wrong), causes: ["alias-leads-nowhere"], words: ["nowhere"], incurable: true };
  }),
  ofApp(
    "alias-typo",
    ({ type }) => type !== "headless",
    ({ draft, app, chance }) => {
      const wrong = mistyped(app.service, chance);
      const ask = aliasAsk(draft, app, `${wrong}.${app.namespace}.svc.cluster.local`);
      return { ask: { ...ask, port: app.port }, causes: ["alias-leads-nowhere"], words: [wrong] };
    },
  ),
  ofApp(
    "alias-with-ports",
    ({ type, port }) => type !== "headless" && port !== 80,
    ({ draft, app }) => {
      const ask = aliasAsk(draft, app, host(app), [{ port: 80, targetPort: app.port }]);
      return { ask, causes: ["alias-only", "wrong-port"], words: ["80", String(app.port)] };
    },
  ),
  ofApp(
    "stateful-names",
    ({ kind, type }) => kind === "StatefulSet" && type === "headless",
    ({ draft, app, chance }) => {
      const wrong = chance.of(["db", "peers"]);
      partOf(workloadOf(draft, app), "spec").serviceName = wrong;
      const ask = { ...askFor(draft, app), host: `${app.name}-0.${app.service}` };
      return { ask, causes: ["statefulset-names"], words: [wrong, app.name] };
    },
  ),
  ofApp(
    "stateful-names-not-headless",
    ({ kind, type }) => kind === "StatefulSet" && type !== "headless",
    ({ draft, app }) => {
      partOf(workloadOf(draft, app), "spec").serviceName = app.service;
      return { harmless: true, causes: [], words: [] };
    },
  ),
  ofApp(
    "pod-of-a-stateful-set-that-is-not-there",
    ({ kind, type }) => kind === "StatefulSet" && type === "headless",
    ({ draft, app }) => {
      const ask = { ...askFor(draft, app), host: `${app.name}-9.${app.service}` };
      return { ask, causes: ["unknown-pod-name"], words: [`${app.name}-9`] };
    },
  ),
  ofApp(
    "headless-without-ready-pods",
    ({ type }) => type === "headless",
    ({ draft, app }) => {
      partOf(serviceOf(draft, app), "spec").selector = { app: "nobody-at-all" };
      return {
        ask: askFor(draft, app),
        causes: ["selector-matches-nothing"],
        words: ["app=nobody-at-all"],
        incurable: true,
      };
    },
  ),
];
