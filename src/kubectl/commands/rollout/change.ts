// `kubectl rollout restart|pause|resume|undo`: changes to a workload's template and state.
import {
  DefaultDeploymentUniqueLabelKey,
  type Deployment,
  deepEqual,
  LastAppliedConfigAnnotation,
  type PodTemplateSpec,
  RestartedAt,
  resourceName,
} from "../../../cluster/index.ts";
import { CommandError } from "../../command-error.ts";
import { rawPodTemplate } from "../../describe/podtemplate.ts";
import type { CommandIO } from "../../io.ts";
import type { Found } from "../../select.ts";
import type { PatchBody } from "../../server.ts";
import { warn } from "../../session.ts";
import { revisionsOf } from "./history.ts";

/** What is to be sent and said; without a patch there is nothing to send. */
export interface Change {
  readonly patch?: PatchBody;
  readonly news: string;
  /** What is said instead where kubectl itself only tries. */
  readonly tried?: string;
}

function refused({ info, name }: Found, why: string): CommandError {
  return new CommandError(`error: ${resourceName(info)} ${JSON.stringify(name)} ${why}`);
}

function deploymentOf({ info, object }: Found): Deployment | undefined {
  return resourceName(info) === "deployments.apps" ? (object as unknown as Deployment) : undefined; // of this resource
}

/** A new annotation in the template, so that every pod is replaced. */
// Models kubernetes/staging/src/k8s.io/kubectl/pkg/polymorphichelpers defaultObjectRestarter
export function restart(target: Found, io: CommandIO): Change {
  if (!["deployments.apps", "daemonsets.apps", "statefulsets.apps"].includes(resourceName(target.info)))
    throw refused(target, "restarting is not supported");
  if (deploymentOf(target)?.spec?.paused)
    throw refused(target, "can't restart paused deployment (run rollout resume first)");
  const annotations = { [RestartedAt]: io.cluster.date() };
  const spec = target.object.spec as { template?: PodTemplateSpec } | undefined; // a workload has a template
  if (spec?.template?.metadata?.annotations?.[RestartedAt] === io.cluster.date())
    throw new CommandError(
      `failed to create patch for ${target.name}: if restart has already been triggered within the past second, please wait before attempting to trigger another`,
    );
  return {
    patch: { type: "strategic", body: { spec: { template: { metadata: { annotations } } } } },
    news: "restarted",
  };
}

/** Stops a Deployment from rolling. */
export function pause(target: Found): Change {
  const deployment = deploymentOf(target);
  if (deployment === undefined) throw refused(target, "pausing is not supported");
  if (deployment.spec?.paused) throw refused(target, "is already paused");
  return { patch: { type: "strategic", body: { spec: { paused: true } } }, news: "paused" };
}

/** Lets a Deployment roll again. */
export function resume(target: Found): Change {
  const deployment = deploymentOf(target);
  if (deployment === undefined) throw refused(target, "resuming is not supported");
  if (!deployment.spec?.paused) throw refused(target, "is not paused");
  return { patch: { type: "strategic", body: { spec: { paused: null } } }, news: "resumed" };
}

/** Back to an earlier revision; 0 means the one before the current. */
// Models kubernetes/staging/src/k8s.io/kubectl/pkg/polymorphichelpers Rollbacker
export function undo(target: Found, revision: number, io: CommandIO): Change {
  const { info, name, object } = target;
  if (object.metadata.annotations?.[LastAppliedConfigAnnotation] !== undefined)
    warn(io, [
      `resource ${info.resource}/${name} was previously managed with 'kubectl apply'. Rolling back will not update the ${LastAppliedConfigAnnotation} annotation, which may cause unexpected behavior on future 'kubectl apply' operations. Consider using 'kubectl apply' with your previous configuration file instead.`,
    ]);
  const kind = resourceName(info);
  if (!["deployments.apps", "daemonsets.apps", "statefulsets.apps"].includes(kind))
    throw new CommandError(`no rollbacker has been implemented for ${JSON.stringify(info.kind)}`);
  const revisions = revisionsOf(io, target);
  const wanted = revision === 0 ? revisions.at(-2) : revisions.find(({ number }) => number === revision);
  if (wanted === undefined && revision !== 0)
    throw new CommandError(`unable to find specified revision ${revision} in history`);
  if (wanted === undefined)
    throw new CommandError(
      kind === "deployments.apps"
        ? `no rollout history found for deployment ${JSON.stringify(name)}`
        : "no last revision to roll back to",
    );
  const deployment = deploymentOf(target);
  const tried = `${rawPodTemplate(wanted.template)} (dry run)`;
  if (deployment === undefined)
    return {
      patch: { type: "strategic", body: wanted.patch },
      news: "rolled back",
      tried: `will roll back to ${tried}`,
    };
  if (deployment.spec?.paused)
    throw new CommandError(
      `you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume' and try again`,
    );
  const template = withoutHash(wanted.template);
  if (deepEqual(template, withoutHash(deployment.spec?.template)))
    return { news: `skipped rollback (current template already matches revision ${wanted.number})` };
  const body = [{ op: "replace", path: "/spec/template", value: template }];
  return { patch: { type: "json", body }, news: "rolled back", tried };
}

function withoutHash(template: PodTemplateSpec | undefined): PodTemplateSpec | undefined {
  if (template === undefined) return undefined;
  const { [DefaultDeploymentUniqueLabelKey]: _, ...labels } = template.metadata?.labels ?? {};
  return { ...template, metadata: { ...template.metadata, labels } };
}
