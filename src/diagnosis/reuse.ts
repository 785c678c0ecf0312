// An answered request on an open connection, for which no endpoint was chosen.
import { LabelServiceName } from "../cluster/index.ts";
import { W } from "../words/en/why-requests.ts";
import { named } from "./claims.ts";
import { decidedService, sendCure } from "./request.ts";
import { readyEndpoints, sceneOf } from "./scene.ts";
import type { Cause, Trouble } from "./trouble.ts";
import { inNamespace, refOf, shortName } from "./words.ts";

/** Spec: [DIAG-28]. */
export function connectionReused({ survey, asked, aim, exchange }: Trouble): Cause | undefined {
  const { outcome } = exchange;
  const hop = asked.hops.find(({ rewrites }) => rewrites.some(({ kind, by }) => kind === "dnat" && by === "conntrack"));
  const service = decidedService(survey, asked) ?? ("service" in aim ? aim.service : undefined);
  if (outcome.kind !== "answered" || hop === undefined || service === undefined) return undefined;
  const ready = readyEndpoints(sceneOf(survey, service)).length;
  const name = shortName(service);
  const pod = outcome.servedBy.kind === "pod" ? W.pod(outcome.servedBy.name) : outcome.endpoint;
  return {
    class: "connection-reused",
    claims: [
      { kind: "outcome", outcome: "answered", endpoint: outcome.endpoint },
      { kind: "endpoints", service: named(service), ready },
    ],
    title: W.reused(pod),
    explanation: W.reusedLong(hop.from.kind === "node" ? hop.from.name : undefined, outcome.endpoint, name, ready),
    evidence: [
      {
        command: `kubectl get endpointslices -l ${LabelServiceName}=${service.metadata.name}${inNamespace(service.metadata.namespace)}`,
        shows: W.toChoose,
        prints: [service.metadata.name ?? ""],
      },
    ],
    responsible: { object: refOf(service), path: ["spec", "ports"] },
    cures: [sendCure(W.newConnection, asked)],
  };
}
