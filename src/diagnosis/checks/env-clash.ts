// A variable that the kubelet sets for a Service, where a program expects the number of its own port.
import type { Container, ObjectRef, Pod } from "../../cluster/index.ts";
import { portVariable } from "../../runtime/index.ts";
import type { Scene } from "../scene.ts";
import { refOf } from "../words.ts";

/** The variable, its value and the Service behind it; undefined when nothing clashes. Spec: [DIAG-5]. */
export function clashingVariable(
  { survey, namespace }: Pick<Scene, "survey" | "namespace">,
  pod: Pod,
  container: Container,
) {
  const name = portVariable(container.image);
  const isOwn = (container.env ?? []).some((each) => each.name === name);
  if (pod.spec?.enableServiceLinks === false || isOwn) return undefined;
  for (const service of survey.services) {
    const { metadata, spec } = service;
    if (metadata.namespace !== namespace || spec?.clusterIP === undefined || spec.clusterIP === "None") continue;
    const [port] = spec.ports ?? [];
    if (port === undefined || name !== `${(metadata.name ?? "").toUpperCase().replaceAll("-", "_")}_PORT`) continue;
    const value = `${(port.protocol ?? "TCP").toLowerCase()}://${spec.clusterIP}:${port.port}`;
    const ref: ObjectRef = refOf(service);
    return { name, value, service: ref, clusterIP: spec.clusterIP, port: port.port };
  }
  return undefined;
}
