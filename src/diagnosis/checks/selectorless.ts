// A Service without selector: whose EndpointSlice is missing, carries another name, or names its port otherwise.
import type { EndpointSlice } from "../../cluster/index.ts";
import type { Cure, Finding } from "../finding.ts";
import { type Check, edit, finding, type Scene } from "../scene.ts";
import { inNamespace, listed, nearest, refOf } from "../words.ts";
import { symptomsWithout, withoutEndpoints } from "./selector.ts";

const NAME = "kubernetes.io/service-name";

/** Spec: [DIAG-9]. */
export const selectorlessCheck: Check = (scene) => {
  const { service, world, namespace } = scene;
  if (scene.selector !== undefined || service.spec?.type === "ExternalName") return [];
  const slices = world.slicesOf(service);
  if (slices.length === 0) return [noSlice(scene)];
  if (slices.every((slice) => (slice.endpoints ?? []).length === 0)) return [emptySlices(scene, slices)];
  void namespace;
  return scene.ports.flatMap((port, index) => portName(scene, slices, { port, index }));
};

function evidence({ ref, namespace }: Scene) {
  const at = inNamespace(namespace);
  return [
    { command: `kubectl describe service ${ref.name}${at}`, shows: "Selector: <none>, Endpoints: <none>" },
    { command: `kubectl get endpointslices -l ${NAME}=${ref.name}${at}`, shows: "No resources found" },
    {
      command: `kubectl get endpointslices${at} --show-labels`,
      shows: "the slices there are, and whom their labels name",
    },
  ];
}

function noSlice(scene: Scene): Finding {
  const { ref, world, namespace } = scene;
  const strays = strayslices(scene);
  const [stray] = strays;
  const endpoints = world.cluster.api
    .list("endpoints", { namespace })
    .filter(({ metadata }) => world.service(namespace, metadata.name ?? "") === undefined);
  const other =
    endpoints.find(({ metadata }) => nearest(ref.name, [metadata.name ?? ""]) !== undefined) ?? endpoints[0];
  return finding(scene, {
    class: "selectorless-without-slice",
    severity: "error",
    step: 3,
    title: `Service ${scene.name} has no selector and no EndpointSlice`,
    explanation: `Service ${scene.name} has no selector, so nobody makes its endpoints but you, and no EndpointSlice in namespace ${namespace} has the label ${NAME}: ${ref.name}. ${strayWords(stray)}${other === undefined ? "" : `The Endpoints object ${other.metadata.name} has another name than the Service, so it is not copied for it. `}${withoutEndpoints(scene)}`,
    evidence: evidence(scene),
    responsible:
      stray === undefined
        ? { object: ref, path: ["spec", "selector"] }
        : { object: refOf(stray), path: ["metadata", "labels", NAME] },
    cures: [
      ...strays.slice(0, 2).map((slice) => adopt(scene, slice)),
      ...selectorCures(scene),
      ...(stray === undefined ? [writeSlice(scene)] : []),
    ],
    symptoms: symptomsWithout(scene),
  });
}

/** Slices that belong to no Service of the namespace, those with a near name first. */
function strayslices({ world, namespace, ref }: Scene): readonly EndpointSlice[] {
  const free = world.cluster.api.list("endpointslices.discovery.k8s.io", { namespace }).filter(({ metadata }) => {
    const named = metadata.labels?.[NAME];
    return named === undefined || world.service(namespace, named) === undefined;
  });
  const isNear = ({ metadata: { name = "", labels } }: EndpointSlice) =>
    name.startsWith(ref.name) || nearest(ref.name, [labels?.[NAME] ?? "", name]) !== undefined;
  return [...free.filter(isNear), ...free.filter((each) => !isNear(each))];
}

function strayWords(stray: EndpointSlice | undefined): string {
  if (stray === undefined) return "";
  const named = stray.metadata.labels?.[NAME];
  return named === undefined
    ? `EndpointSlice ${stray.metadata.name} is there, but has no such label. `
    : `EndpointSlice ${stray.metadata.name} is there, but its label names ${named}, which is no Service. `;
}

function adopt({ ref }: Scene, slice: EndpointSlice): Cure {
  return edit(`Label EndpointSlice ${slice.metadata.name} with ${NAME}: ${ref.name}`, {
    object: refOf(slice),
    changes: [{ op: "set", path: ["metadata", "labels", NAME], value: ref.name }],
  });
}

/** Perhaps the selector was forgotten: then the workload of the same name was meant. */
function selectorCures({ world, namespace, ref }: Scene): Cure[] {
  const workload = world.workloadsIn(namespace).find(({ object }) => object.metadata.name === ref.name);
  const labels =
    workload === undefined || Object.keys(workload.selects).length === 0 ? workload?.labels : workload.selects;
  if (labels === undefined || Object.keys(labels).length === 0) return [];
  const text = Object.entries(labels).map(([key, value]) => `${key}: ${value}`);
  return [
    edit(`Add the selector ${listed(text)}`, {
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
      labels: { [NAME]: ref.name },
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
    label: `Write an EndpointSlice ${ref.name}-1 (then put your own addresses in)`,
    remedy: { kind: "edit", edits: [], create: [slice] },
  };
}

function emptySlices(scene: Scene, slices: readonly EndpointSlice[]): Finding {
  const [slice] = slices;
  return finding(scene, {
    class: "selectorless-empty-slice",
    severity: "error",
    step: 3,
    title: `The EndpointSlice of Service ${scene.name} lists no address`,
    explanation: `Service ${scene.name} has no selector, and its EndpointSlice ${slice?.metadata.name} has no endpoints. ${withoutEndpoints(scene)}`,
    evidence: [
      {
        command: `kubectl get endpointslices -l ${NAME}=${scene.ref.name}${inNamespace(scene.namespace)}`,
        shows: "ENDPOINTS <unset>",
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
  const protocol = port.protocol ?? "TCP";
  const has = slices.some((slice) =>
    (slice.ports ?? []).some(
      (each) => (each.name ?? "") === (port.name ?? "") && (each.protocol ?? "TCP") === protocol,
    ),
  );
  const [slice] = slices;
  if (has || slice === undefined || scene.headless) return [];
  const names = (slice.ports ?? []).map(({ name }) => (name === undefined || name === "" ? "(no name)" : name));
  const alone = (slice.ports ?? []).length === 1;
  const value = port.name ?? "";
  return [
    finding(scene, {
      about: String(index),
      class: "slice-port-name",
      severity: "error",
      step: 3,
      title: `No port of the EndpointSlice is named ${value === "" ? "as the Service's, which has no name" : value}`,
      explanation: `Port ${port.port} of Service ${scene.name} is ${value === "" ? "without a name" : `named ${value}`}, and the ports of EndpointSlice ${slice.metadata.name} are named ${listed(names)}. kube-proxy joins the two by name and protocol, so this port has no endpoint and is refused.`,
      evidence: [
        {
          command: `kubectl get endpointslice ${slice.metadata.name}${inNamespace(scene.namespace)} -o yaml`,
          shows: "the names of its ports",
        },
        {
          command: `kubectl get service ${scene.ref.name}${inNamespace(scene.namespace)} -o yaml`,
          shows: "the names of the Service's ports",
        },
      ],
      responsible: { object: refOf(slice), path: ["ports", 0, "name"] },
      cures: alone
        ? [
            edit(`Name the port of EndpointSlice ${slice.metadata.name} ${value === "" ? '""' : value}`, {
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
