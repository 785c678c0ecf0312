// Objects from the documents of a manifest, as kubectl's resource builder reads them.
import {
  groupVersion,
  inKeptVersion,
  type Kinds,
  type KubeObject,
  metadataError,
  own,
  type ResourceInfo,
  type UnknownObject,
} from "../cluster/index.ts";
import type { ManifestDocument } from "../manifest/index.ts";
import { CommandError } from "./command-error.ts";

/** An object as it stands in a manifest. */
export interface SourceObject {
  readonly info: ResourceInfo;
  readonly object: UnknownObject;
  /** Undefined for what lives in no namespace. */
  readonly namespace: string | undefined;
  readonly name: string;
  /** The file, or STDIN. */
  readonly source: string;
}

/** One object of a document: the document itself, or an item of a list in it. */
export interface DocumentItem {
  /** Where it is in the document, as `items[2]`; "" for the document itself. */
  readonly at: string;
  /** @throws CommandError when it is no object. */
  read(): SourceObject;
}

/** The objects of one document, each to be read by itself. @throws CommandError when the document cannot be read. */
export function itemsOf(document: ManifestDocument, source: string, kinds: Kinds): DocumentItem[] {
  const reader = new SourceReader({ kinds, namespace: "default", enforced: false, validate: true, placeless: false });
  reader.check(document, source);
  return reader.items(document, source);
}

interface ReadingOptions {
  readonly kinds: Kinds;
  readonly namespace: string;
  /** Whether the namespace was given on the command line, so that objects must not name another. */
  readonly enforced: boolean;
  readonly validate: boolean;
  /** Whether objects are left without namespace when they name none. */
  readonly placeless: boolean;
}

/** Reads the objects of documents. */
export class SourceReader {
  readonly #options: ReadingOptions;

  constructor(options: ReadingOptions) {
    this.#options = options;
  }

  /** Refuses a document that cannot be read: nothing behind it in its file is. @throws CommandError */
  // Models kubernetes/staging/src/k8s.io/cli-runtime/pkg/resource StreamVisitor
  check({ value, error }: ManifestDocument, source: string): void {
    if (error !== undefined) {
      const frame = error.message.startsWith("yaml: ") ? "error converting YAML to JSON: " : "";
      throw new CommandError(`error parsing ${source}: ${frame}${error.message}`);
    }
    if (this.#options.validate) checkKind(value, source);
  }

  /** The objects of a document, those of a list one by one; each is called for by itself and may be refused. */
  // Models kubernetes/staging/src/k8s.io/cli-runtime/pkg/resource FlattenListVisitor
  items({ value }: Pick<ManifestDocument, "value">, source: string, below = ""): DocumentItem[] {
    const { apiVersion, kind, items } = fieldsOf(value);
    const whole = { at: below, read: () => this.#object(value, source, below === "" ? "" : "unable to recognize ") };
    if (!Array.isArray(items)) return [whole];
    if (
      typeof apiVersion !== "string" ||
      typeof kind !== "string" ||
      !isListKind(this.#options.kinds, apiVersion, kind)
    )
      return [whole];
    const bare = { apiVersion, kind: kind.replace(/List$/, "") };
    return items.flatMap((item, index) => {
      const fields = fieldsOf(item);
      const isBare = fields.kind === undefined && fields.apiVersion === undefined && bare.kind !== "";
      const at = `${below === "" ? "" : `${below}.`}items[${index}]`;
      return this.items({ value: isBare ? { ...bare, ...fields } : item }, source, at);
    });
  }

  #object(value: unknown, source: string, unknownKind: string): SourceObject {
    const { apiVersion, kind } = fieldsOf(value);
    if (typeof kind !== "string" || kind === "")
      throw new CommandError(`unable to decode "${source}": Object 'Kind' is missing in '${JSON.stringify(value)}'`);
    if (typeof apiVersion !== "string" || apiVersion === "")
      throw new CommandError(
        `unable to decode "${source}": Object 'apiVersion' is missing in '${JSON.stringify(value)}'`,
      );
    const complaint = metadataError(value);
    if (complaint !== undefined) throw new CommandError(`unable to decode "${source}": ${complaint}`);
    const object = value as UnknownObject; // apiVersion, kind and metadata were just checked
    const metadata = object.metadata ?? {};
    const info = this.#options.kinds.forKind(apiVersion, kind) ?? lowerCaseKind(this.#options.kinds, apiVersion, kind);
    const noMatch = `no matches for kind ${JSON.stringify(kind)} in version ${JSON.stringify(apiVersion)}`;
    if (info === undefined && unknownKind !== "") throw new CommandError(`${unknownKind}${noMatch}`);
    if (info === undefined)
      throw new CommandError(
        `resource mapping not found for name: ${JSON.stringify(metadata.name ?? "")} namespace: ${JSON.stringify(metadata.namespace ?? "")} from ${JSON.stringify(source)}: ${noMatch}\nensure CRDs are installed first`,
      );
    const kept = inKeptVersion({ ...object, metadata }) as unknown as UnknownObject; // its metadata is the same
    return this.#placed(info, kept, source);
  }

  #placed(info: ResourceInfo, object: KubeObject, source: string): SourceObject {
    const name = object.metadata.name ?? "";
    if (!info.namespaced || this.#options.placeless)
      return {
        info,
        object: { ...object },
        namespace: info.namespaced ? object.metadata.namespace : undefined,
        name,
        source,
      };
    const own = object.metadata.namespace ?? "";
    const { enforced, namespace: current } = this.#options;
    if (enforced && own !== "" && own !== current)
      throw new CommandError(
        `the namespace from the provided object ${JSON.stringify(own)} does not match the namespace ${JSON.stringify(current)}. You must pass '--namespace=${own}' to perform this operation.`,
      );
    const namespace = own === "" ? current : own;
    return { info, object: { ...object, metadata: { ...object.metadata, namespace } }, namespace, name, source };
  }
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return value !== null && typeof value === "object" && !Array.isArray(value) ? { ...value } : {};
}

/** Whether the kind is a list that the REST mapper knows: `List` of any group that is served, and the list of any kind that is. */
// Models kubernetes/staging/src/k8s.io/client-go/restmapper NewDiscoveryRESTMapper
function isListKind(kinds: Kinds, apiVersion: string, kind: string): boolean {
  if (kind === "List") return kinds.versions().some((info) => groupVersion(info) === apiVersion);
  return kind.endsWith("List") && kinds.forKind(apiVersion, kind.slice(0, -"List".length)) !== undefined;
}

/** The REST mapper also knows every kind in lower case; the server then refuses it. */
function lowerCaseKind(kinds: Kinds, apiVersion: string, kind: string): ResourceInfo | undefined {
  return kinds
    .versions()
    .find(
      (info) =>
        info.kind.toLowerCase() === kind &&
        apiVersion === (info.group === "" ? info.version : `${info.group}/${info.version}`),
    );
}

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/validation getObjectKind
function checkKind(value: unknown, source: string): void {
  const complaints: string[] = [];
  if (value === null || typeof value !== "object" || Array.isArray(value))
    complaints.push("invalid object to validate");
  else
    for (const field of ["apiVersion", "kind"]) complaints.push(...fieldComplaint(own(fieldsOf(value), field), field));
  if (complaints.length === 0) return;
  const text = complaints.length === 1 ? complaints[0] : `[${complaints.join(", ")}]`;
  throw new CommandError(
    `error validating ${JSON.stringify(source)}: error validating data: ${text}; if you choose to ignore these errors, turn validation off with --validate=false`,
  );
}

function fieldComplaint(value: unknown, field: string): string[] {
  if (value === undefined || value === null) return [`${field} not set`];
  return typeof value === "string" ? [] : [`${field} isn't string type`];
}
