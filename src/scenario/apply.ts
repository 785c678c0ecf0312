// The editor's text as the cluster's manifest: applied document by document, with what it no longer holds deleted.
import { type Cluster, type FieldError, type ResourceInfo, resourceName, StatusError } from "../cluster/index.ts";
import { applyObject, CommandError, objectsOf, type SourceObject } from "../kubectl/index.ts";
import { type ManifestDocument, parseManifest } from "../manifest/index.ts";

/** An object by its resource and place. */
export interface ObjectRef {
  readonly resource: string;
  readonly kind: string;
  /** Undefined for what lives in no namespace. */
  readonly namespace: string | undefined;
  readonly name: string;
}

/** What was wrong with a document. */
export interface DocumentError {
  /** In the words of kubectl or the API server. */
  readonly message: string;
  /** The mistakes at single fields, when the API server named them. */
  readonly causes: readonly FieldError[];
  /** `yaml` when the text itself is broken, `kubectl` when it is no known object, `server` when the API server refused it. */
  readonly source: "yaml" | "kubectl" | "server";
}

/** What became of one document (or of one item of a List in it). */
export interface DocumentReport {
  /** Position of the document in the text, from 0; empty documents do not count. */
  readonly document: number;
  readonly ref?: ObjectRef;
  readonly result?: "created" | "configured" | "unchanged";
  readonly warnings: readonly string[];
  readonly error?: DocumentError;
}

/** What became of a text. */
export interface TextReport {
  readonly text: string;
  readonly documents: readonly DocumentReport[];
  /** Objects that earlier texts held and this one does not. */
  readonly deleted: readonly ObjectRef[];
}

/** Remembers which objects came from the text. */
export class ManagedText {
  readonly #cluster: Cluster;
  readonly #managed = new Map<string, ObjectRef>();
  #text = "";

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
  }

  get text(): string {
    return this.#text;
  }

  /** Whether the text made this object (and would delete it). */
  manages(ref: Pick<ObjectRef, "resource" | "namespace" | "name">): boolean {
    return this.#managed.has(keyOfRef(ref));
  }

  /**
   * Applies every good document; a bad one changes nothing. Objects of earlier texts that stand no longer in this one are
   * deleted, unless some document cannot be read at all: then nothing is deleted, as the object may be in there.
   */
  apply(text: string): TextReport {
    this.#text = text;
    const kept = new Map<string, ObjectRef>();
    let readable = true;
    const documents = parseManifest(text).flatMap((document, index): DocumentReport[] => {
      const read = readDocument(document);
      if (Array.isArray(read)) return read.map((source) => this.#applyOne(source, index, kept));
      readable = false;
      return [{ document: index, warnings: [], error: read }];
    });
    const deleted = readable ? this.#prune(kept) : [];
    for (const [key, ref] of kept) this.#managed.set(key, ref);
    return { text, documents, deleted };
  }

  #applyOne(source: SourceObject, document: number, kept: Map<string, ObjectRef>): DocumentReport {
    const ref = refOf(source.info, source.namespace, source.name);
    const key = keyOfRef(ref);
    if (kept.has(key)) {
      const message = `${ref.resource} "${ref.name}" stands twice in this text; the first one was applied`;
      return { document, ref, warnings: [], error: { message, causes: [], source: "kubectl" } };
    }
    try {
      if (source.name === "") throw new CommandError("resource name may not be empty");
      const { result, warnings } = applyObject(this.#cluster.api, source, {
        dryRun: "none",
        fieldValidation: "Strict",
      });
      kept.set(key, ref);
      return { document, ref, result, warnings };
    } catch (error) {
      if (this.#managed.has(key)) kept.set(key, ref);
      return {
        document,
        ref,
        warnings: error instanceof StatusError ? error.warnings : [],
        error: toDocumentError(error),
      };
    }
  }

  #prune(kept: ReadonlyMap<string, ObjectRef>): ObjectRef[] {
    const gone = [...this.#managed].filter(([key]) => !kept.has(key)).reverse();
    return gone.flatMap(([key, ref]) => {
      this.#managed.delete(key);
      if (this.#cluster.api.find(ref.resource, ref.namespace, ref.name) === undefined) return [];
      this.#cluster.api.delete(ref.resource, ref.namespace, ref.name);
      return [ref];
    });
  }
}

/** The objects of a document, or what is wrong with it. */
function readDocument(document: ManifestDocument): SourceObject[] | DocumentError {
  if (document.error !== undefined) return { message: document.error.message, causes: [], source: "yaml" };
  try {
    return objectsOf(document, "the editor");
  } catch (error) {
    return toDocumentError(error);
  }
}

function toDocumentError(error: unknown): DocumentError {
  if (error instanceof StatusError) {
    return { message: error.status.message, causes: error.status.causes, source: "server" };
  }
  if (error instanceof CommandError) return { message: error.message, causes: [], source: "kubectl" };
  throw error;
}

function refOf(info: ResourceInfo, namespace: string | undefined, name: string): ObjectRef {
  return { resource: resourceName(info), kind: info.kind, namespace, name };
}

function keyOfRef(ref: Pick<ObjectRef, "resource" | "namespace" | "name">): string {
  return `${ref.resource}/${ref.namespace ?? ""}/${ref.name}`;
}
