// An answered request on an open connection, for which no endpoint was chosen.
import { LabelServiceName } from "../cluster/index.ts";
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
  const pod = outcome.servedBy.kind === "pod" ? `pod ${outcome.servedBy.name}` : outcome.endpoint;
  return {
    class: "connection-reused",
    claims: [
      { kind: "outcome", outcome: "answered", endpoint: outcome.endpoint },
      { kind: "endpoints", service: named(service), ready },
    ],
    title: `It used an open connection, so it went to ${pod} again`,
    explanation: `The endpoint is drawn once per connection: ${hop.from.kind === "node" ? hop.from.name : "the node"} knew this one (conntrack) and sent the request to ${outcome.endpoint} like the earlier ones, whatever the rules would draw now. Service ${name} has ${ready} ready ${ready === 1 ? "endpoint" : "endpoints"}; new pods get nothing from connections that stay open (keep-alive, HTTP/2, gRPC, databases). To balance them, open new connections from time to time, or balance over the pods themselves: with a headless Service, a proxy or a mesh.`,
    evidence: [
      {
        command: `kubectl get endpointslices -l ${LabelServiceName}=${service.metadata.name}${inNamespace(service.metadata.namespace)}`,
        shows: "the endpoints to choose from",
        prints: [service.metadata.name ?? ""],
      },
    ],
    responsible: { object: refOf(service), path: ["spec", "ports"] },
    cures: [sendCure("Send it on a new connection", asked)],
  };
}
