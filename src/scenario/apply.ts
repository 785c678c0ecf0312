// The editor's text as the cluster's manifest: applied document by document, and what it no longer contains deleted.
import {
  type Cluster,
  type FieldError,
  groupVersion,
  type ObjectRef,
  type ResourceInfo,
  type ResourceName,
  resourceName,
  StatusError,
  type UnknownObject,
} from "../cluster/index.ts";
import { type Applied, applyObject, CommandError, itemsOf, type SourceObject } from "../kubectl/index.ts";
import { type ManifestDocument, parseManifest } from "../manifest/index.ts";
import { W } from "../words/en/scenario.ts";

/** An object of a text, with the resource under which the API server has it, even when its kind is no longer served. */
export interface TextObject extends ObjectRef {
  readonly resource: ResourceName;
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

/** The outcome of one document (or of one item of a List in it). */
export interface DocumentReport {
  /** Position of the document in the text, from 0; empty documents do not count. */
  readonly document: number;
  /** Which item of a List in it, as `items[2]`; absent for the document itself. */
  readonly item?: string;
  readonly ref?: TextObject;
  readonly result?: "created" | "configured" | "unchanged";
  readonly warnings: readonly string[];
  readonly error?: DocumentError;
}

/** The outcome of a text. */
export interface TextReport {
  readonly text: string;
  readonly documents: readonly DocumentReport[];
  /** Objects that earlier texts held and this one does not. */
  readonly deleted: readonly TextObject[];
  /** Those among them that may not be deleted, and why. */
  readonly kept: ReadonlyArray<{ readonly ref: TextObject; readonly message: string }>;
}

/** How an object stood after a document was applied, and what the document said. */
interface Settled {
  document: string;
  readonly resourceVersion: string | undefined;
}

/** An object of a document, or what was wrong with it. */
interface Item {
  readonly at: string;
  readonly object: SourceObject | DocumentError;
  /** Reads it once more. */
  readonly read: () => SourceObject;
}

/** A document as it was read. */
interface Read {
  readonly text: string;
  readonly content: readonly Item[] | DocumentError;
}

/** One application of a text. */
interface Pass {
  /** Objects that are in the text, or keep the form that an earlier text gave them. */
  readonly kept: Map<string, TextObject>;
  readonly read: readonly Read[];
}

/** Remembers which objects came from the text. */
export class ManagedText {
  readonly #cluster: Cluster;
  readonly #managed = new Map<string, TextObject>();
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
  manages(ref: Pick<TextObject, "resource" | "namespace" | "name">): boolean {
    return this.#managed.has(keyOfRef(ref));
  }

  /**
   * Applies every good document; a bad one changes nothing. A document that says what it said when it was applied last, of an
   * object that nobody changed since, is `unchanged` at once.
   *
   * Objects of earlier texts that are no longer in this one are deleted when all documents were applied. As long as one
   * fails nothing is deleted, as the object may be in there, half typed. Only when what fails wants an address or a port that
   * is already allocated, and every document can be read, what left the text goes first, and what failed is tried once more: a
   * renamed Service takes its nodePort along.
   */
  apply(text: string): TextReport {
    this.#text = text;
    const pass: Pass = { kept: new Map(), read: this.#readAll(text) };
    let documents = this.#applyAll(pass);
    const { deleted, kept } = mayDelete(documents) ? this.#prune(pass.kept) : { deleted: [], kept: [] };
    if (deleted.length > 0) documents = documents.flatMap((report) => this.#again(report, pass));
    for (const [key, ref] of pass.kept) this.#managed.set(key, ref);
    return { text, documents, deleted, kept };
  }

  /**
   * Applies definitions of kinds before everything else: their objects may come before them. What is of an unknown kind is read
   * when its turn comes, as the kind may be served by then.
   */
  #applyAll(pass: Pass): DocumentReport[] {
    const reports = new Map<number, DocumentReport[]>();
    const definitions = pass.read.flatMap(({ content }, index) => (isDefinition(content) ? [index] : []));
    const order = [...definitions, ...pass.read.keys()];
    for (const index of order) if (!reports.has(index)) reports.set(index, this.#applyDocument(index, pass));
    return [...pass.read.keys()].flatMap((index) => reports.get(index) ?? []);
  }

  #readAll(text: string): Read[] {
    const before = this.#read;
    const read = parseManifest(text).map((document): Read => {
      const own = text.slice(document.range.from, document.range.to);
      return { text: own, content: before.get(own)?.content ?? this.#readDocument(document) };
    });
    this.#read = new Map(read.map((each) => [each.text, each]));
    return read;
  }

  #applyDocument(index: number, pass: Pass): DocumentReport[] {
    const content = pass.read[index]?.content ?? [];
    if ("message" in content) return [{ document: index, warnings: [], error: content }];
    return content.map((item): DocumentReport => {
      const { at } = item;
      const object = "message" in item.object ? this.#readItem(item.read) : item.object;
      const place = at === "" ? {} : { item: at };
      if ("message" in object) return { document: index, ...place, warnings: [], error: object };
      return { ...this.#applyOne(object, index, pass), ...place };
    });
  }

  #applyOne(source: SourceObject, document: number, { kept, read }: Pass): DocumentReport {
    const ref = refOf(source.info, source.namespace, source.name);
    const key = keyOfRef(ref);
    if (kept.has(key)) {
      const message = W.twice(ref.resource, ref.name);
      return { document, ref, warnings: [], error: { message, causes: [], source: "kubectl" } };
    }
    const text = read[document]?.text ?? "";
    if (this.#isSettled(ref, text)) {
      kept.set(key, ref);
      return { document, ref, result: "unchanged", warnings: [] };
    }
    try {
      if (source.name === "") throw new CommandError("resource name may not be empty");
      const { object, result, warnings } = this.#send(source);
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
        error: this.#told(error),
      };
    }
  }

  /** Applies an object as `kubectl apply` does; one too large for the annotation in which that keeps it, as `--server-side` does. */
  #send(source: SourceObject): Applied {
    const { api } = this.#cluster;
    try {
      return applyObject(api, source, { dryRun: "none", fieldValidation: "Strict" });
    } catch (error) {
      if (!(error instanceof StatusError) || !error.status.causes.some(isTooLarge)) throw error;
    }
    const { info, namespace, name, object } = source;
    const before = api.find(resourceName(info), namespace, name)?.metadata.resourceVersion;
    const options = { fieldManager: "kubectl", force: true };
    const answer = api.patch(resourceName(info), { namespace, name }, { type: "apply", body: object }, options);
    const after = answer.object.metadata.resourceVersion;
    const result = before === undefined ? "created" : before === after ? "unchanged" : "configured";
    const made = answer.object as unknown as UnknownObject; // every object has fields of some name
    return { object: made, result, warnings: [...answer.warnings, SERVER_SIDE] };
  }

  /** Whether the same document was applied before and the object is as that left it. */
  #isSettled(ref: TextObject, document: string): boolean {
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
    const sources = content.flatMap(({ object }) => ("message" in object ? [] : [object]));
    const source = sources.find(({ info, namespace, name }) => keyOfRef(refOf(info, namespace, name)) === key);
    if (source === undefined) return [report];
    return [{ ...this.#applyOne(source, document, pass), ...(report.item === undefined ? {} : { item: report.item }) }];
  }

  /** Deletes what left the text. What may not be deleted stays the text's, and is tried again with the next one. */
  #prune(stays: ReadonlyMap<string, TextObject>): Pick<TextReport, "deleted" | "kept"> {
    const deleted: TextObject[] = [];
    const kept: TextReport["kept"][number][] = [];
    for (const [key, ref] of [...this.#managed].filter(([each]) => !stays.has(each)).reverse()) {
      try {
        if (this.#cluster.api.find(ref.resource, ref.namespace, ref.name) !== undefined) {
          this.#cluster.api.delete(ref.resource, ref.namespace, ref.name);
          deleted.push(ref);
        }
        this.#managed.delete(key);
        this.#settled.delete(key);
      } catch (error) {
        kept.push({ ref, message: this.#told(error).message });
      }
    }
    return { deleted, kept };
  }

  /** The objects of a document, or what is wrong with it. */
  #readDocument(document: ManifestDocument): Item[] | DocumentError {
    if (document.error !== undefined) return { message: document.error.message, causes: [], source: "yaml" };
    try {
      const { kinds } = this.#cluster.api;
      return itemsOf(document, "the editor", kinds).map(
        ({ at, read }): Item => ({ at, object: this.#readItem(read), read }),
      );
    } catch (error) {
      return this.#told(error);
    }
  }

  #readItem(read: () => SourceObject): SourceObject | DocumentError {
    try {
      return read();
    } catch (error) {
      return this.#told(error);
    }
  }

  /** What was wrong, in words. An internal error is noted, and reported like one of the server. */
  #told(error: unknown): DocumentError {
    if (error instanceof StatusError)
      return { message: error.status.message, causes: error.status.causes, source: "server" };
    if (error instanceof CommandError) return { message: error.message, causes: [], source: "kubectl" };
    this.#cluster.mishaps.note("the text", error);
    return { message: internalError(error), causes: [], source: "server" };
  }
}

const SERVER_SIDE =
  "metadata.annotations: too large for kubectl apply's annotation, so it was applied as with kubectl apply --server-side";

const isTooLarge = ({ type, field }: FieldError) => type === "Too long" && field === "metadata.annotations";

/** How an internal error is reported. */
export function internalError(error: unknown): string {
  return W.internal(error instanceof Error ? error.message : String(error));
}

/** Whether a document defines a kind. */
function isDefinition(content: Read["content"]): boolean {
  return (
    !("message" in content) &&
    content.some(({ object }) => !("message" in object) && object.info.kind === "CustomResourceDefinition")
  );
}

/** Whether what left the text may go: nothing failed, or it may be in the way of what failed. */
function mayDelete(documents: readonly DocumentReport[]): boolean {
  const errors = documents.flatMap(({ error }) => (error === undefined ? [] : [error]));
  if (errors.length === 0) return true;
  const isReadable = documents.every(({ ref }) => ref !== undefined);
  return isReadable && errors.some(({ message }) => message.includes("already allocated"));
}

function refOf(info: ResourceInfo, namespace: string | undefined, name: string): TextObject {
  return { resource: resourceName(info), apiVersion: groupVersion(info), kind: info.kind, namespace, name };
}

function keyOfRef(ref: Pick<TextObject, "resource" | "namespace" | "name">): string {
  return `${ref.resource}/${ref.namespace ?? ""}/${ref.name}`;
}
