// A target port by name: which pods have a container port with that name, and what happens to those without.
import { isPodReady, LabelServiceName, type Pod, pathText, type ServicePort } from "../../cluster/index.ts";
import { W } from "../../words/en/why-ports.ts";
import { type Claim, holdsValue } from "../claims.ts";
import type { Cure, Finding } from "../finding.ts";
import { fieldEdit } from "../owned.ts";
import { edit, finding, livingPods, type Scene } from "../scene.ts";
import { inNamespace, listed, nearest, refOf } from "../words.ts";
import { narrowerSelector } from "./overlap.ts";
import { claimsWithout, withoutEndpoints } from "./selector.ts";

interface ContainerPort {
  readonly name?: string | undefined;
  readonly protocol?: string | undefined;
  readonly containerPort: number;
}

interface Unresolved {
  readonly port: ServicePort;
  readonly index: number;
  readonly name: string;
  readonly protocol: string;
  readonly without: readonly Pod[];
  readonly pods: readonly Pod[];
}

/** Spec: [DIAG-6]. */
export function namedPort(scene: Scene, port: ServicePort, index: number): Finding[] {
  const { targetPort: name } = port;
  const pods = livingPods(scene);
  if (typeof name !== "string" || pods.length === 0 || scene.headless) return [];
  const protocol = port.protocol ?? "TCP";
  const without = pods.filter((pod) => portNamed(pod, name, protocol) === undefined);
  if (without.length === 0) return [];
  const what = { port, index, name, protocol, without, pods };
  return [without.length === pods.length ? noneHasIt(scene, what) : someHaveIt(scene, what)];
}

/** What is there instead of the missing name. */
function instead({ without, name, protocol }: Unresolved): string {
  const declared = without.flatMap(containerPorts);
  const other = declared.find((each) => each.name === name);
  if (other !== undefined) return W.wrongThere(name, other.protocol ?? "TCP", protocol);
  const names = [...new Set(declared.flatMap((each) => each.name ?? []))];
  if (names.length > 0) return W.portsNamed(without.length, listed(names));
  return declared.length === 0
    ? W.declaresNone(without.length)
    : W.unnamed(without.length, listed([...new Set(declared.map((each) => String(each.containerPort)))]));
}

function claims(scene: Scene, { port, index, without, name }: Unresolved): Claim[] {
  return [
    holdsValue(scene.ref, ["spec", "ports", index, "port"], port.port),
    holdsValue(scene.ref, ["spec", "ports", index, "targetPort"], name),
    ...without.flatMap((pod) =>
      (pod.spec?.containers ?? []).map(({ ports }, at) =>
        holdsValue(refOf(pod), ["spec", "containers", at, "ports"], ports),
      ),
    ),
  ];
}

function noneHasIt(scene: Scene, what: Unresolved): Finding {
  const { port, index, name } = what;
  const path = ["spec", "ports", index, "targetPort"];
  const service = scene.ref.name;
  return finding(scene, {
    about: String(index),
    class: "named-port-unresolved",
    severity: "error",
    step: 3,
    title: W.noneNamed(name, wrongProtocol(what) ? what.protocol : undefined),
    explanation: `${W.noneNamedLong(port.port, scene.name, name, wrongProtocol(what) ? what.protocol : undefined, instead(what))} ${onePortWords(scene, port)}`,
    claims: [
      ...claims(scene, what),
      ...(scene.ports.length === 1
        ? claimsWithout(scene).filter(({ kind }) => kind === "field")
        : clusterIPClaim(scene)),
    ],
    evidence: [
      {
        command: `kubectl get endpointslices -l ${LabelServiceName}=${service}${inNamespace(scene.namespace)}`,
        shows: scene.ports.length === 1 ? W.unset : W.noSuchPort,
        prints: scene.ports.length === 1 ? ["<unset>"] : [service],
      },
      {
        command: `kubectl get pod ${what.without[0]?.metadata.name}${inNamespace(scene.namespace)} -o jsonpath={.spec.containers[*].ports}`,
        shows: W.declared,
        prints: what.without.slice(0, 1).some((pod) => containerPorts(pod).length > 0) ? ["containerPort"] : [],
        lacks: wrongProtocol(what) ? [] : [`"name":"${name}"`],
      },
    ],
    responsible: { object: scene.ref, path },
    cures: [...protocolCures(scene, what), ...targetCures(scene, what), ...nameThePort(scene, what)],
    symptoms: ["refused"],
    only: { port: port.port },
  });
}

/** What requests to this one port come to. */
function onePortWords(scene: Scene, { port, nodePort }: ServicePort): string {
  if (scene.ports.length === 1) return withoutEndpoints(scene);
  return W.refusesPort(scene.service.spec?.clusterIP, port, nodePort);
}

function clusterIPClaim({ service, ref, ports }: Scene): Claim[] {
  return [
    holdsValue(ref, ["spec", "clusterIP"], service.spec?.clusterIP),
    ...ports.map(({ nodePort }, at) => holdsValue(ref, ["spec", "ports", at, "nodePort"], nodePort)),
  ];
}

/** Pods that other pods stand in for: no request is sent to them. */
function someHaveIt(scene: Scene, what: Unresolved): Finding {
  const { port, index, name, without, pods } = what;
  const rest = pods.filter((pod) => !without.includes(pod));
  const serving = rest.filter(isPodReady).length;
  const declares = without.some((pod) => containerPorts(pod).length > 0);
  const names = without.map(({ metadata }) => metadata.name ?? "");
  return finding(scene, {
    about: String(index),
    class: "pods-without-the-port",
    severity: declares ? "warning" : "info",
    step: 3,
    title: W.someLack(without.length, names[0], name),
    explanation: `${W.someMatch(without.length, listed(names), scene.name, port.port, name)}: ${instead(what)}. ${W.someGet(without.length, serving)}`,
    claims: [
      ...claims(scene, what),
      {
        kind: "ready-among",
        pods: rest.map(({ metadata: { namespace = "", name: each = "" } }) => ({ namespace, name: each })),
        ready: serving,
      },
    ],
    evidence: [
      {
        command: `kubectl get endpointslices -l ${LabelServiceName}=${scene.ref.name}${inNamespace(scene.namespace)}`,
        shows: W.separateSlice,
        prints: ["<unset>"],
      },
    ],
    responsible: { object: scene.ref, path: ["spec", "selector"] },
    cures: narrowerSelector(scene, rest, without),
    symptoms: [],
    only: { port: port.port, pods: names },
  });
}

function wrongProtocol({ without, name }: Unresolved): boolean {
  return without.some((pod) => containerPorts(pod).some((each) => each.name === name));
}

/** The container port of that name is for another protocol: say so where it is declared. */
function protocolCures(scene: Scene, { without, name, protocol }: Unresolved): Cure[] {
  const [pod] = without;
  if (pod === undefined) return [];
  const workload = scene.survey.workloadOf(pod);
  return (pod.spec?.containers ?? []).flatMap(({ ports }, container) =>
    (ports ?? []).flatMap((each, at) =>
      each.name === name
        ? fieldEdit({ pod, workload }, W.declare(name, protocol), {
            op: "set",
            path: ["spec", "containers", container, "ports", at, "protocol"],
            value: protocol,
          })
        : [],
    ),
  );
}

/** The nearest name, other names, numbers: those on which a program listens. */
function targetCures(scene: Scene, { without, name, protocol, index }: Unresolved): Cure[] {
  const declared = without.flatMap(containerPorts).filter((each) => (each.protocol ?? "TCP") === protocol);
  const open = new Set(
    without
      .flatMap((pod) => scene.survey.listening(pod))
      .flatMap((each) => (each.protocol === protocol && !each.loopback ? each.port : [])),
  );
  const usable = declared.filter(({ containerPort }) => open.size === 0 || open.has(containerPort));
  const names = [...new Set(usable.flatMap((each) => each.name ?? []))].filter((each) => each !== name);
  const near = nearest(name, names);
  const numbers = [...new Set([...usable.map(({ containerPort }) => containerPort), ...open])];
  const values = [...(near === undefined ? [] : [near]), ...names.filter((each) => each !== near), ...numbers].slice(
    0,
    2,
  );
  const path = ["spec", "ports", index, "targetPort"];
  return values.map((value) =>
    edit(W.set(pathText(path), value), { object: scene.ref, changes: [{ op: "set", path, value }] }),
  );
}

function nameThePort(scene: Scene, { without, name, protocol }: Unresolved): Cure[] {
  const [pod] = without;
  if (pod === undefined) return [];
  const workload = scene.survey.workloadOf(pod);
  if (workload === undefined || workload.object.kind === "Pod") return [];
  const containers = pod.spec?.containers ?? [];
  const at = containers.findIndex(({ ports }) => (ports ?? []).length === 1);
  const only = containers[at]?.ports?.[0];
  if (only === undefined || only.name !== undefined || (only.protocol ?? "TCP") !== protocol) return [];
  const path = ["spec", "containers", at, "ports", 0, "name"];
  return fieldEdit({ pod, workload }, W.namePort(name), { op: "set", path, value: name });
}

function containerPorts(pod: Pod): readonly ContainerPort[] {
  const sidecars = (pod.spec?.initContainers ?? []).filter((each) => each.restartPolicy === "Always");
  return [...(pod.spec?.containers ?? []), ...sidecars].flatMap(({ ports }) => ports ?? []);
}

function portNamed(pod: Pod, name: string, protocol: string): ContainerPort | undefined {
  return containerPorts(pod).find((each) => each.name === name && (each.protocol ?? "TCP") === protocol);
}
