// Which fields of a Service produced the rules that a packet matched.
import {
  type FieldPath,
  type Hop,
  type MatchedRule,
  makeKey,
  type ObjectKey,
  pathText,
  type Service,
} from "../cluster/index.ts";
import type { Responsible } from "./finding.ts";

/** Finds a Service by its key; undefined when it is gone. */
export type FindService = (key: ObjectKey) => Service | undefined;

/** `default/web`, `default/web:http`: how kube-proxy names a Service port in the comments of its rules. */
const SERVICE_PORT = /(?:^|[\s"])([a-z0-9][a-z0-9-]*)\/([a-z0-9][a-z0-9-]*)(?::([a-z0-9][a-z0-9-]*))?/;

/** One kind of rule, known by its chain and its text, and the fields it comes from. `port` stands for the entry of `spec.ports`. */
interface Origin {
  readonly chain: RegExp;
  readonly text: RegExp;
  readonly fields: (port: FieldPath) => readonly FieldPath[];
}

/** Source: the rules of kube-proxy's iptables mode, docs/semantics.md 3.1-3.6 and 3.10. The first that fits counts. */
const ORIGINS: readonly Origin[] = [
  {
    chain: /^KUBE-NODEPORTS$/,
    text: /health check node port/,
    fields: () => [
      ["spec", "healthCheckNodePort"],
      ["spec", "externalTrafficPolicy"],
    ],
  },
  { chain: /./, text: /has no local endpoints/, fields: () => [["spec", "externalTrafficPolicy"]] },
  {
    chain: /./,
    text: /has no endpoints/,
    fields: (port) => [
      ["spec", "selector"],
      [...port, "targetPort"],
    ],
  },
  { chain: /^KUBE-NODEPORTS$/, text: /./, fields: (port) => [[...port, "nodePort"]] },
  {
    chain: /^KUBE-(PROXY-FIREWALL|FW-)/,
    text: /./,
    fields: () => [["spec", "loadBalancerSourceRanges"]],
  },
  {
    chain: /^KUBE-SERVICES$/,
    text: /cluster IP/,
    fields: (port) => [
      [...port, "port"],
      ["spec", "clusterIP"],
    ],
  },
  {
    chain: /^KUBE-SERVICES$/,
    text: /external IP/,
    fields: (port) => [
      [...port, "port"],
      ["spec", "externalIPs"],
    ],
  },
  {
    chain: /^KUBE-SERVICES$/,
    text: /loadbalancer IP/,
    fields: (port) => [
      [...port, "port"],
      ["spec", "type"],
    ],
  },
  { chain: /^KUBE-EXT-/, text: /./, fields: () => [["spec", "externalTrafficPolicy"]] },
  { chain: /^KUBE-(SVC|SVL)-/, text: /KUBE-MARK-MASQ/, fields: () => [] },
  {
    chain: /^KUBE-(SVC|SVL)-/,
    text: /-m recent/,
    fields: () => [
      ["spec", "sessionAffinity"],
      ["spec", "sessionAffinityConfig", "clientIP", "timeoutSeconds"],
    ],
  },
  {
    chain: /^KUBE-SVL-/,
    text: /->/,
    fields: () => [
      ["spec", "externalTrafficPolicy"],
      ["spec", "selector"],
    ],
  },
  { chain: /^KUBE-SVC-/, text: /->/, fields: () => [["spec", "selector"]] },
  { chain: /^KUBE-SEP-/, text: /DNAT/, fields: (port) => [[...port, "targetPort"]] },
];

/** The fields that made a rule be as it is, the most telling first; none for rules that exist in every cluster. */
export function fieldsOfRule(rule: MatchedRule, find: FindService): readonly Responsible[] {
  const [, namespace, name, portName = ""] = SERVICE_PORT.exec(commentOf(rule)) ?? [];
  if (namespace === undefined || name === undefined) return [];
  const service = find(makeKey(namespace, name));
  const origin = ORIGINS.find((each) => each.chain.test(rule.chain) && each.text.test(rule.text));
  if (service === undefined || origin === undefined) return [];
  const index = (service.spec?.ports ?? []).findIndex((port) => (port.name ?? "") === portName);
  if (index < 0) return [];
  const object = { apiVersion: "v1", kind: "Service", namespace, name };
  return origin.fields(["spec", "ports", index]).map((path) => ({ object, path }));
}

/** The fields behind all that happened to a packet on a hop, each once, in the order of the rules. */
export function fieldsOfHop(hop: Hop, find: FindService): readonly Responsible[] {
  const found = new Map<string, Responsible>();
  for (const rule of [...hop.rules, ...(hop.end?.rules ?? [])])
    for (const field of fieldsOfRule(rule, find)) {
      const { namespace, name } = field.object;
      const id = `${namespace}/${name} ${pathText(field.path)}`;
      if (!found.has(id)) found.set(id, field);
    }
  return [...found.values()];
}

function commentOf({ text }: MatchedRule): string {
  return (
    /--comment (?:"([^"]*)"|(\S+))/
      .exec(text)
      ?.slice(1)
      .find((part) => part !== undefined) ?? ""
  );
}
