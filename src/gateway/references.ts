// References between namespaces, and what a backend reference leads to.
import { type Informers, own, type Service, type ServicePort } from "../cluster/index.ts";
import { type BackendReference, GRANTS, type Reference, type ReferenceGrant } from "./api.ts";
import { GROUP } from "./definitions/index.ts";

/** Who refers. */
export interface Referrer {
  readonly kind: string;
  readonly namespace: string;
}

/** Whether an object may refer to another: in its own namespace always, elsewhere if a ReferenceGrant there says so. Spec: [GW-7]. */
// Models gateway-api/apis/v1 ReferenceGrantSpec
export function isGranted(
  informers: Informers,
  from: Referrer,
  to: { readonly group: string; readonly kind: string; readonly namespace: string; readonly name: string },
): boolean {
  if (from.namespace === to.namespace) return true;
  for (const object of informers.of(GRANTS).list()) {
    const { metadata, spec } = object as ReferenceGrant; // its schema
    if (metadata.namespace !== to.namespace) continue;
    const isFrom = spec?.from?.some(
      ({ group, kind, namespace }) => group === GROUP && kind === from.kind && namespace === from.namespace,
    );
    const isTo = spec?.to?.some(
      ({ group, kind, name }) =>
        group === to.group && kind === to.kind && (name === undefined || name === "" || name === to.name),
    );
    if (isFrom === true && isTo === true) return true;
  }
  return false;
}

/** A backend that requests can be sent to, or why not. */
export type Backend =
  | { readonly namespace: string; readonly name: string; readonly port: ServicePort }
  | { readonly reason: string; readonly message: string };

/** Protocols of a Service's port that a route can use. */
const APP_PROTOCOLS: Readonly<Record<string, RegExp>> = {
  TLSRoute: /^(?:kubernetes\.io\/.*|https?|tcp|tls|http2|grpc)$/,
  HTTPRoute: /^(?:kubernetes\.io\/(?:h2c|ws)|http|http2|tcp|grpc)$/,
  GRPCRoute: /^(?:kubernetes\.io\/h2c|http|http2|tcp|grpc)$/,
};

/** What a backend reference leads to. Spec: [GW-8]. */
export function backendOf(informers: Informers, from: Referrer, reference: BackendReference): Backend {
  const { group = "", kind = "Service", name, namespace = from.namespace, port } = reference;
  if (group !== "" || kind !== "Service")
    return { reason: "InvalidKind", message: `backendRef to ${kindText({ group, kind, name })} is not supported` };
  const key = `${namespace}/${name}`;
  if (!isGranted(informers, from, { group, kind, namespace, name }))
    return {
      reason: "RefNotPermitted",
      message: `backendRef to Service ${key} is not permitted by any ReferenceGrant`,
    };
  const service: Service | undefined = informers.of("services").get(key);
  if (service === undefined) return { reason: "BackendNotFound", message: `Service ${key} not found` };
  if (service.spec?.type === "ExternalName")
    return { reason: "InvalidKind", message: `Service ${key} is of type ExternalName, which is not supported` };
  const found = service.spec?.ports?.find((each) => each.port === port && (each.protocol ?? "TCP") === "TCP");
  if (found === undefined)
    return { reason: "BackendNotFound", message: `Service ${key} has no TCP port ${port ?? ""}`.trimEnd() };
  if (found.appProtocol !== undefined && own(APP_PROTOCOLS, from.kind)?.test(found.appProtocol) === false)
    return {
      reason: "UnsupportedProtocol",
      message: `appProtocol ${found.appProtocol} of Service ${key} is not supported`,
    };
  return { namespace, name, port: found };
}

export function kindText({ group = "", kind = "", name }: Reference): string {
  return `${group === "" ? "" : `${group}/`}${kind} ${name}`;
}
