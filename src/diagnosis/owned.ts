// Changes of what a pod is: in the template of what makes it, or of the pod itself, which must be recreated for most of them.

import { isPodReady, type Pod } from "../cluster/index.ts";
import { W } from "../words/en/diagnosis.ts";
import type { Cure, FieldChange } from "./finding.ts";
import { jsonPatch } from "./patch.ts";
import type { Workload } from "./survey.ts";
import { inNamespace, refOf } from "./words.ts";

/** A pod with what made it; undefined where nothing that can be changed did. */
export interface Owned {
  readonly pod: Pod;
  readonly workload: Workload | undefined;
}

/**
 * The cure that changes a field of a pod, with the path given from the pod. Where a workload made the pod its template is changed,
 * and new pods come; those of a StatefulSet only once its broken pod is deleted. A pod by itself keeps its image alone changeable and is recreated for the rest; a Job's template never changes.
 */
export function fieldEdit({ workload, pod }: Owned, label: string, change: FieldChange): Cure[] {
  if (workload === undefined || workload.isFixed) return [];
  const { object, templatePath } = workload;
  const { namespace, name } = pod.metadata;
  const at = inNamespace(namespace);
  if (object.kind !== "Pod" || /^spec,containers,\d+,image$/.test(change.path.join()))
    return [
      {
        label,
        remedy: {
          kind: "edit",
          edits: [{ object: refOf(object), changes: [{ ...change, path: [...templatePath, ...change.path] }] }],
          ...(object.kind === "StatefulSet" && !isPodReady(pod)
            ? { afterwards: [`kubectl delete pod ${name}${at}`] }
            : {}),
        },
      },
    ];
  const patch = JSON.stringify(jsonPatch(pod, [change])).replaceAll("'", "'\\''");
  const command = `kubectl patch pod ${name}${at} --type=json --dry-run=client -o yaml -p '${patch}' | kubectl replace --force -f -`;
  return [{ label: W.recreates(label), remedy: { kind: "command", command } }];
}
