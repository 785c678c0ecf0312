// The expected shares of a Service's connections: the chances under the current rules of each node.
import type { Protocol, Service, World } from "../cluster/index.ts";

/** What the rules of one node give an endpoint, for connections that come to it by one route. */
export interface Chance {
  readonly node: string;
  readonly via: "clusterIP" | "nodePort";
  /** In [0, 1]. */
  readonly chance: number;
}

/**
 * The chance of each endpoint (`ip:port`) to be drawn for the next new connection, on each node and by each route. Without
 * session affinity: a client that is pinned goes where it is pinned. Headless and external Services have none: no rule chooses.
 * Source: docs/semantics.md 3.4 (which endpoints a node may use), 3.5 (all of them alike).
 */
export function chancesOf(world: World, { spec }: Service): ReadonlyMap<string, readonly Chance[]> {
  const chances = new Map<string, Chance[]>();
  const { clusterIP } = spec ?? {};
  if (clusterIP === undefined || clusterIP === "None" || clusterIP === "") return chances;
  for (const { name: node, address } of world.settings.nodes) {
    const ask = (via: Chance["via"], to: string, port: number, protocol: Protocol) => {
      const from =
        via === "clusterIP" ? ({ kind: "node", name: node } as const) : ({ kind: "client", name: "laptop" } as const);
      const { endpoints } = world.route({ from, at: node, address: to, port, protocol });
      for (const endpoint of endpoints)
        chances.set(endpoint, [...(chances.get(endpoint) ?? []), { node, via, chance: 1 / endpoints.length }]);
    };
    for (const { port, nodePort = 0, protocol = "TCP" } of spec?.ports ?? []) {
      ask("clusterIP", clusterIP, port, protocol as Protocol); // validated by the API server
      if (nodePort !== 0) ask("nodePort", address, nodePort, protocol as Protocol); // the same
    }
  }
  return chances;
}

/** What is usual among independent draws: the mean, and two standard deviations around it, in whole connections. */
export function usualRange(draws: number, chance: number): { readonly from: number; readonly to: number } {
  const mean = draws * chance;
  const spread = 2 * Math.sqrt(draws * chance * (1 - chance));
  return { from: Math.max(0, Math.ceil(mean - spread)), to: Math.min(draws, Math.floor(mean + spread)) };
}
