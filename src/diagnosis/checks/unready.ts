// Why one pod is not ready: no node, no image, a crash, an init container, a probe, an override.
import { type FieldPath, own, type Pod } from "../../cluster/index.ts";
import { W } from "../../words/en/why-pods.ts";
import { type Claim, named } from "../claims.ts";
import type { Cure } from "../finding.ts";
import { fieldEdit } from "../owned.ts";
import type { Scene } from "../scene.ts";
import { inNamespace, labelText, listed, refOf } from "../words.ts";
import { type About, describePod, fieldOf, podHolds, type Unready } from "./about.ts";
import { commandOf, waiting, waitingContainer } from "./crash.ts";
import { isStranded } from "./gone.ts";
import { probing } from "./probing.ts";

/** Why one pod is not ready. */
export function whyUnready(scene: Pick<Scene, "survey" | "namespace">, pod: Pod): Unready {
  const about = { scene, pod, workload: scene.survey.workloadOf(pod) };
  return (
    unscheduled(about) ??
    deadNode(about) ??
    held(about) ??
    initializing(about) ??
    waiting(about) ??
    probing(about) ??
    gated(about) ??
    stuck(about)
  );
}

function unscheduled(about: About): Unready | undefined {
  const { pod, scene } = about;
  if (pod.spec?.nodeName !== undefined) return undefined;
  const at = pod.status?.conditions?.findIndex((each) => each.type === "PodScheduled" && each.status === "False") ?? -1;
  const message = pod.status?.conditions?.[at]?.message;
  const gates = pod.spec?.schedulingGates ?? [];
  if (message === undefined) return scheduler(about) ?? undefined;
  const cordoned = scene.survey.nodes.filter(({ spec }) => spec?.unschedulable === true);
  const selector = pod.spec?.nodeSelector;
  return {
    kind: "unschedulable",
    why: W.fitsNowhere(message.replace(/\.$/, "")),
    claims: [podHolds(about, ["status", "conditions", at, "message"], message)],
    evidence: [
      describePod(
        about,
        gates.length === 0 ? W.schedulingEvents : W.itsConditions,
        gates.length === 0 ? ["FailedScheduling"] : ["PodScheduled"],
      ),
    ],
    responsible: fieldOf(about, "spec", ...(selector === undefined ? [] : ["nodeSelector"])),
    cures: [
      ...(selector === undefined || !/selector/.test(message)
        ? []
        : fieldEdit(about, W.removeNodeSelector(labelText(selector)), {
            op: "remove",
            path: ["spec", "nodeSelector"],
          })),
      ...tooMuch(about, message),
      ...(/unschedulable/.test(message) ? cordoned : []).map(
        ({ metadata }): Cure => ({
          label: W.uncordon(metadata.name),
          remedy: { kind: "command", command: `kubectl uncordon ${metadata.name}` },
        }),
      ),
    ],
  };
}

/** A pod for a scheduler that does not run here. */
function scheduler(about: About): Unready | undefined {
  const name = about.pod.spec?.schedulerName ?? "default-scheduler";
  if (name === "default-scheduler") return undefined;
  return {
    kind: "unschedulable",
    why: W.noScheduler(name),
    claims: [podHolds(about, ["spec", "schedulerName"], name)],
    evidence: [describePod(about, "Node: <none>", ["<none>"])],
    responsible: fieldOf(about, "spec", "schedulerName"),
    cures: fieldEdit(about, W.defaultScheduler, { op: "remove", path: ["spec", "schedulerName"] }),
  };
}

/** Requests that no node can meet. */
function tooMuch(about: About, message: string): Cure[] {
  const short = /Insufficient (cpu|memory)/.exec(message)?.[1];
  if (short === undefined) return [];
  return (about.pod.spec?.containers ?? []).flatMap(({ name, resources }, at) =>
    own(resources?.requests, short) === undefined
      ? []
      : fieldEdit(about, W.removeRequest(short, name), {
          op: "remove",
          path: ["spec", "containers", at, "resources"],
        }),
  );
}

/** Its node is gone for good; the pod is removed soon. */
function strandedPod(about: About, node: string): Unready {
  const { namespace, name = "" } = about.pod.metadata;
  return {
    kind: "on-gone-node",
    why: W.nodeLeft(node),
    claims: [podHolds(about, ["spec", "nodeName"], node), { kind: "power", node, on: false }],
    evidence: [{ command: "kubectl get nodes", shows: W.noNode(node), prints: ["NAME"], lacks: [node] }],
    responsible: { object: refOf(about.pod), path: ["spec", "nodeName"] },
    cures: [
      {
        label: W.deleteNow(name),
        remedy: {
          kind: "command",
          command: `kubectl delete pod ${name} --force --grace-period=0${inNamespace(namespace)}`,
        },
      },
    ],
  };
}

function deadNode(about: About): Unready | undefined {
  const { pod, scene } = about;
  const node = pod.spec?.nodeName;
  if (node === undefined || scene.survey.world.network.isOn(node)) return undefined;
  if (isStranded(scene.survey, pod)) return strandedPod(about, node);
  return {
    kind: "on-dead-node",
    why: W.noPower(node),
    claims: [podHolds(about, ["spec", "nodeName"], node), { kind: "power", node, on: false }],
    evidence: [{ command: "kubectl get nodes", shows: W.notReadyLater(node), prints: [node] }],
    responsible: {
      object: { apiVersion: "v1", kind: "Node", namespace: undefined, name: node },
      path: ["status", "conditions"],
    },
    cures: [
      {
        label: W.switchOn(node),
        remedy: {
          kind: "action",
          action: { kind: "restore", id: `node/${node}` },
          command: `sim restore node/${node}`,
        },
      },
    ],
  };
}

/** Someone said so: whatever the probes find does not count. */
function held(about: About): Unready | undefined {
  const { pod, scene } = about;
  const { namespace = "default", name = "" } = pod.metadata;
  const active = scene.survey.world.faults
    .list()
    .find(
      ({ fault }) => fault.kind === "readiness" && !fault.ready && fault.pod === name && fault.namespace === namespace,
    );
  const runs = (pod.status?.containerStatuses ?? []).some(({ state }) => state?.running !== undefined);
  if (active === undefined || !runs) return undefined;
  return {
    kind: "unready",
    why: W.overridden,
    claims: [{ kind: "fault", id: active.id }],
    evidence: [
      { command: "sim faults", shows: W.brokenOnPurpose, prints: [name] },
      describePod(about, "Ready False", ["Ready", "False"]),
    ],
    responsible: { object: refOf(pod), path: ["status", "conditions"] },
    cures: [
      {
        label: W.probeAgain(name),
        remedy: {
          kind: "action",
          action: { kind: "restore", id: active.id },
          command: `sim restore pod/${name}${inNamespace(namespace)}`,
        },
      },
    ],
  };
}

/** Init containers run one by one, each to its end, before anything else of the pod starts. */
function initializing(about: About): Unready | undefined {
  const { pod } = about;
  const statuses = pod.status?.initContainerStatuses ?? [];
  const at = statuses.findIndex(({ state, ready }) => !ready && state?.terminated?.exitCode !== 0);
  const status = statuses[at];
  const container = pod.spec?.initContainers?.[at];
  if (status === undefined || container === undefined) return undefined;
  const begun = pod.status?.containerStatuses?.some(({ state }) => state?.running !== undefined);
  if (begun === true && container.restartPolicy === "Always") return undefined;
  const { running } = status.state ?? {};
  const field: FieldPath = ["spec", "initContainers", at];
  if (running === undefined) return waitingContainer(about, { status, container, field });
  const words = commandOf(container);
  return {
    kind: "init",
    why: W.initRuns(container.name, words === "" ? "" : ` (${JSON.stringify(words)})`),
    claims: [
      podHolds(about, ["status", "initContainerStatuses", at, "state", "running"], running),
      podHolds(about, [...field, "command"], container.command),
      podHolds(about, [...field, "args"], container.args),
    ],
    evidence: [
      describePod(about, "Init Containers: State: Running", ["Init Containers:", "Running", "PodInitializing"]),
    ],
    responsible: fieldOf(
      about,
      ...field,
      words === "" ? "image" : container.command === undefined ? "args" : "command",
    ),
    cures: fieldEdit(about, W.removeInit(container.name), { op: "remove", path: field }),
  };
}

function gated(about: About): Unready | undefined {
  const { pod } = about;
  const missing = (pod.spec?.readinessGates ?? []).filter(
    ({ conditionType }) =>
      pod.status?.conditions?.some((each) => each.type === conditionType && each.status === "True") !== true,
  );
  const statuses = pod.status?.containerStatuses ?? [];
  if (missing.length === 0 || statuses.length === 0 || !statuses.every(({ ready }) => ready)) return undefined;
  const names = missing.map((each) => each.conditionType);
  return {
    kind: "readiness-gate",
    why: W.gates(names.length, listed(names)),
    claims: [podHolds(about, ["spec", "readinessGates"], pod.spec?.readinessGates)],
    evidence: [describePod(about, "Readiness Gates", ["Readiness Gates:", ...names])],
    responsible: fieldOf(about, "spec", "readinessGates"),
    cures: [],
  };
}

/** After this much time a pod that is neither ready nor has a reason is not merely starting. */
const PATIENCE_MS = 60_000;

/** Nothing else is known: what its status says, and for how long. */
function stuck(about: About): Unready {
  const { pod, scene } = about;
  const phase = pod.status?.phase ?? "Pending";
  const age = scene.survey.since(pod.metadata.creationTimestamp);
  const warning = scene.survey.lastWarning(pod);
  const waitingFor = pod.status?.containerStatuses?.find(({ state }) => state?.waiting !== undefined)?.state?.waiting
    ?.reason;
  const told = warning ?? (waitingFor === undefined ? undefined : W.waiting(waitingFor));
  const young = age < PATIENCE_MS;
  const shows = { responsible: { object: refOf(pod), path: ["status", "phase"] }, cures: [] };
  const claims: Claim[] = [
    podHolds(about, ["status", "phase"], pod.status?.phase),
    ...(warning === undefined ? [] : [{ kind: "event" as const, object: named(pod), reason: "", message: warning }]),
  ];
  const evidence = [describePod(about, W.stateAndEvents, ["Status:", "Events:"])];
  if (young && warning === undefined) return { ...shows, claims, evidence, kind: "starting", why: W.starting(phase) };
  const seconds = Math.round(age / 1000);
  return {
    ...shows,
    claims,
    evidence,
    kind: "stuck",
    why: W.been(phase, seconds, told?.replace(/\.$/, "")),
  };
}
