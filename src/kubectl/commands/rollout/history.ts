// The revisions of a workload: ReplicaSets of a Deployment, ControllerRevisions of the others.
import {
  ChangeCauseAnnotation,
  type ControllerRevision,
  type PodTemplateSpec,
  RevisionAnnotation,
  resourceName,
  type StatefulSet,
  type UnknownObject,
} from "../../../cluster/index.ts";
import { CommandError } from "../../command-error.ts";
import type { CommandIO } from "../../io.ts";
import { isMap } from "../../maps.ts";
import type { Found } from "../../select.ts";

/** One revision that can be looked at and gone back to. */
export interface Revision {
  readonly number: number;
  readonly cause: string;
  readonly template: PodTemplateSpec | undefined;
  /** What a patch must bring to go back to it; ControllerRevisions hold it ready. */
  readonly patch?: unknown;
  /** The annotations of the ReplicaSet. */
  readonly annotations: Readonly<Record<string, string>>;
  /** What history shows as an object: the ReplicaSet, or the workload as it was. */
  readonly object: UnknownObject;
}

/** All revisions, oldest first. @throws CommandError for kinds without a history. */
// Models kubernetes/staging/src/k8s.io/kubectl/pkg/polymorphichelpers HistoryViewer
export function revisionsOf(io: CommandIO, target: Found): Revision[] {
  switch (resourceName(target.info)) {
    case "deployments.apps":
      return deploymentRevisions(io, target);
    case "daemonsets.apps":
    case "statefulsets.apps":
      return controllerRevisions(io, target);
    default:
      throw new CommandError(`no history viewer has been implemented for ${JSON.stringify(target.info.kind)}`);
  }
}

function isOwned(object: { metadata: UnknownObject["metadata"] }, { object: owner }: Found): boolean {
  return (
    object.metadata.ownerReferences?.some(({ uid, controller }) => controller === true && uid === owner.metadata.uid) ??
    false
  );
}

function deploymentRevisions(io: CommandIO, target: Found): Revision[] {
  return io.cluster.api
    .list("replicasets.apps", { namespace: target.namespace ?? "" })
    .filter((set) => isOwned(set, target))
    .map(({ metadata, spec, ...rest }) => ({
      object: { ...rest, metadata, spec },
      number: Number(metadata.annotations?.[RevisionAnnotation] ?? 0),
      cause: metadata.annotations?.[ChangeCauseAnnotation] ?? "<none>",
      template: spec?.template,
      annotations: metadata.annotations ?? {},
    }))
    .filter(({ number }) => number > 0)
    .sort((a, b) => a.number - b.number);
}

function controllerRevisions(io: CommandIO, target: Found): Revision[] {
  return io.cluster.api
    .list("controllerrevisions.apps", { namespace: target.namespace ?? "" })
    .filter((revision) => isOwned(revision, target))
    .map((revision) => ({
      number: revision.revision,
      cause: revision.metadata.annotations?.[ChangeCauseAnnotation] ?? "<none>",
      template: templateOf(revision),
      patch: revision.data,
      annotations: {},
      object: {
        ...target.object,
        spec: { ...fieldsOf(target.object.spec), ...fieldsOf(fieldsOf(revision.data).spec) },
      },
    }))
    .sort((a, b) => a.number - b.number);
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return isMap(value) ? value : {};
}

function templateOf({ data }: ControllerRevision): PodTemplateSpec | undefined {
  return (data as Partial<StatefulSet> | undefined)?.spec?.template; // what the controllers write into a revision
}
