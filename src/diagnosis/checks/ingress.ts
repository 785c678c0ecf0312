// Ingresses whose backends are not there.
import type { Ingress } from "../../cluster/index.ts";
import type { Cure, Finding } from "../finding.ts";
import { edit } from "../scene.ts";
import { inNamespace, listed, nearest, pathText, refOf } from "../words.ts";
import type { World } from "../world.ts";

interface Backend {
  readonly service: string;
  readonly port: { readonly name?: string | undefined; readonly number?: number | undefined };
  readonly path: readonly (string | number)[];
  /** Host and path that lead to it. */
  readonly rule: string;
}

/** Spec: [DIAG-16]. */
export function ingressFindings(world: World): readonly Finding[] {
  return [...withoutController(world), ...brokenBackends(world)];
}

/** Ingresses are data: without a controller nobody reads them. */
function withoutController(world: World): readonly Finding[] {
  if (world.cluster.settings.ingress) return [];
  return world.cluster.api.list("ingresses.networking.k8s.io").map((ingress): Finding => {
    const ref = refOf(ingress);
    const { namespace = "default" } = ingress.metadata;
    return {
      id: `ingress-without-controller Ingress ${namespace}/${ref.name}`,
      class: "ingress-without-controller",
      severity: "warning",
      step: 7,
      service: ref,
      title: `No ingress controller reads Ingress ${ref.name}`,
      explanation: `Ingress ${ref.name} is accepted and stored, and nothing acts on it: an ingress controller, a program that runs as pods of its own, would have to read it, and none is installed. Its ADDRESS stays empty, and no port is open for it.`,
      evidence: [
        { command: `kubectl get ingress ${ref.name}${inNamespace(namespace)}`, shows: "ADDRESS is empty" },
        { command: "kubectl get ingressclasses", shows: "No resources found" },
      ],
      responsible: { object: ref, path: ["spec", "ingressClassName"] },
      cures: [
        {
          label: "Install an ingress controller",
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

function brokenBackends(world: World): readonly Finding[] {
  return world.cluster.api
    .list("ingresses.networking.k8s.io")
    .flatMap((ingress) => backendsOf(ingress).flatMap((backend) => missing(world, ingress, backend)));
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
    ...read(spec?.defaultBackend, { path: ["spec", "defaultBackend", "service"], rule: "anything else" }),
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

function missing(world: World, ingress: Ingress, backend: Backend): Finding[] {
  const ref = refOf(ingress);
  const { namespace = "default" } = ingress.metadata;
  const service = world.service(namespace, backend.service);
  const names = world.services
    .filter((each) => each.metadata.namespace === namespace)
    .map(({ metadata }) => metadata.name ?? "");
  const base = {
    service: ref,
    severity: "error" as const,
    evidence: [
      {
        command: `kubectl describe ingress ${ref.name}${inNamespace(namespace)}`,
        shows: "the backends with what is wrong about them",
      },
      { command: `kubectl get services${inNamespace(namespace)}`, shows: listed(names) },
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
        title: `There is no Service ${backend.service} behind ${backend.rule}`,
        explanation: `Ingress ${ref.name} leads ${backend.rule} to Service ${backend.service}, and namespace ${namespace} has no Service of that name (it has ${listed(names)}). The Ingress controller answers 503 there.`,
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
      title: `Service ${backend.service} has no port ${name ?? number}`,
      explanation: `Ingress ${ref.name} leads ${backend.rule} to port ${name ?? number} of Service ${backend.service}, which has ${listed(ports.map((each) => `${each.port}${each.name === undefined ? "" : ` (${each.name})`}`))}. The Ingress controller answers 503 there.`,
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

function setField(object: Finding["service"], path: readonly (string | number)[], value: unknown): Cure {
  return edit(`Set ${pathText(path)} to ${value}`, { object, changes: [{ op: "set", path, value }] });
}
