// Requests to a pod's own address: the port it does not listen on, and senders without a route to it.

import { W } from "../words/en/why-requests.ts";
import { named } from "./claims.ts";
import { LEGAL, portClaims, reachFromOutside, senderName, sendInstead } from "./reach.ts";
import type { Cause, Trouble } from "./trouble.ts";
import { dnsName, inNamespace, listed, refOf, shortName } from "./words.ts";

/** Why a pod does not answer at this port, or not to this sender. Spec: [DIAG-20]. */
export function podPair(trouble: Trouble): Cause | undefined {
  const { aim, asked, survey } = trouble;
  if (aim.kind !== "pod") return undefined;
  const { pod } = aim;
  const name = pod.metadata.name ?? "";
  if (asked.host !== asked.address) return undefined; // by the name of a headless Service: that one is asked
  if (asked.from.kind === "client") return podFromOutside(trouble);
  const open = survey.listening(pod).filter(({ loopback }) => !loopback);
  if (open.some((each) => each.port === asked.port && each.protocol === asked.protocol)) return undefined;
  const local = survey.listening(pod).some((each) => each.port === asked.port && each.loopback);
  const services = survey.servicesFor(pod);
  const by = services.flatMap((service) =>
    (service.spec?.ports ?? []).flatMap((port) =>
      port.port === asked.port || port.nodePort === asked.port ? [{ service, port }] : [],
    ),
  )[0];
  const what =
    by === undefined ? "" : W.meansNothing(asked.port, by.port.nodePort === asked.port, shortName(by.service));
  const first = open.find(({ protocol }) => protocol === asked.protocol);
  return {
    class: local ? "pod-on-loopback" : "pod-wrong-port",
    title: local ? W.podLoopback(name, asked.port) : W.podNobody(asked.port, name),
    explanation: W.podAddress(
      asked.address,
      name,
      first === undefined ? undefined : listed(open.map(({ port }) => String(port))),
      what,
      LEGAL,
    ),
    claims: [
      { kind: "asked", address: asked.address ?? "", port: asked.port },
      { kind: "address", address: asked.address ?? "", of: { kind: "pod", ...named(pod) } },
      {
        kind: "listens",
        pod: named(pod),
        port: asked.port,
        protocol: asked.protocol,
        at: local ? "loopback" : "nowhere",
      },
      ...open.map((each) => ({
        kind: "listens" as const,
        pod: named(pod),
        port: each.port,
        protocol: each.protocol,
        at: "everywhere" as const,
      })),
      ...(by === undefined ? [] : portClaims(by.service)),
    ],
    evidence: [
      {
        command: `ssh ${pod.spec?.nodeName} curl -sv ${asked.address}:${asked.port}`,
        shows: W.podRefuses,
        prints: ["Failed to connect"],
      },
    ],
    responsible: {
      object: by === undefined ? refOf(pod) : refOf(by.service),
      path: by === undefined ? ["spec", "containers"] : ["spec", "ports"],
    },
    cures: [
      ...(first === undefined ? [] : [sendInstead(trouble, asked.host, first.port)]),
      ...(by === undefined || by.service.spec?.clusterIP === "None" || asked.from.kind !== "pod"
        ? []
        : [sendInstead(trouble, dnsName(by.service), by.port.port)]),
    ],
  };
}

function podFromOutside(trouble: Trouble): Cause | undefined {
  const { aim, survey, asked } = trouble;
  if (aim.kind !== "pod") return undefined;
  const services = survey.servicesFor(aim.pod);
  const out = services.flatMap((service) => reachFromOutside(trouble, service));
  const name = aim.pod.metadata.name ?? "";
  const listens = survey.listening(aim.pod).filter(({ protocol }) => protocol === "TCP");
  const port = listens.find((each) => each.port === asked.port) ?? listens[0];
  return {
    class: "pod-from-outside",
    title: W.podInside(asked.address),
    explanation: W.podInsideLong(
      asked.address,
      name,
      aim.pod.spec?.nodeName,
      senderName(trouble),
      services.length === 0 ? undefined : listed(services.map(shortName)),
    ),
    claims: [
      { kind: "asked", address: asked.address ?? "" },
      { kind: "address", address: asked.address ?? "", of: { kind: "pod", ...named(aim.pod) } },
      { kind: "field", object: refOf(aim.pod), path: ["spec", "nodeName"], value: aim.pod.spec?.nodeName },
      ...services.map((each) => ({ kind: "object" as const, object: refOf(each), exists: true })),
    ],
    evidence: [
      {
        command: `kubectl get pods -o wide${inNamespace(aim.pod.metadata.namespace)}`,
        shows: W.ipAndNode,
        prints: [name, asked.address ?? ""],
      },
    ],
    ...(services[0] === undefined ? {} : { responsible: { object: refOf(services[0]), path: ["spec", "type"] } }),
    cures: [
      ...out.slice(0, 1),
      ...(port === undefined || asked.from.name !== "laptop"
        ? []
        : [
            {
              label: W.usePortForward,
              remedy: {
                kind: "command" as const,
                command: `kubectl port-forward pod/${name} 8080:${port.port}${inNamespace(aim.pod.metadata.namespace)} &`,
              },
            },
          ]),
    ],
  };
}
