// Why a name did not resolve for this sender: whom it asks, and whether that one answers.
import type { Pod } from "../cluster/index.ts";
import { W as REASONS } from "../words/en/reasons.ts";
import { W } from "../words/en/why-names.ts";
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
    title: W.noClusterDns(who, isNode),
    explanation: W.noClusterDnsLong(
      asked.host,
      service === undefined ? undefined : shortName(service),
      isNode ? undefined : who,
      out.length > 0,
    ),
    claims: [
      { kind: "asked", host: asked.host, from: asked.from },
      ...(service === undefined ? [] : [{ kind: "object" as const, object: refOf(service), exists: true }]),
    ],
    evidence: [
      ...(service === undefined
        ? []
        : [{ command: `sim dns ${dnsName(service)} A`, shows: W.whatCoreDns, prints: ["NOERROR"] }]),
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
      ? W.otherServer(dnsPolicy, own.nameserver, cluster === undefined ? "" : ` (${cluster})`)
      : hostNetwork === true && dnsPolicy === "ClusterFirst"
        ? W.hostNetwork
        : W.nodesResolver(dnsPolicy);
  return {
    class: "pod-resolver",
    title: own === undefined ? W.usesNodes(name) : W.usesServer(name, own.nameserver),
    explanation: W.withPolicy(name, why, value),
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
    cures: fieldEdit(about, W.setPolicy(value), { op: "set", path: ["spec", "dnsPolicy"], value }),
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
      title: W.noKubeDns,
      explanation: W.noKubeDnsLong,
      claims: [{ kind: "object", object: DNS, exists: false }],
      evidence: [
        { command: "kubectl get services -n kube-system", shows: W.noKubeDnsThere, prints: [""], lacks: ["kube-dns"] },
      ],
      cures: [],
    };
  const [first] = findingsOf(survey, dns).filter(({ severity }) => severity !== "info");
  if (first === undefined) return dnsSilent(trouble);
  return {
    class: "dns-down",
    title: W.dnsSilent,
    explanation: W.dnsSilentLong(dns.spec?.clusterIP, first.explanation),
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
    title: W.dnsLate,
    explanation: W.dnsLateLong(asked.host),
    claims: [{ kind: "asked", host: asked.host }],
    evidence: [{ command: "kubectl get pods -n kube-system -o wide", shows: W.whereCoreDns, prints: ["coredns"] }],
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
    title: W.noPodOf(shortName(service), pod),
    explanation: W.noPodLong(
      asked.host,
      pod,
      shortName(service),
      names.length === 0 ? undefined : names.slice(0, 6).join(", "),
    ),
    claims,
    evidence: [
      {
        command: `kubectl get pods${inNamespace(namespace)}`,
        shows: W.no(pod),
        prints: survey.podsIn(namespace).length === 0 ? ["No resources found"] : ["NAME"],
        lacks: [`${pod} `],
      },
    ],
    responsible: { object: refOf(service), path: ["spec", "selector"] },
    cures: first === undefined ? [] : [sendInstead(trouble, asked.host.replace(`${pod}.`, `${first}.`), asked.port)],
  };
}
