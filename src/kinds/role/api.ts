// Roles, ClusterRoles and their bindings in the API server.
import type { KubeObject } from "../../cluster/api/objects.ts";
import { pathSegment } from "../../cluster/apimachinery/names.ts";
import type { Strategy } from "../../cluster/apiserver/strategy/strategy.ts";

/** Roles and their bindings, whose names only have to fit into a path. */
// Models k8s.io/apimachinery/pkg/api/validation/path IsValidPathSegmentName
export const rbac: Strategy<KubeObject> = { checkName: pathSegment };
