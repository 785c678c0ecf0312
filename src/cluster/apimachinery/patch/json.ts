// JSON patch (RFC 6902): a list of operations, in the words of the library that the API server uses when one fails.
import { deepCopy, deepEqual, own, setOwn } from "../../sim/values.ts";
import { isJsonObject } from "./shape.ts";

/** A patch that cannot be applied; the message is the server's. */
export class PatchError extends Error {
  override name = "PatchError";
}

interface Operation {
  readonly op: string;
  readonly path: string;
  readonly from?: string;
  readonly value?: unknown;
}

/** The target after all operations. @throws PatchError */
// Models github.com/evanphx/json-patch Patch.Apply
export function applyJsonPatch(target: unknown, patch: unknown): unknown {
  if (!Array.isArray(patch)) {
    const kind = isJsonObject(patch) ? "object" : Array.isArray(patch) ? "array" : typeof patch;
    throw new PatchError(`json: cannot unmarshal ${kind} into Go value of type jsonpatch.Patch`);
  }
  const root = { "": deepCopy(target) };
  for (const each of patch) applyOperation(root, readOperation(each));
  return root[""];
}

function readOperation(value: unknown): Operation {
  if (!isJsonObject(value))
    throw new PatchError(`json: cannot unmarshal ${typeof value} into Go value of type jsonpatch.Operation`);
  const { op, path, from } = value;
  if (typeof path !== "string") throw new PatchError("missing operation path: missing value");
  return {
    op: typeof op === "string" ? op : "unknown",
    path,
    ...(typeof from === "string" ? { from } : {}),
    ...("value" in value ? { value: value.value } : {}),
  };
}

function applyOperation(root: object, { op, path, from, value }: Operation): void {
  switch (op) {
    case "add":
      put(root, path, value ?? null, "add");
      return;
    case "remove":
      take(root, path, "remove");
      return;
    case "replace":
      replace(root, path, value ?? null);
      return;
    case "move":
      put(root, path, take(root, from ?? "", "move"), "move");
      return;
    case "copy":
      put(root, path, deepCopy(read(root, from ?? "", "copy")), "copy");
      return;
    case "test":
      if (deepEqual(readOrNull(root, path), value ?? null)) return;
      throw new PatchError(`testing value ${path} failed: test failed`);
    default:
      throw new PatchError(`Unexpected kind: ${op}`);
  }
}

const unescaped = (part: string) => part.replaceAll("~1", "/").replaceAll("~0", "~");

type Container = unknown[] | Record<string, unknown>;

/** What a container holds under a part of a path. */
function childOf(parent: unknown, part: string): unknown {
  if (Array.isArray(parent)) return parent[placeOf(part, parent.length)];
  return isJsonObject(parent) ? own(parent, part) : undefined;
}

/** The place a part of a path names among that many; negative numbers count from the end. */
function placeOf(part: string, length: number): number {
  const at = /^[-+]?\d+$/.test(part) ? Number(part) : Number.NaN;
  return at < 0 ? at + length : at;
}

/** The container of the last part of a path. */
function parentOf(root: object, path: string, op: string): { parent: Container; key: string } {
  const parts = ["", ...path.split("/").slice(1).map(unescaped)];
  let parent: unknown = root;
  for (const part of parts.slice(0, -1)) {
    parent = childOf(parent, part);
    if (typeof parent !== "object" || parent === null)
      throw new PatchError(
        `${op} operation does not apply: doc is missing path: ${JSON.stringify(path)}: missing value`,
      );
  }
  return { parent: parent as Container, key: parts.at(-1) ?? "" }; // a list or a map: checked above
}

/** The place in a list that a part of a path names, from 0 to `last`. */
function indexOf(key: string, last: number, { path, op }: { path: string; op: string }): number {
  const at = placeOf(key, last + 1);
  if (at >= 0 && at <= last) return at;
  throw new PatchError(
    `${op} operation does not apply: doc is missing path: ${JSON.stringify(path)}: Unable to access invalid index: ${key}: invalid index referenced`,
  );
}

function put(root: object, path: string, value: unknown, op: string): void {
  const { parent, key } = parentOf(root, path, op);
  if (!Array.isArray(parent)) setOwn(parent, key, value);
  else parent.splice(key === "-" ? parent.length : indexOf(key, parent.length, { path, op }), 0, value);
}

function take(root: object, path: string, op: string): unknown {
  const { parent, key } = parentOf(root, path, op);
  if (Array.isArray(parent)) return parent.splice(indexOf(key, parent.length - 1, { path, op }), 1)[0];
  if (!Object.hasOwn(parent, key)) throw new PatchError(`Unable to remove nonexistent key: ${key}: missing value`);
  const value = own(parent, key);
  delete parent[key];
  return value;
}

function replace(root: object, path: string, value: unknown): void {
  const { parent, key } = parentOf(root, path, "replace");
  if (Array.isArray(parent)) {
    parent[indexOf(key, parent.length - 1, { path, op: "replace" })] = value;
    return;
  }
  if (!Object.hasOwn(parent, key))
    throw new PatchError(`replace operation does not apply: doc is missing key: ${path}: missing value`);
  setOwn(parent, key, value);
}

function read(root: object, path: string, op: string): unknown {
  const { parent, key } = parentOf(root, path, op);
  const value = childOf(parent, key);
  if (value === undefined)
    throw new PatchError(
      `${op} operation does not apply: doc is missing ${op === "copy" ? "from " : ""}path: ${JSON.stringify(path)}: missing value`,
    );
  return value;
}

function readOrNull(root: object, path: string): unknown {
  const { parent, key } = parentOf(root, path, "test");
  return childOf(parent, key) ?? null;
}
