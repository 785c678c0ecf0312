// A Service without selector: whose EndpointSlice is missing, has a different name, or names its port differently.
import { type EndpointSlice, LabelServiceName } from "../../cluster/index.ts";
import { W } from "../../words/en/why-selector.ts";
import { type Claim, holdsValue } from "../claims.ts";
import type { Cure, Finding } from "../finding.ts";
import { type Check, edit, finding, type Scene } from "../scene.ts";
import { inNamespace, listed, nearest, protocolOf, refOf } from "../words.ts";
import { claimsWithout, symptomsWithout, withoutEndpoints } from "./selector.ts";

/** Spec: [DIAG-9]. */
export const selectorlessCheck: Check = (scene) => {
  const { service, survey } = scene;
  if (scene.selector !== undefined || service.spec?.type === "ExternalName") return [];
  const slices = survey.slicesOf(service);
  if (slices.length === 0) return [noSlice(scene)];
  if (slices.every((slice) => (slice.endpoints ?? []).length === 0)) return [emptySlices(scene, slices)];
  return scene.ports.flatMap((port, index) => portName(scene, slices, { port, index }));
};

function evidence({ ref, namespace, survey }: Scene) {
  const at = inNamespace(namespace);
  const slices = survey.world.api.list("endpointslices.discovery.k8s.io", { namespace });
  return [
    {
      command: `kubectl describe service ${ref.name}${at}`,
      shows: "Selector: <none>, Endpoints: <none>",
      prints: ["Selector:", "<none>", "Endpoints:"],
    },
    {
      command: `kubectl get endpointslices -l ${LabelServiceName}=${ref.name}${at}`,
      shows: "No resources found",
      prints: ["No resources found"],
    },
    {
      command: `kubectl get endpointslices${at} --show-labels`,
      shows: slices.length === 0 ? "No resources found" : W.slicesAndServices,
      prints:
        slices.length === 0 ? ["No resources found"] : slices.slice(0, 3).map(({ metadata }) => metadata.name ?? ""),
    },
  ];
}

/** That a Service has no selector. */
function withoutSelector({ ref }: Scene): Claim {
  return holdsValue(ref, ["spec", "selector"], undefined);
}

function noSlice(scene: Scene): Finding {
  const { ref, survey, namespace } = scene;
  const strays = strayslices(scene);
  const [stray] = strays;
  const endpoints = survey.world.api
    .list("endpoints", { namespace })
    .filter(({ metadata }) => survey.service(namespace, metadata.name ?? "") === undefined);
  const other =
    endpoints.find(({ metadata }) => nearest(ref.name, [metadata.name ?? ""]) !== undefined) ?? endpoints[0];
  return finding(scene, {
    class: "selectorless-without-slice",
    severity: "error",
    step: 3,
    title: W.neither(scene.name),
    explanation: W.noSlice(
      scene.name,
      namespace,
      LabelServiceName,
      ref.name,
      strayWords(stray),
      other?.metadata.name,
      withoutEndpoints(scene),
    ),
    claims: [
      withoutSelector(scene),
      { kind: "slices", service: { namespace, name: ref.name }, names: [] },
      ...(stray === undefined
        ? []
        : [
            holdsValue(
              refOf(stray),
              ["metadata", "labels", LabelServiceName],
              stray.metadata.labels?.[LabelServiceName],
            ),
          ]),
      ...(other === undefined ? [] : [{ kind: "object" as const, object: refOf(other), exists: true }]),
      ...claimsWithout(scene),
    ],
    evidence: evidence(scene),
    responsible:
      stray === undefined
        ? { object: ref, path: ["spec", "selector"] }
        : { object: refOf(stray), path: ["metadata", "labels", LabelServiceName] },
    cures: [
      ...strays.slice(0, 2).map((slice) => adopt(scene, slice)),
      ...selectorCures(scene),
      ...(stray === undefined ? [writeSlice(scene)] : []),
    ],
    symptoms: symptomsWithout(scene),
  });
}

/** Slices that belong to no Service of the namespace, those with a near name first. */
function strayslices({ survey, namespace, ref }: Scene): readonly EndpointSlice[] {
  const free = survey.world.api.list("endpointslices.discovery.k8s.io", { namespace }).filter(({ metadata }) => {
    const named = metadata.labels?.[LabelServiceName];
    return named === undefined || survey.service(namespace, named) === undefined;
  });
  const isNear = ({ metadata: { name = "", labels } }: EndpointSlice) =>
    name.startsWith(ref.name) || nearest(ref.name, [labels?.[LabelServiceName] ?? "", name]) !== undefined;
  return [...free.filter(isNear), ...free.filter((each) => !isNear(each))];
}

function strayWords(stray: EndpointSlice | undefined): string {
  if (stray === undefined) return "";
  const named = stray.metadata.labels?.[LabelServiceName];
  return named === undefined ? W.strayUnlabelled(stray.metadata.name) : W.strayNamed(stray.metadata.name, named);
}

function adopt({ ref }: Scene, slice: EndpointSlice): Cure {
  return edit(W.labelSlice(slice.metadata.name, LabelServiceName, ref.name), {
    object: refOf(slice),
    changes: [{ op: "set", path: ["metadata", "labels", LabelServiceName], value: ref.name }],
  });
}

/** Perhaps the selector was forgotten: then the workload of the same name was meant. */
function selectorCures({ survey, namespace, ref }: Scene): Cure[] {
  const workload = survey.workloadsIn(namespace).find(({ object }) => object.metadata.name === ref.name);
  const labels =
    workload === undefined || Object.keys(workload.selects).length === 0 ? workload?.labels : workload.selects;
  if (labels === undefined || Object.keys(labels).length === 0) return [];
  const text = Object.entries(labels).map(([key, value]) => `${key}: ${value}`);
  return [
    edit(W.addSelector(listed(text)), {
      object: ref,
      changes: [{ op: "set", path: ["spec", "selector"], value: { ...labels } }],
    }),
  ];
}

function writeSlice({ ref, namespace, ports }: Scene): Cure {
  const slice = {
    apiVersion: "discovery.k8s.io/v1",
    kind: "EndpointSlice",
    metadata: {
      name: `${ref.name}-1`,
      ...(namespace === "default" ? {} : { namespace }),
      labels: { [LabelServiceName]: ref.name },
    },
    addressType: "IPv4",
    ports: ports.map(({ name, port, protocol, targetPort }) => ({
      ...(name === undefined ? {} : { name }),
      port: typeof targetPort === "number" ? targetPort : port,
      ...(protocol === undefined || protocol === "TCP" ? {} : { protocol }),
    })),
    endpoints: [{ addresses: ["203.0.113.80"], conditions: { ready: true } }],
  };
  return {
    label: W.createSlice(ref.name),
    remedy: { kind: "edit", edits: [], create: [slice] },
    unfinished: true,
  };
}

function emptySlices(scene: Scene, slices: readonly EndpointSlice[]): Finding {
  const [slice] = slices;
  return finding(scene, {
    class: "selectorless-empty-slice",
    severity: "error",
    step: 3,
    title: W.emptySlice(scene.name),
    explanation: W.emptySliceLong(scene.name, slice?.metadata.name, withoutEndpoints(scene)),
    claims: [
      withoutSelector(scene),
      ...slices.map((each) => holdsValue(refOf(each), ["endpoints"], each.endpoints)),
      ...claimsWithout(scene),
    ],
    evidence: [
      {
        command: `kubectl get endpointslices -l ${LabelServiceName}=${scene.ref.name}${inNamespace(scene.namespace)}`,
        shows: "ENDPOINTS <unset>",
        prints: ["<unset>"],
      },
    ],
    responsible: { object: slice === undefined ? scene.ref : refOf(slice), path: ["endpoints"] },
    cures: selectorCures(scene),
    symptoms: symptomsWithout(scene),
  });
}

function portName(
  scene: Scene,
  slices: readonly EndpointSlice[],
  { port, index }: { port: Scene["ports"][number]; index: number },
): Finding[] {
  const protocol = protocolOf(port.protocol);
  const has = slices.some((slice) =>
    (slice.ports ?? []).some(
      (each) => (each.name ?? "") === (port.name ?? "") && (each.protocol ?? "TCP") === protocol,
    ),
  );
  const [slice] = slices;
  if (has || slice === undefined || scene.headless) return [];
  const names = (slice.ports ?? []).map(({ name }) => (name === undefined || name === "" ? W.noName : name));
  const alone = (slice.ports ?? []).length === 1;
  const value = port.name ?? "";
  return [
    finding(scene, {
      about: String(index),
      class: "slice-port-name",
      severity: "error",
      step: 3,
      title: W.noPortNamed(value === "" ? undefined : value),
      explanation: W.portNames(
        port.port,
        scene.name,
        value === "" ? undefined : value,
        slice.metadata.name,
        listed(names),
      ),
      claims: [
        holdsValue(scene.ref, ["spec", "ports", index, "port"], port.port),
        holdsValue(scene.ref, ["spec", "ports", index, "name"], port.name),
        holdsValue(refOf(slice), ["ports"], slice.ports),
        {
          kind: "route",
          from: scene.survey.someNodePlace(),
          address: scene.service.spec?.clusterIP ?? "",
          port: port.port,
          protocol,
          taken: false,
        },
      ],
      evidence: [
        {
          command: `kubectl get endpointslice ${slice.metadata.name}${inNamespace(scene.namespace)} -o jsonpath={.ports[*].name}`,
          shows: W.slicePorts,
          prints: (slice.ports ?? []).flatMap(({ name }) => (name === undefined || name === "" ? [] : [name])),
          lacks: value === "" ? [] : [...new Set([value])].filter((each) => !names.some((name) => name.includes(each))),
        },
        {
          command: `kubectl get service ${scene.ref.name}${inNamespace(scene.namespace)} -o jsonpath={.spec.ports[*].name}`,
          shows: W.servicePorts,
          prints: scene.ports.flatMap(({ name }) => name ?? []),
        },
      ],
      responsible: { object: refOf(slice), path: ["ports", 0, "name"] },
      cures: alone
        ? [
            edit(W.namePort(slice.metadata.name, value === "" ? '""' : value), {
              object: refOf(slice),
              changes: [{ op: "set", path: ["ports", 0, "name"], value }],
            }),
          ]
        : [],
      symptoms: ["refused"],
      only: { port: port.port },
    }),
  ];
}
