// kubectl describe ingress.
import type { Ingress, IngressBackend } from "../../cluster/index.ts";
import { type DescribeContext, type Describers, describer, writeEvents } from "../../kubectl/describe/describer.ts";
import type { Page } from "../../kubectl/describe/page.ts";
import { loadBalancerText } from "../../kubectl/text.ts";
import { sliceAddresses, slicesOf } from "../service/describer.ts";

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/describe describeIngressV1
const describeIngress = describer<Ingress>((page, ingress, context) => {
  const { metadata, spec, status } = ingress;
  page.field("Name", metadata.name);
  page.labels("Labels", metadata.labels);
  page.field("Namespace", metadata.namespace);
  page.field("Address", loadBalancerText(status?.loadBalancer?.ingress));
  page.field("Ingress Class", spec?.ingressClassName ?? "<none>");
  const backend = (each: IngressBackend) => backendText(each, metadata.namespace, context);
  const fallback = spec?.defaultBackend === undefined ? "<default>" : backend(spec.defaultBackend);
  page.field("Default backend", fallback);
  const tls = spec?.tls ?? [];
  if (tls.length > 0) page.line(0, "TLS:");
  for (const { secretName, hosts = [] } of tls)
    page.line(1, secretName ? `${secretName} terminates ${hosts.join(",")}` : `SNI routes ${hosts.join(",")}`);
  writeRules(page, ingress, fallback, backend);
  page.annotations("Annotations", metadata.annotations);
  writeEvents(page, ingress, context);
});

function writeRules(page: Page, { spec }: Ingress, fallback: string, backend: (each: IngressBackend) => string): void {
  page.raw("Rules:\n  Host\tPath\tBackends\n");
  page.row(1, ["----", "----", "--------"]);
  const rules = (spec?.rules ?? []).filter((rule) => rule.http !== undefined);
  for (const { host, http } of rules) {
    page.row(1, [host || "*", ""]);
    for (const path of http?.paths ?? []) page.line(2, `\t${path.path ?? ""} \t${backend(path.backend)}`);
  }
  if (rules.length === 0) page.row(1, ["*", "*", fallback]);
}

/** `web:80 (10.244.1.5:8080)`, with what is wrong in brackets when the Service is missing. */
// Models kubernetes/staging/src/k8s.io/kubectl/pkg/describe describeBackendV1
function backendText(backend: IngressBackend, namespace: string | undefined, context: DescribeContext): string {
  const { service: reference, resource } = backend;
  if (reference !== undefined) {
    const { name, port } = reference;
    const text = `${name}:${port?.number || (port?.name ?? "")}`;
    const service = context.api.find("services", namespace, name);
    if (service === undefined) return `${text} (<error: services "${name}" not found>)`;
    const found = (service.spec?.ports ?? []).filter((each) =>
      port?.number
        ? each.port === port.number
        : port?.name !== undefined && port.name !== "" && each.name === port.name,
    );
    return `${text} (${sliceAddresses(slicesOf(context, namespace, name), found.at(-1)?.name ?? "")})`;
  }
  if (resource === undefined) return "";
  return `APIGroup: ${resource.apiGroup ?? "<none>"}, Kind: ${resource.kind}, Name: ${resource.name}`;
}

export const describers: Describers = { "ingresses.networking.k8s.io": describeIngress };
