// The schema holds together: every type it names exists, and the hand-written tables name its fields.
import { expect, test, vi } from "vitest";
import { knowAllStructs } from "../../kinds/index.ts";
import { goTypeText } from "./gotypes.ts";
import { type FieldType, KIND_STRUCTS, knownStructs, structNamed, structOfKind } from "./schema.ts";
import { RESOURCES } from "./scheme.ts";

knowAllStructs();

function structsIn(type: FieldType): string[] {
  if (type.of === "struct") return [type.struct];
  return type.of === "scalar" ? [] : structsIn(type.element);
}

test("every struct named by a field or a kind is in the schema", () => {
  const named = knownStructs().flatMap(({ fields }) => [...fields.values()].flatMap((field) => structsIn(field.type)));
  for (const name of [...named, ...KIND_STRUCTS.values()]) expect(structNamed(name).name).toBe(name);
});

test("[STRUCTS-1] before anything is added, what is there names nothing that isn't, and a kind that isn't there is an error", async () => {
  vi.resetModules();
  const fresh = await import("./schema.ts");
  const named = fresh
    .knownStructs()
    .flatMap(({ fields }) => [...fields.values()].flatMap(({ type }) => structsIn(type)));
  for (const name of named) expect(fresh.structNamed(name).name).toBe(name);
  const there: string[] = [];
  for (const [key, name] of fresh.KIND_STRUCTS) {
    const [kind = "", version = "", group = ""] = key.split("/").reverse();
    const find = () => fresh.structOfKind(group, version, kind);
    if (fresh.LATE_STRUCT_KINDS.has(kind)) expect(find, key).toThrow(`the schema has no struct ${name}`);
    else there.push(find()?.name === name ? kind : `${kind}?`);
  }
  expect(there.join(" ")).toBe(
    "ConfigMap Endpoints Event Namespace Node Pod Secret Service ServiceAccount ControllerRevision Deployment ReplicaSet IPAddress ServiceCIDR EndpointSlice Eviction Scale ClusterRole ClusterRoleBinding Role RoleBinding StorageClass Lease Event",
  );
});

test("[STRUCTS-1] adding structs again changes nothing", async () => {
  vi.resetModules();
  const { addStructs, structNamed } = await import("./schema.ts");
  const tables = { STRUCTS: "TeaSpec leaf cups:i", GO_TYPES: "v7 TeaSpec=Tea" };
  addStructs(tables);
  const [pod, tea] = [structNamed("Pod"), structNamed("TeaSpec")];
  addStructs({ ...tables });
  addStructs({ STRUCTS: "Pod tea\nTeaSpec tea", GO_TYPES: "" });
  expect([structNamed("Pod"), structNamed("TeaSpec")]).toEqual([pod, tea]);
  expect([tea.goType, tea.fields.get("cups")?.type]).toEqual(["v7.Tea", { of: "scalar", scalar: "int32" }]);
});

test("every kind has apiVersion, kind and metadata", () => {
  for (const [key, name] of KIND_STRUCTS) {
    const fields = structNamed(name).fields;
    expect([fields.has("apiVersion"), fields.has("kind"), fields.has("metadata")], key).toEqual([true, true, true]);
  }
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
    goTypeText(spec.get(name)?.type ?? { of: "scalar", scalar: "raw" }, spec.get(name)?.named);
  expect([text("ports"), text("selector"), text("ipFamilies"), text("sessionAffinity")]).toEqual([
    "[]v1.ServicePort",
    "map[string]string",
    "[]v1.IPFamily",
    "v1.ServiceAffinity",
  ]);
});
