// What the API server accepts and is a mistake all the same: selectors that match nothing and names that nobody has.
import { hasAll, type KubeObject } from "../../../cluster/index.ts";
import { mapAt } from "./cursor.ts";
import { type Entry, outline, type Path, type Section, samePath, unquote } from "./outline.ts";
import type { Problem } from "./types.ts";
import { portsBehind, selectables, type World } from "./world.ts";

/** Hints about a text, in its order. */
export function advise(text: string, world: World): readonly Problem[] {
  const once = listedOnce(world);
  return outline(text).flatMap((section) => (section.kind === "Service" ? adviseService(section, once) : []));
}

/** The same world, each list read at most once: many Services ask for the same pods. */
function listedOnce(world: World): World {
  const lists = new Map<string, readonly KubeObject[]>();
  return {
    list: (resource) => {
      const known = lists.get(resource) ?? [...world.list(resource)];
      lists.set(resource, known);
      return known;
    },
  };
}

function problem(entry: Entry | undefined, path: Path, severity: Problem["severity"], message: string): Problem[] {
  if (entry === undefined) return [];
  const span = entry.value ?? entry.key ?? { line: entry.line, from: entry.column, to: entry.column };
  return [{ line: span.line, from: span.from, to: span.to, severity, message, path, source: "advice" }];
}

function adviseService(section: Section, world: World): Problem[] {
  const path = ["spec", "selector"];
  const selector = mapAt(section, path);
  const entries = Object.entries(selector);
  if (entries.length === 0) return [];
  const namespace = section.namespace ?? "default";
  const found = selectables(world, namespace).filter(({ labels }) => hasAll(labels, selector));
  if (found.length > 0) return targetPorts(section, world, selector);
  const words = entries.map(([key, value]) => `${key}=${value}`).join(",");
  const message = `No pod in namespace ${namespace} has the labels ${words}: this Service has no endpoints, and packets to it are refused.`;
  const first = [...path, entries[0]?.[0] ?? ""];
  return problem(
    section.entries.find((entry) => samePath(entry.path, first)),
    first,
    "warning",
    message,
  );
}

/** Named target ports that no matching pod has. A number needs no entry in containerPorts, so numbers are not told. */
function targetPorts(section: Section, world: World, selector: Readonly<Record<string, string>>): Problem[] {
  const ports = portsBehind(world, section.namespace ?? "default", selector);
  return section.entries.flatMap((entry) => {
    const { path, value } = entry;
    if (path.length !== 4 || path[1] !== "ports" || path[3] !== "targetPort" || value === undefined) return [];
    const name = unquote(value.raw);
    if (/^\d+$/.test(name) || ports.some((port) => port.name === name)) return [];
    return problem(
      entry,
      path,
      "warning",
      `No container port of the matching pods is named ${name}: this port has no endpoints.`,
    );
  });
}
