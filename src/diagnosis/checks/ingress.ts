// Ingresses whose backends are not there.
import { type FieldPath, type Ingress, pathText, type ServicePort } from "../../cluster/index.ts";
import { W } from "../../words/en/why-outside.ts";
import { holdsValue } from "../claims.ts";
import type { Cure, Finding } from "../finding.ts";
import { edit } from "../scene.ts";
import type { Survey } from "../survey.ts";
import { inNamespace, listed, nearest, refOf } from "../words.ts";

interface Backend {
  readonly service: string;
  readonly port: { readonly name?: string | undefined; readonly number?: number | undefined };
  readonly path: FieldPath;
  /** Host and path that lead to it. */
  readonly rule: string;
}

/** Spec: [DIAG-16]. */
export function ingressFindings(survey: Survey): readonly Finding[] {
  return [...withoutController(survey), ...brokenBackends(survey)];
}

/** Ingresses are data: without a controller nothing reads them. */
function withoutController(survey: Survey): readonly Finding[] {
  if (survey.world.settings.ingress) return [];
  return survey.world.api.list("ingresses.networking.k8s.io").map((ingress): Finding => {
    const ref = refOf(ingress);
    const { namespace = "default" } = ingress.metadata;
    return {
      id: `ingress-without-controller Ingress ${namespace}/${ref.name}`,
      class: "ingress-without-controller",
      severity: "warning",
      step: 7,
      service: ref,
      title: W.noController(ref.name),
      explanation: W.noControllerLong(ref.name),
      claims: [
        { kind: "object", object: ref, exists: true },
        { kind: "setting", name: "ingress", value: false },
        holdsValue(ref, ["status", "loadBalancer", "ingress"], undefined),
      ],
      evidence: [
        {
          command: `kubectl get ingress ${ref.name}${inNamespace(namespace)}`,
          shows: W.addressEmpty,
          prints: [ref.name, "ADDRESS"],
          lacks: ["192.", "203."],
        },
      ],
      responsible: { object: ref, path: ["spec", "ingressClassName"] },
      cures: [
        {
          label: W.install,
          remedy: {
            kind: "action",
            action: { kind: "configure", settings: { ingress: true } },
            command: "sim ingress on",
          },
        },
      ],
      symptoms: [],
    };
  });
}

/** Backends that no Service has: its name, or its port. */
export function brokenBackends(survey: Survey): readonly Finding[] {
  return survey.world.api
    .list("ingresses.networking.k8s.io")
    .flatMap((ingress) => backendsOf(ingress).flatMap((backend) => missing(survey, ingress, backend)));
}

function backendsOf({ spec }: Ingress): Backend[] {
  const read = (
    backend: { service?: { name: string; port?: Backend["port"] | undefined } | undefined } | undefined,
    rest: Pick<Backend, "path" | "rule">,
  ) =>
    backend?.service === undefined
      ? []
      : [{ ...rest, service: backend.service.name, port: backend.service.port ?? {} }];
  return [
    ...read(spec?.defaultBackend, { path: ["spec", "defaultBackend", "service"], rule: W.anythingElse }),
    ...(spec?.rules ?? []).flatMap(({ host, http }, at) =>
      (http?.paths ?? []).flatMap(({ backend, path = "/" }, index) =>
        read(backend, {
          path: ["spec", "rules", at, "http", "paths", index, "backend", "service"],
          rule: `${host ?? "*"}${path}`,
        }),
      ),
    ),
  ];
}

const portText = ({ port, name }: ServicePort) => `${port}${name === undefined ? "" : ` (${name})`}`;

function missing(survey: Survey, ingress: Ingress, backend: Backend): Finding[] {
  const ref = refOf(ingress);
  const { namespace = "default" } = ingress.metadata;
  const service = survey.service(namespace, backend.service);
  const names = survey.services
    .filter((each) => each.metadata.namespace === namespace)
    .map(({ metadata }) => metadata.name ?? "");
  const base = {
    service: ref,
    severity: "error" as const,
    evidence: [
      {
        command: `kubectl describe ingress ${ref.name}${inNamespace(namespace)}`,
        shows: W.backends,
        prints: [backend.service],
      },
      {
        command: `kubectl get services${inNamespace(namespace)}`,
        shows: names.length === 0 ? "No resources found" : listed(names),
        prints: names.length === 0 ? ["No resources found"] : names,
      },
    ],
    symptoms: ["http"] as const,
  };
  const id = (kind: string) => `${kind} Ingress ${namespace}/${ref.name} ${pathText(backend.path)}`;
  if (service === undefined) {
    const near = nearest(backend.service, names);
    return [
      {
        ...base,
        id: id("ingress-backend-missing"),
        class: "ingress-backend-missing",
        step: 1,
        title: W.noService(backend.service, backend.rule),
        explanation: W.noServiceLong(ref.name, backend, namespace, names.length === 0 ? W.none : listed(names)),
        claims: [
          holdsValue(ref, [...backend.path, "name"], backend.service),
          { kind: "object", object: serviceRef(namespace, backend.service), exists: false },
          ...names.map((name) => ({ kind: "object" as const, object: serviceRef(namespace, name), exists: true })),
        ],
        responsible: { object: ref, path: [...backend.path, "name"] },
        cures: near === undefined ? [] : [setField(ref, [...backend.path, "name"], near)],
      },
    ];
  }
  const ports = service.spec?.ports ?? [];
  const { name, number } = backend.port;
  if (ports.some((each) => (name === undefined ? each.port === number : each.name === name))) return [];
  const path = [...backend.path, "port", ...(name === undefined ? ["number"] : ["name"])];
  return [
    {
      ...base,
      id: id("ingress-backend-port"),
      class: "ingress-backend-port",
      step: 2,
      title: W.noPort(backend.service, name ?? number),
      explanation: W.noPortLong(ref.name, backend, name ?? number, listed(ports.map(portText))),
      claims: [
        holdsValue(ref, path, name ?? number),
        holdsValue(refOf(service), ["spec", "ports"], service.spec?.ports),
      ],
      responsible: { object: ref, path },
      cures: ports
        .slice(0, 2)
        .flatMap((each) =>
          name === undefined
            ? [setField(ref, path, each.port)]
            : each.name === undefined
              ? []
              : [setField(ref, path, each.name)],
        ),
    },
  ];
}

const serviceRef = (namespace: string, name: string) => ({ apiVersion: "v1", kind: "Service", namespace, name });

function setField(object: Finding["service"], path: FieldPath, value: unknown): Cure {
  return edit(W.set(pathText(path), value), { object, changes: [{ op: "set", path, value }] });
}
