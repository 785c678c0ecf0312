// The annotation in which `kubectl apply` keeps what it applied.
import { LastAppliedConfigAnnotation, type UnknownObject } from "../cluster/index.ts";
import { compactJson } from "./json.ts";

/** The object with its own manifest in the annotation by which the next apply knows what was dropped. */
// Models kubernetes/staging/src/k8s.io/kubectl/pkg/util GetModifiedConfiguration
export function withLastApplied(object: UnknownObject): UnknownObject {
  const { [LastAppliedConfigAnnotation]: _, ...annotations } = object.metadata.annotations ?? {};
  const plain = { ...object, metadata: { ...object.metadata, annotations } };
  const annotated = { ...annotations, [LastAppliedConfigAnnotation]: `${compactJson(plain)}\n` };
  return { ...plain, metadata: { ...plain.metadata, annotations: annotated } };
}

/** The manifest that was applied last, as JSON; undefined when apply never saw the object. */
export function lastApplied(object: UnknownObject): Record<string, unknown> | undefined {
  const text = object.metadata.annotations?.[LastAppliedConfigAnnotation];
  const value: unknown = text === undefined ? undefined : JSON.parse(text);
  return value !== null && typeof value === "object" ? { ...value } : undefined;
}
