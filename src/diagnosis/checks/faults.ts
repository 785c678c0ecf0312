// What someone broke on purpose, and is not an object: each with its undoing.
import { type ActiveFault, describeFault, type Fault, type ObjectRef, type Pod } from "../../cluster/index.ts";
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
    return { label: `${restoreLabel(fault)}, in new pods`, remedy: { kind: "command", command } };
  }
  return {
    label: restoreLabel(fault),
    remedy: { kind: "action", action: { kind: "restore", id }, command: `sim restore ${id}` },
  };
}

function restoreLabel(fault: Fault): string {
  switch (fault.kind) {
    case "kube-proxy":
      return `Start the kube-proxy of ${fault.node}`;
    case "kubelet":
      return `Start the kubelet of ${fault.node}`;
    case "node-power":
      return `Switch ${fault.node} on`;
    case "cordon":
      return `Uncordon ${fault.node}`;
    case "coredns":
      return "Start CoreDNS again";
    case "firewall":
      return "Open the firewall for node ports";
    case "no-route":
      return `Restore the route from the ${fault.client} to the nodes`;
    case "pod-network":
      return `Repair the pod network between ${listed(fault.between)}`;
    case "link":
      return `Repair the link between ${listed(fault.between)}`;
    case "readiness":
      return `Return the readiness of ${fault.pod} to its probes`;
    case "listen":
      return `Restore the port that ${fault.pod} listens on`;
    case "slow-start":
      return `Restore the start time of ${fault.name}`;
    case "slow-shutdown":
      return `Restore the stop time of ${fault.name}`;
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
        more: `It misses every Service and endpoint that changed since then: packets that enter or start at ${fault.node} go to the old endpoints, or nowhere.`,
        evidence: [
          {
            command: `ssh ${fault.node} curl -sS localhost:10256/healthz`,
            shows: "no answer",
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
        more: "Once the node is NotReady, its pods leave the endpoints, although they still run.",
        evidence: [
          { command: "kubectl get nodes", shows: `${fault.node} NotReady after a while`, prints: [fault.node] },
        ],
        symptoms: [],
      };
    case "coredns":
      return {
        object: { apiVersion: "v1", kind: "Service", namespace: "kube-system", name: "kube-dns" },
        severity: "error",
        step: 0,
        more: "Addresses still work; every name fails.",
        evidence: [
          {
            command: "kubectl get pods -n kube-system -l k8s-app=kube-dns",
            shows: "no running pod",
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
        more: `A security group that allows SSH and HTTPS but not ${portRange(survey)} has the same effect: packets are dropped silently, while the same nodePort answers from inside.`,
        claims: [{ kind: "setting", name: "nodePortRange", value: survey.world.settings.nodePortRange }],
        evidence: [
          ...(door === undefined
            ? []
            : [
                {
                  command: `curl -m 3 http://${door}`,
                  shows: "Connection timed out, from outside",
                  prints: ["timed out"],
                },
              ]),
          { command: "sim faults", shows: "what is broken on purpose", prints: ["firewall"] },
        ],
        symptoms: ["timeout"],
      };
    case "no-route":
      return {
        object: thing("Client", fault.client),
        severity: "warning",
        step: 5,
        more: "This is the case with kind, minikube or Docker Desktop on macOS or Windows, where the node is a container or a virtual machine: kind needs extraPortMappings, minikube its service or tunnel command, and kubectl port-forward works everywhere.",
        evidence: [
          {
            command: "kubectl get nodes -o wide",
            shows: "INTERNAL-IP: addresses of another network",
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
        more: "A nodePort then seems to work only on the nodes where its pods run. That is not normal for nodePorts: the overlay network is broken, for example because a firewall drops VXLAN.",
        evidence: [
          ...pinged(survey, fault.between),
          { command: "sim faults", shows: "what is broken on purpose", prints: [fault.between[0], fault.between[1]] },
        ],
        symptoms: ["timeout"],
      };
    case "link":
      return {
        object: thing("Link", fault.between.join(" – ")),
        severity: fault.loss > 0 ? "warning" : "info",
        step: 6,
        more: "",
        evidence: [{ command: "sim faults", shows: "what is broken", prints: [fault.between[0], fault.between[1]] }],
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
      shows: `no answer from a pod of ${second}`,
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
