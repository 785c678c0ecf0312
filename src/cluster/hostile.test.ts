// Objects that the schema allows and nobody would write: what the API server takes, every component can live with.
import fc from "fast-check";
import { expect, test } from "vitest";
import { ALL_KINDS, knowAllStructs } from "../kinds/index.ts";
import { type FieldType, type Struct, structNamed, structOfKind } from "./api/schema.ts";
import { RESOURCES, type ResourceInfo, resourceName } from "./api/scheme.ts";
import { StatusError } from "./apimachinery/errors.ts";
import { isJsonObject } from "./apimachinery/patch/shape.ts";
import { createCluster } from "./cluster.ts";
import { SHELL_SETTINGS } from "./sim/settings.ts";
import { own } from "./sim/values.ts";

knowAllStructs();

type Fields = Readonly<Record<string, unknown>>;

const LABELS = { app: "x" };
const CONTAINER = { name: "c", image: "nginx", ports: [{ name: "http", containerPort: 80 }] };
const TEMPLATE = { metadata: { labels: LABELS }, spec: { containers: [CONTAINER] } };
const WORKLOAD = { replicas: 1, selector: { matchLabels: LABELS }, template: TEMPLATE };
const ENDING = { spec: { containers: [CONTAINER], restartPolicy: "Never" } };

/** What makes an object of a kind acceptable; fields are added to it. */
const GOOD: Readonly<Record<string, Fields>> = {
  Pod: { spec: TEMPLATE.spec },
  Service: { spec: { type: "LoadBalancer", selector: LABELS, ports: [{ name: "http", port: 80 }] } },
  Deployment: { spec: WORKLOAD },
  ReplicaSet: { spec: WORKLOAD },
  ReplicationController: { spec: { replicas: 1, selector: LABELS, template: TEMPLATE } },
  StatefulSet: { spec: { ...WORKLOAD, serviceName: "x" } },
  DaemonSet: { spec: { selector: WORKLOAD.selector, template: TEMPLATE } },
  Job: { spec: { template: ENDING } },
  CronJob: { spec: { schedule: "* * * * *", jobTemplate: { spec: { template: ENDING } } } },
  EndpointSlice: { addressType: "IPv4", endpoints: [{ addresses: ["10.0.0.1"] }], ports: [{ name: "", port: 80 }] },
  Endpoints: { subsets: [{ addresses: [{ ip: "10.0.0.1" }], ports: [{ port: 80 }] }] },
  Ingress: { spec: { defaultBackend: { service: { name: "x", port: { number: 80 } } } } },
  PodDisruptionBudget: { spec: { selector: WORKLOAD.selector } },
  HorizontalPodAutoscaler: { spec: { maxReplicas: 2, scaleTargetRef: { kind: "Deployment", name: "x" } } },
  PersistentVolumeClaim: { spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1" } } } },
  PersistentVolume: { spec: { accessModes: ["ReadWriteOnce"], capacity: { storage: "1" }, hostPath: { path: "/x" } } },
};

/** What runs beside it, so that the hostile one meets others. */
const COMPANY: ReadonlyArray<readonly [string, Fields]> = [
  ["services", { kind: "Service", spec: { selector: LABELS, ports: [{ name: "a", port: 80, targetPort: "http" }] } }],
  ["services", { kind: "Service", spec: { clusterIP: "None", selector: LABELS } }],
  ["deployments.apps", { kind: "Deployment", spec: WORKLOAD }],
];

const WORDS = [
  "",
  " ",
  "x",
  "a/b",
  "-",
  ".",
  "x.y",
  "🦊",
  "__proto__",
  "constructor",
  "toString",
  "10%",
  "101%",
  "-1%",
  "0",
  "1",
  "1e400",
  "None",
  "10.0.0.1",
  "::1",
  "10.244.1.5",
  "default",
  "kube-system",
  "node-1",
  "Always",
  "Never",
  "http",
  "TCP",
  "UDP",
  "SCTP",
  "2026-01-01T00:00:00Z",
  "0001-01-01T00:00:00Z",
  "$(A)",
  "c",
  "metadata.name",
  "spec.nodeName",
  "nginx",
  "busybox",
  "Exists",
  "In",
  "NotIn",
  "DoesNotExist",
  "Local",
  "Cluster",
  "Recreate",
  "RollingUpdate",
  "OnDelete",
  "Parallel",
  "ClientIP",
  "ReadWriteOnce",
]; // prettier-ignore

const NUMBERS = [0, 1, -1, 2, 3, 80, 443, 65535, 65536, 30000, 100, 2 ** 31 - 1, -(2 ** 31), 1.5];

function anyOf(type: FieldType, depth: number): fc.Arbitrary<unknown> {
  switch (type.of) {
    case "struct":
      return depth <= 0 ? fc.constant({}) : fc.oneof(fc.constant({}), partOf(structNamed(type.struct), depth - 1));
    case "list":
      return fc.array(anyOf(type.element, depth - 1), { maxLength: 3 });
    case "map":
      return fc.dictionary(fc.constantFrom(...WORDS), anyOf(type.element, depth - 1), { maxKeys: 2 });
    case "scalar":
      if (type.scalar === "bool") return fc.boolean();
      if (["int32", "int64", "float64"].includes(type.scalar)) return fc.constantFrom(...NUMBERS);
      if (type.scalar === "intorstring") return fc.constantFrom<unknown>(...NUMBERS, ...WORDS);
      if (type.scalar === "quantity") return fc.constantFrom("0", "1", "-1", "1Gi", "1e3", "1m", "100Ei");
      return fc.constantFrom(...WORDS);
  }
}

/** Some fields of a struct, often required ones too. */
function partOf(struct: Struct, depth: number): fc.Arbitrary<Fields> {
  const fields = [...struct.fields.values()];
  if (fields.length === 0) return fc.constant({});
  const chosen = fc.subarray(fields, { minLength: 0, maxLength: Math.min(fields.length, 4) });
  const required = fields.filter((each) => each.required);
  return fc.tuple(fc.boolean(), chosen).chain(([all, some]) => {
    const picked = [...new Set([...(all ? required : []), ...some])];
    return fc
      .tuple(...picked.map(({ type }) => anyOf(type, depth)))
      .map((values) => Object.fromEntries(picked.map(({ name }, at) => [name, values[at]])));
  });
}

type Change = (value: unknown) => unknown;

/** Sets one field somewhere in the value, walking down where there is something, else making it up. */
function changeOf(type: FieldType, value: unknown, depth: number): fc.Arbitrary<Change> {
  const fresh = anyOf(type, 2).map(
    (made): Change =>
      () =>
        made,
  );
  if (depth <= 0) return fresh;
  if (type.of === "struct" && value !== null && typeof value === "object") {
    const fields = [...structNamed(type.struct).fields.values()];
    if (fields.length === 0) return fresh;
    const there = fields.filter(({ name }) => own(value as Fields, name) !== undefined);
    const field =
      there.length === 0
        ? fc.constantFrom(...fields)
        : fc.oneof({ weight: 2, arbitrary: fc.constantFrom(...there) }, fc.constantFrom(...fields));
    return field.chain(({ name, type: inner }) => {
      const old = own(value as Fields, name);
      const change =
        old === undefined
          ? anyOf(inner, 2).map(
              (made): Change =>
                () =>
                  made,
            )
          : changeOf(inner, old, depth - 1);
      return change.map(
        (to): Change =>
          (whole) => ({ ...(whole as Fields), [name]: to(own(whole as Fields, name)) }),
      );
    });
  }
  if (type.of === "list" && Array.isArray(value) && value.length > 0)
    return fc.nat(value.length - 1).chain((at) =>
      fc.oneof(
        changeOf(type.element, value[at], depth).map(
          (to): Change =>
            (list) =>
              Array.isArray(list) ? list.map((each, i) => (i === at ? to(each) : each)) : list,
        ),
        anyOf(type.element, 2).map(
          (made): Change =>
            (list) =>
              Array.isArray(list) ? [...list, made] : list,
        ),
      ),
    );
  return fresh;
}

function goodOf({ group, version, kind }: ResourceInfo): Fields {
  return {
    apiVersion: group === "" ? version : `${group}/${version}`,
    kind,
    metadata: { name: "x", labels: LABELS },
    ...own(GOOD, kind),
  };
}

const KINDS = RESOURCES.filter(({ group, version, kind }) => structOfKind(group, version, kind) !== undefined);

const hostile = fc.constantFrom(...KINDS).chain((info) => {
  const struct = structOfKind(info.group, info.version, info.kind);
  const good = goodOf(info);
  const type: FieldType = { of: "struct", struct: struct?.name ?? "" };
  const changes = fc.array(changeOf(type, good, 7), { minLength: 1, maxLength: 2 });
  return fc.tuple(changes, changes).map(([first, second]) => {
    const made = first.reduce<unknown>((value, change) => change(value), good);
    const changed = second.reduce((value, change) => change(value), made);
    return { resource: resourceName(info), namespaced: info.namespaced, made, changed };
  });
});

/** Whether the API server takes it; what it says of the rest is its own matter. */
function isTaken(run: () => unknown): boolean {
  try {
    run();
  } catch (error) {
    if (error instanceof StatusError) return false;
    throw error;
  }
  return true;
}

const nameOf = (value: unknown) =>
  isJsonObject(value) && isJsonObject(value.metadata) ? String(value.metadata.name) : "";

const RUNS = 25;

test("[SAFE-1] what the API server takes harms no component: hostile objects of each kind are made, changed and deleted", {
  timeout: 60_000,
}, () => {
  let taken = 0;
  fc.assert(
    fc.property(hostile, ({ resource, namespaced, made, changed }) => {
      const cluster = createCluster({ seed: "hostile", settings: SHELL_SETTINGS, addons: ALL_KINDS });
      const namespace = namespaced ? "default" : undefined;
      COMPANY.forEach(([beside, fields], at) => {
        cluster.api.create(beside, "default", { metadata: { name: `y${at}`, labels: LABELS }, ...fields });
      });
      if (isTaken(() => cluster.api.create(resource, namespace, made))) taken++;
      cluster.advance(20_000);
      const name = nameOf(changed);
      isTaken(() => cluster.api.patch(resource, { namespace, name }, { type: "merge", body: changed }));
      cluster.advance(40_000);
      isTaken(() => cluster.api.delete(resource, namespace, name));
      cluster.advance(60_000);
      expect(cluster.mishaps.list).toEqual([]);
    }),
    { numRuns: RUNS, seed: 20260101 },
  );
  expect(taken).toBeGreaterThan(RUNS / 5);
});
