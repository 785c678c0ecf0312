// Pods that match and are not ready: no node, no image, a crash, a probe that fails, a hand that holds it down.
import { type Container, isPodReady, type Pod, portVariable } from "../../cluster/index.ts";
import type { Cure, Evidence, Finding, Responsible } from "../finding.ts";
import { type Check, edit, finding, livingPods, type Scene } from "../scene.ts";
import { counted, inNamespace, listed, refOf } from "../words.ts";
import type { Workload } from "../world.ts";
import { symptomsWithout, withoutEndpoints } from "./selector.ts";

/** Why a pod is not ready, and what is to be done. */
export interface Unready {
  readonly kind: string;
  /** The middle of a sentence: `its image … cannot be pulled`. */
  readonly why: string;
  readonly evidence: readonly Evidence[];
  readonly responsible: Responsible;
  readonly cures: readonly Cure[];
}

/** Spec: [DIAG-5]. */
export const readinessCheck: Check = (scene) => {
  if (scene.service.spec?.publishNotReadyAddresses === true) return [];
  const living = livingPods(scene);
  const unready = living.filter((pod) => !isPodReady(pod));
  if (unready.length === 0) return [];
  const groups = new Map<string, { reason: Unready; pods: Pod[] }>();
  for (const pod of unready) {
    const reason = whyUnready(scene, pod);
    const key = `${reason.kind} ${groupOf(scene, pod, reason)}`;
    const group = groups.get(key) ?? { reason, pods: [] };
    groups.set(key, group);
    group.pods.push(pod);
  }
  return [...groups].map(([key, group]) =>
    groupFinding(scene, { key, ...group, all: unready.length === living.length }),
  );
};

/** What makes one matter of several pods: their workload; for pods of nobody, what is said of them. */
function groupOf({ world }: Scene, pod: Pod, { kind, why }: Unready): string {
  const shared = kind === "unschedulable" || kind === "starting" || kind === "on-dead-node";
  const workload = world.workloadOf(pod);
  if (workload === undefined || workload.object === pod) return shared ? why : (pod.metadata.name ?? "");
  return `${workload.object.kind}/${workload.object.metadata.name}`;
}

function groupFinding(
  scene: Scene,
  { key, reason, pods, all }: { key: string; reason: Unready; pods: readonly Pod[]; all: boolean },
): Finding {
  const names = pods.map(({ metadata }) => metadata.name ?? "");
  const starting = reason.kind === "starting";
  const rest = all
    ? ` The EndpointSlice lists ${pods.length === 1 ? "the pod" : "the pods"} with ready: false, and no node's rules use ${pods.length === 1 ? "it" : "them"}. ${withoutEndpoints(scene)}`
    : " The other pods carry the traffic alone.";
  return finding(scene, {
    about: key,
    class: `pods-${reason.kind}`,
    severity: starting ? "info" : all ? "error" : "warning",
    step: 3,
    title: `${all ? "No pod is ready" : `${counted(pods.length, "pod")} not ready`}: ${reason.why}`,
    explanation: `${pods.length === 1 ? `Pod ${names[0]} matches` : `Pods ${listed(names)} match`} the selector of Service ${scene.name} but ${pods.length === 1 ? "is" : "are"} not ready: ${reason.why}.${rest}`,
    evidence: [
      { command: `kubectl get pods${inNamespace(scene.namespace)}`, shows: `READY 0/1${statusOf(pods[0])}` },
      ...reason.evidence,
    ],
    responsible: reason.responsible,
    cures: reason.cures,
    symptoms: all ? symptomsWithout(scene) : [],
    only: { pods: names },
  });
}

const waitingOf = (pod: Pod | undefined) =>
  pod?.status?.containerStatuses?.find((each) => each.state?.waiting !== undefined);

function statusOf(pod: Pod | undefined): string {
  const reason = waitingOf(pod)?.state?.waiting?.reason;
  return reason === undefined ? "" : `, STATUS ${reason}`;
}

/** Why one pod is not ready. */
export function whyUnready(scene: Pick<Scene, "world" | "namespace">, pod: Pod): Unready {
  const { world } = scene;
  const workload = world.workloadOf(pod);
  const about = { scene, pod, workload };
  return unscheduled(about) ?? deadNode(about) ?? waiting(about) ?? probing(about) ?? other(about);
}

interface About {
  readonly scene: Pick<Scene, "world" | "namespace">;
  readonly pod: Pod;
  readonly workload: Workload | undefined;
}

function describePod({ scene, pod }: About, shows: string): Evidence {
  return { command: `kubectl describe pod ${pod.metadata.name}${inNamespace(scene.namespace)}`, shows };
}

function fieldOf({ workload, pod }: About, ...path: readonly (string | number)[]): Responsible {
  if (workload === undefined) return { object: refOf(pod), path };
  return { object: refOf(workload.object), path: [...workload.templatePath, ...path] };
}

function unscheduled(about: About): Unready | undefined {
  const { pod, scene } = about;
  if (pod.spec?.nodeName !== undefined) return undefined;
  const message = pod.status?.conditions?.find(
    (each) => each.type === "PodScheduled" && each.status === "False",
  )?.message;
  if (message === undefined) return undefined;
  const cordoned = scene.world.nodes.filter(({ spec }) => spec?.unschedulable === true);
  return {
    kind: "unschedulable",
    why: `it fits on no node (${message.replace(/\.$/, "")})`,
    evidence: [describePod(about, "FailedScheduling among the events")],
    responsible: fieldOf(about, "spec"),
    cures: cordoned.map(({ metadata }) => ({
      label: `Uncordon ${metadata.name}`,
      remedy: { kind: "command", command: `kubectl uncordon ${metadata.name}` },
    })),
  };
}

function deadNode(about: About): Unready | undefined {
  const { pod, scene } = about;
  const node = pod.spec?.nodeName ?? "";
  if (scene.world.cluster.network.isOn(node)) return undefined;
  return {
    kind: "on-dead-node",
    why: `${node}, where it runs, has no power`,
    evidence: [{ command: "kubectl get nodes", shows: `${node} NotReady, as soon as it is noticed` }],
    responsible: {
      object: { apiVersion: "v1", kind: "Node", namespace: undefined, name: node },
      path: ["status", "conditions"],
    },
    cures: [
      {
        label: `Switch ${node} on`,
        remedy: {
          kind: "action",
          action: { kind: "node-power", name: node, on: true },
          command: `sim restore node/${node}`,
        },
      },
    ],
  };
}

function waiting(about: About): Unready | undefined {
  const { pod } = about;
  const status = waitingOf(pod);
  const { reason, message } = status?.state?.waiting ?? {};
  const at = pod.spec?.containers.findIndex(({ name }) => name === status?.name) ?? 0;
  const container = pod.spec?.containers[at];
  if (container === undefined || status === undefined) return undefined;
  if (reason === "ErrImagePull" || reason === "ImagePullBackOff" || reason === "InvalidImageName")
    return badImage(about, container, at);
  if (reason === "CrashLoopBackOff" || status.lastState?.terminated !== undefined)
    return crashing(about, container, at);
  if (reason === "CreateContainerConfigError")
    return {
      kind: "misconfigured",
      why: `its container ${container.name} cannot be made: ${message}`,
      evidence: [describePod(about, "Failed among the events")],
      responsible: fieldOf(about, "spec", "containers", at, "env"),
      cures: [],
    };
  return undefined;
}

function badImage(about: About, { image = "" }: Container, at: number): Unready {
  const short = image.replace(/^registry\.invalid\//, "");
  return {
    kind: "image-pull",
    why: `its image ${image} cannot be pulled`,
    evidence: [describePod(about, `Failed to pull image "${image}"`)],
    responsible: fieldOf(about, "spec", "containers", at, "image"),
    cures:
      short === image ? [] : [setField(about, `Set the image to ${short}`, ["spec", "containers", at, "image"], short)],
  };
}

function crashing(about: About, container: Container, at: number): Unready {
  const { pod, scene } = about;
  const status = pod.status?.containerStatuses?.find(({ name }) => name === container.name);
  const ended = status?.lastState?.terminated ?? status?.state?.terminated;
  const clash = clashingVariable(about, container);
  const words = [...(container.command ?? []), ...(container.args ?? [])].join(" ");
  const code = ended?.exitCode ?? 0;
  const common = {
    kind: clash === undefined ? "crashing" : "env-clash",
    evidence: [
      {
        command: `kubectl logs ${pod.metadata.name} --previous${inNamespace(scene.namespace)}`,
        shows: "its last words",
      },
      describePod(about, `Last State: Terminated, Exit Code: ${code}; BackOff`),
      ...(clash === undefined
        ? []
        : [
            {
              command: `kubectl exec ${pod.metadata.name}${inNamespace(scene.namespace)} -- env`,
              shows: `${clash.name}=${clash.value}`,
            },
          ]),
    ],
  };
  if (clash !== undefined)
    return {
      ...common,
      why: `its container ${container.name} takes ${clash.name} for its own port, but the kubelet sets ${clash.name}=${clash.value} for Service ${clash.service}, and it ends with code ${code}`,
      responsible: fieldOf(about, "spec", "enableServiceLinks"),
      cures: [setField(about, "Set enableServiceLinks to false", ["spec", "enableServiceLinks"], false)],
    };
  const field = container.command === undefined ? "args" : "command";
  const command = words === "" ? "it" : `its command ${JSON.stringify(words)}`;
  return {
    ...common,
    why: `container ${container.name} ends again and again (${counted(status?.restartCount ?? 0, "restart")}): ${command} ${ended === undefined ? "ends" : `ended with exit code ${code}`}`,
    responsible: fieldOf(about, "spec", "containers", at, ...(words === "" ? ["image"] : [field])),
    cures:
      words === "" || field === "args"
        ? []
        : [
            edit("Remove the command, so that the image's own program runs", {
              object: fieldOf(about).object,
              changes: [{ op: "remove", path: fieldOf(about, "spec", "containers", at, "command").path }],
            }),
          ],
  };
}

/** A variable that a Service of the namespace sets, where the program expects the number of its own port. Spec: [DIAG-5]. */
function clashingVariable({ scene, pod }: About, container: Container) {
  const name = portVariable(container.image);
  const isOwn = (container.env ?? []).some((each) => each.name === name);
  if (pod.spec?.enableServiceLinks === false || isOwn) return undefined;
  for (const { metadata, spec } of scene.world.services) {
    if (metadata.namespace !== scene.namespace || spec?.clusterIP === undefined || spec.clusterIP === "None") continue;
    const [port] = spec.ports ?? [];
    if (port === undefined || name !== `${(metadata.name ?? "").toUpperCase().replaceAll("-", "_")}_PORT`) continue;
    const value = `${(port.protocol ?? "TCP").toLowerCase()}://${spec.clusterIP}:${port.port}`;
    return { name, value, service: metadata.name };
  }
  return undefined;
}

function probing(about: About): Unready | undefined {
  const { pod } = about;
  const containers = pod.spec?.containers ?? [];
  const at = containers.findIndex(
    ({ name, readinessProbe, startupProbe }) =>
      (readinessProbe ?? startupProbe) !== undefined &&
      pod.status?.containerStatuses?.find((each) => each.name === name)?.ready !== true,
  );
  const container = containers[at];
  const running = pod.status?.containerStatuses?.find(({ name }) => name === container?.name)?.state?.running;
  if (container === undefined || running === undefined) return undefined;
  const field = container.readinessProbe === undefined ? "startupProbe" : "readinessProbe";
  const message = lastProbeFailure(about);
  if (message === undefined) return undefined;
  return {
    kind: "probe-fails",
    why: `its ${field} fails (${message})`,
    evidence: [describePod(about, `Unhealthy: Readiness probe failed: ${message}`)],
    responsible: fieldOf(about, "spec", "containers", at, field, ...probeField(container, field)),
    cures: probeCures(about, { container, at, field, message }),
  };
}

function probeField(container: Container, field: "readinessProbe" | "startupProbe"): string[] {
  const probe = container[field];
  if (probe?.httpGet !== undefined) return ["httpGet"];
  return probe?.tcpSocket === undefined ? [] : ["tcpSocket"];
}

function lastProbeFailure({ scene, pod }: About): string | undefined {
  const { message } = scene.world.lastUnhealthy(pod) ?? {};
  return message?.replace(/^\w+ probe failed: /, "");
}

function probeCures(
  about: About,
  {
    container,
    at,
    field,
    message,
  }: { container: Container; at: number; field: "readinessProbe" | "startupProbe"; message: string },
): Cure[] {
  const probe = container[field];
  const base = ["spec", "containers", at, field];
  const cures: Cure[] = [];
  if (probe?.httpGet !== undefined && /statuscode: 4\d\d/.test(message))
    cures.push(setField(about, `Let the ${field} ask for /`, [...base, "httpGet", "path"], "/"));
  const asks = probe?.httpGet?.port ?? probe?.tcpSocket?.port;
  const kind = probe?.httpGet === undefined ? "tcpSocket" : "httpGet";
  const open = about.scene.world.listening(about.pod).filter((each) => each.protocol === "TCP" && !each.loopback);
  if (asks !== undefined && /refused|couldn't find port/.test(message))
    for (const { port } of open.slice(0, 2))
      if (port !== asks)
        cures.push(setField(about, `Let the ${field} ask port ${port}`, [...base, kind, "port"], port));
  const { object } = fieldOf(about);
  cures.push(edit(`Remove the ${field}`, { object, changes: [{ op: "remove", path: fieldOf(about, ...base).path }] }));
  return cures;
}

function setField(about: About, label: string, path: readonly (string | number)[], value: unknown): Cure {
  const field = fieldOf(about, ...path);
  return edit(label, { object: field.object, changes: [{ op: "set", path: field.path, value }] });
}

function other(about: About): Unready {
  const { pod, scene } = about;
  const statuses = pod.status?.containerStatuses ?? [];
  const running = statuses.length > 0 && statuses.every(({ state }) => state?.running !== undefined);
  const gates = pod.spec?.readinessGates ?? [];
  if (running && gates.length > 0)
    return {
      kind: "readiness-gate",
      why: `nobody has set its readiness gate ${listed(gates.map((each) => each.conditionType))} to True`,
      evidence: [describePod(about, "Readiness Gates: False")],
      responsible: fieldOf(about, "spec", "readinessGates"),
      cures: [],
    };
  const { namespace = "default", name = "" } = pod.metadata;
  if (running)
    return {
      kind: "unready",
      why: scene.world.cluster.settings.probes
        ? "its containers run, and its readiness probe says no"
        : "its containers run, and it is held unready",
      evidence: [describePod(about, "Ready False")],
      responsible: { object: refOf(pod), path: ["status", "conditions"] },
      cures: [
        {
          label: `Let ${name} answer its readiness probe again`,
          remedy: {
            kind: "action",
            action: { kind: "readiness", namespace, name, ready: null },
            command: `sim restore pod/${name}${inNamespace(namespace)}`,
          },
        },
      ],
    };
  return {
    kind: "starting",
    why: `it is still starting (${pod.status?.phase ?? "Pending"})`,
    evidence: [describePod(about, "its events, as it starts")],
    responsible: { object: refOf(pod), path: ["status", "phase"] },
    cures: [],
  };
}
