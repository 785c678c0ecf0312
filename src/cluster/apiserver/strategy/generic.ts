// Kinds without rules of their own: their metadata is checked, the rest by the field schema.
import type { KubeObject } from "../../api/objects.ts";
import { dns1123Subdomain } from "../../apimachinery/names.ts";
import type { Strategy } from "./strategy.ts";

export const generic: Strategy<KubeObject> = { checkName: dns1123Subdomain };

/** Events, which are mostly asked for by what they are about. */
export const event: Strategy<KubeObject> = {
  checkName: dns1123Subdomain,
  selectableFields: [
    ...["apiVersion", "fieldPath", "kind", "name", "namespace", "resourceVersion", "uid"].map(
      (field) => `involvedObject.${field}`,
    ),
    "reason",
    "reportingComponent",
    "source",
    "type",
  ],
};

export const withGeneration: Strategy<KubeObject> = { checkName: dns1123Subdomain, generation: true };
