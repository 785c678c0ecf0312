// Objects written in a version other than the stored one.
import { isJsonObject, type Json } from "../apimachinery/patch/shape.ts";

/** The object in the version in which it is kept; itself when it is written so, or is of no such kind. Fields nobody knows stay as they are. */
// Models kubernetes/pkg/apis/autoscaling/v1 and pkg/apis/core/v1 conversions, pkg/apis/events/v1
export function inKeptVersion(object: Json): Json {
  if (object.apiVersion === "autoscaling/v1" && object.kind === "HorizontalPodAutoscaler") return autoscalerV2(object);
  if (object.apiVersion === "events.k8s.io/v1" && object.kind === "Event")
    return { ...renamed(object, EVENT_FIELDS), apiVersion: "v1" };
  return object;
}

const EVENT_FIELDS = new Map([
  ["deprecatedCount", "count"],
  ["deprecatedFirstTimestamp", "firstTimestamp"],
  ["deprecatedLastTimestamp", "lastTimestamp"],
  ["deprecatedSource", "source"],
  ["note", "message"],
  ["regarding", "involvedObject"],
  ["reportingController", "reportingComponent"],
]);

function renamed(object: Json, names: ReadonlyMap<string, string>): Json {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [names.get(name) ?? name, value]));
}

function autoscalerV2(object: Json): Json {
  const spec = withMetric(object.spec, "targetCPUUtilizationPercentage", "metrics", (percent) => ({
    target: { averageUtilization: percent, type: "Utilization" },
  }));
  const status = withMetric(object.status, "currentCPUUtilizationPercentage", "currentMetrics", (percent) => ({
    current: { averageUtilization: percent },
  }));
  return {
    ...object,
    apiVersion: "autoscaling/v2",
    ...(spec === undefined ? {} : { spec }),
    ...(status === undefined ? {} : { status }),
  };
}

/** A part whose field for the CPU has become a list of metrics. */
function withMetric(part: unknown, from: string, to: string, metric: (percent: unknown) => object): unknown {
  if (!isJsonObject(part) || !Object.hasOwn(part, from)) return part;
  const { [from]: percent, ...rest } = part;
  return { ...rest, [to]: [{ resource: { name: "cpu", ...metric(percent) }, type: "Resource" }] };
}
