// Patches and server-side apply. Outside truth: recorded sessions kubectl/patch-mistakes, kubectl/server-side-apply, service-api; upstream's strategicpatch tests for the shapes.

import { describe, expect, test } from "vitest";
import { ALL_KINDS } from "../../kinds/index.ts";
import type { Service } from "../api/types.gen.ts";
import { StatusError } from "../apimachinery/errors.ts";
import { fieldErrorText } from "../apimachinery/field-error-text.ts";
import { createThreeWayMergePatch } from "../apimachinery/patch/threeway.ts";
import { createCluster } from "../cluster.ts";
import type { Patch } from "./server.ts";

const SERVICE = { group: "", version: "v1", kind: "Service" };
const DEPLOYMENT = { group: "apps", version: "v1", kind: "Deployment" };
const SHOP = { namespace: "default", name: "shop" };

function shop(spec: object = { selector: { app: "shop" }, ports: [{ name: "http", port: 80, targetPort: 8080 }] }) {
  const { api } = createCluster({ addons: ALL_KINDS, seed: "test", settings: { coredns: false } });
  api.create("services", "default", { apiVersion: "v1", kind: "Service", metadata: { name: "shop" }, spec });
  return api;
}

function words(action: () => unknown): string {
  try {
    action();
    return "accepted";
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    const { reason, causes, message } = error.status;
    return causes.length > 0 ? causes.map(fieldErrorText).join(" | ") : `${reason}: ${message}`;
  }
}

test.each<[Patch["type"], unknown, string]>([
  ["strategic", '{"spec":', "BadRequest: unexpected end of JSON input"],
  [
    "strategic",
    { spec: { ports: [{ port: "eighty" }] } },
    'patch: Invalid value: "map[spec:map[ports:[map[port:eighty]]]]": unrecognized type: int32',
  ],
  [
    "strategic",
    { spec: { ports: [{ targetPort: 90 }] } },
    ": map: map[targetPort:90] does not contain declared merge key: port",
  ],
  [
    "strategic",
    { metadata: { name: "store" } },
    "BadRequest: the name of the object (store) does not match the name on the URL (shop)",
  ],
  [
    "strategic",
    { spec: { type: "Public" } },
    'spec.type: Unsupported value: "Public": supported values: "ClusterIP", "ExternalName", "LoadBalancer", "NodePort"',
  ],
  ["merge", { spec: { selector: null } }, "accepted"],
  ["json", [{ op: "replace", path: "/spec/ports/0/port", value: 81 }], "accepted"],
  [
    "json",
    [{ op: "remove", path: "/spec/nothing" }],
    "Invalid: the server rejected our request due to an error in our request",
  ],
])("[PATCH-1] a %s patch %j", (type, body, answer) => {
  expect(words(() => shop().patch("services", SHOP, { type, body }))).toBe(answer);
});

test("[PATCH-2] an unknown field in a patch is a warning, and nothing changes", () => {
  const api = shop();
  const before = api.get("services", "default", "shop");
  const answer = api.patch("services", SHOP, { type: "strategic", body: { spec: { colour: "red" } } });
  expect(answer).toEqual({ object: before, warnings: ['unknown field "spec.colour"'] });
});

describe("[PATCH-3] lists with a key", () => {
  const patched = (body: object) =>
    (shop().patch("services", SHOP, { type: "strategic", body }).object as Service).spec?.ports?.map(
      ({ name, port }) => `${name} ${port}`,
    );

  test.each<[string, object, string[]]>([
    [
      "items are merged and added",
      {
        ports: [
          { port: 80, name: "web" },
          { port: 81, name: "b" },
        ],
      },
      ["web 80", "b 81"],
    ],
    [
      "$patch: delete removes one",
      {
        ports: [
          { port: 80, $patch: "delete" },
          { port: 81, name: "b" },
        ],
      },
      ["b 81"],
    ],
    ["$patch: replace replaces all", { ports: [{ $patch: "replace" }, { port: 81, name: "b" }] }, ["b 81"]],
    [
      "$setElementOrder orders them",
      { ports: [{ port: 81, name: "b" }], "$setElementOrder/ports": [{ port: 81 }, { port: 80 }] },
      ["b 81", "http 80"],
    ],
  ])("%s", (_, spec, ports) => {
    expect(patched({ spec })).toEqual(ports);
  });
});

describe("[PATCH-4] the three-way patch of apply", () => {
  const live = {
    metadata: { name: "shop", uid: "1" },
    spec: {
      clusterIP: "10.96.0.7",
      ports: [
        { name: "web", port: 80, protocol: "TCP", targetPort: 8080 },
        { name: "admin", port: 9000, protocol: "TCP", targetPort: 9000 },
      ],
    },
  };
  const last = {
    metadata: { name: "shop" },
    spec: {
      ports: [
        { name: "web", port: 80, targetPort: 8080 },
        { name: "admin", port: 9000 },
      ],
    },
  };

  test("is empty when nothing changed", () => {
    expect(createThreeWayMergePatch(last, last, live, SERVICE)).toEqual({});
  });

  test("changes, adds and deletes items by key", () => {
    const next = {
      metadata: { name: "shop" },
      spec: {
        ports: [
          { name: "web", port: 80, targetPort: 9090 },
          { name: "metrics", port: 9100 },
        ],
      },
    };
    expect(createThreeWayMergePatch(last, next, live, SERVICE)).toEqual({
      spec: {
        "$setElementOrder/ports": [{ port: 80 }, { port: 9100 }],
        ports: [
          { $patch: "delete", port: 9000 },
          { port: 80, targetPort: 9090 },
          { name: "metrics", port: 9100 },
        ],
      },
    });
  });

  test("what was dropped from the file is deleted, what others set stays", () => {
    const before = { spec: { replicas: 2, paused: true } };
    expect(
      createThreeWayMergePatch(
        before,
        { spec: { replicas: 2 } },
        { spec: { replicas: 5, paused: true, minReadySeconds: 3 } },
        DEPLOYMENT,
      ),
    ).toEqual({ spec: { replicas: 2, paused: null } });
  });
});

describe("[PATCH-5] server-side apply", () => {
  const configuration = (app: string) => ({
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "shop" },
    spec: { selector: { app }, ports: [{ port: 80 }] },
  });
  const apply = (api: ReturnType<typeof shop>, app: string, options: { fieldManager: string; force?: boolean }) =>
    api.patch("services", SHOP, { type: "apply", body: configuration(app) }, options);

  test("refuses to change what another manager applied, until forced", () => {
    const { api } = createCluster({ addons: ALL_KINDS, seed: "test", settings: { coredns: false } });
    apply(api, "shop", { fieldManager: "kubectl" });
    expect(words(() => apply(api, "store", { fieldManager: "robot" }))).toBe(
      'Conflict: Apply failed with 1 conflict: conflict with "kubectl": .spec.selector',
    );
    const forced = apply(api, "store", { fieldManager: "robot", force: true }).object as Service;
    expect(forced.spec?.selector).toEqual({ app: "store" });
    expect(words(() => apply(api, "shop", { fieldManager: "kubectl" }))).toContain(
      'conflict with "robot": .spec.selector',
    );
  });

  test("tells the owner of what was written by other means with its version", () => {
    const api = shop();
    expect(words(() => apply(api, "store", { fieldManager: "robot" }))).toBe(
      'Conflict: Apply failed with 1 conflict: conflict with "kubectl" using v1: .spec.selector',
    );
  });

  test("removes what the manager no longer applies", () => {
    const { api } = createCluster({ addons: ALL_KINDS, seed: "test", settings: { coredns: false } });
    apply(api, "shop", { fieldManager: "kubectl" });
    const body = { apiVersion: "v1", kind: "Service", metadata: { name: "shop" }, spec: { ports: [{ port: 80 }] } };
    const left = api.patch("services", SHOP, { type: "apply", body }, { fieldManager: "kubectl" }).object as Service;
    expect(left.spec?.selector).toBeUndefined();
    expect(left.spec?.ports).toHaveLength(1);
  });
});
