// Why a name did not resolve for this sender.
import type { Service } from "../cluster/index.ts";
import { statefulSetFindings } from "./checks/names.ts";
import { findingsOf } from "./diagnose.ts";
import type { Cure } from "./finding.ts";
import { portForward, reachFromOutside, sendInstead } from "./reach.ts";
import type { Cause, Trouble } from "./trouble.ts";
import { dnsName, inNamespace, isHeadless, listed, nearest, refOf, shortName } from "./words.ts";

/** Spec: [DIAG-21]. */
export function nameTrouble(trouble: Trouble): Cause | undefined {
  const { asked } = trouble;
  if (asked.from.kind !== "pod") return outsideResolver(trouble);
  return dnsDown(trouble) ?? hostNetwork(trouble) ?? brokenAlias(trouble) ?? ownName(trouble) ?? unknownName(trouble);
}

/** The namespace and name that a host name means when the search list is used. */
function parts({ asked }: Trouble): { readonly name: string; readonly namespace: string } {
  const own = asked.from.kind === "pod" ? asked.from.namespace : "default";
  const [name = "", namespace = own] = asked.host.replace(/\.$/, "").split(".");
  return { name, namespace };
}

function outsideResolver(trouble: Trouble): Cause {
  const { asked, world } = trouble;
  const { name, namespace } = parts(trouble);
  const service = world.service(namespace, name);
  const who = asked.from.kind === "pod" ? asked.from.name : asked.from.name;
  const out = service === undefined ? [] : reachFromOutside(trouble, service);
  const clusterIP = service?.spec?.clusterIP;
  const fromNode: Cure[] =
    asked.from.kind === "node" && clusterIP !== undefined && clusterIP !== "None"
      ? [sendInstead(trouble, clusterIP, asked.port)]
      : [];
  return {
    title: `The ${asked.from.kind === "node" ? "resolver of" : ""} ${who} does not ask the cluster's DNS`.replace(
      "The  ",
      "The ",
    ),
    explanation: `${asked.host} is ${service === undefined ? "no name that its own resolver knows" : `the name of Service ${shortName(service)}, which CoreDNS alone knows`}. Pods ask CoreDNS because the kubelet writes its address into their /etc/resolv.conf; ${asked.from.kind === "node" ? "a node" : `the ${who}`} keeps its own name server.${service === undefined ? "" : ` From there the Service is reached by an address${out.length > 0 ? " and its nodePort" : ""}.`}`,
    evidence: [
      ...(service === undefined ? [] : [{ command: `sim dns ${dnsName(service)} A`, shows: "what CoreDNS answers" }]),
      {
        command: asked.from.kind === "node" ? `ssh ${who} cat /etc/resolv.conf` : "cat /etc/resolv.conf",
        shows: `no ${world.service("kube-system", "kube-dns")?.spec?.clusterIP ?? "name server of the cluster"}`,
      },
    ],
    ...(service === undefined ? {} : { responsible: { object: refOf(service), path: ["spec", "type"] } }),
    cures: [...out, ...fromNode, ...(service === undefined ? [] : portForward(trouble, service))],
  };
}

/** No name resolves while the cluster's DNS has no endpoint. */
function dnsDown({ world, exchange }: Trouble): Cause | undefined {
  const dns = world.service("kube-system", "kube-dns");
  const reason = exchange.outcome.kind === "unresolved" ? exchange.outcome.reason : "";
  if (!/gave no answer/.test(reason)) return undefined;
  if (dns === undefined)
    return {
      title: "There is no Service kube-dns",
      explanation:
        "Pods ask the name server in their /etc/resolv.conf, the ClusterIP of Service kube-dns, and that Service is not there. No name resolves until it is.",
      evidence: [{ command: "kubectl get services -n kube-system", shows: "no kube-dns" }],
      cures: [],
    };
  const [first] = findingsOf(world, dns).filter(({ severity }) => severity === "error");
  if (first === undefined) return undefined;
  return {
    title: "The cluster's DNS does not answer",
    explanation: `Pods ask kube-system/kube-dns at ${dns.spec?.clusterIP} for every name, and it gives no answer: ${first.explanation}`,
    evidence: [
      { command: "kubectl get pods -n kube-system -l k8s-app=kube-dns", shows: "whether CoreDNS runs" },
      ...first.evidence,
    ],
    responsible: first.responsible,
    cures: first.cures,
  };
}

function hostNetwork({ world, asked }: Trouble): Cause | undefined {
  if (asked.from.kind !== "pod") return undefined;
  const { namespace, name } = asked.from;
  const pod = world.podsIn(namespace).find(({ metadata }) => metadata.name === name);
  if (pod?.spec?.hostNetwork !== true || pod.spec.dnsPolicy === "ClusterFirstWithHostNet") return undefined;
  const workload = world.workloadOf(pod);
  const object = refOf(workload?.object ?? pod);
  const path = [...(workload?.templatePath ?? []), "spec", "dnsPolicy"];
  return {
    title: `Pod ${name} uses its node's resolver`,
    explanation: `Pod ${name} has hostNetwork: true, and its dnsPolicy ${pod.spec.dnsPolicy ?? "ClusterFirst"} then falls back to the node's own /etc/resolv.conf, which knows no Services.`,
    evidence: [
      { command: `kubectl exec ${name}${inNamespace(namespace)} -- cat /etc/resolv.conf`, shows: "no cluster.local" },
    ],
    responsible: { object, path },
    cures: [
      {
        label: "Set dnsPolicy to ClusterFirstWithHostNet",
        remedy: { kind: "edit", edits: [{ object, changes: [{ op: "set", path, value: "ClusterFirstWithHostNet" }] }] },
      },
    ],
  };
}

/** The name is there, and stands for nobody now. */
function brokenAlias(trouble: Trouble): Cause | undefined {
  const { world } = trouble;
  const { name, namespace } = parts(trouble);
  const service = world.service(namespace, name);
  if (service === undefined) return undefined;
  return findingsOf(world, service).find(
    ({ symptoms, severity }) => symptoms.includes("unresolved") && severity !== "info",
  );
}

/** A pod's own name: `db-0.db`. */
function ownName(trouble: Trouble): Cause | undefined {
  const { world, asked } = trouble;
  const [pod = "", service = ""] = asked.host.split(".");
  const own = asked.from.kind === "pod" ? asked.from.namespace : "default";
  const found = statefulSetFindings(world).find(
    ({ service: set }) =>
      new RegExp(`^${set.name}-\\d+$`).test(pod) &&
      (set.namespace === own || asked.host.split(".").includes(set.namespace ?? "")),
  );
  if (found !== undefined) return found;
  const headless = world.service(own, service);
  if (headless === undefined || !isHeadless(headless)) return undefined;
  const matched = world.podsIn(own).find(({ metadata }) => metadata.name === pod);
  if (matched === undefined) return undefined;
  return findingsOf(world, headless).find(({ only }) => only?.pods?.includes(pod) === true);
}

function unknownName(trouble: Trouble): Cause {
  const { world, asked } = trouble;
  const { name, namespace } = parts(trouble);
  const own = asked.from.kind === "pod" ? asked.from.namespace : "default";
  const elsewhere = world.services.filter(({ metadata }) => metadata.name === name && metadata.namespace !== namespace);
  const short = !asked.host.includes(".");
  const sender = asked.from.kind === "pod" ? `pod ${asked.from.name}` : asked.from.name;
  if (elsewhere.length > 0) return otherNamespace(trouble, elsewhere);
  const here = world.services
    .filter(({ metadata }) => metadata.namespace === namespace)
    .map(({ metadata }) => metadata.name ?? "");
  const near =
    nearest(name, here) ??
    nearest(
      name,
      world.services.map(({ metadata }) => metadata.name ?? ""),
    );
  const meant = world.services.find(
    ({ metadata }) => metadata.name === near && (metadata.namespace === namespace || !here.includes(near ?? "")),
  );
  const known = world.cluster.api.find("namespaces", undefined, namespace) !== undefined;
  return {
    title: known ? `There is no Service ${name} in namespace ${namespace}` : `There is no namespace ${namespace}`,
    explanation: `The resolver of ${sender} ${short ? `puts ${own}.svc.cluster.local behind the short name ${asked.host}` : `tries ${asked.host} with its search list and as it is`}, and the cluster's DNS answers NXDOMAIN: ${known ? `namespace ${namespace} has ${here.length === 0 ? "no Service" : `the ${here.length === 1 ? "Service" : "Services"} ${listed(here)}`}` : `nothing is called ${namespace} here`}.`,
    evidence: [
      {
        command: `kubectl get services${inNamespace(namespace)}`,
        shows: here.length === 0 ? "No resources found" : `${listed(here)}, and no ${name}`,
      },
      { command: `sim dns ${name}.${namespace}.svc.cluster.local A`, shows: "NXDOMAIN" },
    ],
    ...(meant === undefined ? {} : { responsible: { object: refOf(meant), path: ["metadata", "name"] } }),
    cures:
      meant === undefined
        ? []
        : [sendInstead(trouble, nameFrom(meant, own), meant.spec?.ports?.[0]?.port ?? asked.port)],
  };
}

function otherNamespace(trouble: Trouble, elsewhere: readonly Service[]): Cause {
  const { asked } = trouble;
  const { name, namespace } = parts(trouble);
  const own = asked.from.kind === "pod" ? asked.from.namespace : "default";
  const [first] = elsewhere;
  if (first === undefined) throw new Error("diagnosis: a Service elsewhere was promised");
  const there = elsewhere.map(({ metadata }) => metadata.namespace ?? "");
  return {
    title: `Service ${name} is in namespace ${listed(there)}, not in ${namespace}`,
    explanation: `A name without a namespace is looked for in the namespace of the pod that asks: ${asked.from.kind === "pod" ? `pod ${asked.from.name}` : "it"} is in ${own}, so ${asked.host} becomes ${name}.${namespace}.svc.cluster.local, and there is no such Service. Service ${name} is in namespace ${listed(there)}: from here it is called ${name}.${there[0]}.`,
    evidence: [
      { command: `kubectl get services -A`, shows: `${name} in NAMESPACE ${listed(there)}` },
      {
        command: `kubectl exec ${asked.from.kind === "pod" ? asked.from.name : ""}${inNamespace(own)} -- cat /etc/resolv.conf`,
        shows: `search ${own}.svc.cluster.local …`,
      },
    ],
    responsible: { object: refOf(first), path: ["metadata", "namespace"] },
    cures: elsewhere.slice(0, 2).map((each) => sendInstead(trouble, nameFrom(each, own), asked.port)),
  };
}

/** What a Service is called from a namespace, as briefly as it can be said. */
function nameFrom({ metadata: { name, namespace } }: Service, own: string): string {
  return namespace === own ? (name ?? "") : `${name}.${namespace}`;
}
