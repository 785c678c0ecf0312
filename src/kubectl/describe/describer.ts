// What a describer is, what it may look at, and the events that end most descriptions.
import {
  type ApiServer,
  compareText,
  type Event,
  type KubeObject,
  type OwnerReference,
  type ResourceName,
} from "../../cluster/index.ts";
import { ageOf } from "../duration.ts";
import { Page } from "./page.ts";

/** What a description may depend on beside its object. */
export interface DescribeContext {
  readonly api: Pick<ApiServer, "find" | "list">;
  /** Milliseconds since 1970, on the virtual clock. */
  readonly now: number;
  readonly showEvents: boolean;
}

/** Writes what is to be said of one object. */
export type Describer = (page: Page, object: KubeObject, context: DescribeContext) => void;

/** By resource. */
export type Describers = Readonly<Record<ResourceName, Describer>>;

/** A describer for objects of type T. */
export function describer<T extends KubeObject>(
  write: (page: Page, object: T, context: DescribeContext) => void,
): Describer {
  return (page, object, context) => write(page, object as T, context); // the registry hands over only its own kind
}

/** The description as text. */
export function describeWith(write: Describer, object: KubeObject, context: DescribeContext): string {
  const page = new Page();
  write(page, object, context);
  return page.toString();
}

/** Name and Namespace, then Labels and Annotations: how most descriptions begin. */
export function writeHead(page: Page, { metadata }: KubeObject): void {
  page.field("Name", metadata.name);
  page.field("Namespace", metadata.namespace);
  writeLabels(page, { metadata });
}

/** Labels and Annotations. */
export function writeLabels(page: Page, { metadata }: Pick<KubeObject, "metadata">): void {
  page.labels("Labels", metadata.labels);
  page.annotations("Annotations", metadata.annotations);
}

export function controllerOf(object: KubeObject): OwnerReference | undefined {
  return object.metadata.ownerReferences?.find((each) => each.controller === true);
}

/** `Controlled By`, when something controls the object. */
export function writeController(page: Page, object: KubeObject): void {
  const owner = controllerOf(object);
  if (owner !== undefined) page.field("Controlled By", `${owner.kind}/${owner.name}`);
}

/** The events about an object, oldest last sighting first. */
// Models kubernetes/staging/src/k8s.io/kubectl/pkg/describe searchEvents
export function eventsAbout({ api }: DescribeContext, object: KubeObject): Event[] {
  const { metadata } = object;
  const options = metadata.namespace === undefined ? {} : { namespace: metadata.namespace };
  return api
    .list("events", options)
    .filter(({ involvedObject: about }) => about.name === metadata.name && about.uid === metadata.uid)
    .sort((a, b) => compareText(a.lastTimestamp ?? "", b.lastTimestamp ?? ""));
}

/** The Events table, or `<none>`; nothing at all when events are not wanted. */
// Models kubernetes/staging/src/k8s.io/kubectl/pkg/describe DescribeEvents
export function writeEvents(page: Page, object: KubeObject, context: DescribeContext): void {
  if (!context.showEvents) return;
  const events = eventsAbout(context, object);
  if (events.length === 0) {
    page.field("Events", "<none>");
    return;
  }
  page.flush();
  page.raw("Events:\n  Type\tReason\tAge\tFrom\tMessage\n");
  page.raw("  ----\t------\t----\t----\t-------\n");
  for (const event of events) {
    const path = event.involvedObject.fieldPath;
    const message = (event.message ?? "").trim();
    page.row(1, [
      event.type,
      event.reason,
      sightings(event, context.now),
      event.source?.component || event.reportingComponent,
      path === undefined || path === "" ? message : `${path}: ${message}`,
    ]);
  }
}

/** `3s`, or `3s (x4 over 2m)` for what was seen more than once. */
function sightings(event: Event, now: number): string {
  const first = ageOf(event.eventTime ?? event.firstTimestamp, now);
  if (event.series !== undefined)
    return `${ageOf(event.series.lastObservedTime, now)} (x${event.series.count ?? 0} over ${first})`;
  const count = event.count ?? 0;
  return count > 1 ? `${ageOf(event.lastTimestamp, now)} (x${count} over ${first})` : first;
}
