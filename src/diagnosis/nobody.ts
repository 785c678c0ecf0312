// Requests to addresses where nothing listens: a stale address, and the sender itself.
import type { Service } from "../cluster/index.ts";
import { type Claim, holdsValue, named } from "./claims.ts";
import type { Cure } from "./finding.ts";
import { getService, hasReady, portClaims, portForward, reachFromOutside, senderName, sendInstead } from "./reach.ts";
import type { Cause, Trouble } from "./trouble.ts";
import { dnsName, isHeadless, listed, refOf, refText, shortName } from "./words.ts";

/** Services that may have been meant by a bare port number: those of the sender's namespace first, then those that answer. */
function candidates(trouble: Trouble, fits: (service: Service) => boolean): readonly Service[] {
  const { survey, asked } = trouble;
  const own = asked.from.kind === "pod" ? asked.from.namespace : "default";
  const found = survey.services.filter(
    (each) => each.metadata.namespace !== "kube-system" && each.metadata.name !== "kubernetes" && fits(each),
  );
  const rank = (each: Service) => (hasReady(trouble, each) ? 0 : 2) + (each.metadata.namespace === own ? 0 : 1);
  return found.sort((a, b) => rank(a) - rank(b));
}

/** The request sent to a Service in another way that its sender has. */
function toService(trouble: Trouble, service: Service | undefined, port: number): Cure[] {
  if (service === undefined || !hasReady(trouble, service)) return [];
  const { asked } = trouble;
  if (asked.from.kind === "client") return reachFromOutside(trouble, service);
  if (asked.from.kind === "pod") return [sendInstead(trouble, dnsName(service), port)];
  return isHeadless(service) ? [] : [sendInstead(trouble, service.spec?.clusterIP ?? "", port)];
}

/** An unused address of the cluster's own ranges. Spec: [DIAG-20]. */
export function nobodyThere(trouble: Trouble, range: "pod" | "service"): Cause {
  const { asked, survey } = trouble;
  const isService = range === "service";
  const found = candidates(trouble, ({ spec }) =>
    (spec?.ports ?? []).some(({ port, targetPort }) =>
      isService ? port === asked.port && spec?.clusterIP !== "None" : targetPort === asked.port || port === asked.port,
    ),
  );
  const [first] = found;
  const ports = first?.spec?.ports ?? [];
  const port =
    ports.find((each) => each.port === asked.port) ?? ports.find(({ targetPort }) => targetPort === asked.port);
  const with1 = found.map((each) => `Service ${shortName(each)} (${each.spec?.clusterIP})`);
  const others =
    isService && found.length > 0 ? ` Port ${asked.port} ${found.length === 1 ? "has" : "have"} ${listed(with1)}.` : "";
  const address = asked.address ?? asked.host;
  return {
    class: "nobody-there",
    title: isService ? `No Service has the address ${address}` : `No pod has the address ${address}`,
    explanation: isService
      ? `${address} is in the ClusterIP range (${survey.world.settings.serviceCIDR}), but no Service has it now. A Service that is deleted and recreated gets a new address, so a stored address goes stale; its name doesn't.${others}`
      : `${address} is in a node's range of pod addresses, but no pod has it now. A replaced pod gets a new address; its Service keeps its own.`,
    claims: [
      { kind: "asked", address, port: asked.port },
      { kind: "address", address, of: undefined },
      { kind: "setting", name: "serviceCIDR", value: survey.world.settings.serviceCIDR },
      ...(isService ? found : []).flatMap((each): Claim[] => [
        ...portClaims(each),
        holdsValue(refOf(each), ["spec", "clusterIP"], each.spec?.clusterIP),
      ]),
    ],
    evidence: [
      {
        command: isService ? "kubectl get services -A" : "kubectl get pods -A -o wide",
        shows: `nothing with ${address}`,
        prints: ["NAMESPACE"],
        lacks: [`${address} `],
      },
    ],
    cures: toService(trouble, first, port?.port ?? asked.port),
  };
}

/** `localhost`, where no program of the sender listens. Spec: [DIAG-20]. */
export function localhost(trouble: Trouble): Cause | undefined {
  const { asked } = trouble;
  if (asked.from.kind === "node") return undefined;
  const who = senderName(trouble);
  const found = candidates(trouble, ({ spec }) =>
    (spec?.ports ?? []).some(({ port, nodePort }) => port === asked.port || nodePort === asked.port),
  );
  const [first] = found;
  const port = first?.spec?.ports?.find((each) => each.port === asked.port || each.nodePort === asked.port);
  const outside = asked.from.kind === "client";
  const byNode = port?.nodePort === asked.port;
  const pod = asked.from.kind === "pod" ? asked.from : undefined;
  const what =
    first === undefined
      ? ""
      : byNode
        ? ` ${asked.port} is the nodePort of ${refText(refOf(first))}: it is open at the addresses of the nodes, not on the ${who}, just as with kind, minikube or Docker Desktop, where the node is a container or a virtual machine.`
        : ` ${asked.port} is a port of ${refText(refOf(first))}, which answers at its own name and address.`;
  return {
    class: "localhost",
    title: `${asked.host} is ${pod === undefined ? "the " : ""}${who} itself`,
    explanation: `${asked.host}:${asked.port} never leaves ${pod === undefined ? "the " : ""}${who}, and no program there listens on ${asked.port}.${what}`,
    claims: [
      { kind: "asked", host: asked.host, port: asked.port },
      ...(first === undefined ? [] : portClaims(first)),
      ...(pod === undefined
        ? []
        : [
            {
              kind: "listens" as const,
              pod: named({ metadata: pod }),
              port: asked.port,
              protocol: asked.protocol,
              at: "nowhere" as const,
            },
          ]),
    ],
    evidence: [
      ...(outside
        ? [
            {
              command: "kubectl get nodes -o wide",
              shows: "INTERNAL-IP: where nodePorts are open",
              prints: ["INTERNAL-IP"],
            },
          ]
        : []),
      ...(first === undefined ? [] : [getService(first)]),
    ],
    ...(first === undefined ? {} : { responsible: { object: refOf(first), path: ["spec", "ports"] } }),
    cures: [
      ...toService(trouble, first, port?.port ?? asked.port),
      ...(first !== undefined && outside ? portForward(trouble, first) : []),
    ],
  };
}
