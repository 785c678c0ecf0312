// The pods that serve Gateways: which there are, and the ports they have open.
import { type AddonHost, isPodReady, type Pod, repositoryOf, type Service } from "../cluster/index.ts";
import type { Address } from "./api.ts";
import { NAME_LABEL, NAMESPACE, REPOSITORY } from "./installation.ts";
import { proxy } from "./proxy.ts";
import type { Table } from "./table.ts";

/** The open ports of one run of a pod's program. */
interface Run {
  readonly id: string;
  readonly uid: string;
  readonly close: Map<string, () => void>;
  readonly handler: ReturnType<typeof proxy>;
}

/** The data planes of all Gateways. Ports open and close with the listeners; the pods stay. Spec: [GW-2]. */
export class Planes {
  readonly #host: AddonHost;
  readonly #tableOf: (plane: string) => Table;
  readonly #runs = new Map<string, Run>();

  /** @param tableOf - what a plane serves now, by its key. */
  constructor(host: AddonHost, tableOf: (plane: string) => Table) {
    this.#host = host;
    this.#tableOf = tableOf;
  }

  /** Takes note of a change of any pod. @returns whether it belongs to a plane. */
  podChanged(pod: Pod | undefined, old: Pod | undefined): boolean {
    const plane = planeOf(pod ?? old);
    if (plane === undefined) return false;
    const uid = (pod ?? old)?.metadata.uid ?? "";
    if (pod === undefined) this.#end(uid);
    else this.#bring(pod, plane);
    return true;
  }

  /** Opens the ports that listeners have now, and closes the others. */
  refresh(): void {
    for (const pod of this.#host.informers.of("pods").list()) {
      const plane = planeOf(pod);
      if (plane !== undefined) this.#bring(pod, plane);
    }
  }

  /** Whether a pod of the plane is ready. */
  isReady(plane: string): boolean {
    return this.#ready(plane).length > 0;
  }

  /** Where a plane is reached: the addresses of its load balancer, else of the nodes that its ready pods run on. Spec: [GW-3]. */
  addressesOf(plane: string, service: Service | undefined): readonly Address[] {
    if (service?.spec?.type === "LoadBalancer")
      return (service.status?.loadBalancer?.ingress ?? []).flatMap(({ ip, hostname }) =>
        ip === undefined ? { type: "Hostname", value: hostname ?? "" } : { type: "IPAddress", value: ip },
      );
    const { informers } = this.#host;
    const nodes = this.#ready(plane).map((pod) => informers.of("nodes").get(pod.spec?.nodeName ?? ""));
    const ips = nodes.flatMap(
      (node) => node?.status?.addresses?.find(({ type }) => type === "InternalIP")?.address ?? [],
    );
    return [...new Set(ips)].sort().map((value) => ({ type: "IPAddress", value }));
  }

  #ready(plane: string): readonly Pod[] {
    return [...this.#host.informers.of("pods").list()].filter(
      (pod) => planeOf(pod) === plane && pod.metadata.deletionTimestamp === undefined && isPodReady(pod),
    );
  }

  #bring(pod: Pod, plane: string): void {
    const uid = pod.metadata.uid ?? "";
    const id = runOf(pod);
    if (this.#runs.get(uid)?.id !== id) this.#end(uid);
    if (id === undefined) return;
    const run = this.#runs.get(uid) ?? this.#begin(uid, id, plane);
    const table = this.#tableOf(plane);
    for (const [key, close] of run.close) {
      if ([...table].some(([port, served]) => keyOfPort(port, served[0]?.listener.protocol) === key)) continue;
      close();
      run.close.delete(key);
    }
    for (const [port, served] of table) {
      const protocol = served[0]?.listener.protocol;
      const key = keyOfPort(port, protocol);
      if (run.close.has(key)) continue;
      const at = { protocol: "TCP", port, speaks: protocol === "HTTP" ? undefined : "tls" } as const;
      run.close.set(key, this.#host.network.listen({ kind: "pod", uid }, at, run.handler));
    }
  }

  #begin(uid: string, id: string, plane: string): Run {
    const handler = proxy({ host: this.#host, table: () => this.#tableOf(plane) });
    const run = { id, uid, close: new Map<string, () => void>(), handler };
    this.#runs.set(uid, run);
    return run;
  }

  #end(uid: string): void {
    for (const close of this.#runs.get(uid)?.close.values() ?? []) close();
    this.#runs.delete(uid);
  }
}

/** A port changes its kind of greeting with its listeners. */
function keyOfPort(port: number, protocol: string | undefined): string {
  return `${port} ${protocol === "HTTP" ? "" : "tls"}`;
}

/** The plane that a pod belongs to: its namespace and the label that names the Gateway. */
function planeOf(pod: Pod | undefined): string | undefined {
  const name = pod?.metadata.labels?.[NAME_LABEL];
  if (name === undefined || pod?.metadata.namespace === NAMESPACE) return undefined;
  const isOurs = pod?.spec?.containers.some(({ image }) => repositoryOf(image) === REPOSITORY) === true;
  return isOurs ? `${pod?.metadata.namespace}/${name}` : undefined;
}

/** The present run of a pod's program; undefined while it does not run. */
function runOf({ status }: Pod): string | undefined {
  const container = status?.containerStatuses?.[0];
  return container?.state?.running === undefined ? undefined : container.containerID;
}
