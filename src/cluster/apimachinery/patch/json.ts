// JSON patch (RFC 6902): a list of operations, in the words of the library that the API server uses when one fails.
import { deepCopy, deepEqual } from "../../sim/values.ts";
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

/** The container of the last part of a path. */
function parentOf(root: object, path: string, op: string): { parent: object; key: string } {
  const parts = ["", ...path.split("/").slice(1).map(unescaped)];
  let parent: unknown = root;
  for (const part of parts.slice(0, -1)) {
    parent = Array.isArray(parent) ? parent[Number(part)] : isJsonObject(parent) ? parent[part] : undefined;
    if (typeof parent !== "object" || parent === null)
      throw new PatchError(
        `${op} operation does not apply: doc is missing path: ${JSON.stringify(path)}: missing value`,
      );
  }
  return { parent: parent as object, key: parts.at(-1) ?? "" }; // an object: checked above
}

function put(root: object, path: string, value: unknown, op: string): void {
  const { parent, key } = parentOf(root, path, op);
  if (!Array.isArray(parent)) {
    Object.assign(parent, { [key]: value });
    return;
  }
  const at = key === "-" ? parent.length : Number(key);
  if (!Number.isInteger(at) || at < 0 || at > parent.length)
    throw new PatchError(
      `${op} operation does not apply: doc is missing path: ${JSON.stringify(path)}: Unable to access invalid index: ${key}: invalid index referenced`,
    );
  parent.splice(at, 0, value);
}

function take(root: object, path: string, op: string): unknown {
  const { parent, key } = parentOf(root, path, op);
  if (Array.isArray(parent)) {
    const at = Number(key);
    if (!Number.isInteger(at) || at < 0 || at >= parent.length)
      throw new PatchError(
        `${op} operation does not apply: doc is missing path: ${JSON.stringify(path)}: Unable to access invalid index: ${key}: invalid index referenced`,
      );
    return parent.splice(at, 1)[0];
  }
  if (!(key in parent)) throw new PatchError(`Unable to remove nonexistent key: ${key}: missing value`);
  const value = (parent as Record<string, unknown>)[key];
  delete (parent as Record<string, unknown>)[key];
  return value;
}

function replace(root: object, path: string, value: unknown): void {
  const { parent, key } = parentOf(root, path, "replace");
  const isThere = Array.isArray(parent) ? Number(key) < parent.length : key in parent;
  if (!isThere) throw new PatchError(`replace operation does not apply: doc is missing key: ${path}: missing value`);
  if (Array.isArray(parent)) parent[Number(key)] = value;
  else Object.assign(parent, { [key]: value });
}

function read(root: object, path: string, op: string): unknown {
  const { parent, key } = parentOf(root, path, op);
  const value = Array.isArray(parent) ? parent[Number(key)] : (parent as Record<string, unknown>)[key];
  if (value === undefined)
    throw new PatchError(
      `${op} operation does not apply: doc is missing ${op === "copy" ? "from " : ""}path: ${JSON.stringify(path)}: missing value`,
    );
  return value;
}

function readOrNull(root: object, path: string): unknown {
  const { parent, key } = parentOf(root, path, "test");
  const value = Array.isArray(parent) ? parent[Number(key)] : (parent as Record<string, unknown>)[key];
  return value ?? null;
}
