// A change of an object as the kubectl command that a person would type.
import { type FieldPath, type KubeObject, own, resourceForKind, resourceName, type World } from "../cluster/index.ts";
import type { Cure, FieldChange, ObjectEdit } from "./finding.ts";
import { inNamespace } from "./words.ts";

interface Operation {
  readonly op: "add" | "replace" | "remove";
  readonly path: string;
  readonly value?: unknown;
}

/** `kubectl patch …` for the changes of one object; undefined when there is no such object. */
export function patchCommand(world: World, { object, changes }: ObjectEdit): string | undefined {
  const live = find(world, { object, changes });
  const info = resourceForKind(object.apiVersion, object.kind);
  if (live === undefined || info === undefined) return undefined;
  const patch = JSON.stringify(jsonPatch(live, changes)).replaceAll("'", "'\\''");
  return `kubectl patch ${resourceName(info)} ${object.name}${inNamespace(object.namespace)} --type=json -p '${patch}'`;
}

/** The lines that do a cure from a console; none where only another request is to be sent. */
export function cureCommands(world: World, { remedy }: Cure): readonly string[] {
  switch (remedy.kind) {
    case "command":
    case "action":
      return [remedy.command];
    case "send":
      return [];
    case "edit":
      return [
        ...remedy.edits.flatMap((each) => patchCommand(world, each) ?? []),
        ...(remedy.create ?? []).map((object) => `kubectl apply -f - <<'EOF'\n${JSON.stringify(object, null, 2)}\nEOF`),
        ...(remedy.afterwards ?? []),
      ];
  }
}

function find(world: World, { object }: ObjectEdit): KubeObject | undefined {
  const info = resourceForKind(object.apiVersion, object.kind);
  return info && (world.api.find(resourceName(info), object.namespace, object.name) as KubeObject | undefined); // every kind has metadata
}

/** RFC 6902 for changes of the current object: what is missing on the way to a field is made with it. */
export function jsonPatch(live: unknown, changes: readonly FieldChange[]): readonly Operation[] {
  return changes.flatMap((change): Operation[] => {
    const depth = depthOf(live, change.path);
    const isThere = depth === change.path.length;
    if (change.op === "remove") return isThere ? [{ op: "remove", path: pointer(change.path) }] : [];
    if (isThere) return [{ op: "replace", path: pointer(change.path), value: change.value }];
    const rest = change.path.slice(depth + 1);
    const value = rest.reduceRight<unknown>(
      (inner, step) => (typeof step === "number" ? [inner] : { [step]: inner }),
      change.value,
    );
    return [{ op: "add", path: pointer(change.path.slice(0, depth + 1)), value }];
  });
}

/** How many steps of a path lead to something. */
function depthOf(live: unknown, path: FieldPath): number {
  let value = live;
  for (const [depth, step] of path.entries()) {
    if (typeof value !== "object" || value === null) return depth;
    value = own(value as Readonly<Record<string, unknown>>, String(step)); // an object or array, checked above
    if (value === undefined) return depth;
  }
  return path.length;
}

function pointer(path: FieldPath): string {
  return path.map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}
