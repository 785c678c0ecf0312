// kubectl api-resources and api-versions.
import {
  compareText,
  groupVersion,
  own,
  type ResourceInfo,
  resourceName,
  SECOND_VERSIONS,
} from "../../cluster/index.ts";
import type { Command } from "../command.ts";
import { CommandError } from "../command-error.ts";
import { usageError } from "../errors.ts";
import type { Flag, ParsedArgs } from "../flags.ts";
import { tableText } from "../printers/table.ts";

const FLAGS: readonly Flag[] = [
  { name: "api-group", type: "string", help: "Limit to resources in this API group." },
  { name: "namespaced", type: "bool", default: "true", help: "Limit to resources that are namespaced, or are not." },
  { name: "verbs", type: "list", help: "Limit to resources that support these verbs." },
  { name: "categories", type: "list", help: "Limit to resources in these categories." },
  { name: "output", short: "o", type: "string", help: "Output format: wide or name." },
  { name: "sort-by", type: "string", help: "name or kind." },
  { name: "no-headers", type: "bool" },
  { name: "cached", type: "bool" },
];

const VERBS = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];
const FEWER_VERBS: Readonly<Record<string, readonly string[]>> = {
  bindings: ["create"],
  componentstatuses: ["get", "list"],
};

function verbsOf(info: ResourceInfo): readonly string[] {
  if (info.isReview) return ["create"];
  return own(FEWER_VERBS, info.resource) ?? VERBS;
}

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/cmd/apiresources RunAPIResources
export const apiResources: Command = {
  name: "api-resources",
  usage: "api-resources",
  summary: "List the kinds that the API server knows",
  flags: FLAGS,
  run(args, io) {
    const form = args.string("output");
    if (form !== "" && form !== "wide" && form !== "name") throw new CommandError(`--output ${form} is not available`);
    if (args.positional.length > 0)
      throw usageError("kubectl api-resources", `unexpected arguments: [${args.positional.join(" ")}]`);
    const infos = sorted(
      io.cluster.api.kinds.all.filter((info) => isWanted(info, args)),
      args.string("sort-by"),
    );
    if (form === "name") io.out(infos.map((info) => `${resourceName(info)}\n`).join(""));
    else io.out(tableText(rowsOf(infos, form === "wide", !args.bool("no-headers"))));
    io.exit(0);
  },
};

function isWanted(info: ResourceInfo, args: ParsedArgs): boolean {
  if (args.changed("api-group") && info.group !== args.string("api-group")) return false;
  if (args.changed("namespaced") && info.namespaced !== args.bool("namespaced")) return false;
  const categories = args.list("categories");
  return (
    args.list("verbs").every((verb) => verbsOf(info).includes(verb)) &&
    (categories.length === 0 || categories.every((each) => info.categories.includes(each)))
  );
}

function sorted(infos: readonly ResourceInfo[], by: string): ResourceInfo[] {
  if (by !== "" && by !== "name" && by !== "kind") throw new CommandError("--sort-by accepts only name or kind");
  const byGroup = (a: ResourceInfo, b: ResourceInfo) =>
    compareText(a.group, b.group) || compareText(a.resource, b.resource);
  if (by === "kind") return [...infos].sort((a, b) => compareText(a.kind, b.kind));
  return [...infos].sort(by === "name" ? (a, b) => compareText(a.resource, b.resource) : byGroup);
}

function rowsOf(infos: readonly ResourceInfo[], wide: boolean, headers: boolean): string[][] {
  const header = ["NAME", "SHORTNAMES", "APIVERSION", "NAMESPACED", "KIND", ...(wide ? ["VERBS", "CATEGORIES"] : [])];
  const rows = infos.map((info) => [
    info.resource,
    info.shortNames.join(","),
    groupVersion(info),
    String(info.namespaced),
    info.kind,
    ...(wide ? [verbsOf(info).join(","), info.categories.join(",")] : []),
  ]);
  return headers ? [header, ...rows] : rows;
}

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/cmd/apiresources RunAPIVersions
export const apiVersions: Command = {
  name: "api-versions",
  usage: "api-versions",
  summary: "List the API groups with their versions",
  flags: [],
  run(_, io) {
    const second = [...SECOND_VERSIONS.keys()].map((key) => key.slice(0, key.lastIndexOf("/")));
    const versions = new Set([...io.cluster.api.kinds.versions().map(groupVersion), ...second]);
    io.out(
      [...versions]
        .sort(compareText)
        .map((each) => `${each}\n`)
        .join(""),
    );
    io.exit(0);
  },
};
