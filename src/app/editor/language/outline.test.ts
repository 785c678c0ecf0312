// The shape of half-typed YAML, read line by line.

import { describe, expect, test } from "vitest";
import { parsePath, pathText } from "../../../cluster/index.ts";
import { outline } from "./outline.ts";

const SERVICE = "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n";

describe("outline", () => {
  test.each([
    ["a:\n  b: 1\n", ["a", "a.b"]],
    ["a:\n- b: 1\n  c: 2\n- b: 3\nd: 4", ["a", "a[0].b", "a[0].c", "a[1].b", "d"]],
    ["a:\n  - - x\n    - y\n  - z", ["a", "a[0][0]", "a[0][1]", "a[1]"]],
    ["a: |\n  b: not a key\n\n  more\nc: 1", ["a", "c"]],
    ["- |\n  text: no\n- k: v", ["[0]", "[1].k"]],
    ["# note\na: 1 # note\n\"b c\": 'it''s'\n", ["a", "b c"]],
    [
      "a:\n  - b:\n      c: 1\n    d:\n    - e\n    - f: 1",
      ["a", "a[0].b", "a[0].b.c", "a[0].d", "a[0].d[0]", "a[0].d[1].f"],
    ],
    ["url: http://x:80/#a", ["url"]],
    ["http://x:80/: 1", ["http://x:80/"]],
  ])("gives every line its path: %j", (text, paths) => {
    expect(outline(text)[0]?.entries.map((entry) => pathText(entry.path))).toEqual(paths);
  });

  test("values end before comments and keep quotes", () => {
    const raws = outline(`a: b c # d\ne: "f # g" # h\ni: 'j'\nk: #l\nm: n#o`)[0]?.entries.map(
      (each) => each.value?.raw,
    );
    expect(raws).toEqual(["b c", '"f # g"', "'j'", undefined, "n#o"]);
  });

  test("documents know their kind and name", () => {
    const found = outline(`${SERVICE}---\nkind: Pod\nmetadata: {name: x}\n---\n`);
    expect(found.map(({ kind, name, first }) => [kind, name, first])).toEqual([
      ["Service", "web", 1],
      ["Pod", "x", 7],
      [undefined, undefined, 10],
    ]);
  });

  test("paths are read and written", () => {
    const text = "spec.ports[0].nodePort";
    expect(pathText(parsePath(text))).toBe(text);
    expect(parsePath("metadata.labels[a.b/c]")).toEqual(["metadata", "labels", "a.b/c"]);
    expect(pathText(["metadata", "labels", "a.b/c"])).toBe("metadata.labels[a.b/c]");
  });
});
