// ControllerRevisions: the history of the templates of StatefulSets and DaemonSets.
import type { KubeObject } from "../api/objects.ts";
import type { ControllerRevision, LabelSelector, PodTemplateSpec } from "../api/types.gen.ts";
import { ControllerRevisionHashLabel } from "../api/well-known.ts";
import { fnv1a32, safeEncode } from "../apimachinery/hash.ts";
import type { ComponentContext } from "../client-go/component.ts";
import { deleteObject, ignoreRefusal, write } from "../client-go/controller.ts";
import { controllerReference, isControlledBy } from "../client-go/owners.ts";
import { deepEqual } from "../sim/values.ts";

const RESOURCE = "controllerrevisions.apps";
const DEFAULT_HISTORY_LIMIT = 10;

/** An owner whose templates are kept. */
export interface Revisioned extends KubeObject {
  spec?:
    | {
        selector?: LabelSelector | undefined;
        template?: PodTemplateSpec | undefined;
        revisionHistoryLimit?: number | undefined;
      }
    | undefined;
}

/** The owner's revisions, oldest first. */
export function revisionsOf(context: ComponentContext, owner: KubeObject): ControllerRevision[] {
  const all = context.api.list(RESOURCE, { namespace: owner.metadata.namespace ?? "" });
  return all.filter((each) => isControlledBy(each, owner)).sort((a, b) => (a.revision ?? 0) - (b.revision ?? 0));
}

/** The template as the revision keeps it: a patch that brings it back. */
function snapshot(owner: Revisioned): NonNullable<ControllerRevision["data"]> {
  return { spec: { template: { ...owner.spec?.template, $patch: "replace" } } };
}

/**
 * The revision of the owner's present template; made when there is none, brought to the top when it is an old one come back.
 * Spec: [STS-6].
 */
// Models kubernetes/pkg/controller/history, statefulset getStatefulSetRevisions
export function currentRevision(context: ComponentContext, owner: Revisioned): ControllerRevision {
  const revisions = revisionsOf(context, owner);
  const data = snapshot(owner);
  const next = (revisions.at(-1)?.revision ?? 0) + 1;
  const equal = revisions.findLast((each) => deepEqual(each.data, data));
  if (equal !== undefined) {
    if (equal === revisions.at(-1)) return equal;
    write(context, RESOURCE, { ...equal, revision: next });
    return { ...equal, revision: next };
  }
  const hash = safeEncode(String(fnv1a32(`${JSON.stringify(data)}`)));
  const { name, namespace } = owner.metadata;
  const revision: ControllerRevision = {
    apiVersion: "apps/v1",
    kind: "ControllerRevision",
    metadata: {
      name: `${name}-${hash}`,
      ...(namespace === undefined ? {} : { namespace }),
      labels: { ...owner.spec?.template?.metadata?.labels, [ControllerRevisionHashLabel]: hash },
      ...(owner.metadata.annotations === undefined ? {} : { annotations: owner.metadata.annotations }),
      ownerReferences: [controllerReference(owner)],
    },
    data,
    revision: next,
  };
  ignoreRefusal(() => context.api.create(RESOURCE, namespace, revision, { trusted: true }));
  return revision;
}

/** Deletes the oldest revisions beyond the limit that are not in use. */
export function trimRevisions(context: ComponentContext, owner: Revisioned, used: ReadonlySet<string>): void {
  const unused = revisionsOf(context, owner).filter((each) => !used.has(each.metadata.name ?? ""));
  const surplus = unused.length - (owner.spec?.revisionHistoryLimit ?? DEFAULT_HISTORY_LIMIT);
  for (const revision of unused.slice(0, Math.max(0, surplus))) deleteObject(context, RESOURCE, revision);
}
