// Why a name did not resolve for this sender: whom it asks, and whether that one answers.
import type { Pod } from "../cluster/index.ts";
import { W as REASONS } from "../words/en/reasons.ts";
import { fieldOf } from "./checks/about.ts";
import { statefulSetFindings } from "./checks/names.ts";
import { type Claim, holdsValue, named } from "./claims.ts";
import { findingsOf } from "./diagnose.ts";
import type { Cure } from "./finding.ts";
import { fieldEdit } from "./owned.ts";
import { portForward, reachFromOutside, sendInstead } from "./reach.ts";
import type { Cause, Trouble } from "./trouble.ts";
import { nameParts, unknownName } from "./unknown-name.ts";
import { dnsName, inNamespace, isHeadless, refOf, shortName } from "./words.ts";

const DNS = { apiVersion: "v1", kind: "Service", namespace: "kube-system", name: "kube-dns" };

/** Spec: [DIAG-21]. */
export function nameTrouble(trouble: Trouble): Cause | undefined {
  const { asked } = trouble;
  if (asked.from.kind !== "pod") return outsideResolver(trouble);
  return otherResolver(trouble) ?? dnsDown(trouble) ?? brokenAlias(trouble) ?? ownName(trouble) ?? unknownName(trouble);
}

function outsideResolver(trouble: Trouble): Cause {
  const { asked, survey } = trouble;
  const { name, namespace } = nameParts(trouble);
  const service = asked.host.includes(".") ? survey.service(namespace, name) : undefined;
  const who = asked.from.name;
  const isNode = asked.from.kind === "node";
  const out = service === undefined ? [] : reachFromOutside(trouble, service);
  const clusterIP = service?.spec?.clusterIP;
  const port = service?.spec?.ports?.find((each) => each.port === asked.port) ?? service?.spec?.ports?.[0];
  const fromNode: Cure[] =
    isNode && clusterIP !== undefined && clusterIP !== "None" && port !== undefined
      ? [sendInstead(trouble, clusterIP, port.port)]
      : [];
  return {
    class: "outside-resolver",
    title: `The ${isNode ? "resolver of " : ""}${who} doesn't use the cluster's DNS`,
    explanation: `${asked.host} is ${service === undefined ? "a name that its own resolver doesn't know" : `the name of Service ${shortName(service)}, which only CoreDNS knows`}. Pods ask CoreDNS because the kubelet writes its address into their /etc/resolv.conf; ${isNode ? "a node" : `the ${who}`} uses its own name server.${service === undefined ? "" : ` From there, reach the Service by an address${out.length > 0 ? " and its nodePort" : ""}.`}`,
    claims: [
      { kind: "asked", host: asked.host, from: asked.from },
      ...(service === undefined ? [] : [{ kind: "object" as const, object: refOf(service), exists: true }]),
    ],
    evidence: [
      ...(service === undefined
        ? []
        : [{ command: `sim dns ${dnsName(service)} A`, shows: "what CoreDNS answers", prints: ["NOERROR"] }]),
      ...(isNode || who === "laptop"
        ? [
            {
              command: `${isNode ? `ssh ${who} ` : ""}curl -sS -m 5 http://${asked.host}:${asked.port}`,
              shows: "Could not resolve host",
              prints: ["(6)"],
            },
          ]
        : []),
    ],
    ...(service === undefined ? {} : { responsible: { object: refOf(service), path: ["spec", "type"] } }),
    cures: [...out, ...fromNode, ...(service === undefined ? [] : portForward(trouble, service))],
  };
}

/** The pod that asks. */
function askingPod({ survey, asked }: Trouble): Pod | undefined {
  if (asked.from.kind !== "pod") return undefined;
  const { namespace, name } = asked.from;
  return survey.podsIn(namespace).find(({ metadata }) => metadata.name === name);
}

/** The pod's resolver is not the one that the kubelet writes for ClusterFirst. */
function otherResolver(trouble: Trouble): Cause | undefined {
  const { survey } = trouble;
  const pod = askingPod(trouble);
  const cluster = survey.service("kube-system", "kube-dns")?.spec?.clusterIP;
  if (pod === undefined) return undefined;
  const own = survey.resolverOf(pod);
  if (own !== undefined && (cluster === undefined || own.nameserver === cluster)) return undefined;
  const { dnsPolicy = "ClusterFirst", hostNetwork } = pod.spec ?? {};
  if (own === undefined && dnsPolicy === "ClusterFirst" && hostNetwork !== true) return undefined;
  const name = pod.metadata.name ?? "";
  const about = { pod, workload: survey.workloadOf(pod) };
  const value = hostNetwork === true ? "ClusterFirstWithHostNet" : "ClusterFirst";
  const why =
    own !== undefined
      ? `has dnsPolicy ${dnsPolicy} and uses the name server ${own.nameserver}, which is not the cluster's DNS${cluster === undefined ? "" : ` (${cluster})`} and knows no Services`
      : hostNetwork === true && dnsPolicy === "ClusterFirst"
        ? `has hostNetwork: true, and its dnsPolicy ClusterFirst then falls back to the node's own /etc/resolv.conf, which knows no Services`
        : `has dnsPolicy ${dnsPolicy}, so the kubelet gives it the node's /etc/resolv.conf, which knows no Services`;
  return {
    class: "pod-resolver",
    title:
      own === undefined ? `Pod ${name} uses its node's resolver` : `Pod ${name} uses the name server ${own.nameserver}`,
    explanation: `Pod ${name} ${why}. With dnsPolicy ${value} it uses the cluster's DNS.`,
    claims: [
      holdsValue(refOf(pod), ["spec", "dnsPolicy"], pod.spec?.dnsPolicy),
      holdsValue(refOf(pod), ["spec", "hostNetwork"], hostNetwork),
      { kind: "resolver", pod: named(pod), nameserver: own?.nameserver },
      ...(cluster === undefined ? [] : [holdsValue(DNS, ["spec", "clusterIP"], cluster)]),
    ],
    evidence: [
      {
        command: `kubectl get pod ${name}${inNamespace(pod.metadata.namespace)} -o jsonpath='{.spec.dnsPolicy} {.spec.dnsConfig.nameservers}'`,
        shows: dnsPolicy,
        prints: [dnsPolicy],
      },
    ],
    responsible: fieldOf(about, "spec", "dnsPolicy"),
    cures: fieldEdit(about, `Set dnsPolicy to ${value}`, { op: "set", path: ["spec", "dnsPolicy"], value }),
  };
}

/** Whether the questions that the request's name needed failed. */
function wasUnanswered({ survey, exchange }: Trouble): boolean {
  const { outcome } = exchange;
  if (outcome.kind === "unresolved" && REASONS.noAnswer.test(outcome.reason)) return true;
  const questions = [...survey.world.trace.exchanges()].filter(({ parent }) => parent === exchange.id);
  return questions.length > 0 && questions.every((each) => each.purpose === "dns" && each.outcome.kind !== "answered");
}

/** No name resolves while the cluster's DNS does not answer. */
function dnsDown(trouble: Trouble): Cause | undefined {
  const { survey } = trouble;
  const dns = survey.service("kube-system", "kube-dns");
  if (!wasUnanswered(trouble)) return undefined;
  if (dns === undefined)
    return {
      class: "dns-down",
      title: "There is no Service kube-dns",
      explanation:
        "Pods use the name server in their /etc/resolv.conf, the ClusterIP of Service kube-dns, but that Service doesn't exist. Until it does, no name resolves.",
      claims: [{ kind: "object", object: DNS, exists: false }],
      evidence: [
        { command: "kubectl get services -n kube-system", shows: "no kube-dns", prints: [""], lacks: ["kube-dns"] },
      ],
      cures: [],
    };
  const [first] = findingsOf(survey, dns).filter(({ severity }) => severity !== "info");
  if (first === undefined) return dnsSilent(trouble);
  return {
    class: "dns-down",
    title: "The cluster's DNS doesn't answer",
    explanation: `Pods ask kube-system/kube-dns at ${dns.spec?.clusterIP} for every name, but it doesn't answer: ${first.explanation}`,
    claims: [holdsValue(DNS, ["spec", "clusterIP"], dns.spec?.clusterIP), ...first.claims],
    evidence: first.evidence,
    responsible: first.responsible,
    cures: first.cures,
  };
}

/** The objects of the DNS are in order, but no answer came. */
function dnsSilent({ asked }: Trouble): Cause {
  return {
    class: "dns-silent",
    title: "The cluster's DNS gave no answer in time",
    explanation: `The sender asked the cluster's DNS for ${asked.host} and got no answer before it timed out. The current state of Service kube-dns doesn't explain why.`,
    claims: [{ kind: "asked", host: asked.host }],
    evidence: [
      { command: "kubectl get pods -n kube-system -o wide", shows: "where CoreDNS runs", prints: ["coredns"] },
    ],
    cures: [],
  };
}

/** The name exists, but has no address now. */
function brokenAlias(trouble: Trouble): Cause | undefined {
  const { survey } = trouble;
  const { name, namespace } = nameParts(trouble);
  const service = survey.service(namespace, name);
  if (service === undefined) return undefined;
  return findingsOf(survey, service).find(
    ({ symptoms, severity }) => symptoms.includes("unresolved") && severity !== "info",
  );
}

/** A pod's own name: `db-0.db`. */
function ownName(trouble: Trouble): Cause | undefined {
  const { survey, asked } = trouble;
  const [pod = "", service = "", inner] = asked.host.split(".");
  const own = asked.from.kind === "pod" ? asked.from.namespace : "default";
  const namespace = inner ?? own;
  const found = statefulSetFindings(survey).find(
    ({ service: set }) => isOrdinal(pod, set.name) && set.namespace === namespace,
  );
  if (found !== undefined) return found;
  const behind = survey.service(namespace, service);
  if (behind === undefined || pod === "") return undefined;
  const matched = survey.podsIn(namespace).find(({ metadata }) => metadata.name === pod);
  if (matched !== undefined) return findingsOf(survey, behind).find(({ only }) => only?.pods?.includes(pod) === true);
  return noSuchPod(trouble, { pod, service: behind, namespace });
}

function isOrdinal(pod: string, set: string): boolean {
  return pod.startsWith(`${set}-`) && /^\d+$/.test(pod.slice(set.length + 1));
}

/** A name in front of a Service's own that none of its endpoints has. */
function noSuchPod(
  trouble: Trouble,
  { pod, service, namespace }: { pod: string; service: Parameters<typeof dnsName>[0]; namespace: string },
): Cause | undefined {
  const { survey, asked } = trouble;
  const names = survey
    .slicesOf(service)
    .flatMap(({ endpoints }) => (endpoints ?? []).flatMap(({ hostname }) => hostname ?? []));
  if (!isHeadless(service) && names.length === 0) return undefined;
  const [first] = names;
  const claims: Claim[] = [
    { kind: "asked", host: asked.host },
    { kind: "object", object: { apiVersion: "v1", kind: "Pod", namespace, name: pod }, exists: false },
    { kind: "hostnames", service: named(service), names },
  ];
  return {
    class: "unknown-pod-name",
    title: `Service ${shortName(service)} has no pod ${pod}`,
    explanation: `${asked.host} refers to pod ${pod} behind Service ${shortName(service)}, but there is no such pod. ${names.length === 0 ? "None of the pods behind it has its own name there." : `These pods have their own names: ${names.slice(0, 6).join(", ")}.`}`,
    claims,
    evidence: [
      {
        command: `kubectl get pods${inNamespace(namespace)}`,
        shows: `no ${pod}`,
        prints: survey.podsIn(namespace).length === 0 ? ["No resources found"] : ["NAME"],
        lacks: [`${pod} `],
      },
    ],
    responsible: { object: refOf(service), path: ["spec", "selector"] },
    cures: first === undefined ? [] : [sendInstead(trouble, asked.host.replace(`${pod}.`, `${first}.`), asked.port)],
  };
}
