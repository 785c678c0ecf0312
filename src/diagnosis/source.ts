// An answered request whose pod saw a different sender.
import { holdsValue } from "./claims.ts";
import { decidedService } from "./request.ts";
import { edit } from "./scene.ts";
import type { Cause, Trouble } from "./trouble.ts";
import { inNamespace, refOf, shortName } from "./words.ts";

/** Spec: [DIAG-25]. */
export function sourceRewritten({ survey, asked, exchange }: Trouble): Cause | undefined {
  const { outcome } = exchange;
  if (outcome.kind !== "answered") return undefined;
  const hop = asked.hops.find(({ rewrites }) => rewrites.some(({ kind }) => kind === "masquerade"));
  const service = decidedService(survey, asked);
  const own = survey.world.network.addressOf(asked.from);
  if (hop === undefined || service === undefined || own === undefined || outcome.clientSeen === own) return undefined;
  if (asked.from.kind !== "client" || hop.from.kind !== "node") return undefined;
  const name = shortName(service);
  const at = inNamespace(service.metadata.namespace);
  const node = hop.from.name;
  return {
    class: "source-rewritten",
    claims: [
      { kind: "seen-as", address: outcome.clientSeen },
      { kind: "address", address: outcome.clientSeen, of: hop.from },
      { kind: "address", address: own, of: asked.from },
      holdsValue(refOf(service), ["spec", "externalTrafficPolicy"], service.spec?.externalTrafficPolicy),
    ],
    title: `The pod saw ${outcome.clientSeen}, not the ${asked.from.name}`,
    explanation: `${hop.from.name} replaced ${own} with its own address ${outcome.clientSeen} (masquerade), because externalTrafficPolicy of Service ${name} is ${service.spec?.externalTrafficPolicy ?? "Cluster"}: the pod may be on another node, and its answer must come back through ${hop.from.name} to be rewritten. So programs log and rate-limit by the node's address. With Local, a node uses only its own pods and keeps the sender's address; nodes without a pod then drop the packet.`,
    evidence: [
      {
        command: `kubectl get node ${node} -o wide`,
        shows: `INTERNAL-IP ${outcome.clientSeen}`,
        prints: [outcome.clientSeen],
      },
      {
        command: `kubectl get service ${service.metadata.name}${at} -o jsonpath={.spec.externalTrafficPolicy}`,
        shows: service.spec?.externalTrafficPolicy ?? "Cluster",
        prints: [service.spec?.externalTrafficPolicy ?? "Cluster"],
      },
    ],
    responsible: { object: refOf(service), path: ["spec", "externalTrafficPolicy"] },
    cures: survey
      .podsWith(service.metadata.namespace ?? "", service.spec?.selector ?? {})
      .some(({ spec }) => spec?.nodeName === node)
      ? [
          edit("Set spec.externalTrafficPolicy to Local", {
            object: refOf(service),
            changes: [{ op: "set", path: ["spec", "externalTrafficPolicy"], value: "Local" }],
          }),
        ]
      : [],
  };
}
