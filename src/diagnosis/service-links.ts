// The Service variables of a container: those it got at its start, and the Services that came too late.
import { own, type Pod, type Service, type World } from "../cluster/index.ts";

/** What a container knows of one Service by its variables. */
export interface ServiceLink {
  readonly service: string;
  /** Its variables in the container, by name; empty for a Service that came after the start. */
  readonly variables: Readonly<Record<string, string>>;
  /** Set where the variables say another address than the Service has now. */
  readonly now?: string;
}

/** The Services of a pod's namespace and what a container with these variables knows of them. Sources: ENV-1; docs/semantics.md. */
export function serviceLinks(
  world: World,
  pod: Pod,
  environment: Readonly<Record<string, string>>,
): readonly ServiceLink[] {
  const { namespace = "default" } = pod.metadata;
  const linked = pod.spec?.enableServiceLinks === false ? [] : world.api.list("services", { namespace });
  const kubernetes = world.api.find("services", "default", "kubernetes");
  const all = kubernetes === undefined || linked.some(isKubernetes) ? linked : [...linked, kubernetes];
  return all.filter(hasVariables).map((service) => linkOf(service, environment));
}

function isKubernetes({ metadata: { name, namespace } }: Service): boolean {
  return name === "kubernetes" && namespace === "default";
}

/** Headless Services and aliases have none. */
function hasVariables({ spec }: Service): boolean {
  const { clusterIP = "", type, ports = [] } = spec ?? {};
  return clusterIP !== "" && clusterIP !== "None" && type !== "ExternalName" && ports.length > 0;
}

function linkOf({ metadata, spec }: Service, environment: Readonly<Record<string, string>>): ServiceLink {
  const { name = "" } = metadata;
  const prefix = name.toUpperCase().replaceAll("-", "_");
  const host = own(environment, `${prefix}_SERVICE_HOST`);
  if (host === undefined) return { service: name, variables: {} };
  const isOwn = new RegExp(`^${prefix}_(?:SERVICE_HOST|SERVICE_PORT(?:_.*)?|PORT|PORT_\\d+_(?:TCP|UDP|SCTP)(?:_.*)?)$`);
  const variables = Object.fromEntries(Object.entries(environment).filter(([each]) => isOwn.test(each)));
  const now = spec?.clusterIP;
  return { service: name, variables, ...(now === undefined || now === host ? {} : { now }) };
}
