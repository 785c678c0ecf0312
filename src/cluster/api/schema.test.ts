// The schema holds together: every type it names exists, and the hand-written tables name its fields.
import { expect, test } from "vitest";
import { goTypeText, TABLED_FIELDS } from "./gotypes.ts";
import { ALL_STRUCTS, type FieldType, KIND_STRUCTS, structNamed, structOfKind } from "./schema.ts";
import { RESOURCES } from "./scheme.ts";

function structsIn(type: FieldType): string[] {
  if (type.of === "struct") return [type.struct];
  return type.of === "scalar" ? [] : structsIn(type.element);
}

test("every struct named by a field or a kind is in the schema", () => {
  const named = ALL_STRUCTS.flatMap(({ fields }) => [...fields.values()].flatMap((field) => structsIn(field.type)));
  for (const name of [...named, ...KIND_STRUCTS.values()]) expect(structNamed(name).name).toBe(name);
});

test("every kind has apiVersion, kind and metadata", () => {
  for (const [key, name] of KIND_STRUCTS) {
    const fields = structNamed(name).fields;
    expect([fields.has("apiVersion"), fields.has("kind"), fields.has("metadata")], key).toEqual([true, true, true]);
  }
});

test("the fields that the hand-written Go tables name exist", () => {
  expect(TABLED_FIELDS.length).toBeGreaterThan(200);
  const names = new Set(ALL_STRUCTS.map(({ name }) => name));
  const missing = TABLED_FIELDS.filter((path) => {
    const [struct = "", field = ""] = path.split(".");
    return !names.has(struct) || !structNamed(struct).fields.has(field);
  });
  expect(missing).toEqual([]);
});

test("every resource of the scheme has its kind in the schema", () => {
  const missing = RESOURCES.filter((info) => structOfKind(info.group, info.version, info.kind) === undefined);
  expect(missing.map((info) => info.resource)).toEqual([]);
});

test("a kind is found by group and version", () => {
  expect(structOfKind("", "v1", "Service")?.fields.get("spec")?.type).toEqual({ of: "struct", struct: "ServiceSpec" });
  expect(structOfKind("autoscaling", "v2", "HorizontalPodAutoscaler")?.goType).toBe("v2.HorizontalPodAutoscaler");
  expect(structOfKind("apps", "v1", "Service")).toBeUndefined();
});

test("Go's text of a type", () => {
  const spec = structNamed("ServiceSpec").fields;
  const text = (name: string) =>
    goTypeText(spec.get(name)?.type ?? { of: "scalar", scalar: "raw" }, `ServiceSpec.${name}`);
  expect([text("ports"), text("selector"), text("ipFamilies"), text("sessionAffinity")]).toEqual([
    "[]v1.ServicePort",
    "map[string]string",
    "[]v1.IPFamily",
    "v1.ServiceAffinity",
  ]);
});
