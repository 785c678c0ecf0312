// Custom resources in the language service: completed, explained and fixed by the schema of their definition.
import { expect, test } from "vitest";
import { createCluster } from "../../../cluster/index.ts";
import { ALL_KINDS } from "../../../kinds/index.ts";
import { complete, hover, type Lister } from "./index.ts";

const cluster = createCluster({ seed: "custom", addons: ALL_KINDS });
cluster.api.create("customresourcedefinitions.apiextensions.k8s.io", undefined, {
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: { name: "crontabs.stable.example.com" },
  spec: {
    group: "stable.example.com",
    scope: "Namespaced",
    names: { plural: "crontabs", kind: "CronTab" },
    versions: [
      {
        name: "v1",
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: {
            type: "object",
            properties: {
              spec: {
                type: "object",
                properties: {
                  policy: {
                    type: "string",
                    enum: ["Allow", "Forbid"],
                    default: "Allow",
                    description: "Who goes first.",
                  },
                  replicas: { type: "integer" },
                },
              },
            },
          },
        },
      },
    ],
  },
});
const lister: Lister = { list: () => [], kinds: cluster.api.kinds };
const HEAD = "apiVersion: stable.example.com/v1\nkind: CronTab\nmetadata:\n  name: nightly\nspec:\n";

const labels = (text: string, line: number, column: number) =>
  complete({ text, line, column, lister }).map(({ label }) => label);

test("[CRD-5] fields, values and kinds of a custom resource are offered", () => {
  expect(labels(`${HEAD}  `, 6, 2)).toEqual(["policy", "replicas"]);
  expect(labels(`${HEAD}  policy: `, 6, 10)).toEqual(["Allow", "Forbid"]);
  expect(labels("apiVersion: stable.example.com/v1\nkind: ", 2, 6)).toEqual(["CronTab"]);
});

test("[CRD-5] hovering tells what the definition says of a field", () => {
  expect(hover({ text: `${HEAD}  policy: Allow\n`, line: 6, column: 4, lister })?.paragraphs).toEqual([
    "policy: string",
    "Who goes first.",
    "One of Allow, Forbid.",
    'Default: "Allow".',
  ]);
});
