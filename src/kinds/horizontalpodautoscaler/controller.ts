// The HorizontalPodAutoscaler controller: every 15 s it asks the metrics, and gives the target as many pods as they ask for.
import { keyOf, splitKey, type UnknownObject } from "../../cluster/api/objects.ts";
import { resourceForKind, resourceName } from "../../cluster/api/scheme.ts";
import type {
  HorizontalPodAutoscaler,
  HorizontalPodAutoscalerSpec,
  HorizontalPodAutoscalerStatus,
  LabelSelector,
  MetricSpec,
  MetricStatus,
  MetricTarget,
} from "../../cluster/api/types.gen.ts";
import { StatusError } from "../../cluster/apimachinery/errors.ts";
import {
  matches,
  type Selector,
  selectorFromLabelSelector,
  selectorFromMap,
} from "../../cluster/apimachinery/labels.ts";
import { formatQuantity } from "../../cluster/apimachinery/quantity.ts";
import type { ComponentContext } from "../../cluster/client-go/component.ts";
import { ignoreRefusal, tellFailure, writeStatus } from "../../cluster/client-go/controller.ts";
import { milliValue, usageNow } from "../../cluster/client-go/usage.ts";
import type { Trace } from "../../cluster/network/trace.ts";
import { deepEqual } from "../../cluster/sim/values.ts";
import { limit, Memory } from "./controller-limits.ts";
import { MetricError, type Proposal, replicasFor, type Sample } from "./controller-replicas.ts";

const RESOURCE = "horizontalpodautoscalers.autoscaling";
const SYNC_MS = 15_000;
const TOLERANCE = 0.1;
const SCALABLE = new Set(["deployments.apps", "replicasets.apps", "statefulsets.apps", "replicationcontrollers"]);

/** Starts the controller; `trace` holds the traffic that pods are measured by. Spec: [HPA-2]. */
// Models kubernetes/pkg/controller/podautoscaler/horizontal.go
export function startAutoscaler(context: ComponentContext, trace: Trace): void {
  const memories = new Map<string, Memory>();
  const work = (key: string) => {
    const { namespace, name } = splitKey(key);
    const scaler = context.api.find(RESOURCE, namespace, name) as HorizontalPodAutoscaler | undefined;
    const memory = memories.get(key);
    if (scaler === undefined || memory === undefined) {
      memories.delete(key);
      return;
    }
    context.clock.schedule(SYNC_MS, () => work(key));
    try {
      new Turn(context, trace, scaler, memory).run();
    } catch (error) {
      tellFailure(context, { resource: RESOURCE, key }, error);
    }
  };
  context.informers.of(RESOURCE).onChange((scaler) => {
    if (scaler === undefined || memories.has(keyOf(scaler))) return;
    const key = keyOf(scaler);
    memories.set(key, new Memory());
    context.clock.schedule(SYNC_MS, () => work(key));
  });
}

type Condition = NonNullable<HorizontalPodAutoscalerStatus["conditions"]>[number];

interface Target {
  readonly resource: string;
  readonly object: UnknownObject;
  readonly replicas: number;
  readonly selector: Selector;
}

/** One look at one autoscaler. */
class Turn {
  readonly #context: ComponentContext;
  readonly #trace: Trace;
  readonly #scaler: HorizontalPodAutoscaler;
  readonly #memory: Memory;
  #conditions: readonly Condition[];

  constructor(context: ComponentContext, trace: Trace, scaler: HorizontalPodAutoscaler, memory: Memory) {
    this.#context = context;
    this.#trace = trace;
    this.#scaler = scaler;
    this.#memory = memory;
    this.#conditions = scaler.status?.conditions ?? [];
  }

  // Models kubernetes/pkg/controller/podautoscaler/horizontal.go reconcileAutoscaler
  run(): void {
    const { spec, status } = this.#scaler;
    if (spec === undefined) return;
    const { clock } = this.#context;
    const target = this.#target(spec);
    if (target === undefined) {
      this.#write({ ...status, desiredReplicas: status?.desiredReplicas ?? 0 });
      return;
    }
    const { replicas: current } = target;
    this.#say(
      "AbleToScale",
      "True",
      "SucceededGetScale",
      "the HPA controller was able to get the target's current scale",
    );
    if (this.#memory.recommendations.length === 0)
      this.#memory.recommendations.push({ at: clock.now, replicas: current });
    const { minReplicas = 1, maxReplicas } = spec;
    if (current === 0 && minReplicas !== 0) {
      const why = "scaling is disabled since the replica count of the target is zero";
      this.#say("ScalingActive", "False", "ScalingDisabled", why);
      this.#write({ currentReplicas: current, desiredReplicas: 0, ...this.#lastScale() });
    } else if (current > maxReplicas)
      this.#rescale(target, maxReplicas, "Current number of replicas above Spec.MaxReplicas", []);
    else if (current < minReplicas)
      this.#rescale(target, minReplicas, "Current number of replicas below Spec.MinReplicas", []);
    else this.#follow(target, spec);
  }

  /** Does what the metrics ask for, as far as it may. */
  #follow(target: Target, spec: HorizontalPodAutoscalerSpec): void {
    const { replicas: current } = target;
    const asked = this.#metrics(target, spec);
    if (typeof asked.replicas === "string") {
      const { desiredReplicas = 0 } = this.#scaler.status ?? {};
      const currentMetrics = asked.statuses;
      this.#write({ currentReplicas: current, desiredReplicas, currentMetrics, ...this.#lastScale() });
      this.#warn("FailedComputeMetricsReplicas", asked.replicas);
      return;
    }
    const wanted = asked.replicas;
    const reason = wanted > current ? `${asked.metric} above target` : "All metrics below target";
    const next = limit({ spec, memory: this.#memory, now: this.#context.clock.now, current, wanted });
    this.#say("AbleToScale", "True", ...next.able);
    this.#say("ScalingLimited", ...next.limited);
    if (next.replicas !== current) {
      this.#rescale(target, next.replicas, wanted === current ? "" : reason, asked.statuses);
      return;
    }
    const currentMetrics = asked.statuses;
    this.#write({ currentReplicas: current, desiredReplicas: current, currentMetrics, ...this.#lastScale() });
  }

  // Models kubernetes/pkg/controller/podautoscaler/horizontal.go computeReplicasForMetrics
  #metrics(target: Target, spec: HorizontalPodAutoscalerSpec) {
    const sample = this.#sample(target, spec);
    const specs = spec.metrics ?? [];
    const statuses: MetricStatus[] = [];
    const failures: { readonly text: string; readonly condition: readonly [reason: string, message: string] }[] = [];
    let [replicas, metric] = [0, ""];
    for (const each of specs) {
      const { label, reason, failed } = wordsOf(each);
      try {
        const proposal = propose(each, sample);
        statuses.push(statusOf(each, proposal));
        if (replicas === 0 || proposal.replicas > replicas) [replicas, metric] = [proposal.replicas, label];
      } catch (error) {
        if (!(error instanceof MetricError)) throw error;
        this.#warn(reason, error.message);
        const condition = [reason, `the HPA was unable to compute the replica count: ${error.message}`] as const;
        failures.push({ text: `${failed}: ${error.message}`, condition });
        statuses.push({ type: "" });
      }
    }
    const [first] = failures;
    if (first !== undefined && (failures.length >= specs.length || replicas < sample.replicas)) {
      this.#say("ScalingActive", "False", ...first.condition);
      const count = `${failures.length} invalid out of ${specs.length}`;
      return { statuses, replicas: `invalid metrics (${count}), first error is: ${first.text}` };
    }
    const found = `the HPA was able to successfully calculate a replica count from ${metric}`;
    this.#say("ScalingActive", "True", "ValidMetricFound", found);
    return { statuses, replicas, metric };
  }

  #sample({ replicas, selector }: Target, { behavior }: HorizontalPodAutoscalerSpec): Sample {
    const { api, clock, settings } = this.#context;
    const tolerance = (text: string | undefined) => (text === undefined ? TOLERANCE : milliValue(text) / 1_000);
    const measured = { trace: this.#trace, clock, settings: settings() };
    const { namespace } = this.#scaler.metadata;
    return {
      pods: api
        .list("pods", { ...(namespace === undefined ? {} : { namespace }) })
        .filter(({ metadata }) => matches(selector, metadata.labels)),
      usage: settings().metricsServer ? usageNow(measured) : undefined,
      now: settings().epoch + clock.now,
      replicas,
      tolerance: { down: tolerance(behavior?.scaleDown?.tolerance), up: tolerance(behavior?.scaleUp?.tolerance) },
    };
  }

  /** What is to be scaled; undefined, and said, when it cannot be had. */
  #target({ scaleTargetRef }: HorizontalPodAutoscalerSpec): Target | undefined {
    const { apiVersion = "", kind, name } = scaleTargetRef;
    const failed = (why: string) => {
      this.#warn("FailedGetScale", why);
      const message = `the HPA controller was unable to get the target's current scale: ${why}`;
      this.#say("AbleToScale", "False", "FailedGetScale", message);
      return undefined;
    };
    const info = resourceForKind(apiVersion, kind);
    const group = apiVersion.includes("/") ? apiVersion.split("/")[0] : "";
    if (info === undefined)
      return failed(`no matches for kind ${JSON.stringify(kind)} in group ${JSON.stringify(group)}`);
    const resource = resourceName(info);
    if (!SCALABLE.has(resource)) return failed("the server could not find the requested resource");
    const found = this.#context.api.find(resource, this.#scaler.metadata.namespace, name);
    if (found === undefined) return failed(`${resource} ${JSON.stringify(name)} not found`);
    const object = found as unknown as UnknownObject; // every scalable kind has these fields
    const { replicas = 1, selector } = object.spec as { replicas?: number; selector?: LabelSelector };
    const labels = selector as unknown as Record<string, string> | undefined; // a ReplicationController's is a map
    return {
      resource,
      object,
      replicas,
      selector:
        resource === "replicationcontrollers" ? selectorFromMap(labels ?? {}) : selectorFromLabelSelector(selector),
    };
  }

  #rescale({ resource, object, replicas }: Target, next: number, why: string, statuses: readonly MetricStatus[]): void {
    const { api, clock, recorder, timestamp } = this.#context;
    const scaled = { ...object, spec: { ...(object.spec as object), replicas: next } } as UnknownObject;
    const refusal = ignoreRefusal(() => api.update(resource, scaled, { subresource: "scale", trusted: true }));
    if (refusal instanceof StatusError) {
      this.#warn("FailedRescale", `New size: ${next}; reason: ${why}; error: ${refusal.message}`);
      const message = `the HPA controller was unable to update the target scale: ${refusal.message}`;
      this.#say("AbleToScale", "False", "FailedUpdateScale", message);
      const { desiredReplicas = 0, currentMetrics } = this.#scaler.status ?? {};
      this.#write({ currentReplicas: replicas, desiredReplicas, currentMetrics, ...this.#lastScale() });
      return;
    }
    const message = `the HPA controller was able to update the target scale to ${next}`;
    this.#say("AbleToScale", "True", "SucceededRescale", message);
    recorder.record(this.#scaler, {
      type: "Normal",
      reason: "SuccessfulRescale",
      message: `New size: ${next}; reason: ${why}`,
    });
    this.#memory.changes = [
      ...this.#memory.changes.filter(({ at }) => at > clock.now - LONGEST_PERIOD_MS),
      { at: clock.now, by: next - replicas },
    ];
    const currentMetrics = statuses.length === 0 ? undefined : [...statuses];
    this.#write({ currentReplicas: replicas, desiredReplicas: next, currentMetrics, lastScaleTime: timestamp() });
  }

  #lastScale(): { lastScaleTime?: string } {
    const { lastScaleTime } = this.#scaler.status ?? {};
    return lastScaleTime === undefined ? {} : { lastScaleTime };
  }

  #warn(reason: string, message: string): void {
    this.#context.recorder.record(this.#scaler, { type: "Warning", reason, message });
  }

  // Models kubernetes/pkg/controller/podautoscaler/horizontal.go setConditionInList
  #say(type: string, status: string, reason: string, message: string): void {
    const old = this.#conditions.find((each) => each.type === type);
    const lastTransitionTime = old?.status === status ? old.lastTransitionTime : this.#context.timestamp();
    const next: Condition = { lastTransitionTime, message, reason, status, type };
    this.#conditions =
      old === undefined ? [...this.#conditions, next] : this.#conditions.map((each) => (each === old ? next : each));
  }

  #write(status: HorizontalPodAutoscalerStatus): void {
    const next = { ...status, conditions: [...this.#conditions] };
    if (!deepEqual(next, this.#scaler.status)) writeStatus(this.#context, RESOURCE, { ...this.#scaler, status: next });
  }
}

/** No policy looks back further. */
const LONGEST_PERIOD_MS = 1_800_000;

/** What a metric is called: where it asked for pods, in its event, and in the error about all of them. */
// Models kubernetes/pkg/controller/podautoscaler/horizontal.go computeReplicasForMetric
function wordsOf({ type, resource, containerResource, external }: MetricSpec) {
  const of = resource ?? containerResource;
  const kind = containerResource === undefined ? "resource" : "container resource";
  const ratio = of?.target.averageValue === undefined ? " utilization (percentage of request)" : "";
  const short = containerResource === undefined ? "resource" : "container";
  return {
    label: `${of?.name} ${kind}${ratio}`,
    reason: `FailedGet${type}Metric`,
    failed:
      of === undefined
        ? `failed to get ${external === undefined ? type.toLowerCase() : `${external.metric.name} external`} metric value`
        : `failed to get ${of.name} ${short} metric value`,
  };
}

/** @throws MetricError */
function propose({ resource, containerResource, pods, object, external }: MetricSpec, sample: Sample): Proposal {
  const source = resource ?? containerResource;
  if (source !== undefined) return resourceProposal(source, sample);
  const custom =
    "unable to fetch metrics from custom metrics API: no custom metrics API (custom.metrics.k8s.io) registered";
  if (pods !== undefined) throw new MetricError(`unable to get metric ${pods.metric.name}: ${custom}`);
  if (object !== undefined) {
    const { kind, name } = object.describedObject;
    throw new MetricError(`unable to get metric ${object.metric.name}: ${kind} on ${name}: ${custom}`);
  }
  const name = external?.metric.name ?? "";
  throw new MetricError(
    `unable to get external metric ${name}: unable to fetch metrics from external metrics API: the server could not find the requested resource (get ${name}.external.metrics.k8s.io)`,
  );
}

function resourceProposal(source: { readonly name: string; readonly target: MetricTarget }, sample: Sample): Proposal {
  const { averageValue, averageUtilization } = source.target;
  if (averageValue === undefined && averageUtilization === undefined)
    throw new MetricError(
      "invalid resource metric source: neither an average utilization target nor an average value (usage) target was set",
    );
  try {
    return replicasFor(source, sample);
  } catch (error) {
    if (!(error instanceof MetricError)) throw error;
    const what = averageValue === undefined ? "utilization" : "usage";
    throw new MetricError(`failed to get ${source.name} ${what}: ${error.message}`);
  }
}

function statusOf({ type, resource, containerResource }: MetricSpec, { utilization, average }: Proposal): MetricStatus {
  const averageValue = formatQuantity({ nanos: BigInt(average) * 1_000_000n, format: "DecimalSI" });
  const current = { ...(utilization === undefined ? {} : { averageUtilization: utilization }), averageValue };
  if (resource !== undefined) return { type, resource: { current, name: resource.name } };
  const { container = "", name = "" } = containerResource ?? {};
  return { type, containerResource: { container, current, name } };
}
