// What becomes of each listener of a Gateway: which routes it takes, whether its references hold, whether it can be served.
import { compareText, type Informers, own, textOfBase64 } from "../cluster/index.ts";
import type { Gateway, Listener, Reference, RouteKind } from "./api.ts";
import { namesOfCertificate } from "./certificate.ts";
import { no, type Said, yes } from "./conditions.ts";
import { GROUP } from "./definitions/index.ts";
import { intersection } from "./hostnames.ts";
import { isGranted, kindText } from "./references.ts";

/** A listener that was looked at. */
export interface Seen {
  readonly listener: Listener;
  /** The kinds of routes that it takes. */
  readonly kinds: readonly RouteKind[];
  /** Accepted, ResolvedRefs, Conflicted and what else is to be said; Programmed depends on the data plane. */
  readonly said: readonly Said[];
  /** Whether it counts among the Gateway's listeners that work. */
  readonly isValid: boolean;
  /** Whether requests can be answered on it. */
  readonly isServed: boolean;
  /** The names of its certificates; undefined where TLS does not end here. */
  readonly certificate: readonly string[] | undefined;
}

const KINDS: Readonly<Record<string, readonly RouteKind[]>> = {
  HTTP: ["HTTPRoute", "GRPCRoute"],
  HTTPS: ["HTTPRoute", "GRPCRoute"],
  TLS: ["TLSRoute"],
};

/** Looks at all listeners of a Gateway. Spec: [GW-4] [GW-5]. */
export function seeListeners(informers: Informers, gateway: Gateway): readonly Seen[] {
  const all = gateway.spec?.listeners ?? [];
  return all.map((listener) => see(informers, gateway, listener, all));
}

function see(informers: Informers, gateway: Gateway, listener: Listener, all: readonly Listener[]): Seen {
  const { protocol } = listener;
  const usual = own(KINDS, protocol);
  const { kinds, wrong } = kindsOf(listener, usual ?? []);
  const certificates = endsTls(listener) ? certificatesOf(informers, gateway, listener) : undefined;
  const conflict = usual === undefined ? undefined : conflictOf(listener, all);
  const broken =
    certificates?.broken ??
    (wrong.length === 0 || usual === undefined
      ? undefined
      : { reason: "InvalidRouteKinds", message: `kinds of routes that are not supported here: ${wrong.join(", ")}` });
  const accepted =
    usual === undefined
      ? no("Accepted", "UnsupportedProtocol", `protocol ${protocol} is not supported`)
      : conflict === undefined
        ? yes("Accepted", "Listener is accepted")
        : no("Accepted", conflict.reason, conflict.message);
  const isValid = accepted.status === "True";
  const overlap = isValid && certificates !== undefined ? overlapOf(listener, all) : undefined;
  return {
    listener,
    kinds,
    said: [
      accepted,
      broken === undefined
        ? yes("ResolvedRefs", "All references are resolved")
        : no("ResolvedRefs", broken.reason, broken.message),
      conflict === undefined
        ? no("Conflicted", "NoConflicts", "No conflicts")
        : { type: "Conflicted", status: "True", ...conflict },
      ...(overlap === undefined ? [] : [overlap]),
    ],
    isValid,
    isServed: isValid && kinds.length > 0 && (certificates === undefined || certificates.found > 0),
    certificate: certificates?.names,
  };
}

/** Whether TLS ends at this listener. */
function endsTls({ protocol, tls }: Listener): boolean {
  return protocol === "HTTPS" || (protocol === "TLS" && tls?.mode !== "Passthrough");
}

function kindsOf(
  { allowedRoutes }: Listener,
  usual: readonly RouteKind[],
): { kinds: readonly RouteKind[]; wrong: readonly string[] } {
  const asked = allowedRoutes?.kinds ?? [];
  if (asked.length === 0) return { kinds: usual, wrong: [] };
  const isUsual = ({ group = GROUP, kind }: { group?: string; kind: string }) =>
    group === GROUP && usual.some((each) => each === kind);
  return {
    kinds: usual.filter((kind) => asked.some((each) => each.kind === kind && isUsual(each))),
    wrong: asked.filter((each) => !isUsual(each)).map(({ kind }) => kind),
  };
}

/** Listeners that no request can distinguish: none of them is served. */
// Models gateway-api/apis/v1 GatewaySpec.Listeners, "Distinct Listeners"
function conflictOf(listener: Listener, all: readonly Listener[]): { reason: string; message: string } | undefined {
  const { name, port, hostname = "" } = listener;
  const beside = all.filter(
    (each) => each.name !== name && each.port === port && own(KINDS, each.protocol) !== undefined,
  );
  const rival = beside.find((each) => isPlain(each) !== isPlain(listener));
  if (rival !== undefined)
    return {
      reason: "ProtocolConflict",
      message: `listener ${rival.name} has port ${port} with protocol ${rival.protocol}`,
    };
  const twin = beside.find((each) => (each.hostname ?? "") === hostname);
  if (twin === undefined) return undefined;
  return { reason: "HostnameConflict", message: `listener ${twin.name} has the same port and hostname` };
}

const isPlain = ({ protocol }: Listener) => protocol === "HTTP";

/** Listeners whose names overlap: a client may send requests for one over a connection that was opened for the other. */
function overlapOf({ name, port, hostname }: Listener, all: readonly Listener[]): Said | undefined {
  const others = all
    .filter((each) => each.name !== name && each.port === port && endsTls(each))
    .filter((each) => intersection(each.hostname, hostname) !== undefined)
    .map((each) => each.name)
    .sort(compareText);
  if (others.length === 0) return undefined;
  const message = `hostnames overlap with those of listeners: ${others.join(", ")}`;
  return yes("OverlappingTLSConfig", message, "OverlappingHostnames");
}

interface Certificates {
  /** How many could be read. */
  readonly found: number;
  readonly names: readonly string[];
  readonly broken: { readonly reason: string; readonly message: string } | undefined;
}

function certificatesOf(informers: Informers, gateway: Gateway, { tls }: Listener): Certificates {
  const references = tls?.certificateRefs ?? [];
  if (references.length === 0)
    return {
      found: 0,
      names: [],
      broken: { reason: "InvalidCertificateRef", message: "no certificateRefs are given" },
    };
  const found = references.map((reference) =>
    certificateOf(informers, gateway.metadata.namespace ?? "default", reference),
  );
  const broken = found.flatMap((each) => ("reason" in each ? [each] : []));
  const names = found.flatMap((each) => ("names" in each ? [each.names] : []));
  return {
    found: names.length,
    names: names.flat(),
    broken: broken.find(({ reason }) => reason === "RefNotPermitted") ?? broken[0],
  };
}

/** Whether the certificate that a Gateway shows to backends can be had; undefined when it names none. Spec: [GW-5]. */
export function seeClientCertificate(informers: Informers, { metadata, spec }: Gateway): Said | undefined {
  const reference = spec?.tls?.backend?.clientCertificateRef;
  if (reference === undefined) return undefined;
  const found = certificateOf(informers, metadata.namespace ?? "default", reference);
  if (!("reason" in found)) return yes("ResolvedRefs", "All references are resolved");
  const reason = found.reason === "RefNotPermitted" ? found.reason : "InvalidClientCertificateRef";
  return no("ResolvedRefs", reason, found.message);
}

function certificateOf(
  informers: Informers,
  own: string,
  reference: Reference,
): { readonly names: readonly string[] } | { readonly reason: string; readonly message: string } {
  const { group = "", kind = "Secret", name, namespace = own } = reference;
  const wrong = (message: string) => ({ reason: "InvalidCertificateRef", message });
  if (group !== "" || kind !== "Secret")
    return wrong(`certificateRef to ${kindText({ group, kind, name })} is not supported`);
  const key = `${namespace}/${name}`;
  if (!isGranted(informers, { kind: "Gateway", namespace: own }, { group, kind, namespace, name }))
    return {
      reason: "RefNotPermitted",
      message: `certificateRef to Secret ${key} is not permitted by any ReferenceGrant`,
    };
  const secret = informers.of("secrets").get(key);
  if (secret === undefined) return wrong(`Secret ${key} not found`);
  const names = namesOfCertificate(textOfBase64(secret.data?.["tls.crt"] ?? ""));
  if (names === undefined) return wrong(`tls.crt of Secret ${key} is no PEM certificate`);
  if ((secret.data?.["tls.key"] ?? "") === "") return wrong(`Secret ${key} has no tls.key`);
  return { names };
}
