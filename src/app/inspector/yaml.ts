// An object as text.
import type { KubeObject } from "../../cluster/index.ts";

export function toYaml(object: KubeObject): string {
  return JSON.stringify(object, undefined, 2);
}
