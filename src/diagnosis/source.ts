// An answered request whose pod saw a different sender.

import { W } from "../words/en/why-requests.ts";
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
    title: W.sawNode(outcome.clientSeen, asked.from.name),
    explanation: W.sawNodeLong(
      hop.from.name,
      own,
      outcome.clientSeen,
      name,
      service.spec?.externalTrafficPolicy ?? "Cluster",
    ),
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
          edit(W.setLocal, {
            object: refOf(service),
            changes: [{ op: "set", path: ["spec", "externalTrafficPolicy"], value: "Local" }],
          }),
        ]
      : [],
  };
}
