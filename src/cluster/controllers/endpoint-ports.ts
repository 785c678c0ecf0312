// Which ports a Service reaches on one pod.
import type { EndpointPort, Pod, ServicePort } from "../api/types.gen.ts";
import { lastingContainers } from "../client-go/pods.ts";

/** The number behind a Service port on this pod; undefined when the pod has no port of that name and protocol. Spec: [EPS-3]. */
// Models kubernetes/pkg/api/v1/pod/util.go FindPort
export function findPort(pod: Pod, port: ServicePort): number | undefined {
  const target = port.targetPort ?? port.port;
  if (typeof target === "number") return target === 0 ? port.port : target;
  if (target === "") return port.port;
  const protocol = port.protocol ?? "TCP";
  for (const container of lastingContainers(pod))
    for (const each of container.ports ?? [])
      if (each.name === target && (each.protocol ?? "TCP") === protocol) return each.containerPort;
  return undefined;
}

/** A slice's port for a Service port that leads to `number`. */
export function endpointPort(port: ServicePort, number: number): EndpointPort {
  return {
    ...(port.appProtocol === undefined ? {} : { appProtocol: port.appProtocol }),
    name: port.name ?? "",
    port: number,
    protocol: port.protocol ?? "TCP",
  };
}
