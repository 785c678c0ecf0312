// From a pod to its entry in a slice.
import type { Endpoint, EndpointHints, Node, Pod, Service } from "../../cluster/api/types.gen.ts";
import { LabelTopologyZone } from "../../cluster/api/well-known.ts";
import { isPodReady, isPodTerminal } from "../../cluster/client-go/pods.ts";
import { deepEqual } from "../../cluster/sim/values.ts";
import { hintsEnabled } from "./controller-topology.ts";

/** Whether a pod is in slices at all: it has an address and has not ended; not ready and terminating ones do. Spec: [EPS-1]. */
// Models kubernetes/staging/src/k8s.io/endpointslice/util ShouldPodBeInEndpoints
export function isListed(pod: Pod): boolean {
  return !isPodTerminal(pod) && (pod.status?.podIP ?? "") !== "";
}

/** The entry of a pod. Spec: [EPS-2] [EPS-8] [EPS-9]. */
// Models kubernetes/staging/src/k8s.io/endpointslice podToEndpoint
export function endpointOf(pod: Pod, service: Service, node: Node | undefined): Endpoint {
  const serving = isPodReady(pod);
  const terminating = pod.metadata.deletionTimestamp !== undefined;
  const ready = service.spec?.publishNotReadyAddresses === true || (serving && !terminating);
  const zone = node?.metadata.labels?.[LabelTopologyZone];
  const { nodeName, hostname, subdomain } = pod.spec ?? {};
  const { namespace, name, uid } = pod.metadata;
  const named =
    hostname !== undefined &&
    hostname !== "" &&
    subdomain === service.metadata.name &&
    namespace === service.metadata.namespace;
  const endpoint: Endpoint = {
    addresses: [pod.status?.podIP ?? ""],
    conditions: { ready, serving, terminating },
    ...(named ? { hostname } : {}),
    ...(nodeName === undefined ? {} : { nodeName }),
    targetRef: {
      kind: "Pod",
      ...(name === undefined ? {} : { name }),
      ...(namespace === undefined ? {} : { namespace }),
      ...(uid === undefined ? {} : { uid }),
    },
    ...(zone === undefined ? {} : { zone }),
  };
  const hints = hintsEnabled(service) ? undefined : hintsFor(endpoint, service.spec?.trafficDistribution);
  return hints === undefined ? endpoint : { ...endpoint, hints };
}

/** Which zone and node a ready endpoint is meant for, as trafficDistribution asks. Spec: [EPS-10]. */
// Models kubernetes/staging/src/k8s.io/endpointslice/trafficdist ReconcileHints
function hintsFor(
  { conditions, zone, nodeName }: Endpoint,
  distribution: string | undefined,
): EndpointHints | undefined {
  if (conditions?.ready !== true) return undefined;
  const forZones = zone === undefined || zone === "" ? undefined : [{ name: zone }];
  if (distribution === "PreferSameZone" || distribution === "PreferClose")
    return forZones === undefined ? undefined : { forZones };
  if (distribution !== "PreferSameNode") return undefined;
  if (nodeName === undefined) return forZones === undefined ? undefined : { forZones };
  return { forNodes: [{ name: nodeName }], ...(forZones === undefined ? {} : { forZones }) };
}

/** What tells endpoints apart: two entries with the same key are states of one endpoint. */
// Models kubernetes/staging/src/k8s.io/endpointslice/util endpointHashObj
export function endpointKey({ addresses, hostname, targetRef }: Endpoint): string {
  return `${addresses.join()} ${hostname ?? ""} ${targetRef?.namespace ?? ""}/${targetRef?.name ?? ""}`;
}

export function sameEndpoint(a: Endpoint, b: Endpoint): boolean {
  return a === b || deepEqual(a, b);
}
