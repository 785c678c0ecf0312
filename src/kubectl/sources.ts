// Objects from files and standard input: `-f`, read as kubectl's resource builder reads them.
import {
  type KubeObject,
  metadataError,
  RESOURCES,
  type ResourceInfo,
  resourceForKind,
  type UnknownObject,
} from "../cluster/index.ts";
import { type ManifestDocument, parseManifest } from "../manifest/index.ts";
import { CommandError } from "./errors.ts";
import type { Flag, ParsedArgs } from "./flags.ts";
import { type CommandIO, fileName } from "./io.ts";

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

/** What was read, and what ended the reading of each source that was not read to its end. */
export interface SourceObjects {
  readonly objects: readonly SourceObject[];
  readonly errors: readonly Error[];
}

export const FILE_FLAGS: readonly Flag[] = [
  { name: "filename", short: "f", type: "list", help: "The files that contain the configurations." },
  { name: "kustomize", short: "k", type: "string", help: "Not simulated." },
  { name: "recursive", short: "R", type: "bool" },
];

/** Whether objects come from files. */
export function hasFiles(args: ParsedArgs): boolean {
  return args.list("filename").length > 0 || args.string("kustomize") !== "";
}

/** Whether `--local` was typed: objects are taken from files, and no server is asked. */
export function isLocal(args: ParsedArgs): boolean {
  return args.knows("local") && args.bool("local");
}

/** Reads every object of the files named by `-f`. @throws CommandError for a file that is not there. */
// Models kubernetes/staging/src/k8s.io/cli-runtime/pkg/resource Builder.FilenameParam, StreamVisitor, FlattenListVisitor
export function readSources(args: ParsedArgs, io: CommandIO): SourceObjects {
  if (args.string("kustomize") !== "")
    throw new CommandError("kustomize is not simulated here: give the finished manifests with -f");
  const objects: SourceObject[] = [];
  const errors: Error[] = [];
  const reader = new SourceReader({
    namespace: io.namespace,
    enforced: args.changed("namespace"),
    validate: !args.knows("validate") || !/^(?:false|ignore)$/.test(args.string("validate")),
    placeless: isLocal(args),
  });
  for (const { source, text } of args.list("filename").flatMap((name) => textsOf(name, io))) {
    try {
      for (const document of parseManifest(text)) reader.read(document, source, objects);
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      errors.push(error);
    }
  }
  return { objects, errors };
}

function textsOf(name: string, io: CommandIO): Array<{ source: string; text: string }> {
  if (name === "-") return [{ source: "STDIN", text: io.stdin }];
  if (/^https?:\/\//.test(name))
    throw new CommandError(
      `unable to read URL ${JSON.stringify(name)}: nothing outside this page is asked; paste the manifest instead`,
    );
  const path = fileName(name);
  const text = io.files.get(path);
  if (text !== undefined) return [{ source: name, text }];
  const folder = path === "" || path === "." ? "" : `${path.replace(/\/$/, "")}/`;
  const inside = [...io.files.keys()].filter((each) => isManifestIn(folder, each)).sort();
  if (inside.length === 0) throw new CommandError(`the path ${JSON.stringify(name)} does not exist`);
  return inside.map((each) => ({ source: each, text: io.files.get(each) ?? "" }));
}

function isManifestIn(folder: string, file: string): boolean {
  return file.startsWith(folder) && !file.slice(folder.length).includes("/") && /\.(?:ya?ml|json)$/.test(file);
}

/** The objects of one document, read outside of any command line. @throws CommandError in kubectl's words. */
export function objectsOf(document: ManifestDocument, source: string): SourceObject[] {
  const objects: SourceObject[] = [];
  new SourceReader({ namespace: "default", enforced: false, validate: true, placeless: false }).read(
    document,
    source,
    objects,
  );
  return objects;
}

interface ReadingOptions {
  readonly namespace: string;
  /** Whether the namespace was given on the command line, so that objects must not name another. */
  readonly enforced: boolean;
  readonly validate: boolean;
  /** Whether objects are left without namespace when they name none. */
  readonly placeless: boolean;
}

class SourceReader {
  readonly #options: ReadingOptions;

  constructor(options: ReadingOptions) {
    this.#options = options;
  }

  read({ value, error }: ManifestDocument, source: string, into: SourceObject[]): void {
    if (error !== undefined)
      throw new CommandError(`error parsing ${source}: error converting YAML to JSON: ${error.message}`);
    if (this.#options.validate) checkKind(value, source);
    const { apiVersion, kind, items } = fieldsOf(value);
    if (kind === "List" && apiVersion === "v1" && Array.isArray(items)) {
      for (const item of items) into.push(this.#object(item, source));
      return;
    }
    into.push(this.#object(value, source));
  }

  #object(value: unknown, source: string): SourceObject {
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
    const info = resourceForKind(apiVersion, kind) ?? lowerCaseKind(apiVersion, kind);
    if (info === undefined)
      throw new CommandError(
        `resource mapping not found for name: ${JSON.stringify(metadata.name ?? "")} namespace: ${JSON.stringify(metadata.namespace ?? "")} from ${JSON.stringify(source)}: no matches for kind ${JSON.stringify(kind)} in version ${JSON.stringify(apiVersion)}\nensure CRDs are installed first`,
      );
    return this.#placed(info, { ...object, metadata }, source);
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

/** The REST mapper also knows every kind in lower case; the server then refuses it. */
function lowerCaseKind(apiVersion: string, kind: string): ResourceInfo | undefined {
  return RESOURCES.find(
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
  else for (const field of ["apiVersion", "kind"]) complaints.push(...fieldComplaint(fieldsOf(value)[field], field));
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
