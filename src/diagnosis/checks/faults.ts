// What someone broke on purpose, and is not an object: each with its undoing.
import { type ActiveFault, describeFault, type Fault, type ObjectRef, type Pod } from "../../cluster/index.ts";
import { W } from "../../words/en/why-outside.ts";
import type { Claim } from "../claims.ts";
import type { Cure, Evidence, FailureClass, Finding } from "../finding.ts";
import type { Survey } from "../survey.ts";
import { inNamespace, listed } from "../words.ts";

/** The undoing of a fault. */
export function restore({ id, fault }: ActiveFault): Cure {
  if (fault.kind === "slow-start" && fault.resource !== "pods") {
    const kind = fault.resource.replace(/s\.apps$/, "");
    const again = `kubectl rollout restart ${kind} ${fault.name}${inNamespace(fault.namespace)}`;
    const command = `sim restore ${id} && ${again}`;
    return { label: W.inNewPods(restoreLabel(fault)), remedy: { kind: "command", command } };
  }
  return {
    label: restoreLabel(fault),
    remedy: { kind: "action", action: { kind: "restore", id }, command: `sim restore ${id}` },
  };
}

function restoreLabel(fault: Fault): string {
  switch (fault.kind) {
    case "kube-proxy":
      return W.startProxy(fault.node);
    case "kubelet":
      return W.startKubelet(fault.node);
    case "node-power":
      return W.switchOn(fault.node);
    case "cordon":
      return W.uncordon(fault.node);
    case "coredns":
      return W.startDns;
    case "firewall":
      return W.openFirewall;
    case "no-route":
      return W.restoreRoute(fault.client);
    case "pod-network":
      return W.repairNetwork(listed(fault.between));
    case "link":
      return W.repairLink(listed(fault.between));
    case "readiness":
      return W.returnReadiness(fault.pod);
    case "listen":
      return W.restorePort(fault.pod);
    case "slow-start":
      return W.restoreStart(fault.name);
    case "slow-shutdown":
      return W.restoreStop(fault.name);
  }
}

/** Spec: [DIAG-17]. Power and readiness are reported with the Services that they hurt. */
export function faultFindings(survey: Survey): readonly Finding[] {
  return survey.world.faults.list().flatMap((active) => {
    const told = toldOf(survey, active.fault);
    return told === undefined ? [] : [faultFinding(active, told)];
  });
}

interface Told {
  readonly object: ObjectRef;
  readonly severity: Finding["severity"];
  readonly step: Finding["step"];
  readonly more: string;
  readonly evidence: readonly Evidence[];
  readonly symptoms: readonly FailureClass[];
  readonly claims?: readonly Claim[];
}

function faultFinding(active: ActiveFault, { object, more, ...told }: Told): Finding {
  const sentence = describeFault(active.fault);
  return {
    id: `fault ${active.id}`,
    class: `fault-${active.fault.kind}`,
    service: object,
    title: sentence.replace(/[.:].*$/, ""),
    explanation: `${sentence} ${more}`,
    responsible: { object, path: [] },
    cures: [restore(active)],
    ...told,
    claims: [{ kind: "fault", id: active.id }, ...(told.claims ?? [])],
  };
}

function portRange({ world }: Survey): string {
  const { from, to } = world.settings.nodePortRange;
  return `${from}-${to}`;
}

const node = (name: string): ObjectRef => ({ apiVersion: "v1", kind: "Node", namespace: undefined, name });
const thing = (kind: string, name: string): ObjectRef => ({ apiVersion: "", kind, namespace: undefined, name });

function toldOf(survey: Survey, fault: Fault): Told | undefined {
  switch (fault.kind) {
    case "kube-proxy":
      return {
        object: node(fault.node),
        severity: "warning",
        step: 6,
        more: W.staleProxy(fault.node),
        evidence: [
          {
            command: `ssh ${fault.node} curl -sS localhost:10256/healthz`,
            shows: W.noAnswer,
            prints: ["curl: ("],
          },
        ],
        symptoms: ["refused", "timeout"],
      };
    case "kubelet":
      return {
        object: node(fault.node),
        severity: "warning",
        step: 6,
        more: W.unattended,
        evidence: [{ command: "kubectl get nodes", shows: W.notReadyLater(fault.node), prints: [fault.node] }],
        symptoms: [],
      };
    case "coredns":
      return {
        object: { apiVersion: "v1", kind: "Service", namespace: "kube-system", name: "kube-dns" },
        severity: "error",
        step: 0,
        more: W.onlyAddresses,
        evidence: [
          {
            command: "kubectl get pods -n kube-system -l k8s-app=kube-dns",
            shows: W.noPod,
            prints: [""],
            lacks: ["1/1"],
          },
        ],
        symptoms: ["unresolved"],
      };
    default:
      return roadTold(survey, fault);
  }
}

/** What is broken between machines. */
function roadTold(survey: Survey, fault: Fault): Told | undefined {
  const [gate] = survey.nodePorts();
  const door = gate === undefined ? undefined : `${survey.someNode().address}:${gate}`;
  switch (fault.kind) {
    case "firewall":
      return {
        object: thing("Firewall", "before the nodes"),
        severity: "warning",
        step: 5,
        more: W.securityGroup(portRange(survey)),
        claims: [{ kind: "setting", name: "nodePortRange", value: survey.world.settings.nodePortRange }],
        evidence: [
          ...(door === undefined
            ? []
            : [
                {
                  command: `curl -m 3 http://${door}`,
                  shows: W.timedOutOutside,
                  prints: ["timed out"],
                },
              ]),
          { command: "sim faults", shows: W.brokenOnPurpose, prints: ["firewall"] },
        ],
        symptoms: ["timeout"],
      };
    case "no-route":
      return {
        object: thing("Client", fault.client),
        severity: "warning",
        step: 5,
        more: W.likeKind,
        evidence: [
          {
            command: "kubectl get nodes -o wide",
            shows: W.otherNetwork,
            prints: [survey.someNode().address],
          },
        ],
        symptoms: ["timeout"],
      };
    case "pod-network":
      return {
        object: thing("Link", fault.between.join(" – ")),
        severity: "warning",
        step: 6,
        more: W.overlay,
        evidence: [
          ...pinged(survey, fault.between),
          { command: "sim faults", shows: W.brokenOnPurpose, prints: [fault.between[0], fault.between[1]] },
        ],
        symptoms: ["timeout"],
      };
    case "link":
      return {
        object: thing("Link", fault.between.join(" – ")),
        severity: fault.loss > 0 ? "warning" : "info",
        step: 6,
        more: "",
        evidence: [{ command: "sim faults", shows: W.whatBroken, prints: [fault.between[0], fault.between[1]] }],
        symptoms: fault.loss > 0 ? ["timeout"] : [],
      };
    default:
      return undefined;
  }
}

/** An echo request from one of two nodes to a pod of the other. */
function pinged(survey: Survey, [first, second]: readonly [string, string]): Evidence[] {
  const pod = survey.somePodOn(second);
  if (pod === undefined) return [];
  return [
    {
      command: `ssh ${first} ping -c 1 -W 1 ${pod.status?.podIP}`,
      shows: W.noAnswerFrom(second),
      prints: ["100% packet loss"],
    },
  ];
}

/** The faults that change how programs of these pods listen, with their undoing. */
export function podFaults(survey: Survey, pods: readonly Pod[]): readonly ActiveFault[] {
  return survey.world.faults.list().filter(({ fault }) => {
    if (fault.kind === "listen")
      return pods.some(({ metadata }) => metadata.name === fault.pod && metadata.namespace === fault.namespace);
    if (fault.kind !== "slow-start") return false;
    return pods.some((pod) => {
      const object = survey.workloadOf(pod)?.object;
      return object?.metadata.name === fault.name && object.metadata.namespace === fault.namespace;
    });
  });
}
