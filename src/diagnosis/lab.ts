// A small cluster for the tests of this room: manifests in, findings and explanations out.

import {
  type Cluster,
  type ClusterSettings,
  createCluster,
  type Exchange,
  type KubeObject,
  type Place,
  resourceName,
} from "../cluster/index.ts";
import { gatewayController } from "../gateway/index.ts";
import { ingressNginx } from "../ingress/index.ts";
import { ALL_KINDS } from "../kinds/index.ts";
import { parseManifest } from "../manifest/index.ts";
import { containers } from "../runtime/index.ts";
import type { Explanation, Finding, Remedy } from "./index.ts";
import { diagnose, explainExchange } from "./index.ts";
import { jsonPatch } from "./patch.ts";

/** A cluster with what a test does to it. */
export class Lab {
  readonly cluster: Cluster;

  constructor(text: string, settings: Partial<ClusterSettings> = {}) {
    this.cluster = createCluster({
      seed: "lab",
      addons: [...ALL_KINDS, containers, ingressNginx, gatewayController],
      settings: { hopLatency: 0, imagePull: 100, containerStart: 100, proxyLag: { from: 20, to: 40 }, ...settings },
    });
    this.apply(text);
    this.cluster.advance(3_000);
  }

  /** Creates every document of a text. */
  apply(text: string): void {
    for (const { value } of parseManifest(text)) this.create(value as KubeObject); // the tests write whole objects
  }

  create(object: KubeObject): void {
    const info = this.cluster.api.kinds.forKind(object.apiVersion, object.kind);
    if (info === undefined) throw new Error(`no kind ${object.kind}`);
    const namespace = info.namespaced ? (object.metadata.namespace ?? "default") : undefined;
    this.cluster.api.create(resourceName(info), namespace, object);
  }

  /** Findings about a Service (or another object), without those for information only. */
  findings(name: string, infos = false): readonly Finding[] {
    return diagnose(this.cluster).filter(
      ({ service, severity }) => service.name === name && (infos || severity !== "info"),
    );
  }

  /** The one finding of a class. */
  finding(kind: string): Finding {
    const found = diagnose(this.cluster).find((each) => each.class === kind);
    if (found === undefined) {
      const all = diagnose(this.cluster).map((each) => each.class);
      throw new Error(`no finding ${kind} among ${all.join(", ")}`);
    }
    return found;
  }

  /** Sends a request and waits until it has ended. */
  send(from: Place | string, host: string, port: number, path?: string): Exchange {
    const place: Place = typeof from === "string" ? { kind: "client", name: from } : from;
    const target = path === undefined ? `${host}:${port}` : `http://${host}:${port}${path}`;
    const id = this.cluster.send({
      from: place,
      host,
      port,
      timeoutMs: 5_000,
      target,
      ...(path === undefined ? {} : { path }),
    });
    for (let i = 0; i < 400 && this.cluster.trace.exchange(id)?.endedAt === undefined; i++) this.cluster.advance(100);
    const exchange = this.cluster.trace.exchange(id);
    if (exchange?.endedAt === undefined) throw new Error("the request did not end");
    return exchange;
  }

  /** Sends, and explains its outcome. */
  why(from: Place | string, host: string, port: number, path?: string): Explanation {
    return this.explain(this.send(from, host, port, path));
  }

  /** Explains the outcome of a request that was sent. */
  explain(exchange: Exchange): Explanation {
    const explanation = explainExchange(this.cluster, exchange);
    if (explanation === undefined) throw new Error("there is nothing to explain");
    return explanation;
  }

  /** A pod of a workload as a sender. */
  pod(prefix: string, namespace = "default"): Place {
    const found = this.cluster.api
      .list("pods", { namespace })
      .find(({ metadata }) => metadata.name?.startsWith(prefix));
    if (found === undefined) throw new Error(`no pod ${prefix}`);
    return { kind: "pod", namespace, name: found.metadata.name ?? "" };
  }

  /** Does a cure to the objects, as the page does it to the text. Other remedies are for the page. */
  cure(remedy: Remedy | undefined): void {
    if (remedy?.kind === "action") this.#act(remedy);
    if (remedy?.kind !== "edit") return;
    for (const { object, changes } of remedy.edits) {
      const info = this.cluster.api.kinds.forKind(object.apiVersion, object.kind);
      if (info === undefined) throw new Error(`no kind ${object.kind}`);
      const resource = resourceName(info);
      const live = this.cluster.api.get(resource, object.namespace, object.name);
      this.cluster.api.patch(resource, object, { type: "json", body: jsonPatch(live, changes) });
    }
    for (const object of remedy.create ?? []) this.create(object as KubeObject); // cures create whole objects
    this.cluster.advance(5_000);
  }

  #act({ action }: Extract<Remedy, { kind: "action" }>): void {
    if (action.kind === "configure") this.cluster.configure(action.settings);
    if (action.kind === "restore") this.cluster.faults.undo(action.id);
    this.cluster.advance(5_000);
  }
}

/** A Deployment of nginx on 8080, its container extended by `container` (indented by 10). */
export function web(
  change: {
    name?: string;
    labels?: string;
    replicas?: number;
    image?: string;
    port?: string;
    container?: string;
    namespace?: string;
  } = {},
): string {
  const {
    name = "web",
    labels = "app: web",
    replicas = 2,
    image = "nginx:1.29",
    container = "",
    namespace = "default",
  } = change;
  const { port = "[{ containerPort: 8080 }]" } = change;
  return `---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { ${labels} } }
  template:
    metadata: { labels: { ${labels} } }
    spec:
      containers:
        - name: ${name}
          image: ${image}
          ports: ${port}
${container}
`;
}

/** A Service; `spec` is written in YAML's flow form. */
export function service(spec: string, name = "web", namespace = "default"): string {
  return `---
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: ${namespace} }
spec: { ${spec} }
`;
}
