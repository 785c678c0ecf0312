// Events in the API server.
import type { KubeObject } from "../../cluster/api/objects.ts";
import { dns1123Subdomain } from "../../cluster/apimachinery/names.ts";
import type { Strategy } from "../../cluster/apiserver/strategy/strategy.ts";

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
