// A world that runs: a cluster with its console, in which requests are sent and commands are typed.

import {
  type Cluster,
  createCluster,
  type Exchange,
  type KubeObject,
  type Place,
  resourceForKind,
  resourceName,
  SHELL_SETTINGS,
} from "../cluster/index.ts";
import { gatewayController } from "../gateway/index.ts";
import { ingressNginx } from "../ingress/index.ts";
import { ALL_KINDS } from "../kinds/index.ts";
import type { Ask, Host, Manifest, Sender, World } from "../lessons/mistakes/index.ts";
import { containers } from "../runtime/index.ts";
import { createShell, runToEnd, type Shell } from "../shell/index.ts";

/** What a command printed, and how it ended. */
export interface Printed {
  readonly text: string;
  readonly code: number;
}

/** Virtual milliseconds after which a change has reached every node. */
const SETTLE_MS = 6_000;
const PATIENCE_MS = 4_000;

/** A cluster with the objects of a world, as it is when they have come to rest. */
export class Stage {
  readonly cluster: Cluster;
  readonly #shell: Shell;

  constructor(world: World, lines: readonly string[] = []) {
    const settings = { ...SHELL_SETTINGS, ...world.settings };
    this.cluster = createCluster({
      seed: world.seed,
      settings,
      addons: [...ALL_KINDS, containers, ingressNginx, gatewayController],
    });
    this.#shell = createShell({ cluster: this.cluster, files: new Map() });
    for (const object of world.objects) this.#create(object);
    this.settle();
    for (const line of lines) {
      this.type(line);
      this.settle();
    }
  }

  settle(): void {
    this.cluster.advance(SETTLE_MS);
  }

  #create(object: Manifest): void {
    const info = resourceForKind(object.apiVersion, object.kind);
    if (info === undefined) throw new Error(`mistakes: there is no kind ${object.kind}`);
    const namespace = info.namespaced ? (object.metadata.namespace ?? "default") : undefined;
    this.cluster.api.create(resourceName(info), namespace, object as KubeObject); // written by the generator, decoded by the server
  }

  /** Types a line and waits for its end. */
  type(line: string): Printed {
    let text = "";
    const write = (part: string) => {
      text += part;
    };
    const code = runToEnd(this.cluster, this.#shell, line, { out: write, err: write });
    return { text, code };
  }

  /** A sender as a place of this cluster; undefined when it has no pod. */
  place(sender: Sender): Place | undefined {
    if (sender.kind !== "workload") return sender;
    const { namespace } = sender;
    const name = this.podsOf(namespace, sender.name)[0];
    return name === undefined ? undefined : { kind: "pod", namespace, name };
  }

  /** The names of a workload's pods. */
  podsOf(namespace: string, workload: string): readonly string[] {
    return this.cluster.api
      .list("pods", { namespace })
      .filter(({ metadata }) => metadata.deletionTimestamp === undefined)
      .flatMap(({ metadata: { name = "" } }) =>
        new RegExp(`^${workload}(?:-[a-z0-9]+){0,2}$`).test(name) ? [name] : [],
      );
  }

  /** A host as it is typed in this cluster. */
  address(host: Host): string {
    if (typeof host === "string") return host;
    const { api } = this.cluster;
    if ("clusterIP" in host) return api.find("services", ...host.clusterIP)?.spec?.clusterIP ?? "";
    if ("balancer" in host) return api.find("services", ...host.balancer)?.status?.loadBalancer?.ingress?.[0]?.ip ?? "";
    if ("podOf" in host) {
      const [namespace, workload] = host.podOf;
      return api.find("pods", namespace, this.podsOf(namespace, workload)[0] ?? "")?.status?.podIP ?? "";
    }
    const [[namespace, workload], wanted] = "nodeWith" in host ? [host.nodeWith, true] : [host.nodeWithout, false];
    const used = new Set(
      this.podsOf(namespace, workload).map((name) => api.find("pods", namespace, name)?.spec?.nodeName),
    );
    const node = this.cluster.settings.nodes.find(({ name }) => used.has(name) === wanted);
    return node?.address ?? "";
  }

  /** A request with the address as it was typed, which a cure does not change; a pod's own goes with the pod. */
  asTyped(ask: Ask): Ask {
    return typeof ask.host !== "string" && "podOf" in ask.host ? ask : { ...ask, host: this.address(ask.host) };
  }

  /** Sends a request and waits for its end; undefined when nobody can send it or its address is not there. */
  send(ask: Ask): Exchange | undefined {
    const from = this.place(ask.from);
    const host = this.address(ask.host);
    if (from === undefined || host === "") return undefined;
    const { port, path = "/", protocol, scheme, site } = ask;
    const id = this.cluster.send({
      from,
      host,
      port,
      path,
      target: site === undefined ? `${scheme ?? "http"}://${host}:${port}${path}` : `${site}${path} at ${host}:${port}`,
      timeoutMs: PATIENCE_MS,
      ...(protocol === undefined ? {} : { protocol }),
      ...(site === undefined ? {} : { headers: { host: site } }),
    });
    return this.ended(id);
  }

  /** Waits until a request has ended. */
  ended(id: number): Exchange {
    for (let round = 0; round < 400; round++) {
      const exchange = this.cluster.trace.exchange(id);
      if (exchange?.endedAt !== undefined) return exchange;
      this.cluster.advance(100);
    }
    throw new Error(`mistakes: request ${id} did not end`);
  }
}
