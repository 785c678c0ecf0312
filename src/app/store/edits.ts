// Changes of objects: in the text where the object is there, else in the cluster by the command a person would type.
import {
  decodeStrict,
  type FieldError,
  type FieldPath,
  makeKey,
  type ObjectRef,
  pathText,
  resourceForKind,
  resourceName,
  StatusError,
  statusError,
  valueAt,
} from "../../cluster/index.ts";
import {
  type FieldChange,
  jsonPatch,
  type ObjectEdit,
  patchCommand,
  type Remedy,
  refText,
} from "../../diagnosis/index.ts";
import { applyObject, itemsOf } from "../../kubectl/index.ts";
import { addDocument, editFields, type ManifestDocument, parseManifest } from "../../manifest/index.ts";
import { W } from "../../words/en/edits.ts";
import type { Playground } from "./playground.ts";
import { loadKinds, loadShell } from "./run.ts";

/** What the API server refuses, in its words. */
export interface Refusal {
  readonly message: string;
  /** The mistakes at single fields, when it names them. */
  readonly causes: readonly FieldError[];
}

/** Where an object is changed: in the text where it is there, or in the cluster whether it is or not. */
export type Where = "text" | "cluster";

/** The object as the text has it; undefined where it isn't there, or not so that it can be read. */
export function writtenObject(playground: Playground, ref: ObjectRef): unknown {
  const place = placeInText(textOf(playground), ref);
  return place && objectAt(place);
}

/** Does an edit and says what was done. */
export async function editObjects(playground: Playground, remedy: Extract<Remedy, { kind: "edit" }>): Promise<void> {
  const before = textOf(playground);
  let text = before;
  const said: string[] = [];
  const outside: ObjectEdit[] = [];
  for (const each of remedy.edits) {
    const next = editedText(text, each);
    if (next === undefined) outside.push(each);
    else {
      text = next;
      said.push(`${refText(each.object)}: ${changesText(each.changes)}`);
    }
  }
  for (const object of remedy.create ?? []) {
    text = addDocument(text, object);
    said.push(W.added("kind" in object ? String(object.kind) : W.object));
  }
  if (text !== before) await writeText(playground, text);
  if (said.length > 0) playground.notify("info", W.changed(said.join("; ")));
  for (const each of outside) await patch(playground, each);
  for (const line of remedy.afterwards ?? []) await runInConsole(playground, line);
}

/**
 * Changes one object if the API server takes it; otherwise changes nothing and answers what it refuses.
 *
 * @param command - the line to run where the object isn't in the text, in place of `kubectl patch`.
 */
export async function changeObject(
  playground: Playground,
  edit: ObjectEdit,
  { where = "text", command }: { readonly where?: Where; readonly command?: string } = {},
): Promise<Refusal | undefined> {
  const before = textOf(playground);
  const next = where === "text" ? editedText(before, edit) : undefined;
  const refused = refusal(() => check(playground, edit, next));
  if (refused !== undefined) return refused;
  if (next === undefined) {
    if (playground.store.getState().run.transcript.busy) return { message: W.busy, causes: [] };
    await (command === undefined ? patch(playground, edit) : runInConsole(playground, command));
    return undefined;
  }
  await writeText(playground, next);
  const failed = failedIn(playground, edit.object, next);
  if (failed !== undefined) return failed;
  playground.notify("info", W.changedOf(refText(edit.object), changesText(edit.changes)), {
    name: W.undo,
    act: () => void playground.attempt(() => takeBack(playground, next, before)),
  });
  return undefined;
}

/** Returns the text from before a change, unless it was edited since. */
export async function takeBack(playground: Playground, changed: string, before: string): Promise<void> {
  if (textOf(playground) === changed) await writeText(playground, before);
  else playground.notify("info", W.edited);
}

/** Runs a line as if it had been typed in the console. */
export async function runInConsole(playground: Playground, line: string): Promise<void> {
  const createShell = await loadShell();
  const { run } = playground.store.getState();
  run.attachShell(createShell);
  playground.run({ kind: "shell", line });
  playground.notify("info", W.ran(line.split("\n")[0]));
}

/** `set spec.type, removed spec.externalName`. */
export function changesText(changes: readonly FieldChange[]): string {
  return changes.map(({ op, path }) => (op === "set" ? W.set : W.removed)(pathText(path))).join(", ");
}

/** The text in the editor, or the one that was applied last where no editor is open. */
export function textOf({ doors, store }: Playground): string {
  return doors.manifest?.text() ?? store.getState().run.text;
}

/** Puts a text in place of the old one, as an edit that can be undone where an editor is open, and applies it. */
export async function writeText(playground: Playground, text: string): Promise<void> {
  const door = playground.doors.manifest;
  if (door !== undefined) {
    door.change(text);
    return;
  }
  await loadKinds(playground.store.getState().run, text);
  playground.run({ kind: "apply", text });
}

/** What became of an object of the text that was applied just now, where a look at it could not tell. */
function failedIn({ store }: Playground, object: ObjectRef, text: string): Refusal | undefined {
  const report = store.getState().run.lastApplied();
  if (report.text !== text) return undefined; // a long one is still being read
  return report.documents.find(({ ref }) => ref !== undefined && refText(ref) === refText(object))?.error;
}

/** Has the API server look at an edit without doing it. @throws what it refuses. */
function check({ store }: Playground, { object, changes }: ObjectEdit, text: string | undefined): void {
  const { run, world } = store.getState();
  const info = resourceForKind(object.apiVersion, object.kind);
  if (info === undefined) return;
  const place = text === undefined ? undefined : placeInText(text, object);
  if (place !== undefined) {
    // Of a patch, which applying sends, the API server says a wrong type in words that name no field.
    const decoded = decodeStrict(objectAt(place), info, [], "Strict");
    if ("error" in decoded) throw statusError("BadRequest", decoded.error);
    const found = itemsOf(place.document, "the editor", world.api.kinds).find(({ at }) => at === pathText(place.steps));
    const options = { dryRun: "server", fieldValidation: "Strict" } as const;
    if (found !== undefined) run.dryRun((api) => applyObject(api, found.read(), options));
    return;
  }
  const live = world.api.find(resourceName(info), object.namespace, object.name);
  const patch = { type: "json", body: jsonPatch(live, changes) } as const;
  run.dryRun((api) => api.patch(resourceName(info), object, patch, { dryRun: true }));
}

/** What the API server, or kubectl before it, refuses of what is done; undefined when it is done. */
export function refusal(act: () => void): Refusal | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    if (!(error instanceof Error) || !/^(?:StatusError|CommandError)$/.test(error.name)) throw error;
    return { message: error.message, causes: error instanceof StatusError ? error.status.causes : [] };
  }
}

/** What is not in the text is changed in the cluster, and the console shows how. */
async function patch(playground: Playground, change: ObjectEdit): Promise<void> {
  const command = patchCommand(playground.store.getState().world, change);
  if (command === undefined) {
    playground.notify("error", W.nowhere(refText(change.object)));
    return;
  }
  await runInConsole(playground, command);
  playground.notify("info", W.patched(refText(change.object)));
}

/** The text with the changes of one object; undefined when it is not there, or not so that it can be changed. */
function editedText(text: string, { object, changes }: ObjectEdit): string | undefined {
  const place = placeInText(text, object);
  if (place === undefined) return undefined;
  const placed = changes.map((change) => ({ ...change, path: [...place.steps, ...change.path] }));
  return editFields(text, place.document.range, placed);
}

/** An object in a text: its document, and the way to it there, which is empty for the document itself, `items[1]` in a List. */
interface PlaceInText {
  readonly document: ManifestDocument;
  readonly steps: FieldPath;
}

/** Where a text has an object; undefined where it hasn't. */
export function placeInText(text: string, ref: ObjectRef): PlaceInText | undefined {
  for (const document of parseManifest(text)) {
    const steps = stepsTo(document, ref);
    if (steps !== undefined) return { document, steps };
  }
  return undefined;
}

/** The object as it is written. */
export const objectAt = ({ document, steps }: PlaceInText) => valueAt(document.value, steps);

function stepsTo({ value }: ManifestDocument, ref: ObjectRef): FieldPath | undefined {
  if (isMeant(value, ref)) return [];
  const items: unknown = fieldsOf(value).items;
  const at = Array.isArray(items) ? items.findIndex((item) => isMeant(item, ref)) : -1;
  return at < 0 ? undefined : ["items", at];
}

function isMeant(value: unknown, ref: ObjectRef): boolean {
  const { apiVersion, kind, metadata } = fieldsOf(value);
  const info = resourceForKind(String(apiVersion), String(kind));
  const wanted = resourceForKind(ref.apiVersion, ref.kind);
  if (info === undefined || wanted === undefined || resourceName(info) !== resourceName(wanted)) return false;
  const { name, namespace = "default" } = fieldsOf(metadata);
  const key = makeKey(info.namespaced ? String(namespace) : undefined, String(name));
  return key === makeKey(info.namespaced ? ref.namespace : undefined, ref.name);
}

const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null ? { ...value } : {};
