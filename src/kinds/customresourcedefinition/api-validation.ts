// Validation of CustomResourceDefinitions.
import type {
  CustomResourceColumnDefinition,
  CustomResourceDefinition,
  CustomResourceDefinitionNames,
  CustomResourceDefinitionSpec,
  CustomResourceDefinitionVersion,
  CustomResourceSubresources,
} from "../../cluster/api/types.gen.ts";
import { type FieldErrors, forbidden, invalid, notSupported, required } from "../../cluster/apimachinery/field.ts";
import { unchanged } from "../../cluster/apimachinery/metadata.ts";
import { dns1123Subdomain } from "../../cluster/apimachinery/names.ts";
import { isTrue } from "./api-names.ts";
import { validateStructural } from "./api-structural.ts";

const LABEL = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const LABEL_WORDS =
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";

// Models k8s.io/apimachinery/pkg/util/validation IsDNS1035Label
function labelErrors(text: string): string[] {
  return [
    ...(text.length > 63 ? ["must be no more than 63 characters"] : []),
    ...(LABEL.test(text) ? [] : [LABEL_WORDS]),
  ];
}

function label(field: string, text: string | undefined, lead = ""): FieldErrors {
  if (text === undefined || text === "") return [];
  const reasons = labelErrors(lead === "" ? text : text.toLowerCase());
  return reasons.length === 0 ? [] : [invalid(field, text, lead + reasons.join(","))];
}

/** What is wrong with a definition. Spec: [CRD-1] [CRD-2]. */
// Models apiextensions-apiserver/pkg/apis/apiextensions/validation ValidateCustomResourceDefinition
export function validateDefinition(definition: CustomResourceDefinition): FieldErrors {
  return [...validateSpec(definition.spec), ...approvalErrors(definition)];
}

/** What is wrong with a change of a definition. */
export function validateDefinitionUpdate(
  definition: CustomResourceDefinition,
  old: CustomResourceDefinition,
): FieldErrors {
  const { spec } = definition;
  const errors = validateSpec(spec);
  if (isTrue(old, "Established"))
    errors.push(
      ...unchanged("spec.scope", spec.scope, old.spec.scope),
      ...unchanged("spec.names.kind", spec.names.kind, old.spec.names.kind),
    );
  errors.push(
    ...unchanged("spec.group", spec.group, old.spec.group),
    ...unchanged("spec.names.plural", spec.names.plural, old.spec.names.plural),
    ...storedErrors(definition),
  );
  return errors;
}

/** A version in which objects were stored must stay. */
function storedErrors({ spec, status }: CustomResourceDefinition): FieldErrors {
  return (status?.storedVersions ?? []).flatMap((name, index) =>
    spec.versions.some((version) => version.name === name)
      ? []
      : [
          invalid(
            `status.storedVersions[${index}]`,
            name,
            `missing from spec.versions; ${name} was previously a storage version, and must remain in spec.versions until a storage migration ensures no data remains persisted in ${name} and removes ${name} from status.storedVersions`,
          ),
        ],
  );
}

function validateSpec(spec: CustomResourceDefinitionSpec): FieldErrors {
  const errors: FieldErrors = [];
  if (spec.group === "") errors.push(required("spec.group"));
  else if (dns1123Subdomain(spec.group).length > 0)
    errors.push(invalid("spec.group", spec.group, dns1123Subdomain(spec.group).join(",")));
  else if (!spec.group.includes("."))
    errors.push(invalid("spec.group", spec.group, "should be a domain with at least one dot"));
  if (spec.scope === "") errors.push(required("spec.scope"));
  else if (!["Cluster", "Namespaced"].includes(spec.scope))
    errors.push(notSupported("spec.scope", spec.scope, ["Cluster", "Namespaced"]));
  for (const [index, { schema }] of spec.versions.entries())
    if (schema?.openAPIV3Schema === undefined) errors.push(required(`spec.versions[${index}].schema.openAPIV3Schema`));
  for (const [index, version] of spec.versions.entries())
    errors.push(...validateVersion(version, `spec.versions[${index}]`));
  if (new Set(spec.versions.map(({ name }) => name)).size < spec.versions.length)
    errors.push(invalid("spec.versions", spec.versions, "must contain unique version names"));
  if (spec.versions.filter(({ storage }) => storage).length !== 1)
    errors.push(invalid("spec.versions", spec.versions, "must have exactly one version marked as storage version"));
  errors.push(...validateNames(spec.names), ...conversionErrors(spec));
  if (spec.preserveUnknownFields === true)
    errors.push(
      invalid(
        "spec.preserveUnknownFields",
        true,
        "cannot set to true, set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema instead",
      ),
    );
  return errors;
}

function conversionErrors({ conversion }: CustomResourceDefinitionSpec): FieldErrors {
  const { strategy, webhook } = conversion ?? { strategy: "None" };
  if (!["None", "Webhook"].includes(strategy))
    return [notSupported("spec.conversion.strategy", strategy, ["None", "Webhook"])];
  if (strategy === "None" && webhook !== undefined)
    return [forbidden("spec.conversion.webhook", "should not be set when strategy is not set to Webhook")];
  if (strategy === "Webhook" && webhook === undefined)
    return [required("spec.conversion.webhookClientConfig", "required when strategy is set to Webhook")];
  return [];
}

function validateNames(names: CustomResourceDefinitionNames): FieldErrors {
  const at = "spec.names";
  const missing = (["plural", "singular", "kind", "listKind"] as const)
    .filter((field) => (names[field] ?? "") === "")
    .map((field) => required(`${at}.${field}`));
  const mixed = "may have mixed case, but should otherwise match: ";
  const errors = [
    ...missing,
    ...label(`${at}.plural`, names.plural),
    ...label(`${at}.singular`, names.singular),
    ...label(`${at}.kind`, names.kind, mixed),
    ...label(`${at}.listKind`, names.listKind, mixed),
    ...(names.shortNames ?? []).flatMap((name, index) => label(`${at}.shortNames[${index}]`, name)),
  ];
  if (names.kind !== "" && names.kind === names.listKind)
    errors.push(invalid(`${at}.listKind`, names.listKind, "kind and listKind may not be the same"));
  return [...errors, ...(names.categories ?? []).flatMap((name, index) => label(`${at}.categories[${index}]`, name))];
}

function validateVersion(version: CustomResourceDefinitionVersion, path: string): FieldErrors {
  const errors: FieldErrors = [];
  const { name, deprecated, deprecationWarning, schema, subresources, additionalPrinterColumns = [] } = version;
  if (labelErrors(name).length > 0) errors.push(invalid(`${path}.name`, name, labelErrors(name).join(",")));
  if (deprecated !== true && deprecationWarning !== undefined)
    errors.push(invalid(`${path}.deprecationWarning`, deprecationWarning, "can only be set for deprecated versions"));
  if (schema?.openAPIV3Schema !== undefined)
    errors.push(...validateStructural(schema.openAPIV3Schema, `${path}.schema.openAPIV3Schema`));
  errors.push(...validateSubresources(subresources, `${path}.subresources`));
  for (const [index, column] of additionalPrinterColumns.entries())
    errors.push(...validateColumn(column, `${path}.additionalPrinterColumns[${index}]`));
  return errors;
}

const DATA_TYPES = ["boolean", "date", "integer", "number", "string"];
const FORMATS = ["byte", "date", "date-time", "double", "float", "int32", "int64", "password"];

function validateColumn({ name, type, format, jsonPath }: CustomResourceColumnDefinition, path: string): FieldErrors {
  const errors: FieldErrors = [];
  const types = `must be one of ${DATA_TYPES.join(",")}`;
  if (name === "") errors.push(required(`${path}.name`));
  if (type === "") errors.push(required(`${path}.type`, types));
  else if (!DATA_TYPES.includes(type)) errors.push(invalid(`${path}.type`, type, types));
  if (format !== undefined && format !== "" && !FORMATS.includes(format))
    errors.push(invalid(`${path}.format`, format, `must be one of ${FORMATS.join(",")}`));
  if (jsonPath === "") errors.push(required(`${path}.JSONPath`));
  else errors.push(...pathErrors(`${path}.JSONPath`, jsonPath));
  return errors;
}

function pathErrors(field: string, path: string): FieldErrors {
  return path.startsWith(".") ? [] : [invalid(field, path, "must be a simple json path starting with .")];
}

function validateSubresources(subresources: CustomResourceSubresources | undefined, path: string): FieldErrors {
  const { scale } = subresources ?? {};
  if (scale === undefined) return [];
  const { specReplicasPath, statusReplicasPath, labelSelectorPath = "" } = scale;
  const errors = [
    ...scalePath(`${path}.scale.specReplicasPath`, specReplicasPath, ".spec"),
    ...scalePath(`${path}.scale.statusReplicasPath`, statusReplicasPath, ".status"),
  ];
  if (labelSelectorPath !== "" && !/^\.(?:spec|status)\./.test(labelSelectorPath))
    errors.push(
      invalid(
        `${path}.scale.labelSelectorPath`,
        labelSelectorPath,
        "should be a json path under either .spec or .status",
      ),
    );
  return errors;
}

function scalePath(field: string, path: string, below: string): FieldErrors {
  if (path === "") return [required(field)];
  const errors = pathErrors(field, path);
  if (errors.length > 0 || path.startsWith(`${below}.`)) return errors;
  return [invalid(field, path, `should be a json path under ${below}`)];
}

const APPROVAL = "api-approved.kubernetes.io";

/** Groups of Kubernetes itself need the mark of an approved API. */
// Models apiextensions-apiserver/pkg/apihelpers GetAPIApprovalState
function approvalErrors({ metadata, spec }: CustomResourceDefinition): FieldErrors {
  if (!/(?:^|\.)(?:k8s|kubernetes)\.io$/.test(spec.group)) return [];
  const value = metadata.annotations?.[APPROVAL];
  const field = `metadata.annotations[${APPROVAL}]`;
  if (value === undefined || value === "")
    return [
      required(
        field,
        `protected groups must have approval annotation ${JSON.stringify(APPROVAL)}, see https://github.com/kubernetes/enhancements/pull/1111`,
      ),
    ];
  if (value.startsWith("unapproved") || /^https?:\/\/[^\s/]+\/?/.test(value)) return [];
  return [
    invalid(
      field,
      value,
      `protected groups must have approval annotation ${JSON.stringify(APPROVAL)} with either a URL or a reason starting with "unapproved", see https://github.com/kubernetes/enhancements/pull/1111`,
    ),
  ];
}
