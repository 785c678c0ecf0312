// Namespaces on their way into the store and out of it.
import type { Namespace } from "../../cluster/api/types.gen.ts";
import { LabelMetadataName } from "../../cluster/api/well-known.ts";
import { dns1123Label } from "../../cluster/apimachinery/names.ts";
import type { Strategy } from "../../cluster/apiserver/strategy/strategy.ts";

/** Namespaces wait for their content to go: the finalizer `kubernetes` is in their spec. Spec: [META-8]. */
// Models kubernetes/pkg/registry/core/namespace
export const namespace: Strategy<Namespace> = {
  checkName: dns1123Label,
  selectableFields: ["status.phase"],
  setDefaults(object) {
    const name = object.metadata.name ?? "";
    if (name !== "") object.metadata.labels = { ...object.metadata.labels, [LabelMetadataName]: name };
  },
  prepareForCreate(object) {
    const name = object.metadata.name ?? "";
    object.metadata.labels = { ...object.metadata.labels, [LabelMetadataName]: name };
    object.spec = { finalizers: [...new Set([...(object.spec?.finalizers ?? []), "kubernetes"])] };
    object.status = { phase: "Active" };
  },
  prepareForUpdate(object, old) {
    object.spec = { ...old.spec };
  },
  takePart(subresource, object, old) {
    if (subresource !== "finalize") return object;
    return { ...old, metadata: { ...old.metadata }, spec: { ...object.spec } };
  },
};
