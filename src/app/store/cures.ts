// Does a cure: in the text where the object is there, else in the cluster by the command a person would type.
import {
  type FieldPath,
  makeKey,
  type ObjectRef,
  pathText,
  resourceForKind,
  resourceName,
} from "../../cluster/index.ts";
import {
  type Cure,
  type FieldChange,
  type ObjectEdit,
  patchCommand,
  type Remedy,
  refText,
} from "../../diagnosis/index.ts";
import { addDocument, editFields, type ManifestDocument, parseManifest } from "../../manifest/index.ts";
import type { Playground } from "./playground.ts";
import { loadKinds, loadShell } from "./run.ts";

/** Applies a cure and says what was done. */
export async function applyCure(playground: Playground, { remedy }: Cure): Promise<void> {
  switch (remedy.kind) {
    case "send": {
      const { exchange } = playground.run({ kind: "send", ...remedy.send });
      if (exchange !== undefined) playground.select({ kind: "exchange", id: exchange });
      return;
    }
    case "action": {
      const { action } = remedy;
      if (action.kind === "configure") await playground.configure(action.settings);
      else playground.run(action);
      return;
    }
    case "command":
      await runInConsole(playground, remedy.command);
      return;
    case "edit":
      await edit(playground, remedy);
  }
}

/** Runs a line as if it had been typed in the console. */
export async function runInConsole(playground: Playground, line: string): Promise<void> {
  const createShell = await loadShell();
  const { run } = playground.store.getState();
  run.attachShell(createShell);
  playground.run({ kind: "shell", line });
  playground.notify("info", `Ran in the console: ${line.split("\n")[0]}`);
}

async function edit(playground: Playground, remedy: Extract<Remedy, { kind: "edit" }>): Promise<void> {
  const { run } = playground.store.getState();
  const door = playground.doors.manifest;
  let text = door?.text() ?? run.text;
  const said: string[] = [];
  const outside: ObjectEdit[] = [];
  for (const each of remedy.edits) {
    const next = editObject(text, each);
    if (next === undefined) outside.push(each);
    else {
      text = next;
      said.push(`${refText(each.object)}: ${each.changes.map(changeText).join(", ")}`);
    }
  }
  for (const object of remedy.create ?? []) {
    text = addDocument(text, object);
    said.push(`added ${"kind" in object ? String(object.kind) : "an object"}`);
  }
  const before = door?.text() ?? run.text;
  if (text !== before && door !== undefined) door.change(text);
  else if (text !== before) {
    await loadKinds(run, text);
    playground.run({ kind: "apply", text });
  }
  if (said.length > 0) playground.notify("info", `Changed in the YAML: ${said.join("; ")}.`);
  for (const each of outside) await patch(playground, each);
  for (const line of remedy.afterwards ?? []) await runInConsole(playground, line);
}

/** What is not in the text is changed in the cluster, and the console shows how. */
async function patch(playground: Playground, change: ObjectEdit): Promise<void> {
  const command = patchCommand(playground.store.getState().world, change);
  if (command === undefined) {
    playground.notify("error", `${refText(change.object)} is neither in the YAML nor in the cluster.`);
    return;
  }
  await runInConsole(playground, command);
  playground.notify(
    "info",
    `${refText(change.object)} isn't in the YAML, so it was changed with kubectl patch in the console.`,
  );
}

function changeText({ op, path }: FieldChange): string {
  return `${op === "set" ? "set" : "removed"} ${pathText(path)}`;
}

/** The text with the changes of one object; undefined when it is not there, or not so that it can be changed. */
function editObject(text: string, { object, changes }: ObjectEdit): string | undefined {
  for (const document of parseManifest(text)) {
    const prefix = placeIn(document, object);
    if (prefix === undefined) continue;
    const placed = changes.map((change) => ({ ...change, path: [...prefix, ...change.path] }));
    return editFields(text, document.range, placed);
  }
  return undefined;
}

/** The way to an object in a document: empty for the document itself, `items[1]` in a List. */
function placeIn({ value }: ManifestDocument, ref: ObjectRef): FieldPath | undefined {
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
