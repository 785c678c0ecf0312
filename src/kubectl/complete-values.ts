// What may follow a flag, and what only some commands take as words.
import {
  compareText,
  type Kinds,
  own,
  type ResourceInfo,
  resourceName,
  structOfResource,
  structOfType,
  type World,
} from "../cluster/index.ts";
import { GET_FORMS } from "./forms.ts";
import { findResource } from "./resources.ts";

/** One word that fits. */
export interface Suggestion {
  readonly text: string;
  /** A few words about it. */
  readonly detail?: string;
}

/** What completion may look at. */
export interface CompletionContext {
  readonly world: World;
  readonly files: ReadonlyMap<string, string>;
  /** The namespace of the current context. */
  readonly namespace: string;
}

/** What is known of the line besides the flag. */
export interface LineSoFar {
  readonly command: string | undefined;
  readonly positional: readonly string[];
  readonly namespace: string;
}

const plain = (...texts: readonly string[]): Suggestion[] => texts.map((text) => ({ text }));

/** Flags whose values are a few words. */
const CHOICES: Readonly<Record<string, readonly string[]>> = {
  "dry-run": ["client", "server", "none"],
  validate: ["strict", "warn", "ignore"],
  cascade: ["background", "foreground", "orphan"],
  restart: ["Always", "OnFailure", "Never"],
  "image-pull-policy": ["Always", "IfNotPresent", "Never"],
  subresource: ["status", "scale"],
  protocol: ["TCP", "UDP", "SCTP"],
  "session-affinity": ["None", "ClientIP"],
  verb: ["get", "list", "watch", "create", "update", "patch", "delete", "*"],
  for: ["condition=Ready", "condition=Available", "condition=Complete", "create", "delete", "jsonpath="],
};

/** The values that fit behind a flag. */
export function flagValues(flag: string, line: LineSoFar, context: CompletionContext): Suggestion[] {
  const { world, files } = context;
  switch (flag) {
    case "namespace":
      return plain(...world.api.list("namespaces").map(({ metadata }) => metadata.name ?? ""));
    case "output":
      return GET_FORMS.map((text) => ({ text: /template|jsonpath|columns/.test(text) ? `${text}=` : text }));
    case "filename":
    case "patch-file":
    case "from-file":
    case "from-env-file":
      return plain(...[...files.keys()].sort(compareText));
    case "selector":
      return labels(line, context).map((text) => ({ text }));
    case "label-columns":
      return plain(...new Set(labels(line, context).map((each) => each.slice(0, each.indexOf("=")))));
    case "container":
      return containers(line, context);
    case "type":
      if (line.command === "expose") return plain("ClusterIP", "NodePort", "LoadBalancer", "ExternalName");
      return line.command === "patch" ? plain("strategic", "merge", "json") : [];
    case "from":
      return world.api
        .list("cronjobs.batch", { namespace: line.namespace })
        .map(({ metadata }) => ({ text: `cronjob/${metadata.name}` }));
    default:
      return plain(...(own(CHOICES, flag) ?? []));
  }
}

/** Labels that objects of the type in the line carry; of pods if there is no type. */
function labels({ positional }: LineSoFar, { world }: CompletionContext): string[] {
  const info = findResource(world.api.kinds, positional[0]?.split("/")[0] ?? "pods");
  if (info === undefined) return [];
  const texts = new Set<string>();
  for (const { metadata } of world.api.list(resourceName(info)))
    for (const [key, value] of Object.entries(metadata.labels ?? {})) texts.add(`${key}=${value}`);
  return [...texts].sort(compareText);
}

function containers({ positional, namespace }: LineSoFar, { world }: CompletionContext): Suggestion[] {
  const name = positional[0]?.replace(/^pods?\//, "");
  const pods = world.api.list("pods", { namespace });
  const pod = pods.find(({ metadata }) => metadata.name === name);
  const all = [...(pod?.spec?.containers ?? []), ...(pod?.spec?.initContainers ?? [])];
  return all.map((each) => ({ text: each.name, ...(each.image === undefined ? {} : { detail: each.image }) }));
}

/** `svc.spec.po` → `svc.spec.ports`: the fields behind what is typed of a path. */
export function explainPaths(partial: string, kinds: Kinds): Suggestion[] {
  const [type = "", ...path] = partial.split(".");
  const info = findResource(kinds, type);
  if (info === undefined || path.length === 0) return [];
  let struct = structOfResource(info);
  for (const name of path.slice(0, -1)) {
    let field = struct?.fields.get(name)?.type;
    while (field?.of === "list" || field?.of === "map") field = field.element;
    struct = field?.of === "struct" ? structOfType(field) : undefined;
  }
  const lead = partial.slice(0, partial.lastIndexOf(".") + 1);
  return [...(struct?.fields.values() ?? [])].map(({ name }) => ({ text: lead + name }));
}

/** The ports that `port-forward TYPE/NAME` may take. */
export function forwardedPorts(
  info: ResourceInfo,
  name: string,
  line: LineSoFar,
  context: CompletionContext,
): Suggestion[] {
  const { api } = context.world;
  const numbers =
    resourceName(info) === "services"
      ? (api.find("services", line.namespace, name)?.spec?.ports ?? []).map(({ port }) => port)
      : (api.find("pods", line.namespace, name)?.spec?.containers ?? []).flatMap(({ ports = [] }) =>
          ports.map(({ containerPort }) => containerPort),
        );
  return plain(...numbers.map((port) => (port < 1024 ? `${8000 + port}:${port}` : String(port))));
}
