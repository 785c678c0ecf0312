// One object applied as `kubectl apply` does it: what the command and the page's editor share.
import { type ApiServer, resourceName, type UnknownObject } from "../cluster/index.ts";
import { compactJson, type DryRun } from "./output.ts";
import type { SourceObject } from "./sources.ts";

export const LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

/** What became of an object, with the server's warnings. */
export interface Applied {
  readonly object: UnknownObject;
  readonly result: "created" | "configured" | "unchanged";
  readonly warnings: readonly string[];
}

export interface ApplyOptions {
  readonly dryRun: DryRun;
  readonly fieldValidation: "Strict" | "Warn" | "Ignore";
}

/** Creates the object or merges the manifest's changes into it. @throws StatusError in the server's words, without kubectl's frame. */
// Models kubernetes/staging/src/k8s.io/kubectl/pkg/cmd/apply ApplyOptions.applyOneObject
export function applyObject(api: ApiServer, source: SourceObject, options: ApplyOptions): Applied {
  const { info, namespace, name } = source;
  const resource = resourceName(info);
  const current = api.find(resource, namespace, name) as UnknownObject | undefined; // the API's objects have fields of some name
  const modified = withLastApplied(source.object);
  if (options.dryRun === "client") {
    return { object: modified, result: current === undefined ? "created" : "configured", warnings: [] };
  }
  const writeOptions = {
    fieldManager: "kubectl-client-side-apply",
    fieldValidation: options.fieldValidation,
    dryRun: options.dryRun === "server",
  };
  if (current === undefined) {
    const { object, warnings } = api.create(resource, namespace, modified, writeOptions);
    return { object: object as unknown as UnknownObject, result: "created", warnings }; // every object has fields of some name
  }
  const metadata = { ...current.metadata, ...modified.metadata };
  const { object, warnings } = api.update(resource, { ...current, ...modified, metadata }, writeOptions);
  const isSame = object.metadata.resourceVersion === current.metadata.resourceVersion;
  return { object: object as unknown as UnknownObject, result: isSame ? "unchanged" : "configured", warnings };
}

/** The object with its own manifest in the annotation by which the next apply knows what was dropped. */
export function withLastApplied(object: UnknownObject): UnknownObject {
  const { [LAST_APPLIED]: _, ...annotations } = object.metadata.annotations ?? {};
  const plain = { ...object, metadata: { ...object.metadata, annotations } };
  return {
    ...plain,
    metadata: { ...plain.metadata, annotations: { ...annotations, [LAST_APPLIED]: `${compactJson(plain)}\n` } },
  };
}
