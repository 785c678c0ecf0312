// An answered request whose pod saw another sender than the one that sent it.
import { decidedService } from "./asked.ts";
import type { Cause, Trouble } from "./trouble.ts";
import { inNamespace, refOf, shortName } from "./words.ts";

/** Spec: [DIAG-25]. */
export function sourceRewritten({ world, asked, exchange }: Trouble): Cause | undefined {
  const { outcome } = exchange;
  if (outcome.kind !== "answered") return undefined;
  const hop = asked.hops.find(({ rewrites }) => rewrites.some(({ kind }) => kind === "masquerade"));
  const service = decidedService(world, asked);
  const own = world.cluster.network.addressOf(asked.from);
  if (hop === undefined || service === undefined || own === undefined || outcome.clientSeen === own) return undefined;
  if (asked.from.kind !== "client" || hop.from.kind !== "node") return undefined;
  const name = shortName(service);
  return {
    title: `The pod saw ${outcome.clientSeen}, not the ${asked.from.name}`,
    explanation: `${hop.from.name} put its own address ${outcome.clientSeen} in the place of ${own} (masquerade), because externalTrafficPolicy of Service ${name} is ${service.spec?.externalTrafficPolicy ?? "Cluster"}: the pod may be on another node, and its answer has to come back through ${hop.from.name} to be rewritten. So programs log and limit by the node's address. With Local a node uses only its own pods and keeps the sender's address; nodes without one then drop the packet.`,
    evidence: [
      { command: `curl -s http://${asked.host}:${asked.port}`, shows: `you are ${outcome.clientSeen}` },
      {
        command: `kubectl get service ${service.metadata.name}${inNamespace(service.metadata.namespace)} -o jsonpath={.spec.externalTrafficPolicy}`,
        shows: service.spec?.externalTrafficPolicy ?? "Cluster",
      },
    ],
    responsible: { object: refOf(service), path: ["spec", "externalTrafficPolicy"] },
    cures: [
      {
        label: "Set spec.externalTrafficPolicy to Local",
        remedy: {
          kind: "edit",
          edits: [
            {
              object: refOf(service),
              changes: [{ op: "set", path: ["spec", "externalTrafficPolicy"], value: "Local" }],
            },
          ],
        },
      },
    ],
  };
}
