// Whatever is sent, the API server answers in its own style and stores all or nothing.
import fc from "fast-check";
import { expect, test } from "vitest";
import { RESOURCES, resourceName } from "../api/scheme.ts";
import { StatusError } from "../apimachinery/errors.ts";
import { isJsonObject } from "../apimachinery/patch/shape.ts";
import { server } from "./trial.ts";

const LABELS = { app: "shop" };
const CONTAINER = {
  name: "main",
  image: "shop:1",
  ports: [{ name: "http", containerPort: 80 }],
  env: [{ name: "A", valueFrom: { configMapKeyRef: { name: "c", key: "k" } } }],
  resources: { limits: { cpu: "1" }, requests: { cpu: "500m" } },
  readinessProbe: { httpGet: { port: "http" } },
  volumeMounts: [{ name: "data", mountPath: "/data" }],
};
const TEMPLATE = {
  metadata: { labels: LABELS },
  spec: { containers: [CONTAINER], volumes: [{ name: "data", emptyDir: {} }] },
};
const WORKLOAD = { replicas: 2, selector: { matchLabels: LABELS }, template: TEMPLATE };

/** Real manifests to spoil: resource and object. */
const MANIFESTS: ReadonlyArray<readonly [string, object]> = [
  [
    "services",
    {
      spec: {
        type: "NodePort",
        selector: LABELS,
        ports: [{ name: "a", port: 80, targetPort: "http", nodePort: 30080 }],
      },
    },
  ],
  [
    "services",
    {
      spec: {
        type: "LoadBalancer",
        externalTrafficPolicy: "Local",
        loadBalancerSourceRanges: ["10.0.0.0/8"],
        ports: [{ port: 80 }],
      },
    },
  ],
  ["services", { spec: { type: "ExternalName", externalName: "a.example" } }],
  ["pods", { spec: TEMPLATE.spec }],
  ["deployments.apps", { spec: { ...WORKLOAD, strategy: { rollingUpdate: { maxSurge: "25%", maxUnavailable: 1 } } } }],
  [
    "statefulsets.apps",
    {
      spec: {
        ...WORKLOAD,
        serviceName: "a",
        volumeClaimTemplates: [
          {
            metadata: { name: "d" },
            spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } },
          },
        ],
      },
    },
  ],
  ["daemonsets.apps", { spec: { selector: WORKLOAD.selector, template: TEMPLATE } }],
  [
    "cronjobs.batch",
    {
      spec: {
        schedule: "* * * * *",
        jobTemplate: { spec: { template: { ...TEMPLATE, spec: { ...TEMPLATE.spec, restartPolicy: "Never" } } } },
      },
    },
  ],
  [
    "endpointslices.discovery.k8s.io",
    {
      addressType: "IPv4",
      endpoints: [{ addresses: ["10.0.0.1"], conditions: { ready: true } }],
      ports: [{ name: "a", port: 80 }],
    },
  ],
  ["endpoints", { subsets: [{ addresses: [{ ip: "10.0.0.1" }], ports: [{ port: 80 }] }] }],
  [
    "ingresses.networking.k8s.io",
    {
      spec: {
        rules: [
          {
            host: "a.example",
            http: {
              paths: [{ path: "/", pathType: "Prefix", backend: { service: { name: "a", port: { number: 80 } } } }],
            },
          },
        ],
      },
    },
  ],
  [
    "networkpolicies.networking.k8s.io",
    { spec: { podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: "10.0.0.0/8" } }], ports: [{ port: 80 }] }] } },
  ],
  [
    "horizontalpodautoscalers.autoscaling",
    { spec: { maxReplicas: 3, scaleTargetRef: { kind: "Deployment", name: "a" } } },
  ],
  ["configmaps", { data: { a: "b" } }],
  ["secrets", { stringData: { a: "b" } }],
];

const SPOILS = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    "",
    "x",
    "-1",
    " ",
    "None",
    "🦊",
    0,
    -1,
    80,
    70000,
    2 ** 31,
    2 ** 60,
    1.5,
    [],
    {},
    [null],
    [{}],
    { a: { b: {} } },
  ),
  fc.string({ maxLength: 20 }),
  fc.json({ maxDepth: 3 }).map((text) => JSON.parse(text) as unknown),
);

/** Every place in a value, as keys from the root. */
function placesIn(value: unknown, at: readonly string[] = []): Array<readonly string[]> {
  const inner = Array.isArray(value) || isJsonObject(value) ? Object.entries(value) : [];
  return [at, ...inner.flatMap(([key, each]) => placesIn(each, [...at, key]))];
}

/** The value with another one at a place. */
function spoil(value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown {
  if (key === undefined) return by;
  if (Array.isArray(value)) return value.map((each, i) => (String(i) === key ? spoil(each, rest, by) : each));
  return isJsonObject(value) ? { ...value, [key]: spoil(value[key], rest, by) } : by;
}

function infoOf(resource: string) {
  const info = RESOURCES.find((each) => resourceName(each) === resource);
  if (info === undefined) throw new Error(`no resource ${resource}`);
  return info;
}

function manifestOf(resource: string, fields: object) {
  const { group, version, kind } = infoOf(resource);
  return {
    apiVersion: group === "" ? version : `${group}/${version}`,
    kind,
    metadata: { name: "x", labels: LABELS },
    ...fields,
  };
}

const spoiled = fc.constantFrom(...MANIFESTS).chain(([resource, fields]) => {
  const whole = manifestOf(resource, fields);
  const spoils = fc.array(fc.tuple(fc.constantFrom(...placesIn(whole)), SPOILS), { minLength: 1, maxLength: 3 });
  return spoils.map((list) => ({
    resource,
    whole,
    broken: list.reduce<unknown>((value, [place, by]) => spoil(value, place, by), whole),
  }));
});

const RUNS = { numRuns: 400, seed: 20260101 };

test("[FUZZ-1] a spoiled manifest is accepted or refused in the API's style, and a refused one leaves nothing behind", () => {
  fc.assert(
    fc.property(spoiled, ({ resource, whole, broken }) => {
      const api = server();
      const before = api.store.resourceVersion;
      try {
        api.create(resource, "default", broken);
      } catch (error) {
        if (!(error instanceof StatusError)) throw error;
        expect(error.status.message).not.toBe("");
        expect(api.store.resourceVersion).toBe(before);
        // What the refused manifest asked for is still free.
        api.create(resource, "default", whole);
      }
    }),
    RUNS,
  );
});

test("[FUZZ-2] a spoiled patch of any type changes an object whole or not at all", () => {
  fc.assert(
    fc.property(
      spoiled,
      fc.constantFrom("strategic" as const, "merge" as const, "apply" as const),
      ({ resource, whole, broken }, type) => {
        const api = server();
        const first = api.create(resource, "default", whole).object;
        try {
          api.patch(resource, { namespace: "default", name: "x" }, { type, body: broken }, { fieldManager: "fuzz" });
        } catch (error) {
          if (!(error instanceof StatusError)) throw error;
          expect(api.get(resource, "default", "x")).toBe(first);
        }
      },
    ),
    RUNS,
  );
});
