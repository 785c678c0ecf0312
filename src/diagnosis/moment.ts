// Causes that lie in the moment rather than in the objects: a pod that was going, rules that were late, a port-forward.
import type { Service } from "../cluster/index.ts";
import { sendCure } from "./asked.ts";
import type { Cure } from "./finding.ts";
import type { Cause, Trouble } from "./trouble.ts";
import { inNamespace, refOf, shortName } from "./words.ts";

/** The rules led to a pod that was ending or had ended. Spec: [DIAG-22]. */
export function gone({ world, asked, exchange }: Trouble): Cause | undefined {
  const decision = asked.hops.flatMap((hop) => hop.service ?? [])[0];
  const place = decision?.candidates.find(({ state }) => state === "drawn")?.pod;
  const reason = "reason" in exchange.outcome ? exchange.outcome.reason : "";
  if (decision === undefined || place === undefined || exchange.outcome.kind === "answered") return undefined;
  const pod = world.podsIn(place.namespace).find(({ metadata }) => metadata.name === place.name);
  const ending =
    pod === undefined || pod.metadata.deletionTimestamp !== undefined || /was gone|ended before/.test(reason);
  if (!ending) return undefined;
  const service = world.service(decision.namespace, decision.name);
  const workload = service && world.workloadsIn(place.namespace).find(({ labels }) => matchesAll(service, labels));
  return {
    title: `Pod ${place.name} was on its way out`,
    explanation: `The rules of the node still led to pod ${place.name}, which was being stopped. When a pod is deleted two things start at once: the kubelet sends SIGTERM to its program, and the endpoint is taken from the EndpointSlice, which reaches the rules of each node up to a second later. A program that ends at once meets connections in between. A preStop pause keeps it answering until the rules have changed.`,
    evidence: [
      { command: `kubectl get pods${inNamespace(place.namespace)}`, shows: `${place.name} Terminating or gone` },
      {
        command: `kubectl get endpointslices${inNamespace(place.namespace)} -o yaml`,
        shows: "conditions ready: false, terminating: true",
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
  return selector.length > 0 && selector.every(([key, value]) => labels[key] === value);
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
    label: `Let the pods of ${object.metadata.name} wait 5 s before they stop (preStop sleep)`,
    remedy: {
      kind: "edit",
      edits: [{ object: refOf(object), changes: [{ op: "set", path, value: { preStop: { sleep: { seconds: 5 } } } }] }],
    },
  };
}

function again(asked: Trouble["asked"]): Cure {
  return sendCure("Send it again", asked);
}

/** A connection that kubectl port-forward carried: no Service rule was asked. Spec: [DIAG-23]. */
export function throughPortForward({ asked, world }: Trouble): Cause | undefined {
  const forward = asked.hops.find((hop) => hop.forward !== undefined)?.forward;
  if (forward === undefined) return undefined;
  const pod = world.podsIn(forward.namespace).find(({ metadata }) => metadata.name === forward.name);
  return {
    title: pod === undefined ? `The port-forward's pod ${forward.name} is gone` : `Pod ${forward.name} did not take it`,
    explanation: `kubectl port-forward chose pod ${forward.name} when it began and carries every connection into that pod's own loopback, past the Service's rules. ${pod === undefined ? "The pod is gone, and the port-forward does not look for another: it must be started anew." : "It proves nothing about the Service."}`,
    evidence: [
      {
        command: `kubectl get pods${inNamespace(forward.namespace)}`,
        shows: pod === undefined ? `no ${forward.name}` : forward.name,
      },
    ],
    cures: [],
  };
}

/** Nothing is wrong with the objects as they stand: what the rules would do now says whether it has passed. Spec: [DIAG-24]. */
export function momentary(trouble: Trouble, service: Service | undefined): Cause {
  const { world, asked, exchange } = trouble;
  const { outcome } = exchange;
  if (outcome.kind === "answered") return answeredBadly(trouble);
  const name = service === undefined ? undefined : shortName(service);
  if (outcome.kind === "timeout" && asked.last?.verdict === "flying") return tooSlow(trouble);
  const works = now(trouble);
  const command = `curl -m 3 http://${asked.host}:${asked.port}`;
  const evidence = [
    ...(service === undefined
      ? []
      : [
          {
            command: `kubectl describe service ${service.metadata.name}${inNamespace(service.metadata.namespace)}`,
            shows: "its ports and endpoints now",
          },
        ]),
    { command, shows: works ? "an answer, by now" : "the same again" },
  ];
  void world;
  return {
    title: works ? "It has passed" : "No cause is seen in the objects",
    explanation: works
      ? `${name === undefined ? "What stands there" : `Service ${name}`} has what it needs now, and the node's rules would take the packet: they were not there yet, or an endpoint was changing, when it was sent.`
      : `${name === undefined ? "Nothing" : `Nothing about Service ${name}`} in the cluster as it stands says why.`,
    evidence,
    ...(service === undefined ? {} : { responsible: { object: refOf(service), path: ["spec"] } }),
    cures: [again(asked)],
  };
}

/** The sender's patience ended first. */
function tooSlow({ asked, exchange, world }: Trouble): Cause {
  const waited = Math.round((exchange.endedAt ?? exchange.startedAt) - exchange.startedAt) / 1000;
  const { hopLatency } = world.cluster.settings;
  return {
    title: `The sender waited ${waited} s, and the packet was still on its way`,
    explanation: `Nothing refused or dropped the packet: each hop takes ${hopLatency} ms in this cluster${asked.hops.length > 0 ? `, and it was on hop ${asked.hops.length}` : ""} when its sender gave up.`,
    evidence: [{ command: "sim status", shows: `hop latency ${hopLatency} ms` }],
    cures: [
      { ...again(asked), label: "Send it again, and wait as long as it takes" },
      { label: "Make hops take 50 ms", remedy: { kind: "command", command: "sim set hop-latency 50" } },
    ],
  };
}

/** Whether the rules would take the packet now. */
function now({ world, asked }: Trouble): boolean {
  const { address, from, port, protocol } = asked;
  if (address === undefined || from.kind === "outside") return false;
  if (world.cluster.network.addressOf(from) === undefined) return false;
  return world.cluster.route({ from, address, port, protocol }).verdict === "ACCEPT";
}

function answeredBadly({ exchange, asked }: Trouble): Cause {
  const { outcome } = exchange;
  const status = outcome.kind === "answered" ? outcome.status : 0;
  const who =
    outcome.kind === "answered" && outcome.servedBy.kind === "pod" ? `pod ${outcome.servedBy.name}` : "the program";
  return {
    title: `The program itself answered ${status}`,
    explanation: `The packet arrived: ${who} answered at ${outcome.kind === "answered" ? outcome.endpoint : ""}. Status ${status} comes from the program${status === 404 ? `, which has nothing at ${asked.path ?? "/"}` : ""}; name, Service, endpoints and rules are all right.`,
    evidence: [
      { command: `curl -i http://${asked.host}:${asked.port}${asked.path ?? "/"}`, shows: `HTTP/1.1 ${status}` },
    ],
    cures:
      status === 404 && asked.path !== undefined && asked.path !== "/"
        ? [
            {
              label: "Ask for / instead",
              remedy: { kind: "send", send: { from: asked.from, host: asked.host, port: asked.port, path: "/" } },
            },
          ]
        : [],
  };
}
