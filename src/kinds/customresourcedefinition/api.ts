// CustomResourceDefinitions on their way into the store.
import type { CustomResourceDefinition } from "../../cluster/api/types.gen.ts";
import { dns1123Subdomain } from "../../cluster/apimachinery/names.ts";
import type { Strategy, StrategyContext } from "../../cluster/apiserver/strategy/strategy.ts";
import { CLEANUP, withCondition, withNames } from "./api-names.ts";
import { itemsOf, type Schema } from "./api-schema.ts";
import { validateDefinition, validateDefinitionUpdate } from "./api-validation.ts";

/** The resource that defines others. */
export const DEFINITIONS = "customresourcedefinitions.apiextensions.k8s.io";

/** How definitions are written. Spec: [CRD-1] and following. */
// Models apiextensions-apiserver/pkg/registry/customresourcedefinition
export const customResourceDefinition: Strategy<CustomResourceDefinition> = {
  checkName: dns1123Subdomain,
  generation: true,
  setDefaults({ spec }) {
    const { names } = spec;
    if ((names.singular ?? "") === "") names.singular = names.kind.toLowerCase();
    if ((names.listKind ?? "") === "" && names.kind !== "") names.listKind = `${names.kind}List`;
    spec.conversion ??= { strategy: "None" };
  },
  prepareForCreate(object, context) {
    object.status = {};
    prepare(object, context);
  },
  prepareForUpdate: (object, _, context) => prepare(object, context),
  validate(object) {
    const { group, names } = object.spec;
    const errors = validateDefinition(object);
    if (object.metadata.name === `${names.plural}.${group}`) return errors;
    const why = 'must be spec.names.plural+"."+spec.group';
    return [{ type: "Invalid value", field: "metadata.name", value: object.metadata.name, detail: why }, ...errors];
  },
  validateUpdate: validateDefinitionUpdate,
  warnings,
  beginDeletion(object, date) {
    const finalizers = object.metadata.finalizers ?? [];
    const metadata = {
      ...object.metadata,
      finalizers: finalizers.includes(CLEANUP) ? finalizers : [...finalizers, CLEANUP],
    };
    const condition = {
      type: "Terminating",
      status: "True",
      reason: "InstanceDeletionPending",
      message: "CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon",
    };
    return withCondition({ ...object, metadata }, condition, date);
  },
};

/** Notes the storage version, and gives the names and conditions. */
function prepare(object: CustomResourceDefinition, { all, date }: StrategyContext): void {
  const stored = object.spec.versions.find(({ storage }) => storage)?.name;
  const before = object.status?.storedVersions ?? [];
  const storedVersions = stored === undefined || before.includes(stored) ? before : [...before, stored];
  object.status = { ...object.status, storedVersions };
  const others = all(DEFINITIONS) as CustomResourceDefinition[]; // the store keeps each resource's own kind
  object.status = withNames(
    object,
    others.filter(({ metadata }) => metadata.name !== object.metadata.name),
    date,
  ).status;
}

// Models apiextensions-apiserver/pkg/apiserver/validation supportedVersionedFormats
const FORMATS: ReadonlySet<string> = new Set(
  "bsonobjectid uri email hostname ipv4 ipv6 cidr mac uuid uuid3 uuid4 uuid5 isbn isbn10 isbn13 creditcard ssn hexcolor rgbcolor byte password date duration datetime date-time int32 int64 float double k8s-short-name k8s-long-name".split(
    " ",
  ),
);

/** Unknown formats, and what is stored here without effect. Spec: [CRD-9]. */
function warnings(object: CustomResourceDefinition, old: CustomResourceDefinition | undefined): string[] {
  const found = noteworthy(object);
  const before = old === undefined ? new Set<string>() : noteworthy(old);
  return [...found].filter((each) => !before.has(each));
}

function noteworthy({ spec }: CustomResourceDefinition): Set<string> {
  const notes = new Set<string>();
  const look = (schema: Schema) => {
    const { format = "" } = schema;
    if (format !== "" && !FORMATS.has(format)) notes.add(`unrecognized format ${JSON.stringify(format)}`);
    if (schema["x-kubernetes-validations"] !== undefined)
      notes.add("x-kubernetes-validations: Podpath stores CEL rules and does not evaluate them");
    const items = itemsOf(schema);
    const { additionalProperties } = schema;
    if (items !== undefined) look(items);
    if (typeof additionalProperties === "object" && additionalProperties !== null) look(additionalProperties);
    for (const property of Object.values(schema.properties ?? {})) look(property);
  };
  for (const { schema } of spec.versions) if (schema?.openAPIV3Schema !== undefined) look(schema.openAPIV3Schema);
  if (spec.conversion?.strategy === "Webhook")
    notes.add("spec.conversion: Podpath calls no webhook; between versions only apiVersion changes");
  return notes;
}
