// Who changed a field outside the text, in the words of the page.
import {
  type FieldPath,
  type KubeObject,
  LastAppliedConfigAnnotation,
  own,
  PAGE_MANAGER,
  valueAt,
} from "../../cluster/index.ts";
import { formatElapsed } from "../../scenario/index.ts";
import { W } from "../../words/en/editor.ts";
import type { FieldWriter } from "./host.ts";

/** What client-side apply calls itself, in the console and here. */
const APPLY = "kubectl-client-side-apply";
const KUBECTL = "kubectl-";

/**
 * Names the writer and the time: `kubectl scale at 0:05`. Undefined when the writer is unknown, or when it was the text itself and the
 * server keeps something else than it says.
 *
 * @param isOwn - whether the object was last applied with the value that the text has
 */
export function whoChanged(writer: FieldWriter | undefined, isOwn: boolean): string | undefined {
  if (writer === undefined || (writer.manager === APPLY && isOwn)) return undefined;
  return W.at(nameOf(writer), formatElapsed(writer.at).split(".")[0]);
}

function nameOf({ manager, operation, subresource }: FieldWriter): string {
  if (manager === PAGE_MANAGER) return W.page;
  if (manager === APPLY) return "kubectl apply";
  if (manager === "kubectl" && operation === "Apply") return "kubectl apply --server-side";
  if (manager === "kubectl" && subresource !== "") return `kubectl ${subresource}`;
  return manager.startsWith(KUBECTL) ? `kubectl ${manager.slice(KUBECTL.length)}` : manager;
}

/** The value of a field as it was applied last, in the text's or the console's `kubectl apply`. */
export function appliedValue({ metadata }: KubeObject, path: FieldPath): string | undefined {
  const value = valueAt(parsed(own(metadata.annotations, LastAppliedConfigAnnotation) ?? "{}"), path);
  return typeof value === "object" || value === undefined ? undefined : String(value);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined; // anyone may write the annotation
    throw error;
  }
}
