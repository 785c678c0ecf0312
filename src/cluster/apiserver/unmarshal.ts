// Turns a JSON value into a typed object by the field schema, with the errors Go's JSON decoder would report.
import { goStructName, goTypeText } from "../api/gotypes.ts";
import { type FieldType, type ScalarName, type Struct, structOfType } from "../api/schema.ts";
import { base64ErrorAt } from "../apimachinery/base64.ts";
import { formatQuantity, parseQuantity } from "../apimachinery/quantity.ts";
import { parseMetaTime } from "../apimachinery/time.ts";
import { own } from "../sim/values.ts";
import { complete, zero } from "./zero.ts";

export interface Unmarshalled {
  readonly object: Readonly<Record<string, unknown>>;
  /** The error that makes the object unusable, if any. */
  readonly error: string | undefined;
  /** Unknown and duplicate fields, in the order met; at most 100. */
  readonly strict: readonly string[];
}

const MOST_STRICT_ERRORS = 100;
const DEEPEST = 500;

/**
 * Decodes `value` into a `struct`. Keys are taken in sorted order, as in the JSON that kubectl sends.
 *
 * @param duplicates - paths of fields the source text held twice.
 */
// Models sigs.k8s.io/json UnmarshalStrict
export function unmarshal(value: unknown, struct: Struct, duplicates: readonly string[] = []): Unmarshalled {
  const decoding = new Decoding(new Set(duplicates));
  try {
    const object = decoding.struct(value, struct, "");
    return { object, error: decoding.typeError, strict: [...decoding.strict] };
  } catch (error) {
    if (!(error instanceof FatalError)) throw error;
    return { object: {}, error: error.message, strict: [] };
  }
}

/** What a type's own decoder says: it ends the decoding, and wins over type errors met before. */
class FatalError extends Error {}

/** What a field (or an element in it) is: its type, and Go's name for that of its strings. */
interface Place {
  readonly type: FieldType;
  readonly named: string | undefined;
}

/** One decoding under way: where it is, and what was wrong so far. */
class Decoding {
  typeError: string | undefined;
  readonly strict = new Set<string>();
  private readonly duplicates: ReadonlySet<string>;
  private readonly fields: string[] = [];
  private structName = "";

  constructor(duplicates: ReadonlySet<string>) {
    this.duplicates = duplicates;
  }

  struct(value: unknown, struct: Struct, path: string): Record<string, unknown> {
    if (this.fields.length > DEEPEST) throw new FatalError("exceeded max depth");
    if (!isObject(value)) {
      if (value !== null && value !== undefined) this.mismatch(value, struct.goType);
      return complete([], struct);
    }
    const outer = this.structName;
    const entries: [string, unknown][] = [];
    for (const key of Object.keys(value).sort()) {
      const field = struct.fields.get(key);
      const fieldPath = path === "" ? key : `${path}.${key}`;
      if (field === undefined) {
        this.reportStrict("unknown", fieldPath);
        continue;
      }
      this.structName = goStructName(struct);
      this.fields.push(key);
      const place = { type: field.type, named: field.named };
      const decoded = this.optional(own(value, key), place, fieldPath);
      if (decoded !== undefined) entries.push([key, decoded]);
      if (this.duplicates.has(fieldPath)) this.reportStrict("duplicate", fieldPath);
      this.fields.pop();
      this.structName = outer;
    }
    return complete(entries, struct);
  }

  // A null leaves the field as if it had not been written.
  private optional(value: unknown, place: Place, path: string): unknown {
    return value === null || value === undefined ? undefined : this.value(value, place, path);
  }

  private value(value: unknown, place: Place, path: string): unknown {
    const { type } = place;
    switch (type.of) {
      case "struct":
        return this.struct(value, structOfType(type), path);
      case "list":
        return this.list(value, { ...place, type: type.element }, path, goTypeText(type, place.named));
      case "map":
        return this.map(value, { ...place, type: type.element }, path, goTypeText(type, place.named));
      case "scalar":
        return this.scalar(value, type.scalar, place.named);
    }
  }

  private list(value: unknown, element: Place, path: string, goType: string): unknown[] | undefined {
    if (!Array.isArray(value)) return this.mismatch(value, goType);
    return value.map((item: unknown, index) =>
      item === null || item === undefined ? zero(element.type) : this.value(item, element, `${path}[${index}]`),
    );
  }

  private map(value: unknown, element: Place, path: string, goType: string): Record<string, unknown> | undefined {
    if (!isObject(value)) return this.mismatch(value, goType);
    const entries = Object.keys(value)
      .sort()
      .map((key): [string, unknown] => {
        const item = own(value, key);
        if (item === null || item === undefined) return [key, zero(element.type)];
        return [key, this.value(item, element, `${path}.${key}`)];
      });
    return Object.fromEntries(entries);
  }

  private scalar(value: unknown, scalar: ScalarName, named: string | undefined): unknown {
    switch (scalar) {
      case "string":
        return typeof value === "string" ? value : this.mismatch(value, named ?? "string");
      case "bool":
        return typeof value === "boolean" ? value : this.mismatch(value, "bool");
      case "int32":
      case "int64":
      case "float64":
        return this.number(value, scalar);
      case "bytes":
        return this.bytes(value);
      case "intorstring":
        return this.intOrString(value);
      case "quantity":
        return quantity(value);
      case "time":
      case "microtime":
        return this.time(value, scalar === "microtime");
      case "raw":
        return value;
    }
  }

  private number(value: unknown, goType: "int32" | "int64" | "float64"): number | undefined {
    if (!isNumber(value)) return this.mismatch(value, goType);
    if (goType === "float64" || fits(value, goType)) return Number(value);
    return this.typeMismatch(`number ${value}`, goType);
  }

  private bytes(value: unknown): string | undefined {
    if (typeof value !== "string") return this.mismatch(value, "[]uint8");
    const at = base64ErrorAt(value);
    if (at < 0) return value.replace(/[\r\n]/g, "");
    this.typeError ??= `illegal base64 data at input byte ${at}`;
    return undefined;
  }

  private intOrString(value: unknown): number | string {
    if (typeof value === "string") return value;
    if (!isNumber(value)) throw new FatalError(this.describe(kindOf(value), "int32"));
    if (!fits(value, "int32")) throw new FatalError(this.describe(`number ${value}`, "int32"));
    return Number(value);
  }

  private time(value: unknown, micro: boolean): string {
    if (typeof value !== "string") throw new FatalError(this.describe(kindOf(value), "string"));
    const parsed = parseMetaTime(value, micro);
    if ("error" in parsed) throw new FatalError(parsed.error);
    return parsed.time;
  }

  private mismatch(value: unknown, goType: string): undefined {
    return this.typeMismatch(kindOf(value), goType);
  }

  // Only the first type error is kept; decoding continues, for the type's own decoders may still fail.
  private typeMismatch(kind: string, goType: string): undefined {
    this.typeError ??= this.describe(kind, goType);
    return undefined;
  }

  private describe(kind: string, goType: string): string {
    if (this.fields.length === 0) return `json: cannot unmarshal ${kind} into Go value of type ${goType}`;
    const field = `${this.structName}.${this.fields.join(".")}`;
    return `json: cannot unmarshal ${kind} into Go struct field ${field} of type ${goType}`;
  }

  private reportStrict(what: "unknown" | "duplicate", path: string): void {
    if (this.strict.size < MOST_STRICT_ERRORS) this.strict.add(`${what} field ${JSON.stringify(path)}`);
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isNumber = (value: unknown): value is number | bigint => typeof value === "number" || typeof value === "bigint";

function kindOf(value: unknown): string {
  if (typeof value === "string") return "string";
  if (typeof value === "boolean") return "bool";
  if (isNumber(value)) return "number";
  return Array.isArray(value) ? "array" : "object";
}

function fits(value: number | bigint, goType: "int32" | "int64"): boolean {
  if (!/^-?\d+$/.test(String(value))) return false;
  const half = 1n << (goType === "int32" ? 31n : 63n);
  const integer = BigInt(value);
  return integer >= -half && integer < half;
}

function quantity(value: unknown): string {
  // The text as it stands in the JSON; of a list or map the first character already matches no quantity.
  const text = Array.isArray(value) || isObject(value) ? "{" : String(value).trim();
  const parsed = parseQuantity(text);
  if ("error" in parsed) throw new FatalError(parsed.error);
  return formatQuantity(parsed);
}
