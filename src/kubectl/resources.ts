// Which resources and objects the words of a command line mean.
import { type Kinds, type ResourceInfo, resourceInfo } from "../cluster/index.ts";
import { CommandError } from "./command-error.ts";

/** One object that was named. */
export interface NamedTarget {
  readonly info: ResourceInfo;
  readonly name: string;
}

/** What positional words mean: objects by name, or whole types. */
export type ResourceWords =
  | { readonly kind: "names"; readonly targets: readonly NamedTarget[]; readonly single: boolean }
  | { readonly kind: "types"; readonly infos: readonly ResourceInfo[] }
  | { readonly kind: "nothing" };

const SCALERS = "horizontalpodautoscalers.autoscaling";

/** The resource that a word means: plural, singular, short name or kind, with or without `.group` or `.version.group`; upper case does no harm. */
// Models kubernetes/staging/src/k8s.io/cli-runtime/pkg/resource Builder.mappingFor and restmapper's shortcut expander
export function findResource(kinds: Kinds, word: string): ResourceInfo | undefined {
  const [name = "", ...rest] = word.toLowerCase().split(".");
  const group = rest.join(".");
  if (isCalled(resourceInfo("events"), name) && /^(?:v1\.)?events\.k8s\.io$/.test(group)) return resourceInfo("events");
  if (isCalled(resourceInfo(SCALERS), name) && group === "v1.autoscaling") return resourceInfo(SCALERS);
  const found = kinds.all.find((info) => isCalled(info, name) && (group === "" || groupMatches(info, group)));
  if (found !== undefined) return found;
  return group === "" ? undefined : kinds.versions().find((info) => isCalled(info, name) && groupMatches(info, group));
}

function isCalled(info: ResourceInfo, name: string): boolean {
  return info.resource === name || info.singular === name || info.shortNames.includes(name);
}

function groupMatches(info: ResourceInfo, group: string): boolean {
  if (info.group !== "" && (info.group === group || info.group.startsWith(`${group}.`))) return true;
  return (
    group === (info.group === "" ? info.version : `${info.version}.${info.group}`) ||
    group === `${info.version}.${info.group}`
  );
}

/** The resource that a word means. @throws CommandError when there is none. */
export function requireResource(kinds: Kinds, word: string): ResourceInfo {
  const info = findResource(kinds, word);
  if (info === undefined)
    throw new CommandError(`the server doesn't have a resource type ${JSON.stringify(word.split(".")[0] ?? word)}`);
  return info;
}

/** The types of a comma list, categories such as `all` taken apart; each type once, in the order in which they were named. */
export function typesOf(kinds: Kinds, word: string): ResourceInfo[] {
  const infos = word.split(",").flatMap((part) => {
    const members = kinds.all.filter((info) => info.categories.includes(part.toLowerCase()));
    return members.length > 0 && findResource(kinds, part) === undefined ? members : [requireResource(kinds, part)];
  });
  return [...new Set(infos)];
}

/** Sorts out `TYPE`, `TYPE NAME…`, `TYPE/NAME…`, `TYPE1,TYPE2 [NAME…]`. @throws CommandError */
// Models kubernetes/staging/src/k8s.io/cli-runtime/pkg/resource Builder.ResourceTypeOrNameArgs
export function resourceWords(kinds: Kinds, words: readonly string[]): ResourceWords {
  const [first, ...names] = words;
  if (first === undefined) return { kind: "nothing" };
  if (words.some((word) => word.includes("/"))) return slashWords(kinds, words);
  if (names.length === 0) {
    if (first === "") throw new CommandError("resource type cannot be empty");
    return { kind: "types", infos: typesOf(kinds, first) };
  }
  const infos = typesOf(kinds, first);
  const targets = infos.flatMap((info) => names.map((name) => ({ info, name })));
  return { kind: "names", targets, single: targets.length === 1 };
}

function slashWords(kinds: Kinds, words: readonly string[]): ResourceWords {
  const targets = words.map((word) => {
    const parts = word.split("/");
    if (parts.length === 1)
      throw new CommandError(
        "there is no need to specify a resource type as a separate argument when passing arguments in resource/name form (e.g. 'kubectl get resource/<resource_name>' instead of 'kubectl get resource resource/<resource_name>'",
      );
    const [type = "", name = "", ...more] = parts;
    if (more.length > 0 || type === "" || name === "")
      throw new CommandError(
        more.length > 0
          ? "arguments in resource/name form may not have more than one slash"
          : "arguments in resource/name form must have a single resource and name",
      );
    const infos = typesOf(kinds, type);
    if (infos.length !== 1)
      throw new CommandError("arguments in resource/name form must have a single resource and name");
    return { info: requireResource(kinds, type), name };
  });
  return { kind: "names", targets, single: targets.length === 1 };
}

/** `deployment.apps/shop`, as kubectl names an object in what it prints. */
export function qualifiedName(info: ResourceInfo, name: string): string {
  return `${qualifiedKind(info)}/${name}`;
}

/** `deployment.apps` or `service`. */
export function qualifiedKind(info: ResourceInfo): string {
  return info.group === "" ? info.singular : `${info.singular}.${info.group}`;
}

/** `apps/v1, Resource=deployments` or `/v1, Resource=services`, as Go prints a GroupVersionResource. */
export function goResource(info: ResourceInfo): string {
  return `${info.group}/${info.version}, Resource=${info.resource}`;
}

/** `apps/v1, Kind=Deployment`. */
export function goKind(info: ResourceInfo): string {
  return `${info.group}/${info.version}, Kind=${info.kind}`;
}
