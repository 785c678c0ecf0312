// Lists of slice ports: what a pod offers, when two lists are the same, and their order.
import type { EndpointPort, Pod, Service } from "../../cluster/api/types.gen.ts";
import { fnv1a128 } from "../../cluster/apimachinery/hash.ts";
import { endpointPort, findPort } from "../../cluster/controllers/endpoint-ports.ts";

/** The ports of the Service that resolve on this pod. Spec: [EPS-3]. */
// Models kubernetes/staging/src/k8s.io/endpointslice getEndpointPorts
export function portsOfPod(service: Service, pod: Pod): EndpointPort[] {
  return (service.spec?.ports ?? []).flatMap((port) => {
    const number = findPort(pod, port);
    return number === undefined ? [] : [endpointPort(port, number)];
  });
}

/** Ports in the order in which a slice lists them: by a hash of each. Spec: [EPS-5]. */
// Models kubernetes/staging/src/k8s.io/endpointslice NewPortMapKey
export function sortPorts(ports: readonly EndpointPort[]): EndpointPort[] {
  if (ports.length < 2) return [...ports];
  const hashed = ports.map((port) => ({ port, hash: portHash(port) }));
  hashed.sort((a, b) => (a.hash < b.hash ? -1 : a.hash > b.hash ? 1 : 0));
  return hashed.map(({ port }) => port);
}

/** The hash over Go's print of the port, by which Kubernetes happens to order ports. */
function portHash({ name, protocol, port, appProtocol }: EndpointPort): string {
  const text = (type: string, value: string | number | undefined) => `(*${type})${value ?? "<nil>"}`;
  return fnv1a128(
    `(v1.EndpointPort){Name:${text("string", name)} Protocol:${text("v1.Protocol", protocol)} Port:${text("int32", port)} AppProtocol:${text("string", appProtocol)}}`,
  );
}

/** Equal for equal lists of ports, whatever their order. */
export function portsKey(ports: readonly EndpointPort[] | undefined): string {
  return (ports ?? [])
    .map(({ name, protocol, port, appProtocol }) => JSON.stringify([name, protocol, port, appProtocol]))
    .sort()
    .join();
}
