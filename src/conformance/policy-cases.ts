// The cases of NetworkPolicies in `policies/` (its README tells the format), and the generated ones that products stand for.
import type {
  KubeObject,
  NetworkPolicy,
  NetworkPolicyEgressRule,
  NetworkPolicyPeer,
  NetworkPolicyPort,
  Protocol,
} from "../cluster/index.ts";
import { caseFiles, readCase } from "./playing.ts";

type Labels = Readonly<Record<string, string>>;

export interface CasePod {
  readonly namespace: string;
  readonly name: string;
  readonly labels: Labels;
  readonly ports: readonly { readonly port: number; readonly protocol: Protocol; readonly name?: string }[];
  readonly node?: string;
}

/** One question: `from` is `NAMESPACE/POD` or `node/NAME`; without `expected` the oracle's answer is expected. */
export interface Probe {
  readonly from: string;
  readonly to: string;
  readonly port: number;
  readonly protocol: Protocol;
  readonly expected?: string;
}

interface Table {
  readonly port: number;
  readonly protocol: Protocol;
  readonly pods: readonly string[];
  readonly rows: readonly string[];
}

interface Named {
  readonly kind: "Namespace" | "NetworkPolicy" | "Pod";
  readonly namespace?: string;
  readonly name: string;
}

/** What is made and asked; a case is a first stage, and those that follow. */
export interface Stage {
  readonly namespaces?: readonly { readonly name: string; readonly labels: Labels }[];
  readonly pods?: readonly CasePod[];
  readonly policies?: readonly NetworkPolicy[];
  readonly apply?: readonly NetworkPolicy[];
  readonly label?: readonly (Named & { readonly labels: Labels })[];
  readonly relabel?: readonly (Named & { readonly labels: Labels })[];
  readonly delete?: readonly Named[];
  readonly probes?: readonly Probe[];
  readonly tables?: readonly Table[];
  /** Every pod to every other, on every port. */
  readonly asksAll?: true;
}

export interface PolicyCase extends Stage {
  /** `policies/FOLDER/FILE`, and the generated case behind ` | `. */
  readonly name: string;
  readonly steps?: readonly Stage[];
}

/** Every case, the generated ones last. */
export function policyCases(): PolicyCase[] {
  return caseFiles("policies", ".json").flatMap((path) => {
    const name = path.replace(/\.json$/, "");
    const data: unknown = JSON.parse(readCase(path));
    return path.includes("/products/") ? expand(name, data as Products) : [{ ...(data as PolicyCase), name }]; // as the README says
  });
}

/** What a stage asks of the pods that are there. */
export function probesOf(stage: Stage, pods: ReadonlyMap<string, CasePod>): Probe[] {
  const cells = (stage.tables ?? []).flatMap(({ port, protocol, pods: names, rows }) =>
    rows.flatMap((row, i) =>
      [...row].flatMap((cell, j) => {
        const [from = "", to = ""] = [names[i], names[j]];
        return cell === "-" ? [] : [{ from, to, port, protocol, expected: cell === "." ? "allowed" : "blocked" }];
      }),
    ),
  );
  const all = !stage.asksAll
    ? []
    : [...pods.keys()].flatMap((from) =>
        [...pods].flatMap(([to, { ports }]) =>
          from === to ? [] : ports.map(({ port, protocol }) => ({ from, to, port, protocol })),
        ),
      );
  return [...(stage.probes ?? []), ...cells, ...all];
}

/** A policy with the addresses of the pods that it names. */
export function withAddresses<T extends KubeObject>(object: T, addressOf: (place: string) => string): T {
  return JSON.parse(JSON.stringify(object).replace(/\{\{ip ([^}]+)\}\}/g, (_, place: string) => addressOf(place))) as T; // the same with other texts
}

type Way = "ingress" | "egress";
/** A rule of either direction: its peers are `from` or `to` by direction. */
interface AnyRule {
  readonly peers?: readonly NetworkPolicyPeer[];
  readonly ports?: readonly NetworkPolicyPort[];
}
type Rules = readonly AnyRule[];

interface Group {
  readonly name: string;
  readonly count: number;
  readonly directions?: readonly Way[];
  readonly values?: readonly unknown[];
  readonly peer?: NetworkPolicyPeer;
  readonly cases?: readonly {
    readonly name: string;
    readonly policies: readonly unknown[];
    readonly steps?: readonly Stage[];
  }[];
}

interface Products {
  readonly base: NetworkPolicy;
  readonly groups: readonly Group[];
  readonly pods: {
    readonly names: readonly string[];
    readonly namespaces: readonly string[];
    readonly ports: readonly number[];
    readonly protocols: readonly Protocol[];
    readonly nodes: Readonly<Record<string, string>>;
  };
  readonly peers: readonly { readonly name: string; readonly peer: NetworkPolicyPeer }[];
  readonly ports: readonly NetworkPolicyPort[];
  readonly oddPorts: readonly { readonly port: NetworkPolicyPort }[];
  readonly portPairs: readonly (readonly NetworkPolicyPort[])[];
  readonly rules: Readonly<Record<string, Rules>>;
  readonly targets: Readonly<Record<string, { readonly namespace: string; readonly podSelector: object }>>;
}

/** The generated cases of a file of products. @throws Error when a group has another number of them than it says. */
function expand(file: string, data: Products): PolicyCase[] {
  const { names, ports, protocols, nodes } = data.pods;
  const served = ports.flatMap((port) =>
    protocols.map((protocol) => ({ port, protocol, name: `serve-${port}-${protocol.toLowerCase()}` })),
  );
  const namespaces = data.pods.namespaces.map((name) => ({ name, labels: { ns: name } }));
  const pods = namespaces.flatMap(({ name: namespace }) =>
    names.map((name) => ({ namespace, name, node: nodes[namespace] ?? "", labels: { pod: name }, ports: served })),
  );
  return data.groups.flatMap((group) => {
    const made = groupCases(data, group).map(({ name, policies, steps = [] }): PolicyCase => {
      const full = steps.map((step) => ({
        ...step,
        asksAll: true as const,
        ...(step.pods === undefined ? {} : { pods: step.pods.map((pod) => ({ ...pod, ports: served })) }),
      }));
      return { name: `${file} | ${group.name}: ${name}`, namespaces, pods, policies, asksAll: true, steps: full };
    });
    if (made.length !== group.count)
      throw new Error(`${file}: ${made.length} cases of ${group.name}, not ${group.count}`);
    return made;
  });
}

interface Made {
  readonly name: string;
  readonly policies: readonly NetworkPolicy[];
  readonly steps?: readonly Stage[];
}

function groupCases(data: Products, group: Group): Made[] {
  const { base } = data;
  const { name, directions = [], values = [], cases = [] } = group;
  const ways = (make: (way: Way) => Made[]) => directions.flatMap(make);
  switch (name) {
    case "targets":
      return values.map((value) => {
        const { namespace, podSelector } = value as { namespace?: string; podSelector?: object }; // as the README says
        const metadata = { ...base.metadata, ...(namespace === undefined ? {} : { namespace }) };
        const spec = { ...base.spec, ...(podSelector === undefined ? {} : { podSelector }) };
        return { name: JSON.stringify(value), policies: [{ ...base, metadata, spec }] };
      });
    case "rules":
      return ways((way) =>
        values.map((value) => {
          const spec = { ...base.spec, [way]: rulesOf(way, data.rules[String(value)]) };
          return { name: `${way}: ${value}`, policies: [{ ...base, spec }] };
        }),
      );
    case "peers":
    case "namespaces": {
      const sets = group.peer === undefined ? subsets(data.peers) : [[{ name: "default label", peer: group.peer }]];
      return ways((way) =>
        sets.map((set) => ({
          name: `${way}: ${set.map((each) => each.name).join(", ") || "none"}`,
          policies: [withFirst(base, way, { [way === "ingress" ? "from" : "to"]: set.map(({ peer }) => peer) })],
        })),
      );
    }
    case "ports": {
      const single = [...data.ports, ...data.oddPorts.map(({ port }) => port)].map((port) => [port]);
      return ways((way) =>
        [[], ...single, ...data.portPairs].map((set) => ({
          name: `${way}: ${JSON.stringify(set)}`,
          policies: [withFirst(base, way, { ports: set })],
        })),
      );
    }
    case "conflicts":
      return cases.map((one) => conflict(data, one));
    default:
      return cases.map((one) => ({ ...one, policies: one.policies as NetworkPolicy[] })); // whole manifests
  }
}

interface Conflicting {
  readonly name: string;
  readonly target: string;
  readonly direction: Way;
  readonly rules: string;
}

function conflict(data: Products, one: NonNullable<Group["cases"]>[number]): Made {
  const given = one.policies as Conflicting[]; // as the README says
  const dns = { name: "allow-dns", target: "source", direction: "egress", rules: "allow DNS" } as const;
  const all = given.some(({ direction }) => direction === "egress") ? [...given, dns] : given;
  const policies = all.map(({ name, target, direction, rules }) => {
    const { namespace = "", podSelector = {} } = data.targets[target] ?? {};
    const policyTypes = [direction === "ingress" ? "Ingress" : "Egress"];
    const spec = { podSelector, policyTypes, [direction]: rulesOf(direction, data.rules[rules]) };
    return { apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy", metadata: { name, namespace }, spec };
  });
  return { name: one.name, policies };
}

/** None, each one, each pair. */
function subsets<T>(items: readonly T[]): T[][] {
  const pairs = items.flatMap((one, i) => items.slice(i + 1).map((other) => [one, other]));
  return [[], ...items.map((one) => [one]), ...pairs];
}

function withFirst(base: NetworkPolicy, way: Way, change: NetworkPolicyEgressRule | object): NetworkPolicy {
  const [first, ...rest] = base.spec?.[way] ?? [];
  return { ...base, spec: { ...base.spec, [way]: [{ ...first, ...change }, ...rest] } };
}

function rulesOf(way: Way, rules: Rules = []): object[] {
  return rules.map(({ peers, ...rest }) => ({
    ...rest,
    ...(peers === undefined ? {} : { [way === "ingress" ? "from" : "to"]: peers }),
  }));
}
