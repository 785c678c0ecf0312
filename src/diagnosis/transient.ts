// Causes of the moment rather than of the objects: a terminating pod, late rules, a port-forward.
import type { Service } from "../cluster/index.ts";
import { own } from "../cluster/index.ts";
import { W as REASONS } from "../words/en/reasons.ts";
import { W } from "../words/en/why-requests.ts";
import type { Cure } from "./finding.ts";
import { sendCure } from "./request.ts";
import type { Cause, Trouble } from "./trouble.ts";
import { inNamespace, refOf, shortName } from "./words.ts";

/** The rules led to a pod that was ending or had ended. Spec: [DIAG-22]. */
export function gone({ survey, asked, exchange }: Trouble): Cause | undefined {
  const decision = asked.hops.flatMap((hop) => hop.service ?? [])[0];
  const place = decision?.candidates.find(({ state }) => state === "drawn")?.pod;
  const reason = "reason" in exchange.outcome ? exchange.outcome.reason : "";
  if (decision === undefined || place === undefined || exchange.outcome.kind === "answered") return undefined;
  const pod = survey.podsIn(place.namespace).find(({ metadata }) => metadata.name === place.name);
  const ending = pod === undefined || pod.metadata.deletionTimestamp !== undefined || REASONS.gone.test(reason);
  if (!ending) return undefined;
  const service = survey.service(decision.namespace, decision.name);
  const workload = service && survey.workloadsIn(place.namespace).find(({ labels }) => matchesAll(service, labels));
  const isGone = pod === undefined;
  return {
    class: "pod-was-ending",
    title: W.shuttingDown(place.name),
    explanation: W.shuttingDownLong(place.name),
    claims: [
      { kind: "came", to: { kind: "pod", ...place } },
      ...(isGone
        ? [{ kind: "object" as const, object: { apiVersion: "v1", kind: "Pod", ...place }, exists: false }]
        : []),
    ],
    evidence: [
      {
        command: `kubectl get pods${inNamespace(place.namespace)}`,
        shows: isGone ? W.no(place.name) : place.name,
        prints: isGone ? [""] : [place.name],
        lacks: isGone ? [place.name] : [],
      },
    ],
    ...(workload === undefined
      ? {}
      : {
          responsible: {
            object: refOf(workload.object),
            path: [...workload.templatePath, "spec", "containers", 0, "lifecycle"],
          },
        }),
    cures: [...(workload === undefined || workload.object.kind === "Pod" ? [] : [preStop(workload)]), again(asked)],
  };
}

function matchesAll(service: Service, labels: Readonly<Record<string, string>>): boolean {
  const selector = Object.entries(service.spec?.selector ?? {});
  return selector.length > 0 && selector.every(([key, value]) => own(labels, key) === value);
}

function preStop({
  object,
  templatePath,
}: {
  object: Parameters<typeof refOf>[0];
  templatePath: readonly string[];
}): Cure {
  const path = [...templatePath, "spec", "containers", 0, "lifecycle"];
  return {
    label: W.preStop(object.metadata.name),
    remedy: {
      kind: "edit",
      edits: [{ object: refOf(object), changes: [{ op: "set", path, value: { preStop: { sleep: { seconds: 5 } } } }] }],
    },
  };
}

function again(asked: Trouble["asked"]): Cure {
  return sendCure(W.sendAgain, asked);
}

/** A connection that kubectl port-forward carried: no Service rule was asked. Spec: [DIAG-23]. */
export function throughPortForward({ asked, survey }: Trouble): Cause | undefined {
  const forward = asked.hops.find((hop) => hop.forward !== undefined)?.forward;
  if (forward === undefined) return undefined;
  const pod = survey.podsIn(forward.namespace).find(({ metadata }) => metadata.name === forward.name);
  return {
    class: "port-forward",
    title: pod === undefined ? W.forwardGone(forward.name) : W.forwardRefused(forward.name),
    explanation: W.forwardLong(forward.name, pod === undefined),
    claims: [
      {
        kind: "object",
        object: { apiVersion: "v1", kind: "Pod", namespace: forward.namespace, name: forward.name },
        exists: pod !== undefined,
      },
    ],
    evidence: [
      {
        command: `kubectl get pods${inNamespace(forward.namespace)}`,
        shows: pod === undefined ? W.no(forward.name) : forward.name,
        prints: pod === undefined ? [""] : [forward.name],
        lacks: pod === undefined ? [forward.name] : [],
      },
    ],
    cures: [],
  };
}

/** Nothing is wrong with the current objects: what the rules would do now says whether it has passed. Spec: [DIAG-24]. */
export function momentary(trouble: Trouble, service: Service | undefined): Cause {
  const { asked, exchange } = trouble;
  const { outcome } = exchange;
  if (outcome.kind === "answered") return answeredBadly(trouble);
  const name = service === undefined ? undefined : shortName(service);
  if (outcome.kind === "timeout" && asked.last?.verdict === "flying") return tooSlow(trouble);
  const works = now(trouble);
  const evidence = [
    ...(service === undefined
      ? []
      : [
          {
            command: `kubectl describe service ${service.metadata.name}${inNamespace(service.metadata.namespace)}`,
            shows: W.portsNow,
            prints: ["Endpoints:"],
          },
        ]),
    ...(works && asked.address !== undefined
      ? [
          {
            command: `sim route --from ${whoOf(asked.from)} --protocol ${asked.protocol.toLowerCase()} ${asked.address}:${asked.port}`,
            shows: W.rulesNow,
            prints: ["ACCEPT"],
          },
        ]
      : []),
  ];
  return {
    class: works ? "passed" : "no-cause",
    claims:
      works && asked.address !== undefined
        ? [
            {
              kind: "route",
              from: asked.from,
              address: asked.address,
              port: asked.port,
              protocol: asked.protocol,
              taken: true,
            },
          ]
        : [],
    title: works ? W.passed : W.noCause,
    explanation: works ? W.hasNow(name) : W.nothingNow(name),
    evidence,
    ...(service === undefined ? {} : { responsible: { object: refOf(service), path: ["spec"] } }),
    cures: [again(asked)],
  };
}

/** A sender as `sim` takes it. */
function whoOf(place: Trouble["asked"]["from"]): string {
  if (place.kind === "pod") return `pod/${place.namespace}/${place.name}`;
  return place.kind === "node" ? `node/${place.name}` : place.name;
}

/** The sender's patience ended first. */
function tooSlow({ asked, exchange, survey }: Trouble): Cause {
  const waited = Math.round((exchange.endedAt ?? exchange.startedAt) - exchange.startedAt) / 1000;
  const { hopLatency } = survey.world.settings;
  return {
    class: "too-slow",
    claims: [{ kind: "setting", name: "hopLatency", value: hopLatency }],
    title: W.waitedFor(waited),
    explanation: W.slow(hopLatency, asked.hops.length > 0 ? asked.hops.length : undefined),
    evidence: [{ command: "sim status", shows: W.latency(hopLatency), prints: [`${hopLatency} ms`] }],
    cures: [
      { ...again(asked), label: W.noTimeout },
      { label: W.faster, remedy: { kind: "command", command: "sim set hop-latency 50" } },
    ],
  };
}

/** Whether the rules would take the packet now. */
function now({ survey, asked }: Trouble): boolean {
  const { address, from, port, protocol } = asked;
  if (address === undefined || from.kind === "outside") return false;
  if (survey.world.network.addressOf(from) === undefined) return false;
  return survey.world.route({ from, address, port, protocol }).verdict === "ACCEPT";
}

function answeredBadly({ exchange, asked, survey }: Trouble): Cause {
  const { outcome } = exchange;
  const status = outcome.kind === "answered" ? outcome.status : 0;
  const who = outcome.kind === "answered" && outcome.servedBy.kind === "pod" ? W.pod(outcome.servedBy.name) : W.program;
  const endpoint = outcome.kind === "answered" ? outcome.endpoint : "";
  return {
    class: "http-error",
    claims: [
      { kind: "outcome", outcome: "answered", status, endpoint },
      { kind: "asked", ...(asked.path === undefined ? {} : { path: asked.path }) },
    ],
    title: W.answeredItself(status),
    explanation: W.arrived(
      who,
      outcome.kind === "answered" ? outcome.endpoint : "",
      status,
      status === 404 ? (asked.path ?? "/") : undefined,
    ),
    evidence: [
      {
        command: `ssh ${survey.someNode().name} curl -s -o /dev/null -w '%{http_code}' http://${endpoint}${asked.path ?? "/"}`,
        shows: W.fromPod(status),
        prints: [String(status)],
      },
    ],
    cures:
      status === 404 && asked.path !== undefined && asked.path !== "/"
        ? [
            {
              label: W.requestRoot,
              remedy: { kind: "send", send: { from: asked.from, host: asked.host, port: asked.port, path: "/" } },
            },
          ]
        : [],
  };
}
