// Mistakes that the API server accepts: selectors that match nothing and names that don't exist.
import { type FieldPath, hasAll, type KubeObject, samePath } from "../../../cluster/index.ts";
import { effectOfField, effectOfKind } from "../../../diagnosis/index.ts";
import { W } from "../../../words/en/language.ts";
import { mapAt } from "./cursor.ts";
import { type Lister, portsBehind, selectables } from "./lister.ts";
import { type Entry, outline, type Section, unquote } from "./outline.ts";
import type { Problem } from "./types.ts";

/** Hints about a text, in its order. */
export function advise(text: string, lister: Lister): readonly Problem[] {
  const once = listedOnce(lister);
  return outline(text).flatMap((section) => [
    ...(section.kind === "Service" ? adviseService(section, once) : []),
    ...effects(section),
  ]);
}

/** What is stored and has no effect here: the kind at its word, else the fields. */
function effects({ kind, entries }: Section): Problem[] {
  if (kind === undefined) return [];
  const whole = effectOfKind(kind);
  if (whole !== undefined) {
    const entry = entries.find(({ path }) => samePath(path, ["kind"]));
    return problem(entry, ["kind"], "info", W.noEffect(kind, whole));
  }
  return entries.flatMap((entry) => {
    const says = effectOfField(kind, entry.path, entry.value && unquote(entry.value.raw));
    return says === undefined ? [] : problem(entry, entry.path, "info", says);
  });
}

/** The same lister, each list read at most once: many Services ask for the same pods. */
function listedOnce(lister: Lister): Lister {
  const lists = new Map<string, readonly KubeObject[]>();
  return {
    list: (resource) => {
      const known = lists.get(resource) ?? [...lister.list(resource)];
      lists.set(resource, known);
      return known;
    },
  };
}

function problem(entry: Entry | undefined, path: FieldPath, severity: Problem["severity"], message: string): Problem[] {
  if (entry === undefined) return [];
  const span = entry.value ?? entry.key ?? { line: entry.line, from: entry.column, to: entry.column };
  return [{ line: span.line, from: span.from, to: span.to, severity, message, path, source: "advice" }];
}

function adviseService(section: Section, lister: Lister): Problem[] {
  const path = ["spec", "selector"];
  const selector = mapAt(section, path);
  const entries = Object.entries(selector);
  if (entries.length === 0) return [];
  const namespace = section.namespace ?? "default";
  const found = selectables(lister, namespace).filter(({ labels }) => hasAll(labels, selector));
  if (found.length > 0) return targetPorts(section, lister, selector);
  const words = entries.map(([key, value]) => `${key}=${value}`).join(",");
  const message = W.noPod(namespace, words);
  const first = [...path, entries[0]?.[0] ?? ""];
  return problem(
    section.entries.find((entry) => samePath(entry.path, first)),
    first,
    "warning",
    message,
  );
}

/** Named target ports that no matching pod has. A number needs no entry in containerPorts, so numbers are not reported. */
function targetPorts(section: Section, lister: Lister, selector: Readonly<Record<string, string>>): Problem[] {
  const ports = portsBehind(lister, section.namespace ?? "default", selector);
  return section.entries.flatMap((entry) => {
    const { path, value } = entry;
    if (path.length !== 4 || path[1] !== "ports" || path[3] !== "targetPort" || value === undefined) return [];
    const name = unquote(value.raw);
    if (/^\d+$/.test(name) || ports.some((port) => port.name === name)) return [];
    return problem(entry, path, "warning", W.noPort(name));
  });
}
