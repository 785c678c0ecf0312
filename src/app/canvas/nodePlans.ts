// What the settings' dialog does to the cluster's machines: each change as the list that they are to be.
import { type ClusterSettings, compareText, freeName, type NodeSettings, sizeOf } from "../../cluster/index.ts";
import type { SharedNode } from "../../scenario/index.ts";

/** The machines in the order of their names, node-2 before node-10. */
export function byName(nodes: readonly NodeSettings[]): readonly NodeSettings[] {
  const number = ({ name }: NodeSettings) => Number(/\d+$/.exec(name)?.[0] ?? Number.POSITIVE_INFINITY);
  return [...nodes].sort((a, b) => {
    const [left, right] = [number(a), number(b)];
    return left === right ? compareText(a.name, b.name) : left < right ? -1 : 1;
  });
}

/** Machines that the dialog may change; Nodes in YAML are changed there. */
export function ownNodes({ nodes }: ClusterSettings): readonly NodeSettings[] {
  return nodes.filter(({ declared }) => declared !== true);
}

/** As many as asked for: new ones are numbered, and the last leave first, but for Nodes in YAML. */
export function withCount(settings: ClusterSettings, count: number): readonly SharedNode[] {
  const leaving = new Set(
    byName(ownNodes(settings))
      .slice(Math.max(0, count - settings.nodes.length + ownNodes(settings).length))
      .map(({ name }) => name),
  );
  const plans: SharedNode[] = settings.nodes.flatMap(({ name }) => (leaving.has(name) ? [] : [{ name }]));
  while (plans.length < count)
    plans.push({
      name: freeName(
        settings,
        plans.map(({ name }) => name),
      ),
    });
  return plans;
}

/** Without one. */
export function without({ nodes }: ClusterSettings, left: string): readonly SharedNode[] {
  return nodes.flatMap(({ name }) => (name === left ? [] : [{ name }]));
}

/** With this of the given nodes changed. */
export function withChange(
  { nodes }: ClusterSettings,
  names: readonly string[],
  change: Omit<SharedNode, "name">,
): readonly SharedNode[] {
  return nodes.map(({ name }) => (names.includes(name) ? { name, ...change } : { name }));
}

/** Over so many zones, in turn. */
export function spread(settings: ClusterSettings, zones: number): readonly SharedNode[] {
  const order = byName(ownNodes(settings)).map(({ name }) => name);
  return settings.nodes.map(({ name }) => {
    const at = order.indexOf(name);
    return at < 0 ? { name } : { name, zone: zoneName(at % zones) };
  });
}

function zoneName(at: number): string {
  return `zone-${"abcdefghi".charAt(at)}`;
}

/** What all have in common of a field, as text; undefined when they differ. */
export function common(nodes: readonly NodeSettings[], field: keyof ReturnType<typeof valuesOf>): string | undefined {
  const [first, ...others] = new Set(nodes.map((node) => valuesOf(node)[field]));
  return others.length === 0 ? first : undefined;
}

/** What a row shows of a machine. */
export function valuesOf(node: NodeSettings) {
  const { cpu, memory, pods } = sizeOf(node);
  return { zone: node.zone, cpu, memory, pods: String(pods) };
}
