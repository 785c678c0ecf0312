// kubectl describe of roles and role bindings.
import { compareText, type PolicyRule, type Role, type RoleBinding } from "../../cluster/index.ts";
import { type Describers, describer, writeLabels } from "../../kubectl/describe/describer.ts";

/** Role and ClusterRole are described alike. */
// Models kubernetes/staging/src/k8s.io/kubectl/pkg/describe RoleDescriber
const describeRole = describer<Role>((page, role) => {
  page.field("Name", role.metadata.name);
  writeLabels(page, role);
  page.line(0, "PolicyRule:");
  page.row(1, ["Resources", "Non-Resource URLs", "Resource Names", "Verbs"]);
  page.row(1, ["---------", "-----------------", "--------------", "-----"]);
  for (const rule of compactRules(role.rules ?? [])) page.row(1, rule);
});

type Row = readonly [resource: string, urls: string, names: string, verbs: string];

/** One row per resource, non-resource URL and name, with the verbs of all rules that grant it. */
// Models kubernetes/staging/src/k8s.io/kubectl/pkg/util/rbac BreakdownRule and CompactRules
function compactRules(rules: readonly PolicyRule[]): Row[] {
  const verbs = new Map<string, { row: readonly [string, string, string]; verbs: string[] }>();
  for (const rule of rules) {
    for (const row of subjectsOf(rule)) {
      const key = row.join("\n");
      const known = verbs.get(key);
      if (known === undefined) verbs.set(key, { row, verbs: [...rule.verbs] });
      else known.verbs.push(...rule.verbs);
    }
  }
  return [...verbs.values()]
    .map(({ row, verbs: list }): Row => [...row, `[${list.join(" ")}]`])
    .sort((a, b) => compareText(a.join(" "), b.join(" ")));
}

function subjectsOf(rule: PolicyRule): Array<readonly [resource: string, urls: string, names: string]> {
  const { resources = [], apiGroups = [], resourceNames = [], nonResourceURLs = [] } = rule;
  const names = resourceNames.length === 0 ? ["[]"] : resourceNames.map((name) => `[${name}]`);
  const granted = resources.flatMap((resource) => apiGroups.map((group) => resourceText(resource, group)));
  return [
    ...granted.flatMap((resource) => names.map((name) => [resource, "[]", name] as const)),
    ...nonResourceURLs.map((url) => ["", `[${url}]`, "[]"] as const),
  ];
}

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/describe CombineResourceGroup
function resourceText(resource: string, group: string): string {
  const slash = resource.indexOf("/");
  const [name, below] = slash < 0 ? [resource, ""] : [resource.slice(0, slash), resource.slice(slash)];
  return `${name}${group === "" ? "" : `.${group}`}${below}`;
}

/** RoleBinding and ClusterRoleBinding are described alike. */
// Models kubernetes/staging/src/k8s.io/kubectl/pkg/describe RoleBindingDescriber
const describeRoleBinding = describer<RoleBinding>((page, binding) => {
  page.field("Name", binding.metadata.name);
  writeLabels(page, binding);
  page.line(0, "Role:");
  page.field("Kind", binding.roleRef.kind, 1);
  page.field("Name", binding.roleRef.name, 1);
  page.line(0, "Subjects:");
  page.row(1, ["Kind", "Name", "Namespace"]);
  page.row(1, ["----", "----", "---------"]);
  for (const { kind, name, namespace } of binding.subjects ?? []) page.row(1, [kind, name, namespace]);
});

export const describers: Describers = {
  "clusterrolebindings.rbac.authorization.k8s.io": describeRoleBinding,
  "clusterroles.rbac.authorization.k8s.io": describeRole,
  "rolebindings.rbac.authorization.k8s.io": describeRoleBinding,
  "roles.rbac.authorization.k8s.io": describeRole,
};
