// Which names a CustomResourceDefinition is accepted with, and its conditions.
import type {
  CustomResourceDefinition,
  CustomResourceDefinitionCondition,
  CustomResourceDefinitionNames,
} from "../../cluster/api/types.gen.ts";

/** What deletes the objects of a definition before it goes. */
export const CLEANUP = "customresourcecleanup.apiextensions.k8s.io";

/** Whether a condition of a definition is True. */
export function isTrue({ status }: CustomResourceDefinition, type: string): boolean {
  return status?.conditions?.some((each) => each.type === type && each.status === "True") ?? false;
}

/** The definition with a condition set; its time changes with its status. */
export function withCondition(
  definition: CustomResourceDefinition,
  condition: CustomResourceDefinitionCondition,
  date: string,
): CustomResourceDefinition {
  const before = definition.status?.conditions ?? [];
  const old = before.find(({ type }) => type === condition.type);
  const since = old?.status === condition.status ? old.lastTransitionTime : date;
  const next = { ...condition, lastTransitionTime: since };
  const conditions = old === undefined ? [...before, next] : before.map((each) => (each === old ? next : each));
  return { ...definition, status: { ...definition.status, conditions } };
}

/**
 * The definition with the names it may have beside the others, and its conditions NamesAccepted and Established.
 *
 * Unlike upstream, where controllers do this a moment later, it is done with the write itself. Spec: [CRD-3].
 */
// Models apiextensions-apiserver/pkg/controller/status calculateNamesAndConditions and pkg/controller/establish
export function withNames(
  definition: CustomResourceDefinition,
  others: readonly CustomResourceDefinition[],
  date: string,
): CustomResourceDefinition {
  const { names, conflict } = acceptedNames(definition, others);
  const accepted: CustomResourceDefinitionCondition = conflict ?? {
    type: "NamesAccepted",
    status: "True",
    reason: "NoConflicts",
    message: "no conflicts found",
  };
  const named = { ...definition, status: { ...definition.status, acceptedNames: names } };
  const next = withCondition(named, accepted, date);
  if (isTrue(definition, "Established")) return next;
  return withCondition(next, conflict === undefined ? ESTABLISHED : NOT_ACCEPTED, date);
}

const ESTABLISHED: CustomResourceDefinitionCondition = {
  type: "Established",
  status: "True",
  reason: "InitialNamesAccepted",
  message: "the initial names have been accepted",
};
const NOT_ACCEPTED: CustomResourceDefinitionCondition = {
  type: "Established",
  status: "False",
  reason: "NotAccepted",
  message: "not all names are accepted",
};

/** Names that were free are taken; of the others the previous ones stay. The last conflict is the one that is reported. */
function acceptedNames(
  definition: CustomResourceDefinition,
  others: readonly CustomResourceDefinition[],
): { names: CustomResourceDefinitionNames; conflict: CustomResourceDefinitionCondition | undefined } {
  const asked = definition.spec.names;
  const before = definition.status?.acceptedNames;
  const rivals = others
    .filter(({ spec }) => spec.group === definition.spec.group)
    .flatMap(({ status }) => status?.acceptedNames ?? []);
  const resources = new Set(
    rivals.flatMap(({ plural, singular, shortNames = [] }) => [plural, singular, ...shortNames]),
  );
  const kinds = new Set(rivals.flatMap(({ kind, listKind }) => [kind, listKind]));
  const names = { ...(before ?? { plural: "", kind: "" }) };
  let conflict: CustomResourceDefinitionCondition | undefined;
  const refuse = (what: string, taken: readonly string[]) => {
    const texts = taken.map((each) => `${JSON.stringify(each)} is already in use`);
    const message = texts.length === 1 ? (texts[0] ?? "") : `[${texts.join(", ")}]`;
    conflict = { type: "NamesAccepted", status: "False", reason: `${what}Conflict`, message };
  };
  const isFree = (name: string | undefined, old: string | undefined, used: ReadonlySet<string | undefined>) =>
    name === undefined || name === "" || name === old || !used.has(name);
  if (isFree(asked.plural, before?.plural, resources)) names.plural = asked.plural;
  else refuse("Plural", [asked.plural]);
  if (isFree(asked.singular, before?.singular, resources)) names.singular = asked.singular;
  else refuse("Singular", [asked.singular ?? ""]);
  const short = asked.shortNames ?? [];
  const taken = short.filter((each) => !(before?.shortNames ?? []).includes(each) && resources.has(each));
  if (taken.length > 0) refuse("ShortNames", taken);
  else if (short.length > 0) names.shortNames = short;
  else delete names.shortNames;
  if (isFree(asked.kind, before?.kind, kinds)) names.kind = asked.kind;
  else refuse("Kind", [asked.kind]);
  if (isFree(asked.listKind, before?.listKind, kinds)) names.listKind = asked.listKind;
  else refuse("ListKind", [asked.listKind ?? ""]);
  if (asked.categories === undefined) delete names.categories;
  else names.categories = asked.categories;
  return { names, conflict };
}
