// Names that don't exist, as the sender's resolver asked for them: mistyped, of another namespace, of another domain.
import type { Service } from "../cluster/index.ts";
import { W } from "../words/en/why-names.ts";
import { fieldOf } from "./checks/about.ts";
import { type Claim, holdsValue, named } from "./claims.ts";
import { fieldEdit } from "./owned.ts";
import { sendInstead } from "./reach.ts";
import type { Cause, Trouble } from "./trouble.ts";
import { dnsName, inNamespace, listed, nearest, refOf, shortName } from "./words.ts";

const DOMAIN = "cluster.local";

/** The namespace and name that a host name means when the search list is used. */
export function nameParts({ asked }: Trouble): { readonly name: string; readonly namespace: string } {
  const own = asked.from.kind === "pod" ? asked.from.namespace : "default";
  const [name = "", namespace = own] = asked.host.replace(/\.$/, "").split(".");
  return { name, namespace };
}

/** The names that the sender's resolver asked for, in order, without their final dots. */
function tried({ survey, asked }: Trouble): readonly string[] {
  if (asked.from.kind !== "pod") return [asked.host];
  const { namespace, name } = asked.from;
  return survey.namesTried({ namespace, name }, asked.host).map((each) => each.replace(/\.$/, ""));
}

/** Spec: [DIAG-21]. */
export function unknownName(trouble: Trouble): Cause {
  const { survey } = trouble;
  const { name, namespace } = nameParts(trouble);
  const service = survey.service(namespace, name);
  const asked = tried(trouble);
  if (service !== undefined && !asked.includes(dnsName(service))) return otherDomain(trouble, service, asked);
  const elsewhere = survey.services.filter(
    ({ metadata }) => metadata.name === name && metadata.namespace !== namespace,
  );
  const known = survey.world.api.find("namespaces", undefined, namespace) !== undefined;
  if (elsewhere.length > 0 && known) return otherNamespace(trouble, elsewhere);
  return nobody(trouble, { name, namespace, known, asked });
}

/** The Service is there, and the name that was asked for is not the one that its DNS knows it by. */
function otherDomain(trouble: Trouble, service: Service, names: readonly string[]): Cause {
  const { asked, survey } = trouble;
  const full = dnsName(service);
  const typed = asked.host.replace(/\.$/, "").split(".").slice(2).join(".");
  const own = asked.from.kind === "pod" ? asked.from.namespace : "default";
  const fits = ["", "svc", `svc.${DOMAIN}`].includes(typed);
  const pod = asked.from.kind === "pod" ? { namespace: own, name: asked.from.name } : undefined;
  const resolver = pod && survey.resolverOf({ metadata: pod });
  const claims: Claim[] = [
    { kind: "asked", host: asked.host },
    { kind: "resolves", name: full, addresses: addressesOf(trouble, full) },
    ...names.map((each): Claim => ({ kind: "resolves", name: each, addresses: [] })),
    ...(pod === undefined || resolver === undefined
      ? []
      : [{ kind: "resolver" as const, pod, nameserver: resolver.nameserver, search: resolver.search }]),
  ];
  const evidence = [
    { command: `sim dns ${full} A`, shows: W.knownName, prints: ["NOERROR"] },
    { command: `sim dns ${names[0] ?? asked.host} A`, shows: "NXDOMAIN", prints: ["NXDOMAIN"] },
  ];
  const cures = [sendInstead(trouble, full, asked.port)];
  if (!fits)
    return {
      class: "wrong-cluster-domain",
      title: W.namedLike(DOMAIN),
      explanation: W.otherDomain(shortName(service), full, asked.host, typed, DOMAIN),
      claims,
      evidence,
      responsible: { object: refOf(service), path: ["metadata", "name"] },
      cures,
    };
  return searchList(trouble, { claims, evidence, cures, full, names, service });
}

/** A short name, and a resolver that puts nothing, or something else, behind it. */
function searchList(
  { asked, survey }: Trouble,
  {
    full,
    names,
    service,
    ...told
  }: Pick<Cause, "claims" | "evidence" | "cures"> & {
    readonly full: string;
    readonly names: readonly string[];
    readonly service: Service;
  },
): Cause {
  const pod =
    asked.from.kind === "pod"
      ? survey.podsIn(asked.from.namespace).find(({ metadata }) => metadata.name === asked.from.name)
      : undefined;
  const resolver = pod && survey.resolverOf(pod);
  const about = pod && { pod, workload: survey.workloadOf(pod) };
  const policy = pod?.spec?.dnsPolicy ?? "ClusterFirst";
  const search = resolver?.search ?? [];
  const list = search.length === 0 ? W.noSearch : W.search(listed(search));
  return {
    ...told,
    class: "search-list",
    title: W.searchMisses(asked.from.name, full),
    explanation: W.searchLong(
      shortName(service),
      full,
      asked.from.name,
      list,
      policy === "ClusterFirst" ? undefined : policy,
      resolver?.nameserver,
      listed(names),
    ),
    claims: [
      ...told.claims,
      ...(pod === undefined ? [] : [holdsValue(refOf(pod), ["spec", "dnsPolicy"], pod.spec?.dnsPolicy)]),
    ],
    ...(about === undefined ? {} : { responsible: fieldOf(about, "spec", "dnsConfig") }),
    cures: [
      ...told.cures,
      ...(about === undefined || policy !== "None"
        ? []
        : fieldEdit(about, W.clusterFirst, {
            op: "set",
            path: ["spec", "dnsPolicy"],
            value: "ClusterFirst",
          })),
    ],
  };
}

function addressesOf({ survey }: Trouble, name: string): readonly string[] {
  return survey.world.resolve(`${name}.`, "A").answers.flatMap(({ type, data }) => (type === "A" ? [data] : []));
}

interface Nobody {
  readonly name: string;
  readonly namespace: string;
  /** Whether there is such a namespace. */
  readonly known: boolean;
  readonly asked: readonly string[];
}

function nobody(trouble: Trouble, { name, namespace, known, asked: names }: Nobody): Cause {
  const { survey, asked } = trouble;
  const own = asked.from.kind === "pod" ? asked.from.namespace : "default";
  const here = survey.services
    .filter(({ metadata }) => metadata.namespace === namespace)
    .map(({ metadata }) => metadata.name ?? "");
  const meant = meantBy(trouble, { name, namespace, known });
  const first = names[0] ?? asked.host;
  const what = known ? W.namespaceHas(namespace, here.length, listed(here)) : W.noNamespaceHere(namespace);
  const service = { apiVersion: "v1", kind: "Service", namespace, name };
  const space = { apiVersion: "v1", kind: "Namespace", namespace: undefined, name: namespace };
  return {
    class: "unknown-name",
    title: known ? W.noServiceNamed(name, namespace) : W.noNamespace(namespace),
    explanation: W.nxdomain(
      asked.from.kind === "pod" ? asked.from.name : undefined,
      asked.from.name,
      listed(names, 3),
      what,
    ),
    claims: [
      known ? { kind: "object", object: service, exists: false } : { kind: "object", object: space, exists: false },
      ...here.map((each): Claim => ({ kind: "object", object: { ...service, name: each }, exists: true })),
      ...names.map((each): Claim => ({ kind: "resolves", name: each, addresses: [] })),
    ],
    evidence: [
      known
        ? {
            command: `kubectl get services${inNamespace(namespace)}`,
            shows: here.length === 0 ? "No resources found" : W.theseAndNo(listed(here), name),
            prints: here.length === 0 ? ["No resources found"] : here.slice(0, 3),
            lacks: [`${name} `],
          }
        : {
            command: "kubectl get namespaces",
            shows: W.no(namespace),
            prints: ["default"],
            lacks: [`${namespace} `],
          },
      { command: `sim dns ${first} A`, shows: "NXDOMAIN", prints: ["NXDOMAIN"] },
    ],
    ...(meant === undefined ? {} : { responsible: { object: refOf(meant), path: ["metadata", "name"] } }),
    cures: meant === undefined ? [] : [sendInstead(trouble, nameFrom(meant, own), portOf(meant, asked.port))],
  };
}

/** The port that was asked for where the Service has it, else its first. */
function portOf({ spec }: Service, port: number): number {
  if (spec?.clusterIP === "None" || spec?.ports?.some((each) => each.port === port) === true) return port;
  return spec?.ports?.[0]?.port ?? port;
}

/** The Service that a mistyped name or namespace may have meant. */
function meantBy({ survey }: Trouble, { name, namespace, known }: Omit<Nobody, "asked">): Service | undefined {
  if (!known) {
    const same = survey.services.filter(({ metadata }) => metadata.name === name);
    const near = nearest(
      namespace,
      same.map(({ metadata }) => metadata.namespace ?? ""),
    );
    return same.find(({ metadata }) => metadata.namespace === near) ?? (same.length === 1 ? same[0] : undefined);
  }
  const there = survey.services.filter(({ metadata }) => metadata.namespace === namespace);
  const near = nearest(
    name,
    there.map(({ metadata }) => metadata.name ?? ""),
  );
  if (near !== undefined) return there.find(({ metadata }) => metadata.name === near);
  const far = nearest(
    name,
    survey.services.map(({ metadata }) => metadata.name ?? ""),
  );
  return survey.services.find(({ metadata }) => metadata.name === far);
}

function otherNamespace(trouble: Trouble, elsewhere: readonly Service[]): Cause {
  const { asked } = trouble;
  const { name, namespace } = nameParts(trouble);
  const own = asked.from.kind === "pod" ? asked.from.namespace : "default";
  const [first] = elsewhere;
  if (first === undefined) throw new Error("diagnosis: a Service elsewhere was promised");
  const there = elsewhere.map(({ metadata }) => metadata.namespace ?? "");
  const short = !asked.host.includes(".");
  const why = short
    ? W.shortNameMeans(asked.from.name, own, asked.host, name, namespace, DOMAIN)
    : W.nameMeans(asked.host, name, namespace, DOMAIN);
  const object = { apiVersion: "v1", kind: "Service", namespace, name };
  return {
    class: "name-in-other-namespace",
    title: W.isIn(name, listed(there), namespace),
    explanation: W.isInLong(why, name, listed(there), nameFrom(first, own)),
    claims: [
      { kind: "asked", host: asked.host },
      { kind: "object", object, exists: false },
      ...elsewhere.map((each): Claim => ({ kind: "object", object: refOf(each), exists: true })),
      { kind: "resolves", name: `${name}.${namespace}.svc.${DOMAIN}`, addresses: [] },
      ...(asked.from.kind === "pod" ? [{ kind: "resolver" as const, pod: named({ metadata: asked.from }) }] : []),
    ],
    evidence: [
      {
        command: "kubectl get services -A",
        shows: W.inColumn(name, listed(there)),
        prints: [name, ...there.slice(0, 3)],
      },
      { command: `sim dns ${name}.${namespace}.svc.${DOMAIN} A`, shows: "NXDOMAIN", prints: ["NXDOMAIN"] },
    ],
    responsible: { object: refOf(first), path: ["metadata", "namespace"] },
    cures: elsewhere.slice(0, 2).map((each) => sendInstead(trouble, nameFrom(each, own), portOf(each, asked.port))),
  };
}

/** What a Service is called from a namespace, as briefly as it can be said. */
function nameFrom({ metadata: { name, namespace } }: Service, own: string): string {
  return namespace === own ? (name ?? "") : `${name}.${namespace}`;
}
