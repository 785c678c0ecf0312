// Whom session affinity holds to which endpoint, by the lists of the nodes.
import { keyOf, type Service, type World } from "../cluster/index.ts";

/** A client that a node sends to one endpoint. */
export interface Pinned {
  readonly node: string;
  /** The client's address as the node sees it. */
  readonly client: string;
  /** `ip:port` */
  readonly endpoint: string;
  /** Virtual milliseconds until the node forgets the client. */
  readonly remaining: number;
}

/** All clients of a Service that are held now; each node keeps lists of its own. Source: docs/semantics.md 3.6. */
export function pinnedTo(world: World, service: Service): readonly Pinned[] {
  const key = keyOf(service);
  const found = new Map<string, Pinned>();
  for (const { name: node } of world.settings.nodes) {
    for (const chain of world.rulesOf(node).ruleset.chains("nat"))
      for (const { comment = "", recentCheck, target } of chain.rules()) {
        const [id, endpoint] = comment.split(" -> ");
        if (recentCheck === undefined || target?.kind !== "jump" || endpoint === undefined) continue;
        if (id !== key && !id?.startsWith(`${key}:`)) continue;
        for (const [client, at] of world.network.clientsOf(node, recentCheck.name)) {
          const remaining = at + recentCheck.seconds * 1000 - world.clock.now;
          if (remaining >= 0) found.set(`${node} ${client} ${endpoint}`, { node, client, endpoint, remaining });
        }
      }
  }
  return [...found.values()];
}
