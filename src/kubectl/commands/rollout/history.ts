// The revisions of a workload: ReplicaSets of a Deployment, ControllerRevisions of the others.
import {
  type ControllerRevision,
  type PodTemplateSpec,
  resourceName,
  type StatefulSet,
  type UnknownObject,
} from "../../../cluster/index.ts";
import { CommandError } from "../../errors.ts";
import type { CommandIO } from "../../io.ts";
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
}

const REVISION = "deployment.kubernetes.io/revision";
const CHANGE_CAUSE = "kubernetes.io/change-cause";

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
    .map(({ metadata, spec }) => ({
      number: Number(metadata.annotations?.[REVISION] ?? 0),
      cause: metadata.annotations?.[CHANGE_CAUSE] ?? "<none>",
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
      cause: revision.metadata.annotations?.[CHANGE_CAUSE] ?? "<none>",
      template: templateOf(revision),
      patch: revision.data,
      annotations: {},
    }))
    .sort((a, b) => a.number - b.number);
}

function templateOf({ data }: ControllerRevision): PodTemplateSpec | undefined {
  return (data as Partial<StatefulSet> | undefined)?.spec?.template; // what the controllers write into a revision
}
