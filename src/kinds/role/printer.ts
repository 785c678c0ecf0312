// The tables of role bindings.
import type { RoleBinding, Subject } from "../../cluster/index.ts";
import { ageOf } from "../../kubectl/duration.ts";
import { type Printers, printer } from "../../kubectl/printers/printer.ts";

/** RoleBinding and ClusterRoleBinding print alike. */
// Models kubernetes/pkg/printers/internalversion printRoleBinding
const roleBindingPrinter = printer<RoleBinding>(
  ["NAME", "ROLE", "AGE", "USERS*", "GROUPS*", "SERVICEACCOUNTS*"],
  ({ metadata, roleRef, subjects = [] }, { now }) => [
    metadata.name,
    `${roleRef.kind}/${roleRef.name}`,
    ageOf(metadata.creationTimestamp, now),
    named(subjects, "User"),
    named(subjects, "Group"),
    subjects
      .filter((each) => each.kind === "ServiceAccount")
      .map((each) => (each.namespace === undefined ? each.name : `${each.namespace}/${each.name}`))
      .join(", "),
  ],
);

function named(subjects: readonly Subject[], kind: string): string {
  return subjects
    .filter((each) => each.kind === kind)
    .map((each) => each.name)
    .join(", ");
}

export const printers: Printers = {
  "clusterrolebindings.rbac.authorization.k8s.io": roleBindingPrinter,
  "rolebindings.rbac.authorization.k8s.io": roleBindingPrinter,
};
