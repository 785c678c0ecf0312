// The target port: a name that no pod knows, a number on which nobody listens, 127.0.0.1, a headless Service's port.
import type { Container, Pod, ServicePort } from "../../cluster/index.ts";
import type { Cure, Finding } from "../finding.ts";
import { type Check, edit, finding, portKey, readyEndpoints, readyPods, type Scene } from "../scene.ts";
import { counted, inNamespace, listed, nearest, pathText, refOf, refText } from "../words.ts";
import type { Listening, Workload } from "../world.ts";
import { podFaults, restore } from "./faults.ts";
import { withoutEndpoints } from "./selector.ts";

/** Each port of a Service, with what stands behind it. Spec: [DIAG-6] [DIAG-7] [DIAG-8]. */
export const portsCheck: Check = (scene) => {
  if (scene.selector === undefined) return [];
  return scene.ports.flatMap((port, index) => [...namedPort(scene, port, index), ...answers(scene, port, index)]);
};

function namedPort(scene: Scene, port: ServicePort, index: number): Finding[] {
  const { targetPort } = port;
  if (typeof targetPort !== "string" || scene.pods.length === 0) return [];
  const protocol = port.protocol ?? "TCP";
  const without = scene.pods.filter((pod) => portNamed(pod, targetPort, protocol) === undefined);
  if (without.length === 0) return [];
  const all = without.length === scene.pods.length;
  const declared = scene.pods.flatMap(containerPorts);
  const otherProtocol = declared.find((each) => each.name === targetPort);
  const names = [...new Set(declared.flatMap(({ name }) => name ?? []))];
  const has =
    otherProtocol === undefined
      ? names.length === 0
        ? `their container ports (${listed(numbersOf(declared))}) have no names`
        : `their ports are called ${listed(names)}`
      : `${targetPort} is a port for ${otherProtocol.protocol ?? "TCP"} there, and the Service asks for ${protocol}`;
  const path = ["spec", "ports", index, "targetPort"];
  return [
    finding(scene, {
      about: String(index),
      class: "named-port-unresolved",
      severity: all ? "error" : "warning",
      step: 3,
      title: `No container port of the pods is named ${targetPort}`,
      explanation:
        `Port ${port.port} of Service ${scene.name} leads to the container port named ${targetPort}, and ${all ? "no pod behind it has" : `${counted(without.length, "pod")} of ${scene.pods.length} have no`} ${all ? "one of that name" : "port of that name"}: ${has}. So the EndpointSlice lists ${all ? "the pods" : "those pods"} without a port. ${all ? withoutEndpoints(scene) : ""}`.trim(),
      evidence: [
        {
          command: `kubectl get endpointslices -l kubernetes.io/service-name=${scene.ref.name}${inNamespace(scene.namespace)}`,
          shows: "PORTS <unset>, although ENDPOINTS lists addresses",
        },
        {
          command: `kubectl describe service ${scene.ref.name}${inNamespace(scene.namespace)}`,
          shows: "addresses without a port",
        },
      ],
      responsible: { object: scene.ref, path },
      cures: [...targetCures(scene, index, namesFirst(targetPort, declared)), ...nameThePort(scene, targetPort)],
      symptoms: ["refused"],
      only: { port: port.port },
    }),
  ];
}

/** The likeliest values for a target port: the nearest name, other names, numbers. */
function namesFirst(wrong: string, declared: readonly ContainerPort[]): readonly (string | number)[] {
  const names = [...new Set(declared.flatMap(({ name }) => name ?? []))];
  const near = nearest(wrong, names);
  const numbers = [...new Set(declared.map(({ containerPort }) => containerPort))];
  return [...(near === undefined ? [] : [near]), ...names.filter((each) => each !== near), ...numbers].slice(0, 2);
}

function nameThePort(scene: Scene, name: string): Cure[] {
  const workload = workloadsOf(scene)[0];
  if (workload === undefined || workload.object.kind === "Pod") return [];
  const containers = workload.template.spec?.containers ?? [];
  const at = containers.findIndex(({ ports }) => (ports ?? []).length === 1);
  if (at < 0 || containers[at]?.ports?.[0]?.name !== undefined) return [];
  const path = [...workload.templatePath, "spec", "containers", at, "ports", 0, "name"];
  return [
    edit(`Name the container port ${name}`, {
      object: refOf(workload.object),
      changes: [{ op: "set", path, value: name }],
    }),
  ];
}

function answers(scene: Scene, port: ServicePort, index: number): Finding[] {
  const deaf: Pod[] = [];
  const local: Pod[] = [];
  let number = 0;
  const protocol = port.protocol ?? "TCP";
  const endpoints = readyEndpoints(scene);
  for (const { pod, ports } of endpoints) {
    const target = scene.headless ? port.port : ports.get(portKey(port.name, port.protocol));
    if (pod === undefined || target === undefined || target === 0) continue;
    const open = scene.world.listening(pod).filter((each) => each.port === target && each.protocol === protocol);
    if (open.some(({ loopback }) => !loopback)) continue;
    number = target;
    if (open.length > 0) local.push(pod);
    else deaf.push(pod);
  }
  const total = endpoints.length;
  return [
    ...(local.length === 0 ? [] : [onLoopback(scene, { port, index, pods: local, number, total })]),
    ...(deaf.length === 0
      ? []
      : [
          scene.headless
            ? headlessPort(scene, { port, index, pods: deaf, number, total })
            : nobodyListens(scene, { port, index, pods: deaf, number, total }),
        ]),
  ];
}

interface Unanswered {
  readonly port: ServicePort;
  readonly index: number;
  readonly pods: readonly Pod[];
  readonly number: number;
  readonly total: number;
}

const part = ({ pods, total }: Unanswered) =>
  pods.length === total
    ? ""
    : ` That is so for ${pods.length} of its ${total} ready endpoints, so about ${Math.round((100 * pods.length) / total)} % of the requests fail.`;

function nobodyListens(scene: Scene, what: Unanswered): Finding {
  const { port, index, pods, number } = what;
  const protocol = port.protocol ?? "TCP";
  const [pod] = pods;
  const open = openPorts(scene, pods);
  const same = open.find((each) => each.port === number);
  const listens = whatListens(open, same, protocol);
  const forgot =
    port.targetPort === port.port ? ` A targetPort that is left out is the Service's own port, ${port.port}.` : "";
  return finding(scene, {
    about: `${index}`,
    class: "nobody-listens",
    severity: pods.length === what.total ? "error" : "warning",
    step: 4,
    title: `Nobody listens on port ${number} of ${pods.length === 1 ? `pod ${pod?.metadata.name}` : "the pods"}`,
    explanation: `Port ${port.port} of Service ${scene.name} leads to targetPort ${port.targetPort}${typeof port.targetPort === "string" ? ` (${number})` : ""}, where no program of ${podWords(scene, pods)} listens: ${listens}. The endpoints are there and ready, but each pod refuses the connection itself.${part(what)}${forgot}`,
    evidence: podEvidence(scene, pod, number, listens),
    responsible: { object: scene.ref, path: ["spec", "ports", index, "targetPort"] },
    cures: [
      ...podFaults(scene.world, pods).map(restore),
      ...targetCures(scene, index, [...new Set(openTo(open, protocol))].slice(0, 3)),
      ...(open.length === 0 ? probeCures(scene, pods, number) : []),
    ],
    symptoms: ["refused"],
    only: { port: port.port, pods: pods.map(({ metadata }) => metadata.name ?? "") },
  });
}

function onLoopback(scene: Scene, what: Unanswered): Finding {
  const { pods, number, port, index } = what;
  const [pod] = pods;
  const name = pod?.metadata.name ?? "";
  return finding(scene, {
    about: `${index}`,
    class: "listens-on-loopback",
    severity: pods.length === what.total ? "error" : "warning",
    step: 4,
    title: `The program listens on 127.0.0.1:${number} only`,
    explanation: `Port ${port.port} of Service ${scene.name} leads to port ${number} of ${podWords(scene, pods)}. The program there is bound to 127.0.0.1:${number}, which nothing outside the pod can reach, so the pod refuses every connection to its own address ${pod?.status?.podIP}. Inside the pod, and through kubectl port-forward, it answers, because both come in by 127.0.0.1.${part(what)}`,
    evidence: [
      {
        command: `kubectl exec ${name}${inNamespace(scene.namespace)} -- ss -ltn`,
        shows: `127.0.0.1:${number} instead of 0.0.0.0:${number}`,
      },
      {
        command: `kubectl exec ${name}${inNamespace(scene.namespace)} -- curl -s localhost:${number}`,
        shows: "it answers",
      },
      { command: `ssh ${pod?.spec?.nodeName} curl -sv ${pod?.status?.podIP}:${number}`, shows: "Connection refused" },
    ],
    responsible: loopbackField(scene, pods) ?? { object: refOf(pod ?? scene.service), path: ["spec", "containers"] },
    cures: [...podFaults(scene.world, pods).map(restore), ...bindCures(scene, pods)],
    symptoms: ["refused"],
    only: { port: port.port, pods: pods.map(({ metadata }) => metadata.name ?? "") },
  });
}

function headlessPort(scene: Scene, what: Unanswered): Finding {
  const { port, index, pods, number } = what;
  const [pod] = pods;
  const target = [...new Set(openTo(openPorts(scene, pods), port.protocol ?? "TCP"))];
  const [first] = target;
  return finding(scene, {
    about: `${index}`,
    class: "headless-port-not-mapped",
    severity: "warning",
    step: 4,
    title: `A headless Service does not turn port ${port.port} into ${port.targetPort}`,
    explanation: `Service ${scene.name} is headless (clusterIP: None): its name resolves to the pods' own addresses, and no rule rewrites a port. A client that calls ${scene.ref.name}:${number} reaches port ${number} of a pod, where nobody listens; targetPort ${port.targetPort} is not applied. The pods listen on ${target.length === 0 ? "no port" : listed(target.map(String))}.`,
    evidence: [
      {
        command: `sim dns ${scene.ref.name}.${scene.namespace}.svc.cluster.local A`,
        shows: "the pods' addresses, not a ClusterIP",
      },
      ...podEvidence(scene, pod, number, "").slice(0, 1),
    ],
    responsible: { object: scene.ref, path: ["spec", "ports", index, "port"] },
    cures:
      first === undefined
        ? []
        : [
            edit(`Set ${pathText(["spec", "ports", index, "port"])} to ${first}`, {
              object: scene.ref,
              changes: [{ op: "set", path: ["spec", "ports", index, "port"], value: first }],
            }),
          ],
    symptoms: ["refused"],
    only: { port: port.port },
  });
}

function targetCures(scene: Scene, index: number, values: readonly (string | number)[]): Cure[] {
  const path = ["spec", "ports", index, "targetPort"];
  return values.map((value) =>
    edit(`Set ${pathText(path)} to ${value}`, { object: scene.ref, changes: [{ op: "set", path, value }] }),
  );
}

/** A program that opens its port late is kept out until it has, by a readiness probe. */
function probeCures(scene: Scene, pods: readonly Pod[], port: number): Cure[] {
  const workload = pods[0] && scene.world.workloadOf(pods[0]);
  const [container] = workload?.template.spec?.containers ?? [];
  if (workload === undefined || workload.object.kind === "Pod" || container?.readinessProbe !== undefined) return [];
  const path = [...workload.templatePath, "spec", "containers", 0, "readinessProbe"];
  const value = { tcpSocket: { port }, periodSeconds: 2 };
  return [
    edit("Add a readiness probe, so that pods count only once they listen", {
      object: refOf(workload.object),
      changes: [{ op: "set", path, value }],
    }),
  ];
}

/** The words on a command line, or the annotation, that tie a program to 127.0.0.1. */
const LOCAL = /(?:127\.0\.0\.1|localhost)/;
const BIND = "podpath.dev/bind";

function loopbackField(scene: Scene, pods: readonly Pod[]): Finding["responsible"] | undefined {
  const place = bindPlaces(scene, pods)[0];
  return place === undefined ? undefined : { object: refOf(place.workload.object), path: place.path };
}

function bindCures(scene: Scene, pods: readonly Pod[]): Cure[] {
  return bindPlaces(scene, pods).map(({ workload, path, value }) =>
    value === undefined
      ? edit(`Remove the annotation ${BIND}`, { object: refOf(workload.object), changes: [{ op: "remove", path }] })
      : edit(`Let it listen on every address: ${value}`, {
          object: refOf(workload.object),
          changes: [{ op: "set", path, value }],
        }),
  );
}

function bindPlaces(scene: Scene, pods: readonly Pod[]) {
  const workloads = [...new Set(pods.flatMap((pod) => scene.world.workloadOf(pod) ?? []))];
  return workloads.flatMap((workload) => {
    const { template, templatePath } = workload;
    const places: { workload: Workload; path: (string | number)[]; value: string | undefined }[] = [];
    if (template.metadata?.annotations?.[BIND] !== undefined)
      places.push({ workload, path: [...templatePath, "metadata", "annotations", BIND], value: undefined });
    (template.spec?.containers ?? []).forEach((container: Container, at) => {
      for (const field of ["command", "args"] as const)
        (container[field] ?? []).forEach((word, index) => {
          if (LOCAL.test(word))
            places.push({
              workload,
              path: [...templatePath, "spec", "containers", at, field, index],
              value: word.replace(LOCAL, "0.0.0.0"),
            });
        });
    });
    return places;
  });
}

function podEvidence(scene: Scene, pod: Pod | undefined, number: number, shows: string) {
  const name = pod?.metadata.name ?? "";
  return [
    {
      command: `ssh ${pod?.spec?.nodeName} curl -sv ${pod?.status?.podIP}:${number}`,
      shows: "Connection refused by the pod itself",
    },
    { command: `kubectl exec ${name}${inNamespace(scene.namespace)} -- ss -ltn`, shows },
    {
      command: `kubectl get endpoints ${scene.ref.name}${inNamespace(scene.namespace)}`,
      shows: `endpoints with :${number}, so the selector is right`,
    },
  ];
}

interface ContainerPort {
  readonly name?: string | undefined;
  readonly protocol?: string | undefined;
  readonly containerPort: number;
}

function containerPorts(pod: Pod): readonly ContainerPort[] {
  const sidecars = (pod.spec?.initContainers ?? []).filter((each) => each.restartPolicy === "Always");
  return [...(pod.spec?.containers ?? []), ...sidecars].flatMap(({ ports }) => ports ?? []);
}

function portNamed(pod: Pod, name: string, protocol: string): ContainerPort | undefined {
  return containerPorts(pod).find((each) => each.name === name && (each.protocol ?? "TCP") === protocol);
}

const numbersOf = (ports: readonly ContainerPort[]) => [...new Set(ports.map((each) => String(each.containerPort)))];

/** What a program has open to others, each once. */
function openPorts({ world }: Scene, pods: readonly Pod[]): readonly Listening[] {
  const found = new Map(
    pods.flatMap((pod) => world.listening(pod)).map((each) => [`${each.port}/${each.protocol}/${each.loopback}`, each]),
  );
  return [...found.values()];
}

function openTo(open: readonly Listening[], protocol: string): number[] {
  return open.filter((each) => !each.loopback && each.protocol === protocol).map(({ port }) => port);
}

function whatListens(open: readonly Listening[], same: Listening | undefined, protocol: string): string {
  if (same !== undefined) return `port ${same.port} is open for ${same.protocol}, and the Service sends ${protocol}`;
  if (open.length === 0) return "no port is open there at all";
  const texts = open.map(
    (each) => `${each.loopback ? "127.0.0.1:" : ""}${each.port}${each.protocol === "TCP" ? "" : `/${each.protocol}`}`,
  );
  return `it listens on ${listed(texts)}`;
}

function podWords(scene: Scene, pods: readonly Pod[]): string {
  const owners = [...new Set(pods.flatMap((pod) => scene.world.workloadOf(pod) ?? []))];
  if (pods.length === 1) return `pod ${pods[0]?.metadata.name}`;
  const names = owners.map(({ object }) => refText(refOf(object)));
  return names.length === 1 ? `the pods of ${names[0]}` : counted(pods.length, "pod");
}

function workloadsOf(scene: Scene): readonly Workload[] {
  return [...new Set(readyPods(scene).flatMap((pod) => scene.world.workloadOf(pod) ?? []))];
}
