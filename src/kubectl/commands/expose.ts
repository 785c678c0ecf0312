// `kubectl expose`: a Service for what is there, looked up in its selector, ports and labels.
import {
  type Container,
  type KubeObject,
  type LabelSelector,
  type Pod,
  resourceInfo,
  resourceName,
  type Service,
  type UnknownObject,
} from "../../cluster/index.ts";
import type { Command } from "../command.ts";
import { CommandError } from "../command-error.ts";
import { throwCollected } from "../errors.ts";
import type { ParsedArgs } from "../flags.ts";
import { withLastApplied } from "../last-applied.ts";
import { DRY_RUN_FLAG, dryRunOf, OUTPUT_FLAGS, objectPrinter } from "../output.ts";
import { overridden } from "../overrides.ts";
import { RECORD_FLAG, recorded } from "../record.ts";
import { type Found, select } from "../select.ts";
import { SelectorError, selectorAsMap } from "../selectors.ts";
import { ask } from "../session.ts";
import { FILE_FLAGS } from "../sources.ts";

export const expose: Command = {
  name: "expose",
  usage:
    "(-f FILENAME | TYPE NAME) [--port=port] [--protocol=TCP|UDP|SCTP] [--target-port=number-or-name] [--name=name]",
  summary: "Make a Service for the pods of a workload, a pod or another Service",
  flags: [
    ...FILE_FLAGS,
    ...OUTPUT_FLAGS,
    DRY_RUN_FLAG,
    { name: "port", type: "string" },
    { name: "target-port", type: "string" },
    { name: "protocol", type: "string" },
    { name: "name", type: "string" },
    { name: "type", type: "string" },
    { name: "selector", type: "string" },
    { name: "labels", short: "l", type: "string" },
    { name: "cluster-ip", type: "string" },
    { name: "external-ip", type: "string" },
    { name: "load-balancer-ip", type: "string" },
    { name: "session-affinity", type: "string" },
    { name: "overrides", type: "string" },
    { name: "override-type", type: "string", default: "merge" },
    { name: "save-config", type: "bool" },
    { name: "field-manager", type: "string", default: "kubectl-expose" },
    RECORD_FLAG,
  ],
  run(args, io) {
    const dryRun = dryRunOf(args, io);
    const print = objectPrinter(args, io, dryRun);
    const { found, errors } = select(args, args.positional, io, { ownSelector: true, asWritten: true });
    throwCollected(errors);
    const info = resourceInfo("services");
    for (const target of found) {
      const made = recorded(args, overridden("services", serviceFor(target, args), args));
      const service = args.bool("save-config") ? withLastApplied(made) : made;
      const placed = args.changed("namespace")
        ? { ...service, metadata: { ...service.metadata, namespace: io.namespace } }
        : service;
      const options = { dryRun: dryRun === "server", fieldManager: args.string("field-manager") };
      const sent =
        dryRun === "client"
          ? placed
          : ask(io, () => io.cluster.api.create("services", target.namespace ?? io.namespace, placed, options));
      print(info, sent, "exposed");
    }
    io.exit(0);
  },
};

const EXPOSABLE = new Set(["pods", "replicationcontrollers", "services", "deployments.apps", "replicasets.apps"]);

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/cmd/expose ExposeServiceOptions.RunExpose
function serviceFor(target: Found, args: ParsedArgs): UnknownObject {
  if (!EXPOSABLE.has(resourceName(target.info))) throw new CommandError(`cannot expose a ${target.info.kind}`);
  const name = args.string("name") || target.name.slice(0, 63);
  const selector = selectorFor(target, args);
  const { ports, protocols } = portsOf(target);
  const headless = args.string("cluster-ip") === "None";
  const typed = args.string("port") || ports.join(",");
  if (typed === "" && !headless) throw new CommandError("couldn't find port via --port flag or introspection");
  const labels = args.string("labels") === "" ? target.object.metadata.labels : selectorAsMap(args.string("labels"));
  const affinity = args.string("session-affinity");
  if (affinity !== "" && affinity !== "None" && affinity !== "ClientIP")
    throw new CommandError(`unknown session affinity: ${affinity}`);
  const externalIP = args.string("external-ip");
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { ...(labels === undefined || Object.keys(labels).length === 0 ? {} : { labels }), name },
    spec: {
      ...optional("clusterIP", args.string("cluster-ip")),
      ...(externalIP === "" ? {} : { externalIPs: [externalIP] }),
      ...optional("loadBalancerIP", args.string("load-balancer-ip")),
      ...(typed === "" ? {} : { ports: servicePorts(typed, protocols, args) }),
      selector,
      ...optional("sessionAffinity", affinity),
      ...optional("type", args.string("type")),
    },
    status: { loadBalancer: {} },
  };
}

function optional(field: string, value: string): Record<string, string> {
  return value === "" ? {} : { [field]: value };
}

function servicePorts(
  typed: string,
  protocols: ReadonlyMap<number, string>,
  args: ParsedArgs,
): Record<string, unknown>[] {
  const numbers = typed.split(",");
  return numbers.map((text, at) => {
    if (!/^[+-]?\d+$/.test(text))
      throw new CommandError(`strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`);
    const port = Number(text);
    const target = args.string("target-port");
    return {
      ...(numbers.length > 1 ? { name: `port-${at + 1}` } : {}),
      port,
      protocol: args.string("protocol") || protocols.get(port) || "TCP",
      targetPort: target === "" ? port : /^\d+$/.test(target) ? Number(target) : target,
    };
  });
}

/** Fields that the kinds which can be exposed have. */
interface Exposed extends KubeObject {
  spec?: { selector?: unknown; template?: { spec?: { containers?: Container[] } }; containers?: Container[] };
}

function selectorFor({ info, object }: Found, args: ParsedArgs): Readonly<Record<string, string>> {
  const typed = args.string("selector");
  try {
    return typed === "" ? introspected(resourceName(info), object as unknown as Exposed) : selectorAsMap(typed); // one of the kinds above
  } catch (error) {
    if (!(error instanceof CommandError || error instanceof SelectorError)) throw error;
    throw new CommandError(`couldn't retrieve selectors via --selector flag or introspection: ${error.message}`);
  }
}

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/polymorphichelpers mapBasedSelectorForObject
function introspected(resource: string, object: Exposed): Readonly<Record<string, string>> {
  if (resource === "pods") {
    const { labels = {} } = object.metadata;
    if (Object.keys(labels).length === 0) throw new CommandError("the pod has no labels and cannot be exposed");
    return labels;
  }
  if (resource === "services" || resource === "replicationcontrollers") {
    const selector = (object as Service).spec?.selector; // both keep a plain map
    if (selector === undefined)
      throw new CommandError(
        resource === "services"
          ? "the service has no pod selector set"
          : "the replication controller has no pod selector set",
      );
    return selector;
  }
  const { matchLabels, matchExpressions = [] } = (object.spec?.selector ?? {}) as LabelSelector; // deployments and replica sets
  if (matchLabels === undefined || Object.keys(matchLabels).length === 0)
    throw new CommandError("invalid deployment: no selectors, therefore cannot be exposed");
  if (matchExpressions.length > 0)
    throw new CommandError(
      `couldn't convert expressions - ${JSON.stringify(JSON.stringify(matchExpressions))} to map-based selector format`,
    );
  return matchLabels;
}

function portsOf({ info, object }: Found): { ports: number[]; protocols: Map<number, string> } {
  const resource = resourceName(info);
  const pairs =
    resource === "services"
      ? ((object as unknown as Service).spec?.ports ?? []).map(
          ({ port, protocol }) => [port, protocol ?? "TCP"] as const,
        ) // of this resource
      : containersOf(resource, object).flatMap(({ ports = [] }) =>
          ports.map(({ containerPort, protocol }) => [containerPort, protocol ?? "TCP"] as const),
        );
  return { ports: pairs.map(([port]) => port), protocols: new Map(pairs) };
}

function containersOf(resource: string, object: UnknownObject): readonly Container[] {
  if (resource === "pods") return (object as unknown as Pod).spec?.containers ?? []; // of this resource
  return (object as unknown as Exposed).spec?.template?.spec?.containers ?? []; // a workload with a template
}
