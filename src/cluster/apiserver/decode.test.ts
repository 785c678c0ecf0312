// Tables of input → message, from recorded sessions, and a fuzz that decoding never throws.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { knowAllStructs } from "../../kinds/index.ts";
import type { UnknownObject } from "../api/objects.ts";
import {
  type FieldType,
  KIND_STRUCTS,
  type ScalarName,
  type Struct,
  structNamed,
  structOfKind,
} from "../api/schema.ts";
import { decodeStrict, type FieldValidation, metadataError } from "./decode.ts";

knowAllStructs();

const SERVICE = { group: "", version: "v1", kind: "Service" };
const POD = { group: "", version: "v1", kind: "Pod" };
const SECRET = { group: "", version: "v1", kind: "Secret" };
const DEPLOYMENT = { group: "apps", version: "v1", kind: "Deployment" };
const INGRESS = { group: "networking.k8s.io", version: "v1", kind: "Ingress" };

const FRAME = 'Service in version "v1" cannot be handled as a Service: ';

function decode(value: unknown, kind = SERVICE, mode: FieldValidation = "Strict", duplicates: readonly string[] = []) {
  return decodeStrict(value, kind, duplicates, mode);
}

function errorOf(value: unknown, kind = SERVICE): string {
  const decoded = decode(value, kind);
  return "error" in decoded ? decoded.error : "decoded";
}

function objectOf(value: unknown, kind = SERVICE): UnknownObject {
  const decoded = decode(value, kind);
  if ("error" in decoded) throw new Error(decoded.error);
  return decoded.object;
}

const service = (spec: unknown) => ({ apiVersion: "v1", kind: "Service", metadata: { name: "x" }, spec });
const port = (entry: unknown) => service({ ports: [entry] });
const container = (entry: object) => ({ metadata: { name: "x" }, spec: { containers: [{ name: "a", ...entry }] } });

describe("[DEC-1] a wrong type is reported in the words of Go's decoder", () => {
  // src/conformance/service-api
  test.each([
    [
      port({ port: "80" }),
      "json: cannot unmarshal string into Go struct field ServicePort.spec.ports.port of type int32",
    ],
    [
      port({ port: 80, nodePort: "30080" }),
      "json: cannot unmarshal string into Go struct field ServicePort.spec.ports.nodePort of type int32",
    ],
    [
      service({ selector: { app: 1 } }),
      "json: cannot unmarshal number into Go struct field ServiceSpec.spec.selector of type string",
    ],
    [
      service({ selector: { live: true } }),
      "json: cannot unmarshal bool into Go struct field ServiceSpec.spec.selector of type string",
    ],
    [
      service({ selector: { matchLabels: { app: "a" } } }),
      "json: cannot unmarshal object into Go struct field ServiceSpec.spec.selector of type string",
    ],
    [
      service({ sessionAffinity: true }),
      "json: cannot unmarshal bool into Go struct field ServiceSpec.spec.sessionAffinity of type v1.ServiceAffinity",
    ],
    [
      service({ ports: { port: 80 } }),
      "json: cannot unmarshal object into Go struct field ServiceSpec.spec.ports of type []v1.ServicePort",
    ],
  ])("%j", (value, message) => {
    expect(errorOf(value)).toBe(FRAME + message);
  });

  // service-api/deployment-replicas-negative-or-a-string.transcript
  test("the version is named without its group", () => {
    expect(errorOf({ spec: { replicas: "two" } }, DEPLOYMENT)).toBe(
      'Deployment in version "v1" cannot be handled as a Deployment: json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32',
    );
  });

  // Seen in github.com/kubernetes-sigs/headlamp/issues/1896 and stackrox/acs-fleet-manager/pull/1748
  test.each([
    [
      { env: [{ name: "PORT", value: 443 }] },
      "json: cannot unmarshal number into Go struct field EnvVar.spec.template.spec.containers.env.value of type string",
    ],
    [
      { resources: { limits: { deleteClaim: false } } },
      "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
    ],
  ])("in a pod template: %j", (entry, message) => {
    expect(errorOf({ spec: { template: container(entry) } }, DEPLOYMENT)).toBe(
      `Deployment in version "v1" cannot be handled as a Deployment: ${message}`,
    );
  });

  // Go encoding/json decode.go (literalStore, array, object) for the kinds of values
  test.each([
    [
      port({ port: 80.5 }),
      "json: cannot unmarshal number 80.5 into Go struct field ServicePort.spec.ports.port of type int32",
    ],
    [
      port({ port: 99999999999 }),
      "json: cannot unmarshal number 99999999999 into Go struct field ServicePort.spec.ports.port of type int32",
    ],
    [port(80), "json: cannot unmarshal number into Go struct field ServiceSpec.spec.ports of type v1.ServicePort"],
    [service("x"), "json: cannot unmarshal string into Go struct field Service.spec of type v1.ServiceSpec"],
    [
      service({ ipFamilies: "IPv4" }),
      "json: cannot unmarshal string into Go struct field ServiceSpec.spec.ipFamilies of type []v1.IPFamily",
    ],
    [
      service({ selector: "app=web" }),
      "json: cannot unmarshal string into Go struct field ServiceSpec.spec.selector of type map[string]string",
    ],
    [
      service({ publishNotReadyAddresses: "true" }),
      "json: cannot unmarshal string into Go struct field ServiceSpec.spec.publishNotReadyAddresses of type bool",
    ],
    [["x"], "json: cannot unmarshal array into Go value of type v1.Service"],
  ])("%j", (value, message) => {
    expect(errorOf(value)).toBe(FRAME + message);
  });
});

describe("[DEC-2] unknown fields are reported together, in the order of their keys", () => {
  // src/conformance/service-api
  test.each([
    [port({ port: 80, targetport: 8080 }), SERVICE, 'unknown field "spec.ports[0].targetport"'],
    [port({ port: 80, containerPort: 8080 }), SERVICE, 'unknown field "spec.ports[0].containerPort"'],
    [{ spec: { selector: { app: "shop" } } }, DEPLOYMENT, 'unknown field "spec.selector.app"'],
    [
      { spec: { rules: [{ http: { paths: [{ backend: { servicePort: 80, serviceName: "web" } }] } }] } },
      INGRESS,
      'unknown field "spec.rules[0].http.paths[0].backend.serviceName", unknown field "spec.rules[0].http.paths[0].backend.servicePort"',
    ],
  ])("%j", (value, kind, list) => {
    expect(errorOf(value, kind)).toBe(
      `${kind.kind} in version "v1" cannot be handled as a ${kind.kind}: strict decoding error: ${list}`,
    );
  });

  test("keys are case sensitive", () => {
    expect(errorOf({ spec: { Ports: [] } })).toContain('unknown field "spec.Ports"');
  });

  test("names of the host language's own properties are unknown fields too", () => {
    expect(errorOf(JSON.parse('{"spec":{"__proto__":{},"constructor":1}}'))).toContain(
      'unknown field "spec.__proto__", unknown field "spec.constructor"',
    );
  });
});

describe("[DEC-3] which mistake wins", () => {
  // service-api/port-as-a-string-is-a-decoding-error.transcript: the other mistake is not reported
  test("a wrong type hides unknown fields", () => {
    expect(errorOf(service({ aaa: 1, ports: [{ port: "80" }] }))).toBe(
      `${FRAME}json: cannot unmarshal string into Go struct field ServicePort.spec.ports.port of type int32`,
    );
  });

  test("of two wrong types the first in sorted key order is reported", () => {
    expect(errorOf(service({ selector: { app: 1 }, ports: [{ port: "80" }] }))).toContain(
      "ServicePort.spec.ports.port",
    );
  });

  test("what a quantity, a time or a number-or-string says itself wins over wrong types before it", () => {
    expect(errorOf(port({ nodePort: "x", targetPort: true, port: 80 }))).toBe(
      `${FRAME}json: cannot unmarshal bool into Go struct field ServicePort.spec.ports.targetPort of type int32`,
    );
  });
});

describe("[DEC-4] fieldValidation", () => {
  const value = service({ selectors: { app: "shop" }, ports: [{ port: 80 }] });

  // service-api/unknown-field-with-validate-warn-and-false.transcript
  test("Warn turns unknown fields into warnings and drops them", () => {
    const decoded = decode(value, SERVICE, "Warn");
    expect(decoded).toEqual({
      object: service({ ports: [{ port: 80 }] }),
      warnings: ['unknown field "spec.selectors"'],
    });
  });

  test("Ignore says nothing", () => {
    expect(decode(value, SERVICE, "Ignore")).toEqual({ object: service({ ports: [{ port: 80 }] }), warnings: [] });
  });

  test("a wrong type is an error in every mode", () => {
    for (const mode of ["Strict", "Warn", "Ignore"] as const) {
      expect(decode(port({ port: "80" }), SERVICE, mode)).toHaveProperty("error");
    }
  });

  test("a duplicate field is listed among the unknown ones", () => {
    const twice = decode(service({ selector: { app: "a" } }), SERVICE, "Strict", ["spec.selector"]);
    expect(twice).toEqual({ error: `${FRAME}strict decoding error: duplicate field "spec.selector"` });
  });
});

describe("[DEC-5] quantities, times and bytes have their own errors", () => {
  const pod = 'Pod in version "v1" cannot be handled as a Pod: ';

  test.each([
    ["abc", "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"],
    ["", "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"],
    [true, "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"],
    ["1mm", "unable to parse quantity's suffix"],
  ])("quantity %j", (cpu, message) => {
    expect(errorOf(container({ resources: { limits: { cpu } } }), POD)).toBe(pod + message);
  });

  test.each([
    ["yesterday", 'parsing time "yesterday" as "2006-01-02T15:04:05Z07:00": cannot parse "yesterday" as "2006"'],
    ["2026-13-01T00:00:00Z", 'parsing time "2026-13-01T00:00:00Z": month out of range'],
    ["2026-02-30T00:00:00Z", 'parsing time "2026-02-30T00:00:00Z": day out of range'],
    ["2026-01-01", 'parsing time "2026-01-01" as "2006-01-02T15:04:05Z07:00": cannot parse "" as "T"'],
    [5, "json: cannot unmarshal number into Go struct field ObjectMeta.metadata.creationTimestamp of type string"],
  ])("time %j", (creationTimestamp, message) => {
    expect(errorOf({ metadata: { creationTimestamp } }, POD)).toBe(pod + message);
  });

  test.each([
    ["not base64!", 3],
    ["YWJj=", 4],
    ["YQ=", 3],
    ["YWJ", 0],
  ])("bytes %j", (password, at) => {
    expect(errorOf({ data: { password } }, SECRET)).toBe(
      `Secret in version "v1" cannot be handled as a Secret: illegal base64 data at input byte ${at}`,
    );
  });
});

describe("[DEC-6] the decoded object is what Go would write back", () => {
  test("null is as good as absent", () => {
    expect(objectOf({ metadata: { name: "x" }, spec: null })).toEqual({
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: "x" },
    });
    expect(objectOf(service({ selector: { app: null } }))).toEqual(service({ selector: { app: "" } }));
  });

  // docs/semantics.md 1.1: selector {} is stored as none
  test("empty optional lists, maps, strings and plain numbers are left out, pointers stay", () => {
    const written = service({
      selector: {},
      clusterIP: "",
      externalIPs: [],
      loadBalancerClass: "",
      ports: [{ port: 80, nodePort: 0 }],
    });
    expect(objectOf(written)).toEqual(service({ loadBalancerClass: "", ports: [{ port: 80 }] }));
    expect(objectOf({ spec: { replicas: 0, paused: false } }, DEPLOYMENT).spec).toMatchObject({ replicas: 0 });
    expect(objectOf({ spec: { replicas: 0, paused: false } }, DEPLOYMENT).spec).not.toHaveProperty("paused");
  });

  test("required fields are there, as zero", () => {
    expect(objectOf(port({ targetPort: 80 }))).toEqual(port({ port: 0, targetPort: 80 }));
  });

  test("quantities and times come back in canonical form", () => {
    const limits = { cpu: 0.5, memory: "1024Mi", "ephemeral-storage": "1e3" };
    const pod = objectOf(
      { ...container({ resources: { limits } }), status: { startTime: "2026-01-01T01:30:00+02:00" } },
      POD,
    );
    expect(pod).toMatchObject({
      spec: { containers: [{ resources: { limits: { cpu: "500m", memory: "1Gi", "ephemeral-storage": "1e3" } } }] },
      status: { startTime: "2025-12-31T23:30:00Z" },
    });
  });

  test("a kind that is not built in keeps its fields", () => {
    const kind = { group: "example.com", version: "v1", kind: "Thing" };
    expect(objectOf({ metadata: { name: "x" }, spec: { anything: [1] } }, kind)).toEqual({
      apiVersion: "example.com/v1",
      kind: "Thing",
      metadata: { name: "x" },
      spec: { anything: [1] },
    });
  });
});

describe("[DEC-7] kubectl reads the metadata before it sends", () => {
  // service-api/label-value-that-is-not-a-string.transcript, name-that-is-a-number.transcript
  test.each([
    [
      { name: "x", labels: { floor: 2 } },
      "json: cannot unmarshal number into Go struct field ObjectMeta.metadata.labels of type string",
    ],
    [
      { name: "x", labels: { open: true } },
      "json: cannot unmarshal bool into Go struct field ObjectMeta.metadata.labels of type string",
    ],
    [{ name: 404 }, "json: cannot unmarshal number into Go struct field ObjectMeta.metadata.name of type string"],
  ])("%j", (metadata, message) => {
    expect(metadataError({ metadata, spec: { ports: "nonsense" } })).toBe(message);
  });

  test("nothing to say of good metadata", () => {
    expect(metadataError({ metadata: { name: "x", nonsense: 1 } })).toBeUndefined();
  });
});

describe("fuzz", () => {
  const kinds = [...KIND_STRUCTS.keys()].map((key) => {
    const [kind = "", version = "", group = ""] = key.split("/").reverse();
    return { group, version, kind };
  });

  const SCALARS: Readonly<Record<ScalarName, fc.Arbitrary<unknown>>> = {
    string: fc.string({ maxLength: 4 }),
    bool: fc.boolean(),
    int32: fc.integer(),
    int64: fc.maxSafeInteger(),
    float64: fc.integer(),
    intorstring: fc.oneof(fc.integer(), fc.string({ maxLength: 4 })),
    quantity: fc.constantFrom("1", 2, "0.5", "100m", "1Gi", "1000Mi", "1e3", "-1.5k"),
    time: fc.constantFrom("2026-01-01T00:00:00Z", "2026-01-01T00:00:00.5+02:00"),
    microtime: fc.constantFrom("2026-01-01T00:00:00.000001Z"),
    bytes: fc.constantFrom("", "YWJj", "YQ=="),
    raw: fc.jsonValue({ maxDepth: 1 }),
  };

  function anyValueOf(type: FieldType, depth: number, noise: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
    const good = goodOf(type, depth, noise);
    return fc.oneof(
      { arbitrary: good, weight: 50 },
      { arbitrary: fc.constant(null), weight: 2 },
      { arbitrary: noise, weight: 1 },
    );
  }

  function goodOf(type: FieldType, depth: number, noise: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
    switch (type.of) {
      case "scalar":
        return SCALARS[type.scalar];
      case "list":
        return fc.array(anyValueOf(type.element, depth, noise), { maxLength: 2 });
      case "map":
        return fc.dictionary(fc.string({ maxLength: 3 }), anyValueOf(type.element, depth, noise), { maxKeys: 2 });
      case "struct":
        return depth === 0 ? fc.constant({}) : structValue(structNamed(type.struct), depth - 1, noise);
    }
  }

  function structValue(struct: Struct, depth: number, noise: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
    const fields = [...struct.fields.values()];
    const pairs = fc
      .subarray(fields, { maxLength: Math.min(4, fields.length) })
      .chain((some) =>
        fc.tuple(...some.map((field) => fc.tuple(fc.constant(field.name), anyValueOf(field.type, depth, noise)))),
      );
    return pairs.map((entries) => Object.fromEntries(entries));
  }

  const noise = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.bigInt(), fc.constant(undefined), fc.double());
  const cases = fc.constantFrom(...kinds).chain((kind) => {
    const struct = structOfKind(kind.group, kind.version, kind.kind);
    return fc.tuple(fc.constant(kind), struct === undefined ? noise : fc.oneof(structValue(struct, 6, noise), noise));
  });

  test("decoding never throws, and what it decoded decodes to itself", () => {
    let decodedOnes = 0;
    fc.assert(
      fc.property(cases, ([kind, value]) => {
        const decoded = decodeStrict(value, kind, [], "Warn");
        if ("error" in decoded)
          return decoded.error.includes(`in version "${kind.version}" cannot be handled as a ${kind.kind}: `);
        decodedOnes += 1;
        expect(decodeStrict(decoded.object, kind, [], "Strict")).toEqual({ object: decoded.object, warnings: [] });
        return true;
      }),
      { numRuns: 1000, seed: 1 },
    );
    expect(decodedOnes).toBeGreaterThan(300);
  });
});
