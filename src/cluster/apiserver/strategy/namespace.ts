// Namespaces on their way into the store and out of it.
import type { Namespace } from "../../api/types.gen.ts";
import { dns1123Label } from "../../apimachinery/names.ts";
import type { Strategy } from "./strategy.ts";

const NAME_LABEL = "kubernetes.io/metadata.name";

/** Namespaces wait for their content to go: the finalizer `kubernetes` stands in their spec. Spec: [META-8]. */
// Models kubernetes/pkg/registry/core/namespace
export const namespace: Strategy<Namespace> = {
  checkName: dns1123Label,
  selectableFields: ["status.phase"],
  setDefaults(object) {
    const name = object.metadata.name ?? "";
    if (name !== "") object.metadata.labels = { ...object.metadata.labels, [NAME_LABEL]: name };
  },
  prepareForCreate(object) {
    const name = object.metadata.name ?? "";
    object.metadata.labels = { ...object.metadata.labels, [NAME_LABEL]: name };
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
