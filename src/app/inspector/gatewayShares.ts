// How the requests through a Gateway were shared among the backends of its routes, as its pods say of each.
import { type KubeObject, keyOf, makeKey, type World } from "../../cluster/index.ts";
import type { Gateway, Route } from "../../gateway/index.ts";
import { isRouteOf } from "../store/derive.ts";

/** A backend of a rule. */
export interface Shared {
  readonly backend: string;
  readonly count: number;
  /** Of the requests of its rule: in [0, 1]; undefined before the first. */
  readonly share: number | undefined;
  /** By its weight: in [0, 1]. */
  readonly expected: number;
}

/** A rule with more than nothing behind it. */
export interface SharedRule {
  /** Name of the HTTPRoute. */
  readonly route: string;
  /** Of its matches: `/cart, /basket`. */
  readonly paths: string;
  readonly backends: readonly Shared[];
}

const CHOSE = /matched \S+ to (\w+Route \S+)(?: rule \S+)? \(\w+ (\S+)\), chose Service (\S+):\d+ /;

/** The rules of the routes that have a Gateway as their parent, each with what its backends got of the requests that are remembered. */
export function sharesOf(world: World, gateway: Gateway): readonly SharedRule[] {
  const { name, namespace = "default" } = gateway.metadata;
  const counts = countsOf(world, (pod) => pod.namespace === namespace && isOf(world, pod, name ?? ""));
  const routes = world.api.list("httproutes.gateway.networking.k8s.io") as readonly KubeObject[];
  return (routes as unknown as readonly Route[]) // each resource holds its own kind
    .filter((route) => isRouteOf(route, gateway))
    .flatMap((route) =>
      (route.spec?.rules ?? []).flatMap(({ backendRefs = [], matches = [] }) => {
        const paths = matches.map(({ path }) => path?.value ?? "/");
        const all = backendRefs.map((each) => {
          const key = makeKey(each.namespace ?? route.metadata.namespace, each.name);
          const count = paths.reduce(
            (sum, path) => sum + (counts.get(`HTTPRoute ${keyOf(route)} ${path} ${key}`) ?? 0),
            0,
          );
          return { backend: each.name, weight: each.weight ?? 1, count };
        });
        const total = all.reduce((sum, { count }) => sum + count, 0);
        const weights = all.reduce((sum, { weight }) => sum + weight, 0);
        const backends = all.map(({ backend, weight, count }) => ({
          backend,
          count,
          share: total === 0 ? undefined : count / total,
          expected: weights === 0 ? 0 : weight / weights,
        }));
        return backends.length === 0 ? [] : [{ route: route.metadata.name ?? "", paths: paths.join(", "), backends }];
      }),
    );
}

/** Requests of a Gateway's pods, by route, path and backend. */
function countsOf(
  { trace }: World,
  isPod: (pod: { readonly namespace: string; readonly name: string }) => boolean,
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { from, packets } of trace.exchanges()) {
    if (from.kind !== "pod" || !isPod(from)) continue;
    const because = trace.packet(packets[0] ?? -1)?.hops[0]?.because;
    const [, route, path, service] = CHOSE.exec(because ?? "") ?? [];
    if (route === undefined) continue;
    const key = `${route} ${path} ${service}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

function isOf(
  { api }: World,
  { namespace, name }: { readonly namespace: string; readonly name: string },
  gateway: string,
): boolean {
  const labels = api.find("pods", namespace, name)?.metadata.labels;
  return labels?.["gateway.networking.k8s.io/gateway-name"] === gateway;
}
