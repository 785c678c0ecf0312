// What is in flow collections, by its path and place.
import { expect, test } from "vitest";
import { outline } from "./outline.ts";

/** Each entry of the first document as `path = value`. */
function read(text: string): readonly string[] {
  return (outline(text)[0]?.entries ?? []).map(({ path, value }) => `${path.join(".")} = ${value?.raw ?? ""}`);
}

test.each([
  [
    "a: {b: 1, c: [x, 'y, z', {d: e f}], g: }",
    [
      "a = {b: 1, c: [x, 'y, z', {d: e f}], g: }",
      "a.b = 1",
      "a.c = [x, 'y, z', {d: e f}]",
      "a.c.0 = x",
      "a.c.1 = 'y, z'",
      "a.c.2 = {d: e f}",
      "a.c.2.d = e f",
    ],
  ],
  [
    "ports:\n  - {port: 80, targetPort: http}\n  - port: 81",
    [
      "ports = ",
      "ports.0 = {port: 80, targetPort: http}",
      "ports.0.port = 80",
      "ports.0.targetPort = http",
      "ports.1.port = 81",
    ],
  ],
  [
    'x: {"quoted key": "a: b", url: http://h:80/p}',
    ['x = {"quoted key": "a: b", url: http://h:80/p}', 'x.quoted key = "a: b"', "x.url = http://h:80/p"],
  ],
  ["x: {a: 1 # why\ny: 2", ["x = {a: 1", "x.a = 1", "y = 2"]],
  ["x: []\ny: {}", ["x = []", "y = {}"]],
])("%s", (text, expected) => {
  expect(read(text)).toEqual(expected);
});

test("names in braces name the document", () => {
  const [section] =
    outline("{}\n---\n")[0] === undefined
      ? []
      : outline("apiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: shop}");
  expect(section).toMatchObject({ kind: "Pod", name: "web", namespace: "shop" });
});
