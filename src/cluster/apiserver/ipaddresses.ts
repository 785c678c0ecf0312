// IPAddress objects: each cluster IP that a Service holds is one, named by the address.
import type { KubeObject } from "../api/objects.ts";
import type { IPAddress, Service } from "../api/types.gen.ts";
import type { Rng } from "../sim/rng.ts";
import { formatTime } from "../sim/time.ts";
import type { Store } from "./store.ts";

const RESOURCE = "ipaddresses.networking.k8s.io";

/** Keeps the IPAddresses of a Service as its cluster IPs are. Spec: [ALLOC-5]. */
// Models kubernetes/pkg/registry/core/service/ipallocator createIPAddress, Release
export class IPAddresses {
  readonly #store: Store;
  readonly #rng: Rng;

  constructor(store: Store, rng: Rng) {
    this.#store = store;
    this.#rng = rng;
  }

  /** A Service changed from `old`, or came, or went. */
  follow(old: KubeObject | undefined, service: KubeObject | undefined, now: number): void {
    const before = addressesOf(old);
    const after = addressesOf(service);
    for (const ip of before) if (!after.includes(ip)) this.#store.remove(RESOURCE, ip);
    const { name = "", namespace = "" } = service?.metadata ?? {};
    for (const ip of after) {
      if (before.includes(ip) || this.#store.get(RESOURCE, ip) !== undefined) continue;
      const labels = {
        "ipaddress.kubernetes.io/ip-family": "IPv4",
        "ipaddress.kubernetes.io/managed-by": "ipallocator.k8s.io",
      };
      const metadata = { name: ip, uid: this.#rng.uuid(), creationTimestamp: formatTime(now), generation: 1, labels };
      const spec = { parentRef: { name, namespace, resource: "services" } };
      this.#store.put(RESOURCE, { apiVersion: "networking.k8s.io/v1", kind: "IPAddress", metadata, spec } as IPAddress);
    }
  }
}

const NONE: readonly string[] = [];

function addressesOf(service: KubeObject | undefined): readonly string[] {
  const ips = (service as Service | undefined)?.spec?.clusterIPs ?? NONE; // Services alone come here
  return ips[0] === "None" ? NONE : ips;
}
