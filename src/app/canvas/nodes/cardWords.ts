// What the cards of Services and workloads say of an object, on the page and in a file.
import type { DaemonSet, Deployment, Ingress, KubeObject, Service } from "../../../cluster/index.ts";
import type { Gateway } from "../../../gateway/index.ts";
import { W } from "../../../words/en/canvas.ts";

export function isAlias(service: Service): boolean {
  return service.spec?.type === "ExternalName";
}

/** What a Service without endpoints does to those who ask for it. */
export function noneOf(service: Service): string {
  if (isAlias(service)) return W.noRules;
  return service.spec?.clusterIP === "None" ? W.noName : W.refused;
}

/** Where a Service is reached inside the cluster. */
export function serviceAddress(service: Service): string {
  if (isAlias(service)) return `→ ${service.spec?.externalName ?? ""}`;
  if (service.spec?.clusterIP === "None") return "headless";
  return service.spec?.clusterIP ?? "";
}

/** Where an Ingress or a Gateway is reached, `W.noAddress` as long as no controller serves it; undefined for workloads. */
export function entryAddress(object: KubeObject): string | undefined {
  if (object.kind === "Gateway") return (object as Gateway).status?.addresses?.[0]?.value ?? W.noAddress; // its kind was looked at
  if (object.kind !== "Ingress") return undefined;
  const reported = (object as Ingress).status?.loadBalancer?.ingress?.[0]; // its kind was looked at
  return reported?.ip ?? reported?.hostname ?? W.noAddress;
}

/** How many pods a workload wants, and how many are ready. */
export function replicasOf(object: KubeObject): { readonly wanted: number; readonly ready: number } {
  if (object.kind === "DaemonSet") {
    const { status } = object as DaemonSet; // its kind was just looked at
    return { wanted: status?.desiredNumberScheduled ?? 0, ready: status?.numberReady ?? 0 };
  }
  const { spec, status } = object as Deployment; // the kinds above share these fields
  return { wanted: spec?.replicas ?? 1, ready: status?.readyReplicas ?? 0 };
}
