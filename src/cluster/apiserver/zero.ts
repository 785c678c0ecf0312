// Go's zero values for absent fields, filled in for required fields and left out of optional ones.
import { type Field, type FieldType, type ScalarName, type Struct, structOfType } from "../api/schema.ts";

/** The zero value of a type; a struct is its required fields, each zero. */
export function zero(type: FieldType): unknown {
  if (type.of === "list") return [];
  if (type.of === "map") return {};
  if (type.of === "struct") return complete([], structOfType(type));
  return ZEROES[type.scalar];
}

const ZEROES: Readonly<Record<ScalarName, unknown>> = {
  string: "",
  bool: false,
  int32: 0,
  int64: 0,
  float64: 0,
  intorstring: 0,
  quantity: "0",
  time: null,
  microtime: null,
  bytes: "",
  raw: null,
};

/** Leaves out the empty optional fields and fills in the required ones, as writing the struct back from Go does. */
export function complete(entries: readonly (readonly [string, unknown])[], struct: Struct): Record<string, unknown> {
  const kept = new Map(entries.filter(([key, value]) => !isLeftOut(key, value, struct)));
  for (const field of struct.fields.values()) {
    const isMissing = field.required && !kept.has(field.name) && isFilled(field.type);
    if (isMissing && !isTextPointer(field)) kept.set(field.name, zero(field.type));
  }
  return Object.fromEntries(kept);
}

function isLeftOut(key: string, value: unknown, struct: Struct): boolean {
  const field = struct.fields.get(key);
  if (field === undefined || field.required) return false;
  if (field.type.of === "list") return Array.isArray(value) && value.length === 0;
  if (field.type.of === "map") return typeof value === "object" && value !== null && Object.keys(value).length === 0;
  const isZero = value === "" || value === 0 || value === false;
  return isZero && field.type.of === "scalar" && !isPointer(field, field.type.scalar);
}

/** Whether Go keeps a zero of the field apart from none. */
const isPointer = (field: Field, scalar: ScalarName): boolean => field.isPointer ?? scalar !== "string";

/** A text that is required and a pointer in Go anyway: absent is not the same as empty. */
const isTextPointer = ({ type, isPointer }: Field): boolean =>
  type.of === "scalar" && type.scalar === "string" && isPointer === true;

// A label selector and a time are pointers in Go: absent is not the same as empty. Raw values have no zero.
function isFilled(type: FieldType): boolean {
  if (type.of === "struct") return type.struct !== "LabelSelector";
  return type.of !== "scalar" || !["time", "microtime", "raw"].includes(type.scalar);
}
