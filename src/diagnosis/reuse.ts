// An answered request that went on in a connection that stood, past every choice.
import { decidedService, sendCure } from "./asked.ts";
import { readyEndpoints, sceneOf } from "./scene.ts";
import type { Cause, Trouble } from "./trouble.ts";
import { inNamespace, refOf, shortName } from "./words.ts";

/** Spec: [DIAG-28]. */
export function connectionReused({ world, asked, aim, exchange }: Trouble): Cause | undefined {
  const { outcome } = exchange;
  const hop = asked.hops.find(({ rewrites }) => rewrites.some(({ kind, by }) => kind === "dnat" && by === "conntrack"));
  const service = decidedService(world, asked) ?? ("service" in aim ? aim.service : undefined);
  if (outcome.kind !== "answered" || hop === undefined || service === undefined) return undefined;
  const ready = readyEndpoints(sceneOf(world, service)).length;
  const name = shortName(service);
  const pod = outcome.servedBy.kind === "pod" ? `pod ${outcome.servedBy.name}` : outcome.endpoint;
  const { host, port } = asked;
  return {
    title: `It went on in its old connection, so to ${pod} again`,
    explanation: `The endpoint is drawn once for each connection: ${hop.from.kind === "node" ? hop.from.name : "the node"} knew this one (conntrack) and sent the request to ${outcome.endpoint} as the ones before, whatever the rules would draw now. Service ${name} has ${ready} ready ${ready === 1 ? "endpoint" : "endpoints"}; pods that came later get nothing from connections that stay open (keep-alive, HTTP/2, gRPC, databases). What balances them is a client that opens new connections now and then, or one that knows the pods: a headless Service, a proxy, a mesh.`,
    evidence: [
      {
        command: `for i in 1 2 3 4 5 6; do curl -s http://${host}:${port}; done`,
        shows: "a connection each: different pods",
      },
      {
        command: `kubectl get endpointslices -l kubernetes.io/service-name=${service.metadata.name}${inNamespace(service.metadata.namespace)}`,
        shows: "the endpoints there are to choose from",
      },
    ],
    responsible: { object: refOf(service), path: ["spec", "ports"] },
    cures: [sendCure("Send it on a connection of its own", asked)],
  };
}
