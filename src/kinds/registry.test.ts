// A kind is a folder and a row of the registry: what a folder holds is served, printed, described, explained and completed.
import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import {
  type Addon,
  createCluster,
  type FieldError,
  type KubeObject,
  RESOURCES,
  resourceName,
  SHELL_SETTINGS,
  type Struct,
  structNamed,
} from "../cluster/index.ts";
import { completeKubectl, runKubectl } from "../kubectl/index.ts";
import { DESCRIBERS, PRINTERS } from "./console.ts";
import { ALL_KINDS } from "./index.ts";
import { KINDS, LATE } from "./registry.ts";
import { WORDS } from "./words.ts";

const FOLDERS = readdirSync(import.meta.dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
const SERVED = new Set(RESOURCES.map(resourceName));

test("[FOLDER-1] every folder has its row, and every row its folder", () => {
  expect(Object.keys(KINDS)).toEqual(FOLDERS);
  for (const [name, { makes = [] }] of Object.entries(KINDS))
    for (const made of makes) expect(LATE.has(made), `${name} makes ${made}`).toBe(true);
});

test("[FOLDER-1] every resource of the registry is served, and belongs to one folder", () => {
  const all = Object.values(KINDS).flatMap(({ resources }) => resources);
  expect(all.filter((name) => !SERVED.has(name))).toEqual([]);
  expect(new Set(all).size).toBe(all.length);
});

test("[FOLDER-2] late folders bring the rules of just their resources", () => {
  const brought = ALL_KINDS.map(({ name, kinds = [] }) => [
    name,
    kinds.flatMap(({ strategies = {} }) => Object.keys(strategies)).sort(),
  ]);
  const late = Object.entries(KINDS).flatMap(([name, { isLate, hasLatePart, resources }]) =>
    isLate === undefined && hasLatePart === undefined ? [] : [[`kind ${name}`, isLate ? resources : []]],
  );
  expect(brought).toEqual(late);
});

test("[FOLDER-2] printers and describers are those of the folders' own resources", () => {
  const own = new Set(Object.values(KINDS).flatMap(({ resources }) => resources));
  expect([...Object.keys(PRINTERS), ...Object.keys(DESCRIBERS)].filter((name) => !own.has(name))).toEqual([]);
  expect(Object.keys(WORDS)).toContain("StatefulSetSpec");
});

const META = structNamed("Pod").fields.get("metadata");
const TEXT = { of: "scalar", scalar: "string" } as const;

const SPEC: Struct = {
  name: "TeapotSpec",
  goType: "v1.TeapotSpec",
  fields: new Map([
    [
      "tea",
      {
        name: "tea",
        type: TEXT,
        required: false,
        about: { description: "What is brewed.", values: ["green", "black"] },
      },
    ],
  ]),
};

const TEAPOT: Struct = {
  name: "Teapot",
  goType: "v1.Teapot",
  description: "A pot of tea for everybody.",
  fields: new Map([
    ["apiVersion", { name: "apiVersion", type: TEXT, required: false }],
    ["kind", { name: "kind", type: TEXT, required: false }],
    ...(META === undefined ? [] : [["metadata", META] as const]),
    ["spec", { name: "spec", type: { of: "struct", struct: "TeapotSpec", own: SPEC }, required: false }],
  ]),
};

const INFO = {
  group: "tea.example",
  version: "v1",
  kind: "Teapot",
  resource: "teapots",
  singular: "teapot",
  shortNames: ["tp"],
  namespaced: true,
  categories: ["all"],
  isReview: false,
  struct: TEAPOT,
  columns: [{ name: "Tea", type: "string", jsonPath: ".spec.tea", wide: false }],
};

type Teapot = KubeObject & { spec?: { tea?: string } };

const isTea = ({ spec }: Teapot): FieldError[] =>
  spec?.tea === "coffee" ? [{ type: "Invalid value", field: "spec.tea", value: spec.tea, detail: "not tea" }] : [];

/** A kind that is not built in, whole: names, fields, columns, rules and a controller. */
const teapots: Addon = {
  name: "kind teapot",
  kinds: [
    {
      definitions: [
        {
          info: INFO,
          versions: [INFO],
          strategy: {
            setDefaults(object: Teapot) {
              object.spec ??= {};
              object.spec.tea ??= "green";
            },
            validate: isTea,
            validateUpdate: isTea,
          },
        },
      ],
      controllers: [
        {
          name: "kettle",
          start: ({ api, clock }) => {
            clock.schedule(1000, () => {
              for (const { metadata } of api.list("teapots.tea.example"))
                api.create("configmaps", "default", { metadata: { name: `${metadata.name}-leaves` } });
            });
          },
        },
      ],
    },
  ],
};

test("[FOLDER-3] a kind that nobody knew is served, printed, described, explained and completed by one entry", () => {
  const cluster = createCluster({ seed: "tea", settings: SHELL_SETTINGS, addons: [teapots] });
  const kubectl = (line: string, text = "") => {
    let printed = "";
    const out = (each: string) => {
      printed += each;
    };
    const files = new Map([["tea.yaml", text]]);
    const none = () => {};
    runKubectl(line.split(" "), {
      cluster,
      files,
      stdin: "",
      namespace: "default",
      out,
      err: out,
      exit: none,
      onInterrupt: none,
    });
    return printed;
  };
  const teapot = (spec: string) => `apiVersion: tea.example/v1\nkind: Teapot\nmetadata: {name: big}\nspec: ${spec}\n`;
  expect(kubectl("apply -f tea.yaml", teapot("{}"))).toBe("teapot.tea.example/big created\n");
  expect(kubectl("apply -f tea.yaml", teapot("{tea: coffee}"))).toContain('spec.tea: Invalid value: "coffee": not tea');
  expect(kubectl("apply -f tea.yaml", teapot("{sugar: 2}"))).toContain('unknown field "spec.sugar"');
  expect(kubectl("get tp")).toBe("NAME   TEA\nbig    green\n");
  expect(kubectl("api-resources --api-group=tea.example")).toMatch(/teapots +tp +tea\.example\/v1 +true +Teapot/);
  expect(kubectl("describe teapot big")).toMatch(/^Name: +big\n.*Kind: +Teapot\n.*Spec:\n {2}Tea: +green\n/s);
  expect(kubectl("explain teapots")).toContain("A pot of tea for everybody.");
  expect(kubectl("explain tp.spec.tea")).toMatch(
    /FIELD: tea <string>\nENUM:\n {4}green\n {4}black\n.*What is brewed\./s,
  );
  const context = { world: cluster, files: new Map(), namespace: "default" };
  const texts = (...words: string[]) => completeKubectl(words, context).map(({ text }) => text);
  expect([texts("get", "teap"), texts("get", "tp", ""), texts("explain", "tp.spec.t")]).toEqual([
    ["teapots"],
    ["big"],
    ["tp.spec.tea"],
  ]);
  cluster.advance(2000);
  expect(cluster.api.find("configmaps", "default", "big-leaves")).toBeDefined();
});
