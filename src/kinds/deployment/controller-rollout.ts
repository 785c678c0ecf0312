// One round of a Deployment's work: reads its ReplicaSets, makes at most one step, writes the status.
import type { Deployment, DeploymentStatus, Pod, ReplicaSet } from "../../cluster/api/types.gen.ts";
import {
  DefaultDeploymentUniqueLabelKey,
  DesiredReplicasAnnotation,
  MaxReplicasAnnotation,
  RevisionAnnotation,
} from "../../cluster/api/well-known.ts";
import type { ComponentContext } from "../../cluster/client-go/component.ts";
import { deleteObject, ignoreRefusal, write, writeStatus } from "../../cluster/client-go/controller.ts";
import { controllerReference } from "../../cluster/client-go/owners.ts";
import { isPodTerminal } from "../../cluster/client-go/pods.ts";
import { templateHash } from "../../cluster/controllers/template-hash.ts";
import { deepEqual } from "../../cluster/sim/values.ts";
import { byAge, findNewReplicaSet, newSetAnnotations, nextRevision, revisionOf } from "./controller-revision.ts";
import {
  desiredReplicas,
  isScalingEvent,
  maxSurge,
  newSetReplicas,
  type Resize,
  shareScale,
  shrinkOldSets,
} from "./controller-scale.ts";
import {
  calculateStatus,
  findCondition,
  hasProgressDeadline,
  isComplete,
  type Now,
  progressDeadline,
  rolloutStatus,
  setCondition,
} from "./controller-status.ts";

const DEFAULT_HISTORY_LIMIT = 10;

/** The state of one round. */
export class Rollout {
  readonly #context: ComponentContext;
  readonly #podsOf: (set: ReplicaSet) => Iterable<Pod>;
  #deployment: Deployment;
  #sets: readonly ReplicaSet[];

  constructor(
    context: ComponentContext,
    deployment: Deployment,
    sets: readonly ReplicaSet[],
    podsOf: (set: ReplicaSet) => Iterable<Pod>,
  ) {
    this.#context = context;
    this.#deployment = deployment;
    this.#sets = sets;
    this.#podsOf = podsOf;
  }

  /** Makes the next step; returns when to look again by the mere passing of time, in milliseconds since 1970. */
  // Models kubernetes/pkg/controller/deployment/deployment_controller.go syncDeployment
  sync(): number | undefined {
    if (this.#deployment.metadata.deletionTimestamp !== undefined) {
      this.#writeStatus(calculateStatus(this.#deployment, this.#sets, this.#newSet(), this.#now()));
      return undefined;
    }
    this.#notePause();
    if (this.#deployment.spec?.paused === true || isScalingEvent(this.#deployment, this.#sets)) this.#scaleOnly();
    else if (this.#deployment.spec?.strategy?.type === "Recreate") this.#recreate();
    else this.#roll();
    return progressDeadline(this.#deployment, this.#deployment.status?.conditions);
  }

  /** Says in the Progressing condition that the roll-out is paused or continues. Spec: [DEP-9]. */
  // Models kubernetes/pkg/controller/deployment/sync.go checkPausedConditions
  #notePause(): void {
    if (!hasProgressDeadline(this.#deployment)) return;
    const conditions = this.#deployment.status?.conditions ?? [];
    const current = findCondition(conditions, "Progressing");
    if (current?.reason === "ProgressDeadlineExceeded") return;
    const paused = this.#deployment.spec?.paused === true;
    const noted = current?.reason === "DeploymentPaused";
    if (paused === noted) return;
    const news = paused
      ? { reason: "DeploymentPaused", message: "Deployment is paused" }
      : { reason: "DeploymentResumed", message: "Deployment is resumed" };
    const next = setCondition(conditions, { type: "Progressing", status: "Unknown", ...news }, this.#now());
    this.#writeStatus({ ...this.#deployment.status, conditions: [...next] });
  }

  /** Paused, or scaled: the sizes are shared again, no new template comes in. Spec: [DEP-5] [DEP-9]. */
  #scaleOnly(): void {
    const newSet = this.#prepare(false);
    const oldSets = this.#oldSets(newSet);
    for (const resize of shareScale(this.#deployment, newSet, oldSets)) this.#resize(resize);
    if (this.#deployment.spec?.paused === true) this.#cleanUp();
    this.#writeStatus(calculateStatus(this.#deployment, this.#sets, this.#current(newSet), this.#now()));
  }

  // Models kubernetes/pkg/controller/deployment/rolling.go rolloutRolling. Spec: [DEP-3] [DEP-4].
  #roll(): void {
    const newSet = this.#prepare(true);
    if (newSet === undefined) return;
    const oldSets = this.#oldSets(newSet);
    const size = newSetReplicas(this.#deployment, newSet, oldSets);
    if (!this.#resize({ set: newSet, replicas: size }))
      for (const resize of shrinkOldSets(this.#deployment, newSet, oldSets)) this.#resize(resize);
    this.#finish(newSet);
  }

  /** All old pods end before the first new one starts. Spec: [DEP-6]. */
  // Models kubernetes/pkg/controller/deployment/recreate.go rolloutRecreate
  #recreate(): void {
    const before = this.#prepare(false);
    const oldSets = this.#oldSets(before);
    const active = oldSets.filter((set) => (set.spec?.replicas ?? 1) > 0);
    for (const set of active) this.#resize({ set, replicas: 0 });
    const oldPodsRun = oldSets.some((set) => [...this.#podsOf(set)].some((pod) => !isPodTerminal(pod)));
    if (active.length > 0 || oldPodsRun) {
      this.#writeStatus(rolloutStatus(this.#deployment, this.#sets, this.#current(before), this.#now()));
      return;
    }
    const newSet = before ?? this.#prepare(true);
    if (newSet === undefined) return;
    this.#resize({ set: newSet, replicas: desiredReplicas(this.#deployment) });
    this.#finish(newSet);
  }

  #finish(newSet: ReplicaSet): void {
    const status = this.#deployment.status ?? {};
    if (isComplete(this.#deployment, status)) this.#cleanUp();
    this.#writeStatus(rolloutStatus(this.#deployment, this.#sets, this.#current(newSet), this.#now()));
  }

  /** Finds the new ReplicaSet, makes it when there is none and `create` says so, and brings the revisions up to date. Spec: [DEP-2]. */
  // Models kubernetes/pkg/controller/deployment/sync.go getNewReplicaSet
  #prepare(create: boolean): ReplicaSet | undefined {
    const found = this.#newSet();
    const revision = nextRevision(this.#oldSets(found));
    if (found === undefined) return create ? this.#create(revision) : undefined;
    const annotations = newSetAnnotations(this.#deployment, found, revision);
    const minReady = this.#deployment.spec?.minReadySeconds ?? 0;
    let newSet = found;
    if (!deepEqual(annotations, found.metadata.annotations ?? {}) || (found.spec?.minReadySeconds ?? 0) !== minReady) {
      const spec = { ...found.spec, selector: found.spec?.selector ?? {}, minReadySeconds: minReady };
      if (minReady === 0) delete (spec as { minReadySeconds?: number }).minReadySeconds;
      newSet = this.#store({ ...found, metadata: { ...found.metadata, annotations }, spec });
    }
    this.#noteRevision(revisionOf(newSet));
    if (findCondition(this.#deployment.status?.conditions, "Progressing") === undefined)
      this.#noteProgress("FoundNewReplicaSet", `Found new replica set "${newSet.metadata.name}"`);
    return newSet;
  }

  #create(revision: number): ReplicaSet | undefined {
    const { template, selector, minReadySeconds } = this.#deployment.spec ?? {};
    const { namespace, name } = this.#deployment.metadata;
    const hash = templateHash(template, this.#deployment.status?.collisionCount);
    const labels = { ...template?.metadata?.labels, [DefaultDeploymentUniqueLabelKey]: hash };
    const draft: ReplicaSet = {
      apiVersion: "apps/v1",
      kind: "ReplicaSet",
      metadata: {
        name: `${name}-${hash}`,
        ...(namespace === undefined ? {} : { namespace }),
        labels,
        ownerReferences: [controllerReference(this.#deployment)],
      },
      spec: {
        ...(minReadySeconds === undefined || minReadySeconds === 0 ? {} : { minReadySeconds }),
        selector: { ...selector, matchLabels: { ...selector?.matchLabels, [DefaultDeploymentUniqueLabelKey]: hash } },
        template: { ...template, metadata: { ...template?.metadata, labels } },
      },
    };
    const replicas = newSetReplicas(this.#deployment, undefined, this.#oldSets(undefined));
    const annotations = { ...newSetAnnotations(this.#deployment, undefined, revision), ...this.#sizeAnnotations() };
    const set = {
      ...draft,
      metadata: { ...draft.metadata, annotations },
      spec: { ...draft.spec, selector: draft.spec?.selector ?? {}, replicas },
    };
    const refusal = ignoreRefusal(() =>
      this.#context.api.create("replicasets.apps", namespace, set, { trusted: true }),
    );
    if (refusal !== undefined) {
      this.#countCollision();
      return undefined;
    }
    const created = this.#context.api.get("replicasets.apps", namespace, set.metadata.name ?? "");
    this.#sets = [...this.#sets, created];
    if (replicas > 0) this.#say(`Scaled up replica set ${created.metadata.name} from 0 to ${replicas}`);
    this.#noteRevision(revision);
    this.#noteProgress("NewReplicaSetCreated", `Created new replica set "${created.metadata.name}"`);
    return created;
  }

  /** The name is taken by a ReplicaSet of another template: the next hash is another. */
  #countCollision(): void {
    const collisionCount = (this.#deployment.status?.collisionCount ?? 0) + 1;
    this.#writeStatus({ ...this.#deployment.status, collisionCount });
  }

  #noteRevision(revision: number): void {
    const { metadata } = this.#deployment;
    if (metadata.annotations?.[RevisionAnnotation] === String(revision)) return;
    const annotations = { ...metadata.annotations, [RevisionAnnotation]: String(revision) };
    writeStatus(this.#context, "deployments.apps", { ...this.#deployment, metadata: { ...metadata, annotations } });
    this.#reread();
  }

  #noteProgress(reason: string, message: string): void {
    if (!hasProgressDeadline(this.#deployment)) return;
    const conditions = this.#deployment.status?.conditions ?? [];
    const news = { type: "Progressing", status: "True", reason, message } as const;
    this.#writeStatus({ ...this.#deployment.status, conditions: [...setCondition(conditions, news, this.#now())] });
  }

  /** Gives a ReplicaSet its size and notes for what size of the Deployment it was; true when the size changed. */
  #resize({ set, replicas }: Resize): boolean {
    const before = set.spec?.replicas ?? 1;
    const annotations = { ...set.metadata.annotations, ...this.#sizeAnnotations() };
    if (before === replicas && deepEqual(annotations, set.metadata.annotations)) return false;
    const spec = { ...set.spec, selector: set.spec?.selector ?? {}, replicas };
    this.#store({ ...set, metadata: { ...set.metadata, annotations }, spec });
    if (before === replicas) return false;
    const direction = replicas > before ? "up" : "down";
    this.#say(`Scaled ${direction} replica set ${set.metadata.name} from ${before} to ${replicas}`);
    return true;
  }

  #sizeAnnotations(): Record<string, string> {
    const desired = desiredReplicas(this.#deployment);
    return {
      [DesiredReplicasAnnotation]: String(desired),
      [MaxReplicasAnnotation]: String(desired + maxSurge(this.#deployment)),
    };
  }

  /** Deletes old empty ReplicaSets beyond the history limit, the lowest revisions first. Spec: [DEP-10]. */
  // Models kubernetes/pkg/controller/deployment/sync.go cleanupDeployment
  #cleanUp(): void {
    const old = this.#oldSets(this.#newSet()).filter((set) => set.metadata.deletionTimestamp === undefined);
    const surplus = old.length - (this.#deployment.spec?.revisionHistoryLimit ?? DEFAULT_HISTORY_LIMIT);
    if (surplus <= 0) return;
    for (const set of [...old].sort((a, b) => revisionOf(a) - revisionOf(b)).slice(0, surplus)) {
      const busy = (set.status?.replicas ?? 0) !== 0 || (set.spec?.replicas ?? 1) !== 0;
      if (!busy && set.metadata.generation === set.status?.observedGeneration)
        deleteObject(this.#context, "replicasets.apps", set);
    }
  }

  #newSet(): ReplicaSet | undefined {
    return findNewReplicaSet(this.#deployment, this.#sets);
  }

  #oldSets(newSet: ReplicaSet | undefined): ReplicaSet[] {
    return byAge(this.#sets.filter((set) => set.metadata.uid !== newSet?.metadata.uid));
  }

  #current(set: ReplicaSet | undefined): ReplicaSet | undefined {
    return this.#sets.find((each) => each.metadata.uid === set?.metadata.uid);
  }

  #store(set: ReplicaSet): ReplicaSet {
    write(this.#context, "replicasets.apps", set);
    const stored = this.#context.api.get("replicasets.apps", set.metadata.namespace, set.metadata.name ?? "");
    this.#sets = this.#sets.map((each) => (each.metadata.uid === stored.metadata.uid ? stored : each));
    return stored;
  }

  #writeStatus(status: DeploymentStatus): void {
    if (deepEqual(status, this.#deployment.status)) return;
    writeStatus(this.#context, "deployments.apps", { ...this.#deployment, status });
    this.#reread();
  }

  #reread(): void {
    const { namespace, name = "" } = this.#deployment.metadata;
    this.#deployment = this.#context.api.get("deployments.apps", namespace, name);
  }

  #say(message: string): void {
    this.#context.recorder.record(this.#deployment, { type: "Normal", reason: "ScalingReplicaSet", message });
  }

  #now(): Now {
    return {
      timestamp: this.#context.timestamp(),
      instant: this.#context.settings().epoch + this.#context.clock.now,
    };
  }
}
