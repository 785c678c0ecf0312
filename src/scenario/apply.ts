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

/** How an object stood after a document was applied, and what the document said. */
interface Settled {
  document: string;
  readonly resourceVersion: string | undefined;
}

/** A document as it was read. */
interface Read {
  readonly text: string;
  readonly content: readonly SourceObject[] | DocumentError;
}

/** One application of a text. */
interface Pass {
  /** Objects that stand in the text, or keep the form that an earlier text gave them. */
  readonly kept: Map<string, ObjectRef>;
  readonly read: readonly Read[];
}

/** Remembers which objects came from the text. */
export class ManagedText {
  readonly #cluster: Cluster;
  readonly #managed = new Map<string, ObjectRef>();
  readonly #settled = new Map<string, Settled>();
  #read: ReadonlyMap<string, Read> = new Map<string, Read>();
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
   * Applies every good document; a bad one changes nothing. A document that says what it said when it was applied last, of an
   * object that nobody changed since, is `unchanged` at once.
   *
   * Objects of earlier texts that stand no longer in this one are deleted when all documents were applied. As long as one
   * fails nothing is deleted, as the object may be in there, half typed. Only when what fails wants an address or a port that
   * is already allocated, and every document can be read, what left the text goes first, and what failed is tried once more: a
   * renamed Service takes its nodePort along.
   */
  apply(text: string): TextReport {
    this.#text = text;
    const pass: Pass = { kept: new Map(), read: this.#readAll(text) };
    let documents = pass.read.flatMap((_, index) => this.#applyDocument(index, pass));
    const deleted = mayDelete(documents) ? this.#prune(pass.kept) : [];
    if (deleted.length > 0) documents = documents.flatMap((report) => this.#again(report, pass));
    for (const [key, ref] of pass.kept) this.#managed.set(key, ref);
    return { text, documents, deleted };
  }

  #readAll(text: string): Read[] {
    const before = this.#read;
    const read = parseManifest(text).map((document): Read => {
      const own = text.slice(document.range.from, document.range.to);
      return { text: own, content: before.get(own)?.content ?? readDocument(document) };
    });
    this.#read = new Map(read.map((each) => [each.text, each]));
    return read;
  }

  #applyDocument(index: number, pass: Pass): DocumentReport[] {
    const content = pass.read[index]?.content ?? [];
    if ("message" in content) return [{ document: index, warnings: [], error: content }];
    return content.map((source) => this.#applyOne(source, index, pass));
  }

  #applyOne(source: SourceObject, document: number, { kept, read }: Pass): DocumentReport {
    const ref = refOf(source.info, source.namespace, source.name);
    const key = keyOfRef(ref);
    if (kept.has(key)) {
      const message = `${ref.resource} "${ref.name}" stands twice in this text; the first one was applied`;
      return { document, ref, warnings: [], error: { message, causes: [], source: "kubectl" } };
    }
    const text = read[document]?.text ?? "";
    if (this.#isSettled(ref, text)) {
      kept.set(key, ref);
      return { document, ref, result: "unchanged", warnings: [] };
    }
    try {
      if (source.name === "") throw new CommandError("resource name may not be empty");
      const { object, result, warnings } = applyObject(this.#cluster.api, source, {
        dryRun: "none",
        fieldValidation: "Strict",
      });
      kept.set(key, ref);
      this.#settled.set(key, { document: text, resourceVersion: object.metadata.resourceVersion });
      return { document, ref, result, warnings };
    } catch (error) {
      this.#settled.delete(key);
      if (this.#managed.has(key)) kept.set(key, ref);
      return {
        document,
        ref,
        warnings: error instanceof StatusError ? error.warnings : [],
        error: toDocumentError(error),
      };
    }
  }

  /** Whether the same document was applied before and the object stands as that left it. */
  #isSettled(ref: ObjectRef, document: string): boolean {
    const settled = this.#settled.get(keyOfRef(ref));
    if (settled === undefined || settled.document !== document) return false;
    settled.document = document; // equal, but cut from this text: so earlier texts can be forgotten
    const live = this.#cluster.api.find(ref.resource, ref.namespace, ref.name);
    return live !== undefined && live.metadata.resourceVersion === settled.resourceVersion;
  }

  /** Applies once more what was refused for the sake of something that is gone now. */
  #again(report: DocumentReport, pass: Pass): DocumentReport[] {
    const { ref, error, document } = report;
    const content = pass.read[document]?.content ?? [];
    if (ref === undefined || error?.source !== "server" || "message" in content) return [report];
    const key = keyOfRef(ref);
    if (pass.kept.has(key) && !this.#managed.has(key)) return [report]; // another document of this text made it
    pass.kept.delete(key);
    const source = content.find(({ info, namespace, name }) => keyOfRef(refOf(info, namespace, name)) === key);
    return source === undefined ? [report] : [this.#applyOne(source, document, pass)];
  }

  #prune(kept: ReadonlyMap<string, ObjectRef>): ObjectRef[] {
    const gone = [...this.#managed].filter(([key]) => !kept.has(key)).reverse();
    return gone.flatMap(([key, ref]) => {
      this.#managed.delete(key);
      this.#settled.delete(key);
      if (this.#cluster.api.find(ref.resource, ref.namespace, ref.name) === undefined) return [];
      this.#cluster.api.delete(ref.resource, ref.namespace, ref.name);
      return [ref];
    });
  }
}

/** Whether what left the text may go: nothing failed, or it may be in the way of what failed. */
function mayDelete(documents: readonly DocumentReport[]): boolean {
  const errors = documents.flatMap(({ error }) => (error === undefined ? [] : [error]));
  if (errors.length === 0) return true;
  const isReadable = documents.every(({ ref }) => ref !== undefined);
  return isReadable && errors.some(({ message }) => message.includes("already allocated"));
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
