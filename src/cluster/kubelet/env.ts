// The environment of a container: the Services as they were when it started, and what its spec adds.
import type { Container, EnvVar, Pod, Service } from "../api/types.gen.ts";
import { textOfBase64 } from "../apimachinery/base64.ts";
import type { ComponentContext } from "../client-go/component.ts";
import { own, setOwn } from "../sim/values.ts";

/** A variable that cannot be made because its source is missing: the container cannot start. */
export class MissingSource extends Error {
  override name = "MissingSource";
}

/** A container's environment in its parts, as the Services' part is the same for all that start at the same time. */
export interface Environment {
  readonly services: Readonly<Record<string, string>>;
  /** What the container's own spec sets. */
  readonly listed: Readonly<Record<string, string>>;
}

/** The whole environment, as `env` in the container prints it. */
export function wholeEnvironment({ services, listed }: Environment, hostname: string): Record<string, string> {
  return {
    PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    HOSTNAME: hostname,
    ...services,
    ...listed,
  };
}

/** The variables of a container that starts now. @throws MissingSource in words that kubelets use. Spec: [ENV-1] [ENV-2]. */
// Models kubernetes/pkg/kubelet/kubelet_pods.go makeEnvironmentVariables
export function environmentOf(context: ComponentContext, pod: Pod, container: Container, node: Own): Environment {
  const listed: Record<string, string> = {};
  const { namespace = "default" } = pod.metadata;
  for (const source of container.envFrom ?? []) {
    const found = dataOf(context, namespace, { configMap: source.configMapRef?.name, secret: source.secretRef?.name });
    const optional = source.configMapRef?.optional ?? source.secretRef?.optional ?? false;
    if ("missing" in found) {
      if (!optional) throw new MissingSource(found.missing);
      continue;
    }
    for (const [key, value] of Object.entries(found.data)) setOwn(listed, `${source.prefix ?? ""}${key}`, value);
  }
  const { services } = node;
  for (const variable of container.env ?? []) {
    const value = variableValue(context, pod, variable, node);
    if (value !== undefined) setOwn(listed, variable.name, expand(value, { ...services, ...listed }));
  }
  return { services, listed };
}

/** What the pod's node knows about it. */
interface Own {
  readonly address: string;
  readonly hostAddress: string;
  /** The variables of the Services as they are now. */
  readonly services: Readonly<Record<string, string>>;
}

/** Replaces `$(NAME)` by variables that are known; `$$` stands for one `$`. */
// Models kubernetes/third_party/forked/golang/expansion
function expand(text: string, known: Readonly<Record<string, string>>): string {
  return text.replace(/\$\$|\$\(([^)]*)\)/g, (whole, name: string | undefined) =>
    whole === "$$" ? "$" : (own(known, name ?? "") ?? whole),
  );
}

function variableValue(
  context: ComponentContext,
  pod: Pod,
  { value, valueFrom }: EnvVar,
  node: { readonly address: string; readonly hostAddress: string },
): string | undefined {
  if (valueFrom === undefined) return value ?? "";
  const { namespace = "default" } = pod.metadata;
  if (valueFrom.fieldRef !== undefined) return fieldOf(pod, valueFrom.fieldRef.fieldPath, node);
  const reference = valueFrom.configMapKeyRef ?? valueFrom.secretKeyRef;
  if (reference === undefined) return "";
  const isMap = valueFrom.configMapKeyRef !== undefined;
  const found = dataOf(context, namespace, isMap ? { configMap: reference.name } : { secret: reference.name });
  if ("missing" in found) {
    if (reference.optional === true) return undefined;
    throw new MissingSource(found.missing);
  }
  const data = own(found.data, reference.key);
  if (data === undefined && reference.optional !== true)
    throw new MissingSource(
      `couldn't find key ${reference.key} in ${isMap ? "ConfigMap" : "Secret"} ${namespace}/${reference.name}`,
    );
  return data;
}

function fieldOf(pod: Pod, path: string, node: { readonly address: string; readonly hostAddress: string }): string {
  const { metadata, spec } = pod;
  const key = /^metadata\.(labels|annotations)\['(.*)'\]$/.exec(path);
  if (key !== null) return own(key[1] === "labels" ? metadata.labels : metadata.annotations, key[2] ?? "") ?? "";
  const fields: Readonly<Record<string, string | undefined>> = {
    "metadata.name": metadata.name,
    "metadata.namespace": metadata.namespace,
    "metadata.uid": metadata.uid,
    "spec.nodeName": spec?.nodeName,
    "spec.serviceAccountName": spec?.serviceAccountName ?? "default",
    "status.podIP": node.address,
    "status.podIPs": node.address,
    "status.hostIP": node.hostAddress,
    "status.hostIPs": node.hostAddress,
  };
  return own(fields, path) ?? "";
}

function dataOf(
  context: ComponentContext,
  namespace: string,
  source: { readonly configMap?: string | undefined; readonly secret?: string | undefined },
): { readonly data: Readonly<Record<string, string>> } | { readonly missing: string } {
  if (source.configMap !== undefined) {
    const map = context.api.find("configmaps", namespace, source.configMap);
    return map === undefined ? { missing: `configmap "${source.configMap}" not found` } : { data: map.data ?? {} };
  }
  const secret = context.api.find("secrets", namespace, source.secret ?? "");
  if (secret === undefined) return { missing: `secret "${source.secret}" not found` };
  const texts = Object.entries(secret.data ?? {}).map(([key, value]) => [key, textOfBase64(value)] as const);
  return { data: Object.fromEntries(texts) };
}

/** Variables for the Services of the pod's namespace and for the API server, as they are now. Spec: [ENV-1]. */
// Models kubernetes/pkg/kubelet/envvars/envvars.go FromServices, kubelet_pods.go getServiceEnvVarMap
export function serviceVariables(context: ComponentContext, pod: Pod): Record<string, string> {
  const variables: Record<string, string> = {};
  const { namespace = "default" } = pod.metadata;
  const linked = pod.spec?.enableServiceLinks === false ? [] : context.api.list("services", { namespace });
  const kubernetes = context.api.find("services", "default", "kubernetes");
  for (const service of [...linked, ...(kubernetes === undefined ? [] : [kubernetes])])
    for (const [name, value] of variablesOf(service)) setOwn(variables, name, value);
  return variables;
}

function variablesOf(service: Service): Map<string, string> {
  const { clusterIP, type, ports = [] } = service.spec ?? {};
  const [first] = ports;
  if (clusterIP === undefined || clusterIP === "" || clusterIP === "None" || type === "ExternalName") return new Map();
  if (first === undefined) return new Map();
  const upper = (text: string) => text.toUpperCase().replaceAll("-", "_");
  const name = upper(service.metadata.name ?? "");
  const variables = new Map([
    [`${name}_SERVICE_HOST`, clusterIP],
    [`${name}_SERVICE_PORT`, String(first.port)],
  ]);
  for (const port of ports)
    if ((port.name ?? "") !== "") variables.set(`${name}_SERVICE_PORT_${upper(port.name ?? "")}`, String(port.port));
  ports.forEach((port, index) => {
    const protocol = port.protocol ?? "TCP";
    const url = `${protocol.toLowerCase()}://${clusterIP}:${port.port}`;
    if (index === 0) variables.set(`${name}_PORT`, url);
    const prefix = `${name}_PORT_${port.port}_${protocol}`;
    variables.set(prefix, url);
    variables.set(`${prefix}_PROTO`, protocol.toLowerCase());
    variables.set(`${prefix}_PORT`, String(port.port));
    variables.set(`${prefix}_ADDR`, clusterIP);
  });
  return variables;
}

/** The variables of Services, worked out once for each namespace as long as no Service changes. */
export class ServiceVariables {
  readonly #context: ComponentContext;
  readonly #known = new Map<string, Readonly<Record<string, string>>>();

  constructor(context: ComponentContext) {
    this.#context = context;
    context.informers.of("services").onChange(() => this.#known.clear());
  }

  of(pod: Pod): Readonly<Record<string, string>> {
    const key = `${pod.metadata.namespace} ${pod.spec?.enableServiceLinks !== false}`;
    const known = this.#known.get(key) ?? serviceVariables(this.#context, pod);
    this.#known.set(key, known);
    return known;
  }
}
