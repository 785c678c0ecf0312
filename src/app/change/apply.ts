// A form is applied: what changes is worked out, and what is refused is reported by the form's fields.
import {
  type FieldError,
  type FieldPath,
  fieldErrorText,
  parsePath,
  type Service,
  valueAt,
  whyOutOfRange,
} from "../../cluster/index.ts";
import { refOf } from "../../diagnosis/index.ts";
import { W } from "../../words/en/change.ts";
import { changeObject, type Refusal, writtenObject } from "../store/edits.ts";
import type { Playground } from "../store/playground.ts";
import { formOf, hasNodePorts, type Plan, type PortRow, planService, type ServiceForm } from "./service.ts";

/** Refusals by the field of the form that they are about (`type`, `ports.2.nodePort`); "" is the form as a whole. */
export type Refusals = ReadonlyMap<string, readonly string[]>;

/** What became of a form: `at` is there where something was refused, or is not as it was asked for. */
export interface Outcome {
  readonly at?: Refusals;
}

/** What a Service's form changes: in the text; in the cluster where the text says nothing about it. */
export function plannedService(
  playground: Playground,
  service: Service,
  before: ServiceForm,
  after: ServiceForm,
): Plan & { readonly where: "text" | "cluster" } {
  const written = writtenObject(playground, refOf(service));
  const inText = planService(written ?? service, before, after);
  if (written === undefined || inText.changes.length > 0) return { ...inText, where: "text" };
  return { ...planService(service, before, after), where: "cluster" };
}

/** Applies a Service's form. */
export async function changeService(
  playground: Playground,
  service: Service,
  before: ServiceForm,
  after: ServiceForm,
): Promise<Outcome> {
  const { changes, rows, where } = plannedService(playground, service, before, after);
  if (changes.length === 0) return {};
  const { api, settings } = playground.store.getState().world;
  const object = refOf(service);
  const refusedAt = (refusal: Refusal, rowsOf = rows) => ({ at: refusalsOf(refusal, (path) => fieldOf(path, rowsOf)) });
  const outside = after.ports.flatMap((row, index) => outOfRange(row, index, settings.nodePortRange));
  if (outside.length > 0 && hasNodePorts(after.type))
    return refusedAt(
      { message: "", causes: outside },
      after.ports.map(({ id }) => id),
    );
  if (where === "text" && leavesNodePorts(writtenObject(playground, object), service, after)) {
    const first = planService(service, before, after);
    const refused = await changeObject(playground, { object, changes: first.changes }, { where: "cluster" });
    if (refused !== undefined) return refusedAt(refused, first.rows);
  }
  const refused = await changeObject(playground, { object, changes }, { where });
  if (refused !== undefined) return refusedAt(refused);
  const live = api.find("services", object.namespace, object.name);
  if (before.type !== "Headless" || live === undefined || formOf(live).type !== "Headless") return {};
  return after.type === "Headless" ? {} : { at: new Map([["type", [STAYS_HEADLESS]]]) };
}

/**
 * Whether some of the nodePorts are in the text and others were only allocated. When the type has none any more, the API server
 * drops them all or none: it refuses a text that takes away its own. So the cluster is changed first, as a whole.
 */
function leavesNodePorts(written: unknown, { spec }: Service, after: ServiceForm): boolean {
  if (hasNodePorts(after.type)) return false;
  const said = nodePortsOf(valueAt(written, ["spec", "ports"])).length;
  return said > 0 && said < nodePortsOf(spec?.ports).length;
}

function nodePortsOf(ports: unknown): readonly unknown[] {
  return Array.isArray(ports) ? ports.filter((port) => (valueAt(port, ["nodePort"]) ?? 0) !== 0) : [];
}

/** A nodePort that is no port of the range: a dry run doesn't look. */
function outOfRange(
  { nodePort }: PortRow,
  index: number,
  range: { readonly from: number; readonly to: number },
): FieldError[] {
  const value = Number(nodePort);
  const detail = nodePort.trim() === "" || !Number.isInteger(value) ? undefined : whyOutOfRange(value, range);
  return detail === undefined ? [] : [{ type: "Invalid value", field: `spec.ports[${index}].nodePort`, value, detail }];
}

const STAYS_HEADLESS = W.headless;

/** What was refused, by the form's fields. */
export function refusalsOf({ message, causes }: Refusal, fieldOf: (path: FieldPath) => string): Refusals {
  const at = new Map<string, readonly string[]>();
  const add = (field: string, words: string) => at.set(field, [...(at.get(field) ?? []), words]);
  if (causes.length === 0) add("", message);
  for (const cause of causes) add(fieldOf(parsePath(cause.field)), fieldErrorText(cause));
  return at;
}

/** The field of the form that a field of the object is in; the rows of ports keep their own order. */
function fieldOf([, field, index, inner]: FieldPath, rows: readonly number[]): string {
  switch (field) {
    case "ports":
      return typeof index === "number" ? `ports.${rows[index] ?? index}.${inner ?? "port"}` : "ports";
    case "sessionAffinityConfig":
      return "timeout";
    case "sessionAffinity":
      return "affinity";
    case "externalTrafficPolicy":
      return "external";
    case "internalTrafficPolicy":
      return "internal";
    case "externalName":
    case "selector":
      return field;
    case "type":
    case "clusterIP":
    case "clusterIPs":
      return "type";
    default:
      return "";
  }
}
