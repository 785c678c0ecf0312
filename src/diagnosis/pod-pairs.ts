// Requests to a pod's own address: the port it does not listen on, and senders that no road leads from.
import { LEGAL, reachFromOutside, senderName, sendInstead } from "./reach.ts";
import type { Cause, Trouble } from "./trouble.ts";
import { dnsName, inNamespace, listed, refOf, shortName } from "./words.ts";

/** Why a pod does not answer at this port, or not to this sender. Spec: [DIAG-20]. */
export function podPair(trouble: Trouble): Cause | undefined {
  const { aim, asked, world } = trouble;
  if (aim.kind !== "pod") return undefined;
  const { pod } = aim;
  const name = pod.metadata.name ?? "";
  if (asked.host !== asked.address) return undefined; // by the name of a headless Service: that one is asked
  if (asked.from.kind === "client") return podFromOutside(trouble);
  const open = world.listening(pod).filter(({ loopback }) => !loopback);
  if (open.some((each) => each.port === asked.port && each.protocol === asked.protocol)) return undefined;
  const local = world.listening(pod).some((each) => each.port === asked.port);
  const services = world.servicesFor(pod);
  const by = services.flatMap((service) =>
    (service.spec?.ports ?? []).flatMap((port) =>
      port.port === asked.port || port.nodePort === asked.port ? [{ service, port }] : [],
    ),
  )[0];
  const what =
    by === undefined
      ? ""
      : ` ${asked.port} is the ${by.port.nodePort === asked.port ? "nodePort" : "port"} of Service ${shortName(by.service)}, and that means nothing at a pod's own address: no rule rewrites it there.`;
  const [first] = open;
  return {
    title: local
      ? `Pod ${name} listens on 127.0.0.1:${asked.port} only`
      : `Nobody listens on port ${asked.port} of pod ${name}`,
    explanation: `${asked.address} is the address of pod ${name}, which ${first === undefined ? "has no port open to others" : `listens on ${listed(open.map(({ port }) => String(port)))}`}.${what} ${LEGAL}`,
    evidence: [
      { command: `kubectl exec ${name}${inNamespace(pod.metadata.namespace)} -- ss -ltn`, shows: "what it listens on" },
    ],
    responsible: {
      object: by === undefined ? refOf(pod) : refOf(by.service),
      path: by === undefined ? ["spec", "containers"] : ["spec", "ports"],
    },
    cures: [
      ...(first === undefined ? [] : [sendInstead(trouble, asked.host, first.port)]),
      ...(by === undefined || by.service.spec?.clusterIP === "None"
        ? []
        : [sendInstead(trouble, dnsName(by.service), by.port.port)]),
    ],
  };
}

function podFromOutside(trouble: Trouble): Cause | undefined {
  const { aim, world, asked } = trouble;
  if (aim.kind !== "pod") return undefined;
  const services = world.servicesFor(aim.pod);
  const out = services.flatMap((service) => reachFromOutside(trouble, service));
  const name = aim.pod.metadata.name ?? "";
  const [port] = world.listening(aim.pod);
  return {
    title: `${asked.address} is a pod's address, which only the cluster can reach`,
    explanation: `${asked.address} is pod ${name} on ${aim.pod.spec?.nodeName}. Pod addresses are routed between the cluster's nodes and nowhere else, so nothing carries a packet there from the ${senderName(trouble)}.${services.length === 0 ? " No Service selects the pod." : ` Service ${listed(services.map(shortName))} selects it.`}`,
    evidence: [
      {
        command: `ssh ${aim.pod.spec?.nodeName} curl -s http://${asked.address}:${asked.port}`,
        shows: "from a node the same address answers",
      },
    ],
    ...(services[0] === undefined ? {} : { responsible: { object: refOf(services[0]), path: ["spec", "type"] } }),
    cures: [
      ...out.slice(0, 1),
      ...(port === undefined
        ? []
        : [
            {
              label: "Carry it in by kubectl port-forward",
              remedy: {
                kind: "command" as const,
                command: `kubectl port-forward pod/${name} 8080:${port.port}${inNamespace(aim.pod.metadata.namespace)} &`,
              },
            },
          ]),
    ],
  };
}
