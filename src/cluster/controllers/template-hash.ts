// The short hash that tells pods of one template from pods of another.

import type { PodTemplateSpec } from "../api/types.gen.ts";
import { fnv1a32, safeEncode } from "../apimachinery/hash.ts";
import { compareText } from "../sim/text.ts";

/** The hash of a template in Kubernetes' alphabet; `collisions` changes it when two templates met in one hash. */
// Models kubernetes/pkg/controller/controller_utils.go ComputeHash
// Unlike upstream: the hash is taken over the template's JSON, because Go's dump of the struct is not part of the API; so its value differs.
export function templateHash(template: PodTemplateSpec | undefined, collisions: number | undefined): string {
  const text = canonical(template) + (collisions === undefined ? "" : `#${collisions}`);
  return safeEncode(String(fnv1a32(text)));
}

/** JSON with sorted keys, so that equal templates give equal texts. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value ?? null);
  const fields = Object.entries(value).filter(([, each]) => each !== undefined);
  fields.sort(([a], [b]) => compareText(a, b));
  return `{${fields.map(([key, each]) => `${JSON.stringify(key)}:${canonical(each)}`).join(",")}}`;
}
