// The table of who may reach whom: as it is, or beside what it would be with other policies.
import type { NetworkPolicy, World } from "../../../cluster/index.ts";
import {
  changesOf,
  type Group,
  groupsOf,
  matrixOf,
  PolicyView,
  type Reach,
} from "../../../kinds/networkpolicy/index.ts";

/** Columns and rows that are drawn; `sim matrix` prints all. */
const MOST = 24;
/** Workloads that are compared; those in the namespaces of the policies come first. */
const MOST_COMPARED = 100;

/** What a change does to a way; `some`: for a part of the pods. */
type Turn = "opens" | "opensSome" | "closes" | "closesSome";

/** One cell: what holds, and what it was where that is something else. */
export interface Way {
  readonly reach: Reach;
  readonly turn?: Turn;
  readonly before?: Reach;
}

export interface Table {
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  /** By `ROW COLUMN`. */
  readonly ways: ReadonlyMap<string, Way>;
  /** Ways that open and close, whether drawn or not. */
  readonly opens: number;
  readonly closes: number;
  /** Whether ways that change have no place in the table, or workloads were left out of the comparison. */
  readonly isCut: boolean;
}

/** The policies that are thought of, as the API server would keep them. */
export type Wanted = readonly NetworkPolicy[];

interface Look {
  readonly world: World;
  /** The policies as they are. */
  readonly view: PolicyView;
  /** Whether the cluster's own workloads are shown. */
  readonly system: boolean;
}

export const headOf = ({ to, protocol, port }: Reach) => `${to} ${protocol} ${port}`;

/** The present state. */
export function tableOf({ world, view, system }: Look): Table {
  const groups = groupsOf(world, view)
    .filter((each) => system || !isSystem(each.name))
    .slice(0, MOST);
  const all = matrixOf(view, groups, groups);
  return {
    rows: groups.map(({ name }) => name),
    columns: [...new Set(all.map(headOf))].slice(0, MOST),
    ways: new Map(all.map((reach) => [`${reach.from} ${headOf(reach)}`, { reach }])),
    opens: 0,
    closes: 0,
    isCut: false,
  };
}

/** What would be if the wanted policies were applied. A way to a hidden workload is in the table if it changes: a name can't be looked up without the cluster's DNS. */
export function comparedTable({ world, view, system }: Look, wanted: Wanted): Table {
  const all = groupsOf(world, view);
  const groups = nearest(all, wanted);
  const senders = groups.filter(({ name }) => system || !isSystem(name));
  const before = matrixOf(view, senders, groups);
  const after = matrixOf(new PolicyView(world, policiesWith(world, wanted)), senders, groups);
  const ways = new Map<string, Way>(after.map((reach) => [`${reach.from} ${headOf(reach)}`, { reach }]));
  const [rows, columns] = [new Set<string>(), new Set<string>()];
  let [opens, closes] = [0, 0];
  for (const change of changesOf(before, after)) {
    const turn = turnOf(change.before, change.after);
    ways.set(`${change.after.from} ${headOf(change.after)}`, { reach: change.after, turn, before: change.before });
    if (turn.startsWith("opens")) opens += 1;
    else closes += 1;
    rows.add(change.after.from);
    columns.add(headOf(change.after));
  }
  const heads = [...new Set(after.map(headOf))].filter((head) => system || columns.has(head) || !isSystem(head));
  return {
    rows: first(
      senders.map(({ name }) => name),
      rows,
    ),
    columns: first(heads, columns),
    ways,
    opens,
    closes,
    isCut: groups.length < all.length || rows.size > MOST || columns.size > MOST,
  };
}

const isSystem = (name: string) => name.startsWith("kube-system/");

/** As many as have room, in their order; what changes has room first. */
function first(names: readonly string[], changed: ReadonlySet<string>): string[] {
  const byNeed = new Set([...names.filter((each) => changed.has(each)), ...names]);
  const kept = new Set([...byNeed].slice(0, MOST));
  return names.filter((each) => kept.has(each));
}

/** A policy is about the pods of its own namespace: these are compared, with as many others as there is time for. */
function nearest(groups: readonly Group[], wanted: Wanted): readonly Group[] {
  if (groups.length <= MOST_COMPARED) return groups;
  const own = new Set(wanted.map(({ metadata }) => metadata.namespace));
  const isOwn = ({ name }: Group) => own.has(name.split("/")[0]);
  const kept = new Set([...groups.filter(isOwn), ...groups.filter((each) => !isOwn(each))].slice(0, MOST_COMPARED));
  return groups.filter((each) => kept.has(each));
}

/** The cluster's policies, with the wanted ones in their places. */
function policiesWith(world: World, wanted: Wanted): Wanted {
  const keyOf = ({ metadata }: NetworkPolicy) => `${metadata.namespace}/${metadata.name}`;
  const all = [...world.api.list("networkpolicies.networking.k8s.io"), ...wanted];
  return [...new Map(all.map((each) => [keyOf(each), each])).values()];
}

function turnOf({ may: was }: Reach, { may }: Reach): Turn {
  if (may === "some") return was === "no" ? "opensSome" : "closesSome";
  return may === "yes" ? "opens" : "closes";
}
