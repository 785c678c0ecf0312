// Strict decoding: a parsed JSON value becomes an object of its kind, or the API server's words for why not.
import type { UnknownObject } from "../api/objects.ts";
import { type Struct, structNamed } from "../api/schema.ts";
import { type CustomVersion, structOfResource } from "../api/scheme.ts";
import type { ObjectMeta } from "../api/types.gen.ts";
import { unmarshal } from "./unmarshal.ts";

/** Which kind the object is decoded as; the core group is `""`. */
export interface GroupVersionKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** Set for a kind that is not built in. */
  readonly struct?: Struct;
  /** Set for a kind that a CustomResourceDefinition defines. */
  readonly custom?: CustomVersion;
}

/** What happens to unknown and duplicate fields (kubectl's `--validate`). */
export type FieldValidation = "Strict" | "Warn" | "Ignore";

export type Decoded =
  | { readonly object: UnknownObject; readonly warnings: readonly string[] }
  | { readonly error: string };

/**
 * Decodes a value as an object of the kind, or gives the message of the API server's 400 answer (without kubectl's frame).
 *
 * A wrong type hides unknown fields; of several wrong types the first in key order is reported. Unknown fields are dropped.
 * A custom resource is checked in its metadata, and pruned by its own schema.
 *
 * @param duplicates - paths of fields the source text held twice, such as `spec.selector`. kubectl sends none: the last one wins there.
 */
// Models k8s.io/apiserver/pkg/endpoints/handlers createHandler and transformDecodeError
export function decodeStrict(
  value: unknown,
  kind: GroupVersionKind,
  duplicates: readonly string[],
  mode: FieldValidation,
): Decoded {
  if (kind.custom !== undefined) return decodeCustom(value, { ...kind, custom: kind.custom }, duplicates, mode);
  const struct = structOfResource(kind);
  const { object, error, strict } = unmarshal(value, struct ?? ANY_OBJECT, duplicates);
  if (error !== undefined) return refuse(kind, error);
  const complaints = struct === undefined ? [] : strict;
  if (mode === "Strict" && complaints.length > 0) {
    return refuse(kind, `strict decoding error: ${complaints.join(", ")}`);
  }
  const rest = struct === undefined ? fieldsOf(value) : {};
  return { object: asObject({ ...rest, ...object }, kind), warnings: mode === "Warn" ? complaints : [] };
}

// Models apiextensions-apiserver/pkg/apiserver schemaCoercingDecoder and unstructuredDefaulter
function decodeCustom(
  value: unknown,
  kind: GroupVersionKind & { readonly custom: CustomVersion },
  duplicates: readonly string[],
  mode: FieldValidation,
): Decoded {
  const { object, error } = unmarshal(value, ANY_OBJECT, []);
  if (error !== undefined) return refuse(kind, error);
  const pruned = kind.custom.prune({ ...fieldsOf(value), ...object } as UnknownObject); // with the metadata just decoded
  const complaints = [
    ...duplicates.map((path) => `duplicate field ${JSON.stringify(path)}`),
    ...pruned.unknown.map((path) => `unknown field ${JSON.stringify(path)}`),
  ];
  if (mode === "Strict" && complaints.length > 0)
    return refuse(kind, `strict decoding error: ${complaints.join(", ")}`);
  return { object: asObject({ ...pruned.object }, kind), warnings: mode === "Warn" ? complaints : [] };
}

/**
 * Checks what kubectl checks before it sends anything: that the metadata can be read. Gives the error's text, without its frame.
 */
// Models k8s.io/cli-runtime/pkg/resource metadataValidatingDecoder
export function metadataError(value: unknown): string | undefined {
  return unmarshal(value, ANY_OBJECT).error;
}

/** What every object has; in Go's messages the type that kubectl decodes for its check. */
const ANY_OBJECT: Struct = {
  name: "metadataOnlyObject",
  goType: "resource.metadataOnlyObject",
  fields: new Map([...structNamed("Pod").fields].filter(([name]) => ["apiVersion", "kind", "metadata"].includes(name))),
};

const refuse = ({ version, kind }: GroupVersionKind, error: string): Decoded => ({
  error: `${kind} in version ${JSON.stringify(version)} cannot be handled as a ${kind}: ${error}`,
});

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function asObject(fields: Record<string, unknown>, { group, version, kind }: GroupVersionKind): UnknownObject {
  const metadata = fields.metadata;
  return {
    ...fields,
    apiVersion: group === "" ? version : `${group}/${version}`,
    kind,
    // The schema says what metadata is: a struct is decoded to an object with fields of ObjectMeta only.
    metadata: typeof metadata === "object" && metadata !== null ? (metadata as ObjectMeta) : {},
  };
}
