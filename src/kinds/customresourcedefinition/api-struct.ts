// The fields of a custom resource as the schema of built-in kinds gives theirs: for explain, completion and hovering.
import { type Field, type FieldFacts, type FieldType, type Struct, structNamed } from "../../cluster/api/schema.ts";
import { isJsonObject } from "../../cluster/apimachinery/patch/shape.ts";
import { itemsOf, type Schema } from "./api-schema.ts";

/** The struct of a kind whose objects have this schema. */
export function structOf(kind: string, schema: Schema): Struct {
  const pod = structNamed("Pod").fields;
  const own = fieldsOf(kind, schema).filter(({ name }) => !["apiVersion", "kind", "metadata"].includes(name));
  const head = [...pod.values()].filter(({ name }) => ["apiVersion", "kind", "metadata"].includes(name));
  return madeOf(kind, [...head, ...own], schema.description);
}

function madeOf(name: string, fields: readonly Field[], description: string | undefined): Struct {
  const sorted = [...fields].sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    name,
    goType: name,
    fields: new Map(sorted.map((field) => [field.name, field])),
    ...(description === undefined ? {} : { description }),
  };
}

function fieldsOf(owner: string, schema: Schema): Field[] {
  const required = schema.required ?? [];
  return Object.entries(schema.properties ?? {}).map(([name, property]) => ({
    name,
    type: typeOf(`${owner}.${name}`, property),
    required: required.includes(name),
    about: factsOf(property),
  }));
}

function factsOf({ description, enum: values, default: preset }: Schema): FieldFacts {
  return {
    ...(description === undefined ? {} : { description }),
    ...(values === undefined ? {} : { values: values.map(String) }),
    ...(preset === undefined ? {} : { default: JSON.stringify(preset) }),
  };
}

const SCALARS = new Map([
  ["string", "string"],
  ["boolean", "bool"],
  ["integer", "int64"],
  ["number", "float64"],
] as const);

function typeOf(name: string, schema: Schema): FieldType {
  if (schema["x-kubernetes-int-or-string"] === true) return { of: "scalar", scalar: "intorstring" };
  const items = itemsOf(schema);
  if (schema.type === "array" && items !== undefined) return { of: "list", element: typeOf(name, items) };
  const { additionalProperties } = schema;
  if (isJsonObject(additionalProperties)) return { of: "map", element: typeOf(name, additionalProperties) };
  if (schema.type === "object" && Object.keys(schema.properties ?? {}).length > 0)
    return { of: "struct", struct: "Object", own: madeOf("Object", fieldsOf(name, schema), schema.description) };
  const scalar = SCALARS.get(schema.type as "string"); // any other text is not in the map
  return { of: "scalar", scalar: scalar ?? "raw" };
}
