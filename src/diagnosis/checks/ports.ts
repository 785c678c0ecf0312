// The target port: a number on which nothing listens, 127.0.0.1, a headless Service's port.
import { LabelServiceName, type Pod, pathText, type ServicePort } from "../../cluster/index.ts";
import { W } from "../../words/en/why-ports.ts";
import { type Claim, holdsValue, named } from "../claims.ts";
import type { Cure, Evidence, Finding } from "../finding.ts";
import { fieldEdit } from "../owned.ts";
import { type Check, edit, finding, portKey, readyEndpoints, type Scene } from "../scene.ts";
import type { Listening } from "../survey.ts";
import { counted, inNamespace, listed, refOf, refText } from "../words.ts";
import { bindCures, bindPlaces } from "./binding.ts";
import { podFaults, restore } from "./faults.ts";
import { isStranded } from "./gone.ts";
import { namedPort } from "./named-port.ts";

/** Each port of a Service, with what is behind it. Spec: [DIAG-6] [DIAG-7] [DIAG-8]. */
export const portsCheck: Check = (scene) => {
  if (scene.selector === undefined) return [];
  return scene.ports.flatMap((port, index) => [...namedPort(scene, port, index), ...answers(scene, port, index)]);
};

/** Each ready endpoint whose pod does not take what the Service sends it. */
function answers(scene: Scene, port: ServicePort, index: number): Finding[] {
  const deaf: Pod[] = [];
  const local: Pod[] = [];
  let number = 0;
  let total = 0;
  const protocol = port.protocol ?? "TCP";
  for (const { pod, ports } of readyEndpoints(scene)) {
    const target = scene.headless ? port.port : ports.get(portKey(port.name, port.protocol));
    if (pod === undefined || target === undefined || target === 0 || isStranded(scene.survey, pod)) continue;
    total++;
    const open = scene.survey.listening(pod).filter((each) => each.port === target && each.protocol === protocol);
    if (open.some(({ loopback }) => !loopback)) continue;
    number = target;
    if (open.length > 0) local.push(pod);
    else deaf.push(pod);
  }
  const what = { port, index, number, total };
  return [
    ...(local.length === 0 ? [] : [onLoopback(scene, { ...what, pods: local })]),
    ...(deaf.length === 0
      ? []
      : [
          isMapped(scene, port, deaf)
            ? headlessPort(scene, { ...what, pods: deaf })
            : nobodyListens(scene, { ...what, pods: deaf }),
        ]),
  ];
}

/** A headless Service whose pods listen where its targetPort says, which nothing applies. */
function isMapped(scene: Scene, { port, targetPort, protocol = "TCP" }: ServicePort, pods: readonly Pod[]): boolean {
  if (!scene.headless || targetPort === undefined || targetPort === port) return false;
  return openTo(openPorts(scene, pods), protocol).length > 0;
}

interface Unanswered {
  readonly port: ServicePort;
  readonly index: number;
  readonly pods: readonly Pod[];
  readonly number: number;
  readonly total: number;
}

const part = ({ pods, total }: Unanswered) =>
  pods.length === total ? "" : W.affects(pods.length, total, Math.round((100 * pods.length) / total));

function nobodyListens(scene: Scene, what: Unanswered): Finding {
  const { port, index, pods, number } = what;
  const protocol = port.protocol ?? "TCP";
  const [pod] = pods;
  const open = openPorts(scene, pods);
  const same = open.find((each) => each.port === number);
  const listens = whatListens(open, same, protocol);
  const path = ["spec", "ports", index, scene.headless ? "port" : "targetPort"];
  const forgot = port.targetPort === port.port && !scene.headless ? W.noTarget(port.port) : "";
  const leads = scene.headless
    ? W.headless(scene.name, number, number)
    : W.maps(port.port, scene.name, port.targetPort, typeof port.targetPort === "string" ? ` (${number})` : "");
  const values = [...new Set(openTo(open, protocol))].slice(0, 3);
  return finding(scene, {
    about: `${index}`,
    class: "nobody-listens",
    severity: pods.length === what.total ? "error" : "warning",
    step: 4,
    title: W.nobody(number, pods.length === 1 ? pod?.metadata.name : undefined),
    explanation: W.nobodyLong(leads, podWords(scene, pods), listens, part(what), forgot),
    claims: [
      ...portClaims(scene, what),
      ...pods.map((each) => listening(each, what, "nowhere")),
      ...openClaims(pods, open),
    ],
    evidence: podEvidence(scene, pod, { number, open, protocol }),
    responsible: { object: scene.ref, path },
    cures: [
      ...podFaults(scene.survey, pods).map(restore),
      ...(scene.headless ? headlessCures(scene, what, values) : targetCures(scene, index, values)),
      ...(open.length === 0 ? probeCures(scene, pods, number) : []),
    ],
    symptoms: ["refused"],
    only: { port: port.port, pods: pods.map(({ metadata }) => metadata.name ?? "") },
  });
}

/** The Service's own part in it, and its share of the endpoints. */
function portClaims(scene: Scene, { port, index, total }: Unanswered): Claim[] {
  const path = ["spec", "ports", index];
  return [
    holdsValue(scene.ref, [...path, "port"], port.port),
    holdsValue(scene.ref, [...path, "targetPort"], port.targetPort),
    {
      kind: "endpoints",
      service: named(scene.service),
      ready: total,
      port: { name: port.name ?? "", protocol: port.protocol ?? "TCP" },
    },
  ];
}

function listening(pod: Pod, { number, port }: Unanswered, at: "nowhere" | "loopback"): Claim {
  return { kind: "listens", pod: named(pod), port: number, protocol: port.protocol ?? "TCP", at };
}

/** What pods have open, pod by pod, as far as it is the same for all. */
function openClaims(pods: readonly Pod[], open: readonly Listening[]): Claim[] {
  const [pod] = pods;
  if (pod === undefined || pods.length > 1)
    return open.map((each) => ({ kind: "some-listen", pods: pods.map(named), ...each }));
  return open.map(({ port, protocol, loopback }) => ({
    kind: "listens",
    pod: named(pod),
    port,
    protocol,
    at: loopback ? "loopback" : "everywhere",
  }));
}

function onLoopback(scene: Scene, what: Unanswered): Finding {
  const { pods, number, port, index } = what;
  const [pod] = pods;
  const address = pod?.status?.podIP ?? "";
  const places = bindPlaces(pods.flatMap((each) => scene.survey.workloadOf(each) ?? []));
  const [place] = places;
  return finding(scene, {
    about: `${index}`,
    class: "listens-on-loopback",
    severity: pods.length === what.total ? "error" : "warning",
    step: 4,
    title: W.loopback(number),
    explanation: W.loopbackLong(port.port, scene.name, number, podWords(scene, pods), address, part(what)),
    claims: [
      ...portClaims(scene, what),
      ...pods.map((each) => listening(each, what, "loopback")),
      ...(pod === undefined ? [] : [holdsValue(refOf(pod), ["status", "podIP"], address)]),
    ],
    evidence: [
      refusedByPod(pod, number),
      ...(place === undefined
        ? []
        : [
            {
              command: `kubectl get ${place.workload.object.kind.toLowerCase()} ${place.workload.object.metadata.name}${inNamespace(scene.namespace)} -o yaml`,
              shows: W.whatBinds,
              prints: [place.word],
            },
          ]),
    ],
    responsible:
      place === undefined
        ? { object: refOf(pod ?? scene.service), path: ["spec", "containers"] }
        : { object: refOf(place.workload.object), path: [...place.workload.templatePath, ...place.path] },
    cures: [...podFaults(scene.survey, pods).map(restore), ...bindCures(pods, places)],
    symptoms: ["refused"],
    only: { port: port.port, pods: pods.map(({ metadata }) => metadata.name ?? "") },
  });
}

function headlessPort(scene: Scene, what: Unanswered): Finding {
  const { port, index, pods, number } = what;
  const [pod] = pods;
  const protocol = port.protocol ?? "TCP";
  const open = openPorts(scene, pods);
  const target = [...new Set(openTo(open, protocol))];
  const address = pod?.status?.podIP ?? "";
  return finding(scene, {
    about: `${index}`,
    class: "headless-port-not-mapped",
    severity: "warning",
    step: 4,
    title: W.notMapped(port.port, port.targetPort),
    explanation: W.notMappedLong(scene.name, scene.ref.name, number, port.targetPort, listed(target.map(String))),
    claims: [
      holdsValue(scene.ref, ["spec", "clusterIP"], "None"),
      ...portClaims(scene, what),
      ...pods.map((each) => listening(each, what, "nowhere")),
      ...openClaims(pods, open),
    ],
    evidence: [
      {
        command: `sim dns ${scene.ref.name}.${scene.namespace}.svc.cluster.local A`,
        shows: W.podAddresses,
        prints: [address],
      },
      refusedByPod(pod, number),
    ],
    responsible: { object: scene.ref, path: ["spec", "ports", index, "port"] },
    cures: headlessCures(scene, what, target),
    symptoms: ["refused"],
    only: { port: port.port },
  });
}

/** The port in a headless Service tells clients (SRV records, readers) where to go; each still names a port itself. */
function headlessCures(scene: Scene, { index }: Unanswered, [first]: readonly number[]): Cure[] {
  if (first === undefined) return [];
  const path = ["spec", "ports", index];
  return [
    {
      ...edit(W.setBoth(pathText([...path, "port"]), first), {
        object: scene.ref,
        changes: [
          { op: "set", path: [...path, "port"], value: first },
          { op: "set", path: [...path, "targetPort"], value: first },
        ],
      }),
      unfinished: true,
    },
  ];
}

function targetCures(scene: Scene, index: number, values: readonly (string | number)[]): Cure[] {
  const path = ["spec", "ports", index, "targetPort"];
  return values.map((value) =>
    edit(W.set(pathText(path), value), { object: scene.ref, changes: [{ op: "set", path, value }] }),
  );
}

/** A program that opens its port late is kept out until it has, by a readiness probe. */
function probeCures(scene: Scene, pods: readonly Pod[], port: number): Cure[] {
  const [pod] = pods;
  const workload = pod && scene.survey.workloadOf(pod);
  const [container] = workload?.template.spec?.containers ?? [];
  if (pod === undefined || workload?.object.kind === "Pod" || container?.readinessProbe !== undefined) return [];
  const path = ["spec", "containers", 0, "readinessProbe"];
  const value = { tcpSocket: { port }, periodSeconds: 2 };
  const label = W.addProbe;
  return fieldEdit({ pod, workload }, label, { op: "set", path, value }).map((cure) => ({ ...cure, unfinished: true }));
}

/** The pod's own answer, asked for from its node. */
function refusedByPod(pod: Pod | undefined, number: number): Evidence {
  return {
    command: `ssh ${pod?.spec?.nodeName} curl -sv ${pod?.status?.podIP}:${number}`,
    shows: W.itself,
    prints: [`${pod?.status?.podIP}`, "Failed to connect"],
  };
}

function podEvidence(
  scene: Scene,
  pod: Pod | undefined,
  {
    number,
    open,
    protocol,
  }: { readonly number: number; readonly open: readonly Listening[]; readonly protocol: string },
): Evidence[] {
  const [other] = scene.survey
    .listening(pod ?? { apiVersion: "v1", kind: "Pod", metadata: {} })
    .filter(({ loopback, protocol }) => !loopback && protocol === "TCP");
  void open;
  return [
    ...(protocol === "TCP" ? [refusedByPod(pod, number)] : []),
    ...(other === undefined || pod === undefined
      ? []
      : [
          {
            command: `ssh ${pod.spec?.nodeName} curl -s -o /dev/null -w '%{http_code}' ${pod.status?.podIP}:${other.port}`,
            shows: W.answerFrom(other.port),
            prints: [""],
          },
        ]),
    {
      command: `kubectl get endpointslices -l ${LabelServiceName}=${scene.ref.name}${inNamespace(scene.namespace)} -o jsonpath={.items[*].endpoints[*].addresses}`,
      shows: W.endpointsExist,
      prints: [pod?.status?.podIP ?? ""],
    },
  ];
}

/** What a program has open to others, each once. */
function openPorts({ survey }: Scene, pods: readonly Pod[]): readonly Listening[] {
  const found = new Map(
    pods
      .flatMap((pod) => survey.listening(pod))
      .map((each) => [`${each.port}/${each.protocol}/${each.loopback}`, each]),
  );
  return [...found.values()];
}

function openTo(open: readonly Listening[], protocol: string): number[] {
  return open.filter((each) => !each.loopback && each.protocol === protocol).map(({ port }) => port);
}

function whatListens(open: readonly Listening[], same: Listening | undefined, protocol: string): string {
  if (same !== undefined) return W.otherProtocol(same.port, same.protocol, protocol);
  if (open.length === 0) return W.noPorts;
  const texts = open.map(
    (each) =>
      `${each.loopback ? "127.0.0.1:" : ""}${each.port}${each.protocol === "TCP" ? "" : `/${each.protocol}`}${each.assumed ? " (assumed)" : ""}`,
  );
  return W.listensOn(listed(texts));
}

function podWords(scene: Scene, pods: readonly Pod[]): string {
  const owners = [...new Set(pods.flatMap((pod) => scene.survey.workloadOf(pod) ?? []))];
  if (pods.length === 1) return W.pod(pods[0]?.metadata.name);
  const names = owners.map(({ object }) => refText(refOf(object)));
  return names.length === 1 ? W.podsOf(names[0]) : counted(pods.length, "pod");
}
