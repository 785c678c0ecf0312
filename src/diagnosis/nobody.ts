// Requests to addresses where nothing listens: a stale address, and the sender itself.
import type { Service } from "../cluster/index.ts";
import { W } from "../words/en/why-requests.ts";
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
  const with1 = found.map((each) => W.serviceAt(shortName(each), each.spec?.clusterIP));
  const others = isService && found.length > 0 ? W.portOf(asked.port, found.length, listed(with1)) : "";
  const address = asked.address ?? asked.host;
  return {
    class: "nobody-there",
    title: isService ? W.noServiceHas(address) : W.noPodHas(address),
    explanation: isService
      ? W.inServiceRange(address, survey.world.settings.serviceCIDR, others)
      : W.inPodRange(address),
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
        shows: W.nothingWith(address),
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
        ? W.nodePortThere(asked.port, refText(refOf(first)), who)
        : W.portThere(asked.port, refText(refOf(first)));
  return {
    class: "localhost",
    title: W.isSelf(asked.host, who, pod !== undefined),
    explanation: W.isSelfLong(asked.host, asked.port, who, pod !== undefined, what),
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
              shows: W.internalIp,
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
