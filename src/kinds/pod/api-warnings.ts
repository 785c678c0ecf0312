// Warnings about what a pod's spec may contain but hardly intends, in the API server's order.
import type {
  Container,
  ContainerPort,
  PodAffinity,
  PodSpec,
  PodTemplateSpec,
  Volume,
} from "../../cluster/api/types.gen.ts";
import {
  LabelArchBeta,
  LabelArchStable,
  LabelFailureDomainBetaRegion,
  LabelFailureDomainBetaZone,
  LabelInstanceType,
  LabelInstanceTypeStable,
  LabelOSBeta,
  LabelOSStable,
  LabelTopologyRegion,
  LabelTopologyZone,
} from "../../cluster/api/well-known.ts";
import { formatQuantity, parseQuantity } from "../../cluster/apimachinery/quantity.ts";
import { deepEqual, own } from "../../cluster/sim/values.ts";
import { nanosOf } from "./api-container-validation.ts";

/** Labels of nodes that have newer names. */
const OLD_NODE_LABELS: Readonly<Record<string, string>> = {
  [LabelArchBeta]: `deprecated since v1.14; use "${LabelArchStable}" instead`,
  [LabelOSBeta]: `deprecated since v1.14; use "${LabelOSStable}" instead`,
  [LabelFailureDomainBetaRegion]: `deprecated since v1.17; use "${LabelTopologyRegion}" instead`,
  [LabelFailureDomainBetaZone]: `deprecated since v1.17; use "${LabelTopologyZone}" instead`,
  [LabelInstanceType]: `deprecated since v1.17; use "${LabelInstanceTypeStable}" instead`,
};
const NULL_SELECTOR = "a null labelSelector results in matching no pod";

interface Placed {
  readonly container: Container;
  readonly at: string;
}

/** The warnings about a pod's spec under `path`. */
// Models kubernetes/pkg/api/pod/warnings.go warningsForPodSpecAndMeta
export function podSpecWarnings(spec: PodSpec, path: string): string[] {
  const containers = (["initContainers", "containers"] as const).flatMap((list) =>
    (spec[list] ?? []).map((container, i): Placed => ({ container, at: `${path}.${list}[${i}]` })),
  );
  const isNegative = (spec.terminationGracePeriodSeconds ?? 0) < 0;
  return [
    ...labelWarnings(spec, path),
    ...volumeWarnings(spec, path),
    ...listWarnings(spec, path),
    ...containers.flatMap(({ container, at }) => [...fractionWarnings(container, at), ...envWarnings(container, at)]),
    ...portWarnings(containers),
    ...(isNegative
      ? [`${path}.terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be treated as 1`]
      : []),
    ...affinityWarnings(spec.affinity?.podAffinity, `${path}.affinity.podAffinity`),
    ...affinityWarnings(spec.affinity?.podAntiAffinity, `${path}.affinity.podAntiAffinity`),
  ];
}

/** Warnings of a pod template under `spec.template`; none for a change that leaves the spec as it was. */
// Models kubernetes/pkg/api/pod/warnings.go GetWarningsForPodTemplate
export function templateWarnings(
  object: { readonly spec?: { readonly template?: PodTemplateSpec | undefined } | undefined },
  old: { readonly spec?: unknown } | undefined,
  path = "spec.template.spec",
): string[] {
  const spec = object.spec?.template?.spec;
  if (spec === undefined || (old !== undefined && deepEqual(object.spec, old.spec))) return [];
  return podSpecWarnings(spec, path);
}

/** Volume sources that have no effect any more, or soon won't. */
const OLD_VOLUMES: ReadonlyArray<readonly [keyof Volume, string]> = [
  ["photonPersistentDisk", "deprecated in v1.11, non-functional in v1.16+"],
  ["gitRepo", "deprecated in v1.11"],
  ["scaleIO", "deprecated in v1.16, non-functional in v1.22+"],
  ["flocker", "deprecated in v1.22, non-functional in v1.25+"],
  ["storageos", "deprecated in v1.22, non-functional in v1.25+"],
  ["quobyte", "deprecated in v1.22, non-functional in v1.25+"],
  ["glusterfs", "deprecated in v1.25, non-functional in v1.26+"],
  ["cephfs", "deprecated in v1.28, non-functional in v1.31+"],
  ["rbd", "deprecated in v1.28, non-functional in v1.31+"],
];

function volumeWarnings({ volumes = [] }: PodSpec, path: string): string[] {
  return volumes.flatMap((volume, i) =>
    OLD_VOLUMES.filter(([source]) => volume[source] !== undefined).map(
      ([source, words]) => `${path}.volumes[${i}].${source === "storageos" ? "storageOS" : source}: ${words}`,
    ),
  );
}

function labelWarnings(spec: PodSpec, path: string): string[] {
  const old = Object.keys(spec.nodeSelector ?? {}).flatMap((key) => {
    const words = own(OLD_NODE_LABELS, key);
    return words === undefined ? [] : [`${path}.nodeSelector[${key}]: ${words}`];
  });
  const spread = (spec.topologySpreadConstraints ?? []).flatMap(({ topologyKey, labelSelector }, i) => {
    const at = `${path}.topologySpreadConstraints[${i}]`;
    const words = own(OLD_NODE_LABELS, topologyKey);
    return [
      ...(words === undefined ? [] : [`${at}.topologyKey: ${topologyKey} is ${words}`]),
      ...(labelSelector === undefined ? [`${at}.labelSelector: ${NULL_SELECTOR}`] : []),
    ];
  });
  return [...old, ...spread];
}

function listWarnings({ hostAliases = [], imagePullSecrets = [] }: PodSpec, path: string): string[] {
  const aliases = again(hostAliases.map(({ ip }) => ip)).map(
    ([i, ip]) => `${path}.hostAliases[${i}].ip: duplicate ip "${ip}"`,
  );
  const names = imagePullSecrets.map(({ name = "" }) => name);
  const secrets = again(names).map(([i, name]) => `${path}.imagePullSecrets[${i}].name: duplicate name "${name}"`);
  const empty = names.flatMap((name, i) =>
    name === "" ? [`${path}.imagePullSecrets[${i}].name: invalid empty name ""`] : [],
  );
  return [...aliases, ...secrets, ...empty];
}

/** The second and later of equal texts, with where they are. */
function again(texts: readonly string[]): Array<readonly [number, string]> {
  return texts.flatMap((text, i) => (texts.indexOf(text) < i ? [[i, text] as const] : []));
}

function fractionWarnings({ resources }: Container, at: string): string[] {
  return ["memory", "ephemeral-storage"].flatMap((name) =>
    (["limits", "requests"] as const).flatMap((list) => {
      const amount = own(resources?.[list], name);
      if (amount === undefined || nanosOf(amount) % 1_000_000_000n === 0n) return [];
      const quantity = parseQuantity(amount);
      const text = "error" in quantity ? amount : formatQuantity(quantity);
      return [`${at}.resources.${list}[${name}]: fractional byte value "${text}" is invalid, must be an integer`];
    }),
  );
}

/** A variable that appears twice, unless the later one is built on the earlier. */
function envWarnings({ env = [] }: Container, at: string): string[] {
  const seen = new Set<string>();
  return env.flatMap(({ name, value = "", valueFrom }, i) => {
    const isSecond = seen.has(name);
    seen.add(name);
    const reference = `$(${name})`;
    if (!isSecond || (valueFrom === undefined && value !== reference && value.includes(reference))) return [];
    return [`${at}.env[${i}]: hides previous definition of "${name}", which may be dropped when using apply`];
  });
}

function portWarnings(containers: readonly Placed[]): string[] {
  const known = new Map<string, Array<{ readonly port: ContainerPort; readonly at: string }>>();
  const names = new Map<string, string>();
  return containers.flatMap(({ container, at }) =>
    (container.ports ?? []).flatMap((port, i) => {
      const here = `${at}.ports[${i}]`;
      const key = `${port.containerPort}/${port.protocol}`;
      const others = known.get(key) ?? [];
      known.set(key, [...others, { port, at: here }]);
      const conflicts = others.flatMap((other) => {
        const kind = conflictOf(port, other.port);
        return kind === undefined ? [] : [`${here}: ${kind} port definition with ${other.at}`];
      });
      const { name = "" } = port;
      const first = names.get(name);
      if (name === "" || first === undefined) {
        names.set(name, here);
        return conflicts;
      }
      const use = `services and probes that select ports by name will use ${first}`;
      return [...conflicts, `${here}: duplicate port name "${name}" with ${first}, ${use}`];
    }),
  );
}

function conflictOf(port: ContainerPort, other: ContainerPort): string | undefined {
  const [number, otherNumber] = [port.hostPort ?? 0, other.hostPort ?? 0];
  const [ip, otherIP] = [port.hostIP ?? "", other.hostIP ?? ""];
  if (ip === otherIP && number === otherNumber) return "duplicate";
  if (number === 0 || otherNumber === 0) return "overlapping";
  return number === otherNumber && (ip === "") !== (otherIP === "") ? "dangerously ambiguous" : undefined;
}

function affinityWarnings(affinity: PodAffinity | undefined, path: string): string[] {
  const needed = "requiredDuringSchedulingIgnoredDuringExecution";
  const wished = "preferredDuringSchedulingIgnoredDuringExecution";
  return [
    ...(affinity?.[needed] ?? []).flatMap(({ labelSelector }, i) =>
      labelSelector === undefined ? [`${path}.${needed}[${i}].labelSelector: ${NULL_SELECTOR}`] : [],
    ),
    ...(affinity?.[wished] ?? []).flatMap(({ podAffinityTerm }, i) =>
      podAffinityTerm.labelSelector === undefined
        ? [`${path}.${wished}[${i}].podAffinityTerm.labelSelector: ${NULL_SELECTOR}`]
        : [],
    ),
  ];
}
