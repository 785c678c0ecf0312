// What is accepted in a pod's spec but likely not meant, in the API server's order.
import type { Container, ContainerPort, PodAffinity, PodSpec } from "../../api/types.gen.ts";
import { formatQuantity, parseQuantity } from "../../apimachinery/quantity.ts";
import { nanosOf } from "./container-validation.ts";

/** Labels of nodes that have newer names. */
const OLD_NODE_LABELS: Readonly<Record<string, string>> = {
  "beta.kubernetes.io/arch": 'deprecated since v1.14; use "kubernetes.io/arch" instead',
  "beta.kubernetes.io/os": 'deprecated since v1.14; use "kubernetes.io/os" instead',
  "failure-domain.beta.kubernetes.io/region": 'deprecated since v1.17; use "topology.kubernetes.io/region" instead',
  "failure-domain.beta.kubernetes.io/zone": 'deprecated since v1.17; use "topology.kubernetes.io/zone" instead',
  "beta.kubernetes.io/instance-type": 'deprecated since v1.17; use "node.kubernetes.io/instance-type" instead',
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

function labelWarnings(spec: PodSpec, path: string): string[] {
  const old = Object.keys(spec.nodeSelector ?? {}).flatMap((key) => {
    const words = OLD_NODE_LABELS[key];
    return words === undefined ? [] : [`${path}.nodeSelector[${key}]: ${words}`];
  });
  const spread = (spec.topologySpreadConstraints ?? []).flatMap(({ topologyKey, labelSelector }, i) => {
    const at = `${path}.topologySpreadConstraints[${i}]`;
    const words = OLD_NODE_LABELS[topologyKey];
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

/** The second and later of equal texts, with where they stand. */
function again(texts: readonly string[]): Array<readonly [number, string]> {
  return texts.flatMap((text, i) => (texts.indexOf(text) < i ? [[i, text] as const] : []));
}

function fractionWarnings({ resources }: Container, at: string): string[] {
  return ["memory", "ephemeral-storage"].flatMap((name) =>
    (["limits", "requests"] as const).flatMap((list) => {
      const amount = resources?.[list]?.[name];
      if (amount === undefined || nanosOf(amount) % 1_000_000_000n === 0n) return [];
      const quantity = parseQuantity(amount);
      const text = "error" in quantity ? amount : formatQuantity(quantity);
      return [`${at}.resources.${list}[${name}]: fractional byte value "${text}" is invalid, must be an integer`];
    }),
  );
}

/** A variable that stands twice, unless the later one is built on the earlier. */
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
