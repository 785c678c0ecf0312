// A Service as a form, and what changes in an object when the form does.
import { type FieldPath, type Service, type ServicePort, valueAt } from "../../cluster/index.ts";
import type { FieldChange } from "../../diagnosis/index.ts";
import { labelsOf, type Pair, pairsOf, planPairs } from "./pairs.ts";

/** The types of Services as people tell them apart: headless is ClusterIP with `clusterIP: None`. */
export const TYPES = ["ClusterIP", "Headless", "NodePort", "LoadBalancer", "ExternalName"] as const;
export type ServiceType = (typeof TYPES)[number];

/** A port as typed. */
export interface PortRow {
  /** Tells the rows of a form apart. */
  readonly id: number;
  /** The port of the object that it is; undefined for a new one. Ports are the same by number and protocol. */
  readonly origin?: string;
  readonly name: string;
  readonly port: string;
  readonly targetPort: string;
  /** "": the cluster chooses. */
  readonly nodePort: string;
  readonly protocol: string;
}

/** What can be changed of a Service, as typed. */
export interface ServiceForm {
  readonly type: ServiceType;
  readonly externalName: string;
  readonly ports: readonly PortRow[];
  readonly selector: readonly Pair[];
  readonly affinity: string;
  readonly timeout: string;
  readonly external: string;
  readonly internal: string;
}

/** Changes of an object; `rows` says which row of the form each port of the result is. */
export interface Plan {
  readonly changes: readonly FieldChange[];
  readonly rows: readonly number[];
}

/** As the API server sets it where nothing is said. */
const TIMEOUT = 10_800;

export function formOf({ spec = {} }: Service): ServiceForm {
  return {
    type: typeOf(spec),
    externalName: spec.externalName ?? "",
    ports: (spec.ports ?? []).map((port, id) => ({
      id,
      origin: originOf(port),
      name: port.name ?? "",
      port: String(port.port),
      targetPort: String(port.targetPort ?? port.port),
      nodePort: String(port.nodePort ?? ""),
      protocol: port.protocol ?? "TCP",
    })),
    selector: pairsOf(spec.selector),
    affinity: spec.sessionAffinity ?? "None",
    timeout: String(spec.sessionAffinityConfig?.clientIP?.timeoutSeconds ?? TIMEOUT),
    external: spec.externalTrafficPolicy ?? "Cluster",
    internal: spec.internalTrafficPolicy ?? "Cluster",
  };
}

function typeOf({ type = "ClusterIP", clusterIP }: NonNullable<Service["spec"]>): ServiceType {
  if (type === "ClusterIP" && clusterIP === "None") return "Headless";
  return TYPES.find((each) => each === type) ?? "ClusterIP";
}

const originOf = ({ port, protocol = "TCP" }: Partial<ServicePort>) => `${port}/${protocol}`;

/** A row for a port more. */
export function emptyRow(rows: readonly PortRow[]): PortRow {
  const id = Math.max(-1, ...rows.map((row) => row.id)) + 1;
  return { id, name: "", port: "", targetPort: "", nodePort: "", protocol: "TCP" };
}

/** Whether ports of a Service of this type have nodePorts. */
export const hasNodePorts = (type: ServiceType): boolean => type === "NodePort" || type === "LoadBalancer";

/** The changes that make of `base`, the object in the text or in the cluster, what the form says. What the form left as it was stays as `base` has it. */
export function planService(base: unknown, before: ServiceForm, after: ServiceForm): Plan {
  const { changes, rows } = portChanges(base, before, after);
  const all = [
    ...typeChanges(base, before, after),
    ...changes,
    ...planPairs(base, SELECTOR, labelsOf(before.selector), labelsOf(after.selector)),
    ...affinityChanges(before, after),
    ...policyChanges(base, before, after),
  ];
  return { changes: all.filter((change) => change.op === "set" || valueAt(base, change.path) !== undefined), rows };
}

const SELECTOR = ["spec", "selector"] as const;

const set = (path: FieldPath, value: unknown): FieldChange => ({ op: "set", path, value });
const remove = (...path: FieldPath): FieldChange => ({ op: "remove", path });

/** What only some types have; the API server refuses it with others where it is written. */
const OF_TYPES: readonly (readonly [field: string, types: readonly ServiceType[]])[] = [
  ["externalName", ["ExternalName"]],
  ["clusterIP", ["ClusterIP", "NodePort", "LoadBalancer"]],
  ["clusterIPs", ["ClusterIP", "NodePort", "LoadBalancer"]],
  ["ipFamilies", ["ClusterIP", "Headless", "NodePort", "LoadBalancer"]],
  ["ipFamilyPolicy", ["ClusterIP", "Headless", "NodePort", "LoadBalancer"]],
  ["internalTrafficPolicy", ["ClusterIP", "Headless", "NodePort", "LoadBalancer"]],
  ["healthCheckNodePort", ["LoadBalancer"]],
  ["allocateLoadBalancerNodePorts", ["LoadBalancer"]],
  ["loadBalancerClass", ["LoadBalancer"]],
  ["loadBalancerSourceRanges", ["LoadBalancer"]],
];

function typeChanges(base: unknown, before: ServiceForm, after: ServiceForm): readonly FieldChange[] {
  const named =
    after.type === "ExternalName" && (before.type !== after.type || before.externalName !== after.externalName);
  const name = named ? [set(["spec", "externalName"], after.externalName.trim())] : [];
  if (before.type === after.type) return name;
  const type = after.type === "Headless" ? "ClusterIP" : after.type;
  const isHeadless = before.type === "Headless";
  const gone = OF_TYPES.filter(([field, types]) => {
    if (field.startsWith("clusterIP")) return after.type === "ExternalName" || isHeadless;
    return !types.includes(after.type);
  });
  const wasSaid = valueAt(base, ["spec", "type"]) ?? "ClusterIP";
  return [
    ...(wasSaid === type ? [] : [set(["spec", "type"], type)]),
    ...name,
    ...gone.map(([field]) => remove("spec", field)),
    ...(after.type === "Headless" ? [set(["spec", "clusterIP"], "None")] : []),
    ...(canHaveExternalPolicy(base, after.type) ? [] : [remove("spec", "externalTrafficPolicy")]),
  ];
}

/** A Service that is reached from outside: by its type, or by externalIPs. */
export function canHaveExternalPolicy(base: unknown, type: ServiceType): boolean {
  const ips = valueAt(base, ["spec", "externalIPs"]);
  return hasNodePorts(type) || (type !== "ExternalName" && Array.isArray(ips) && ips.length > 0);
}

function portChanges(base: unknown, before: ServiceForm, after: ServiceForm): Plan {
  const written = valueAt(base, ["spec", "ports"]);
  const ports: readonly Partial<ServicePort>[] = Array.isArray(written) ? written : [];
  const at = (origin: string | undefined) => ports.findIndex((port) => originOf(port) === origin);
  const wanted = new Set(after.ports.map(({ origin }) => origin));
  const gone = before.ports.filter(({ origin }) => !wanted.has(origin)).map(({ origin }) => at(origin));
  const dropped = gone.filter((index) => index >= 0).toSorted((a, b) => b - a);
  const kept = after.ports.filter(({ origin }) => at(origin) >= 0);
  const fresh = after.ports.filter((row) => at(row.origin) < 0 && isChanged(before, row));
  const nodePorts = hasNodePorts(after.type);
  const rows = [
    ...ports.flatMap((port, index) => (dropped.includes(index) ? [] : [rowOf(after, originOf(port))])),
    ...fresh.map(({ id }) => id),
  ];
  const added = fresh.map((row) => portOf(row, nodePorts));
  return {
    changes: [
      ...(nodePorts ? [] : ports.flatMap((_, index) => [remove("spec", "ports", index, "nodePort")])),
      ...kept.flatMap((row) =>
        rowChanges(
          at(row.origin),
          before.ports.find(({ id }) => id === row.id),
          row,
          nodePorts,
        ),
      ),
      ...(ports.length === 0 && added.length > 0
        ? [set(["spec", "ports"], added)]
        : added.map((port, index) => set(["spec", "ports", ports.length + index], port))),
      ...(dropped.length === ports.length && added.length === 0 && ports.length > 0
        ? [remove("spec", "ports")]
        : dropped.map((index) => remove("spec", "ports", index))),
    ],
    rows,
  };
}

function rowOf({ ports }: ServiceForm, origin: string): number {
  return ports.find((row) => row.origin === origin)?.id ?? -1;
}

/** A row that is new, or that is not as the object has it. */
function isChanged({ ports }: ServiceForm, row: PortRow): boolean {
  const old = ports.find(({ id, origin }) => id === row.id && origin === row.origin);
  return old === undefined || FIELDS.some((field) => old[field] !== row[field]);
}

const FIELDS = ["name", "port", "targetPort", "nodePort", "protocol"] as const;

/** Only what differs from the form as it was opened: what the text leaves to the API server stays left to it. */
function rowChanges(index: number, old: PortRow | undefined, row: PortRow, nodePorts: boolean): readonly FieldChange[] {
  return FIELDS.flatMap((field): FieldChange[] => {
    if (old?.[field] === row[field] || (field === "nodePort" && !nodePorts)) return [];
    const value = typedValue(field, row[field]);
    const path = ["spec", "ports", index, field] as const;
    return value === undefined ? [remove(...path)] : [set(path, value)];
  });
}

function portOf(row: PortRow, nodePorts: boolean): object {
  const fields = FIELDS.flatMap((field) => {
    if ((field === "nodePort" && !nodePorts) || (field === "protocol" && row.protocol === "TCP")) return [];
    const value = typedValue(field, row[field]);
    return value === undefined ? [] : [[field, value] as const];
  });
  return Object.fromEntries(fields);
}

/** A number where digits are typed into a field for one; what else is typed is the API server's to refuse. */
function typedValue(field: (typeof FIELDS)[number], text: string): unknown {
  const value = text.trim();
  if (value === "") return undefined;
  return field !== "name" && field !== "protocol" && /^\d{1,15}$/.test(value) ? Number(value) : value;
}

function affinityChanges(before: ServiceForm, after: ServiceForm): readonly FieldChange[] {
  const changes: FieldChange[] = [];
  if (before.affinity !== after.affinity) changes.push(set(["spec", "sessionAffinity"], after.affinity));
  if (after.affinity === "None")
    return before.affinity === "None" ? changes : [...changes, remove("spec", "sessionAffinityConfig")];
  if (before.timeout === after.timeout) return changes;
  const seconds = typedValue("port", after.timeout);
  const path = ["spec", "sessionAffinityConfig", "clientIP", "timeoutSeconds"] as const;
  return [...changes, seconds === undefined ? remove(...path) : set(path, seconds)];
}

function policyChanges(base: unknown, before: ServiceForm, after: ServiceForm): readonly FieldChange[] {
  const changes: FieldChange[] = [];
  if (canHaveExternalPolicy(base, after.type) && before.external !== after.external) {
    changes.push(set(["spec", "externalTrafficPolicy"], after.external));
    if (after.external !== "Local" && after.type === before.type) changes.push(remove("spec", "healthCheckNodePort"));
  }
  if (after.type !== "ExternalName" && before.internal !== after.internal)
    changes.push(set(["spec", "internalTrafficPolicy"], after.internal));
  return changes;
}
