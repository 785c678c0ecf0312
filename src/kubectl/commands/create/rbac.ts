// `kubectl create role|clusterrole|rolebinding|clusterrolebinding|token`: who may do what.
import type { Command } from "../../command.ts";
import { CommandError } from "../../command-error.ts";
import type { Flag, ParsedArgs } from "../../flags.ts";
import type { CommandIO } from "../../io.ts";
import { findResource } from "../../resources.ts";
import { generatorCommand, nameOf } from "./generator.ts";

const RBAC = "rbac.authorization.k8s.io";
const RESOURCE_VERBS = new Set(
  "* get delete list create update patch watch proxy deletecollection use bind escalate impersonate".split(" "),
);
const PATH_VERBS = new Set("* get post put delete patch head options".split(" "));

const RULE_FLAGS: readonly Flag[] = [
  { name: "verb", type: "list", help: "What may be done: get, list, watch, create, …" },
  { name: "resource", type: "list", help: "What it may be done to: RESOURCE[.GROUP][/SUBRESOURCE]." },
  { name: "resource-name", type: "array", help: "The names it is limited to." },
];

interface Rule {
  readonly apiGroups?: readonly string[];
  readonly nonResourceURLs?: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly resources?: readonly string[];
  readonly verbs: readonly string[];
}

function verbsOf(args: ParsedArgs): readonly string[] {
  const verbs = args.list("verb");
  if (verbs.length === 0) throw new CommandError("at least one verb must be specified");
  return verbs.includes("*") ? ["*"] : [...new Set(verbs)];
}

/** One rule for each API group, the groups in order. @throws CommandError for a resource that is not there. */
// Models kubernetes/staging/src/k8s.io/kubectl/pkg/cmd/create generateResourcePolicyRules
function resourceRules(args: ParsedArgs, verbs: readonly string[], io: CommandIO): Rule[] {
  for (const verb of verbs)
    if (!RESOURCE_VERBS.has(verb)) io.err(`Warning: '${verb}' is not a standard resource verb\n`);
  const byGroup = new Map<string, Set<string>>();
  for (const text of everything(args.list("resource"))) {
    const { group, resource } = resourceOf(text, io);
    byGroup.set(group, (byGroup.get(group) ?? new Set()).add(resource));
  }
  const names = [...new Set(args.list("resource-name"))];
  return [...byGroup.keys()].sort().map((group) => ({
    apiGroups: [group],
    ...(names.length === 0 ? {} : { resourceNames: names }),
    resources: [...(byGroup.get(group) ?? [])],
    verbs,
  }));
}

/** `*` alone stands for all that is named with it. */
function everything(resources: readonly string[]): readonly string[] {
  return resources.includes("*") ? ["*"] : resources;
}

function resourceOf(text: string, io: CommandIO): { group: string; resource: string } {
  const [name = "", sub] = text.split("/", 2);
  const [resource = "", ...group] = name.split(".");
  const below = sub === undefined ? "" : `/${sub}`;
  if (resource === "") throw new CommandError("resource must be specified if apiGroup/subresource specified");
  if (resource === "*") return { group: group.join("."), resource: `*${below}` };
  const info = findResource(io.cluster.api.kinds, name);
  if (info !== undefined) return { group: info.group, resource: info.resource + below };
  const where = group.length === 0 ? "" : ` in group ${JSON.stringify(group.join("."))}`;
  throw new CommandError(`the server doesn't have a resource type ${JSON.stringify(resource)}${where}`);
}

const createRole = generatorCommand({
  name: "role",
  usage: "NAME --verb=verb --resource=resource.group/subresource [--resource-name=resourcename]",
  summary: "A role: what may be done to which resources, in one namespace",
  flags: RULE_FLAGS,
  resource: `roles.${RBAC}`,
  build(_name, args, io) {
    const verbs = verbsOf(args);
    if (args.list("resource").length === 0) throw new CommandError("at least one resource must be specified");
    return { rules: resourceRules(args, verbs, io) };
  },
});

const createClusterRole = generatorCommand({
  name: "clusterrole",
  usage: "NAME --verb=verb --resource=resource.group [--resource-name=resourcename]",
  summary: "A role for all namespaces, or for paths",
  flags: [
    ...RULE_FLAGS,
    { name: "non-resource-url", type: "list", help: "Paths that are no resources, as /healthz." },
    { name: "aggregation-rule", type: "list", help: "Labels of the cluster roles whose rules are put together." },
  ],
  resource: `clusterroles.${RBAC}`,
  build(_name, args, io) {
    const labels = args.list("aggregation-rule");
    if (labels.length > 0) return { aggregationRule: aggregation(labels, args), rules: null };
    const verbs = verbsOf(args);
    const urls = [...new Set(args.list("non-resource-url"))];
    if (args.list("resource").length === 0 && urls.length === 0)
      throw new CommandError("one of resource or nonResourceURL must be specified");
    const rules = args.list("resource").length === 0 ? [] : resourceRules(args, verbs, io);
    return { rules: urls.length === 0 ? rules : [...rules, pathRule(urls, verbs)] };
  },
});

function aggregation(labels: readonly string[], args: ParsedArgs): Record<string, unknown> {
  if (["verb", "resource", "resource-name", "non-resource-url"].some((flag) => args.changed(flag)))
    throw new CommandError(
      "aggregation rule must be specified without nonResourceURLs, verbs, resources or resourceNames",
    );
  const matchLabels = Object.fromEntries(
    labels.map((pair) => {
      const at = pair.indexOf("=");
      return [pair.slice(0, Math.max(0, at)), pair.slice(at + 1)];
    }),
  );
  return { clusterRoleSelectors: [{ matchLabels }] };
}

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/cmd/create CreateClusterRoleOptions.Validate
function pathRule(urls: readonly string[], verbs: readonly string[]): Rule {
  const odd = verbs.find((verb) => !PATH_VERBS.has(verb));
  if (odd !== undefined) throw new CommandError(`invalid verb: '${odd}' for nonResourceURL`);
  for (const url of urls) {
    if (url === "*") continue;
    if (!url.startsWith("/")) throw new CommandError("nonResourceURL should start with /");
    if (url.slice(0, -1).includes("*"))
      throw new CommandError("nonResourceURL only supports wildcard matches when '*' is at the end");
  }
  return { nonResourceURLs: urls, verbs };
}

const SUBJECT_FLAGS: readonly Flag[] = [
  { name: "user", type: "array", help: "People who get the role." },
  { name: "group", type: "array", help: "Groups who get the role." },
  { name: "serviceaccount", type: "array", help: "Service accounts who get the role, as NAMESPACE:NAME." },
];

function subjectsOf(args: ParsedArgs): { subjects?: readonly Record<string, string>[] } {
  const people = (kind: string, names: readonly string[]) => names.map((name) => ({ apiGroup: RBAC, kind, name }));
  const accounts = args.list("serviceaccount").map((account) => {
    const [namespace = "", name = "", ...more] = account.split(":");
    if (namespace === "" || name === "" || more.length > 0)
      throw new CommandError("serviceaccount must be <namespace>:<name>");
    return { kind: "ServiceAccount", name, namespace };
  });
  const subjects = [...people("User", args.list("user")), ...people("Group", args.list("group")), ...accounts];
  return subjects.length === 0 ? {} : { subjects };
}

const createRoleBinding = generatorCommand({
  name: "rolebinding",
  usage:
    "NAME --clusterrole=NAME|--role=NAME [--user=username] [--group=groupname] [--serviceaccount=namespace:serviceaccountname]",
  summary: "Who has a role, in one namespace",
  flags: [{ name: "clusterrole", type: "string" }, { name: "role", type: "string" }, ...SUBJECT_FLAGS],
  resource: `rolebindings.${RBAC}`,
  failure: "failed to create rolebinding:",
  build(_name, args) {
    const [role, clusterRole] = [args.string("role"), args.string("clusterrole")];
    if ((role === "") === (clusterRole === ""))
      throw new CommandError("exactly one of clusterrole or role must be specified");
    const roleRef =
      role === ""
        ? { apiGroup: RBAC, kind: "ClusterRole", name: clusterRole }
        : { apiGroup: RBAC, kind: "Role", name: role };
    return { roleRef, ...subjectsOf(args) };
  },
});

const createClusterRoleBinding = generatorCommand({
  name: "clusterrolebinding",
  usage:
    "NAME --clusterrole=NAME [--user=username] [--group=groupname] [--serviceaccount=namespace:serviceaccountname]",
  summary: "Who has a cluster role, everywhere",
  flags: [{ name: "clusterrole", type: "string" }, ...SUBJECT_FLAGS],
  required: ["clusterrole"],
  resource: `clusterrolebindings.${RBAC}`,
  failure: "failed to create clusterrolebinding:",
  build: (_name, args) => ({
    roleRef: { apiGroup: RBAC, kind: "ClusterRole", name: args.string("clusterrole") },
    ...subjectsOf(args),
  }),
});

const createToken: Command = {
  name: "token",
  usage: "SERVICE_ACCOUNT_NAME",
  summary: "A token of a service account (not simulated here: tokens are not checked)",
  flags: [
    { name: "audience", type: "array" },
    { name: "duration", type: "duration", default: "0s" },
  ],
  run(args, io) {
    const name = nameOf(args);
    if (io.cluster.api.find("serviceaccounts", io.namespace, name) === undefined)
      throw new CommandError(`failed to create token: serviceaccounts ${JSON.stringify(name)} not found`);
    throw new CommandError(
      "create token is not simulated here: tokens are neither signed nor checked, and no request needs one",
    );
  },
};

export const RBAC_GENERATORS: readonly Command[] = [
  createClusterRole,
  createClusterRoleBinding,
  createRole,
  createRoleBinding,
  createToken,
];
