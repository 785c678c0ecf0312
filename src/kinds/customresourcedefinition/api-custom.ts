// A kind as a CustomResourceDefinition defines it: its versions, and the rules for its objects.
import type { KubeObject, UnknownObject } from "../../cluster/api/objects.ts";
import type { Column, ResourceInfo } from "../../cluster/api/scheme.ts";
import type { CustomResourceDefinition, CustomResourceDefinitionVersion } from "../../cluster/api/types.gen.ts";
import { statusError } from "../../cluster/apimachinery/errors.ts";
import { type FieldErrors, throwInvalid } from "../../cluster/apimachinery/field.ts";
import { dns1123Subdomain } from "../../cluster/apimachinery/names.ts";
import type { KindDefinition } from "../../cluster/apiserver/kinds.ts";
import type { AnyStrategy, StrategyContext } from "../../cluster/apiserver/strategy/strategy.ts";
import { prune, type Schema, setDefaults } from "./api-schema.ts";
import { structOf } from "./api-struct.ts";
import { validateValue } from "./api-values.ts";

/** The kind that a definition defines, by the names that it was accepted with. Spec: [CRD-5]. */
export function kindOf(definition: CustomResourceDefinition): KindDefinition {
  const versions = [...definition.spec.versions].sort(byPriority);
  const stored = versions.find(({ storage }) => storage) ?? versions[0];
  if (stored === undefined) throw new Error("a definition has versions"); // validated
  const infos = new Map(versions.map((version) => [version.name, infoOf(definition, version)]));
  const info = infos.get(stored.name) ?? infoOf(definition, stored);
  return {
    info,
    versions: versions.filter(({ served }) => served).flatMap(({ name }) => infos.get(name) ?? []),
    strategy: strategyOf(definition, stored),
  };
}

const VERSION = /^v(\d+)(?:(alpha|beta)(\d+))?$/;

/** Stable versions come before beta and alpha, later ones before earlier ones, other names last. */
// Models k8s.io/apimachinery/pkg/version CompareKubeAwareVersionStrings
function byPriority(a: CustomResourceDefinitionVersion, b: CustomResourceDefinitionVersion): number {
  const rank = ({ name }: CustomResourceDefinitionVersion): readonly number[] => {
    const [, major, stage, minor] = VERSION.exec(name) ?? [];
    if (major === undefined) return [3, 0, 0];
    return [stage === undefined ? 0 : stage === "beta" ? 1 : 2, -Number(major), -Number(minor ?? 0)];
  };
  const [left, right] = [rank(a), rank(b)];
  const at = left.findIndex((each, index) => each !== right[index]);
  if (at >= 0) return (left[at] ?? 0) - (right[at] ?? 0);
  return a.name < b.name ? -1 : 1;
}

function infoOf(definition: CustomResourceDefinition, version: CustomResourceDefinitionVersion): ResourceInfo {
  const { group, scope } = definition.spec;
  const names = definition.status?.acceptedNames ?? definition.spec.names;
  const { scale } = version.subresources ?? {};
  const schemas = new Map(definition.spec.versions.map((each) => [`${group}/${each.name}`, schemaOf(each)]));
  return {
    group,
    version: version.name,
    kind: names.kind,
    resource: names.plural,
    singular: names.singular ?? names.kind.toLowerCase(),
    shortNames: names.shortNames ?? [],
    namespaced: scope === "Namespaced",
    categories: names.categories ?? [],
    isReview: false,
    struct: structOf(names.kind, schemaOf(version)),
    columns: columnsOf(version),
    custom: {
      definition: definition.metadata.name ?? "",
      hasStatus: version.subresources?.status !== undefined,
      prune: (object) => decoded(object, schemas.get(object.apiVersion) ?? schemaOf(version), version, names.kind),
      ...(scale === undefined
        ? {}
        : {
            scale: {
              spec: scale.specReplicasPath,
              status: scale.statusReplicasPath,
              ...(scale.labelSelectorPath === undefined ? {} : { labelSelector: scale.labelSelectorPath }),
            },
          }),
    },
  };
}

const schemaOf = (version: CustomResourceDefinitionVersion): Schema =>
  version.schema?.openAPIV3Schema ?? { "x-kubernetes-preserve-unknown-fields": true };

/** The known fields; an object in another version than this one must fit that version's schema too. Spec: [CRD-8]. */
function decoded(
  object: UnknownObject,
  schema: Schema,
  version: CustomResourceDefinitionVersion,
  kind: string,
): { object: UnknownObject; unknown: readonly string[] } {
  const pruned = prune({ ...object }, schema);
  const kept = pruned.object as unknown as UnknownObject; // apiVersion, kind and metadata are always kept
  const [group = "", asked] = object.apiVersion.split("/");
  if (asked !== undefined && asked !== version.name) {
    setDefaults(kept, schema);
    throwInvalid({ group, kind }, kept.metadata?.name ?? "", validateValue(kept, schema));
  }
  return { object: kept, unknown: pruned.unknown };
}

/** Columns behind NAME; a definition without any shows the age. */
// Models apiextensions-apiserver/pkg/apis/apiextensions/v1 SetDefaults_CustomResourceDefinitionSpec and apiserver getColumnsForVersion
function columnsOf({ additionalPrinterColumns = [] }: CustomResourceDefinitionVersion): readonly Column[] {
  if (additionalPrinterColumns.length === 0)
    return [{ name: "Age", type: "date", jsonPath: ".metadata.creationTimestamp", wide: false }];
  return additionalPrinterColumns.map(({ name, type, jsonPath, priority = 0 }) => ({
    name,
    type,
    jsonPath,
    wide: priority > 0,
  }));
}

type Custom = KubeObject & { readonly status?: unknown };

const FINISHING = "create not allowed while custom resource definition is terminating";

/** How objects of the kind are written. Spec: [CRD-6] [CRD-7]. */
// Models apiextensions-apiserver/pkg/registry/customresource customResourceStrategy
function strategyOf(
  { metadata, spec }: CustomResourceDefinition,
  version: CustomResourceDefinitionVersion,
): AnyStrategy {
  const schema = schemaOf(version);
  const hasStatus = version.subresources?.status !== undefined;
  const validate = (object: Custom): FieldErrors => validateValue(object, schema);
  const warning = version.deprecationWarning ?? `${spec.group}/${version.name} ${spec.names.kind} is deprecated`;
  return {
    checkName: dns1123Subdomain,
    generation: true,
    countedPart: ({ metadata: _, status, ...rest }: Custom) => (hasStatus ? rest : { ...rest, status }),
    selectableFields: (version.selectableFields ?? []).map(({ jsonPath }) => jsonPath.replace(/^\./, "")),
    setDefaults: (object: Custom) => setDefaults(object, schema),
    setStatusDefaults: (object: Custom) => setDefaults(object, schema),
    admit(_: Custom, old: Custom | undefined, { find }: StrategyContext) {
      const definition = find("customresourcedefinitions.apiextensions.k8s.io", undefined, metadata.name ?? "");
      if (old === undefined && definition?.metadata.deletionTimestamp !== undefined)
        throw statusError("MethodNotAllowed", FINISHING);
    },
    validate,
    validateUpdate: validate,
    validateStatus: validate,
    ...(version.deprecated === true ? { deprecated: warning } : {}),
  };
}
