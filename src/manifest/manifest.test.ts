// Reading and writing YAML as kubectl does.
import { describe, expect, test } from "vitest";
import { LONGEST_MANIFEST, parseManifest, readInSteps, toYaml } from "./index.ts";

const value = (text: string) => parseManifest(text)[0]?.value;
const message = (text: string) => parseManifest(text)[0]?.error?.message;

describe("parseManifest", () => {
  test.each([
    ["a: yes", { a: true }],
    ["a: off", { a: false }],
    ["a: 010", { a: 8 }],
    ["a: 0x1f", { a: 31 }],
    ["a: 1_000", { a: 1000 }],
    ["a: '80'", { a: "80" }],
    ["a: !!str 80", { a: "80" }],
    ["a: 2026-01-01", { a: "2026-01-01" }],
    ["a: 12:30", { a: "12:30" }],
    ["a: ~", { a: null }],
    ["80: a\ntrue: b", { "80": "a", true: "b" }],
    ["a: &x {b: 1}\nc: *x\nd: {<<: *x, e: 2}", { a: { b: 1 }, c: { b: 1 }, d: { b: 1, e: 2 } }],
  ])("[MANIFEST-1] plain scalars mean what YAML 1.1 says: %s", (text, expected) => {
    expect(value(text)).toEqual(expected);
  });

  test("[MANIFEST-2] documents end at lines of three dashes, empty ones are left out", () => {
    expect(parseManifest("---\na: 1\n---\n# nothing\n---\nb: 2\n").map((each) => each.value)).toEqual([
      { a: 1 },
      { b: 2 },
    ]);
  });

  test("[MANIFEST-3] of a key that appears twice the last one counts, and the path is reported", () => {
    const [document] = parseManifest("spec:\n  ports:\n  - port: 80\n    port: 81\n");
    expect(document?.value).toEqual({ spec: { ports: [{ port: 81 }] } });
    expect(document?.duplicateFields).toEqual(["spec.ports[0].port"]);
  });

  test.each([
    [`a:\n  b: ${"[".repeat(20_000)}`, "yaml: line 2: exceeded max depth of 250"],
    [`x: ${"{a: ".repeat(20_000)}`, "yaml: exceeded max depth of 250"],
    ["{a: ".repeat(20_000), "json: offset 2: invalid character 'a' looking for beginning of object key string"],
    ['{"a": '.repeat(20_000), "yaml: exceeded max depth of 250"],
    ["- ".repeat(20_000), "yaml: exceeded max depth of 250"],
    [`x: 1\n${"? ".repeat(20_000)}`, "yaml: line 2: exceeded max depth of 250"],
    [
      Array.from({ length: 300 }, (_, i) => `${" ".repeat(i)}a:`).join("\n"),
      "yaml: line 251: exceeded max depth of 250",
    ],
    [`${"[".repeat(249)}${"]".repeat(249)}`, undefined],
  ])("[MANIFEST-6] nesting without end is refused before it is parsed: %#", (text, expected) => {
    expect(message(`${text}\n`)).toBe(expected);
  });

  test("[MANIFEST-6] brackets within texts nest nothing", () => {
    const lines = Array.from({ length: 500 }, () => "    if [ -f a ] && { echo '[[['; fi\n").join("");
    expect(message(`data:\n  a: |\n${lines}  b: "${"[".repeat(900)}"\n  c: x${"[".repeat(900)}\n`)).toBe(undefined);
    expect(message(`- |-\n${lines}- >\n${lines}- [1]\n`)).toBe(undefined);
  });

  test("[MANIFEST-6] control characters are refused where they are", () => {
    const [document] = parseManifest("a: 1\nb: x\u0000y\n");
    expect(document?.error).toMatchObject({ message: "yaml: control characters are not allowed", line: 2, column: 5 });
    expect(message("a: x\ty\n")).toBe(undefined);
  });

  test("[MANIFEST-4] a field's place is its value's place in the whole text", () => {
    const text = "a: 1\n---\nspec:\n  ports:\n  - nodePort: 30080\n";
    const range = parseManifest(text)[1]?.rangeOf("spec.ports[0].nodePort");
    expect(text.slice(range?.from, range?.to)).toBe("30080");
  });

  test("[MANIFEST-4] a document that stood elsewhere before, or in another text, is reported at its place in this one", () => {
    const service = "spec:\n  ports:\n  - nodePort: 30080\n";
    const broken = "a: 1\nname: shop: x\n";
    for (const before of ["", "a: 1\n---\n", "# a line\n\n---\na: 1\n---\n", ""]) {
      const text = `${before}${service}---\n${broken}`;
      const documents = parseManifest(text);
      const place = documents.at(-2);
      const range = place?.rangeOf("spec.ports[0].nodePort");
      expect(text.slice(range?.from, range?.to)).toBe("30080");
      expect(text.slice(place?.range.from, place?.range.to)).toBe(service);
      expect(documents.at(-1)?.error).toMatchObject({
        message: "yaml: line 2: mapping values are not allowed in this context",
        line: text.split("\n").length - 1,
      });
    }
  });

  test("[MANIFEST-4] nobody can change the values that others read too", () => {
    const read = () => parseManifest("spec:\n  ports:\n  - port: 80\n")[0]?.value as { spec: { ports: object[] } };
    expect(() => read().spec.ports.push({})).toThrow(TypeError);
    expect(read()).toEqual({ spec: { ports: [{ port: 80 }] } });
  });

  // The first three are recorded (conformance: yaml-with-…); the others follow goyaml.v2's scanner and parser.
  test.each([
    ["a: 1\nkind: S\nmetadata\n  name: shop\n", "yaml: line 4: could not find expected ':'"],
    ["a: 1\nkind: S\nmetadata:\n\tname: shop\n", "yaml: line 4: found character that cannot start any token"],
    ["a: 1\nk: S\nm:\n  name: shop\n labels:\n    a: b\n", "yaml: line 4: did not find expected key"],
    ["a: 1\nname: shop: x\n", "yaml: line 2: mapping values are not allowed in this context"],
    [
      "a: 1\nspec:\n  ports:\n  - port: 80\n     name: x\n",
      "yaml: line 5: mapping values are not allowed in this context",
    ],
    ['a: 1\nname: "shop\nspec: 1\n', "yaml: line 4: found unexpected end of stream"],
    ["a: 1\nports: [80\ntype: x\n", "yaml: line 2: did not find expected ',' or ']'"],
    ["a: 1\nports:\n  - port: 80\n  targetPort: 80\n", "yaml: line 3: did not find expected '-' indicator"],
    ["a: 1\nb: @x\n", "yaml: line 2: found character that cannot start any token"],
    ["a: *x\n", "yaml: unknown anchor 'x' referenced"],
  ])("[MANIFEST-5] mistakes are reported in go-yaml's words: %j", (text, expected) => {
    expect(message(text)).toBe(expected);
  });

  test("[MANIFEST-6] hostile texts are refused, not followed", () => {
    expect(message("a".repeat(LONGEST_MANIFEST + 1))).toMatch(/too large/);
    const bomb = [
      "a0: &a0 [x]",
      ...Array.from({ length: 30 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]`),
    ].join("\n");
    expect(message(bomb)).toBe("yaml: document contains excessive aliasing");
    expect(message("[".repeat(20_000))).toMatch(/^yaml: /);
  });
});

describe("toYaml", () => {
  test("[MANIFEST-7] prints as kubectl -o yaml: sorted keys, quotes only where needed", () => {
    const object = {
      b: "80",
      a: "true",
      c: "",
      d: {},
      e: [],
      f: [{ y: "x: y", x: [1] }],
      g: "l1\nl2\n",
      a10: 1,
      a9: null,
    };
    expect(toYaml(object)).toBe(
      'a: "true"\na9: null\na10: 1\nb: "80"\nc: ""\nd: {}\ne: []\nf:\n- x:\n  - 1\n  "y": \'x: y\'\ng: |\n  l1\n  l2\n',
    );
  });

  test("[MANIFEST-8] what is printed reads back as it was", () => {
    const texts = [
      "",
      " x",
      "- a",
      "a: b",
      "#",
      "a #b",
      "null",
      "1e3",
      "0o7",
      "~",
      "'",
      '"',
      "a\nb",
      "a\n",
      "\n",
      "%",
      "yes",
      "é",
      "\t",
      "x".repeat(200),
      "word ".repeat(60),
    ];
    for (const text of texts) expect(value(toYaml({ text }))).toEqual({ text });
  });
});

describe("[MANIFEST-10] a long text is read in steps", () => {
  const document = (name: string) =>
    `name: ${name}\nproperties:\n${Array.from({ length: 2_000 }, (_, at) => `  field${at}:\n    description: |-\n      several words\n    type: string\n`).join("")}`;

  test("each step tells how far it is, and afterwards nothing is left to read", () => {
    const text = [document("one"), document("two"), "a: [\n", document("three")].join("---\n");
    const shares = [...readInSteps(text)];
    expect(shares.length).toBeGreaterThan(10);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
    expect([...readInSteps(text)]).toEqual([]);
    const [one, , broken, three] = parseManifest(text);
    expect(one?.value).toMatchObject({ name: "one", properties: { field1999: { type: "string" } } });
    expect(broken?.error?.line).toBe(text.slice(0, text.indexOf("a: [")).split("\n").length + 1);
    expect(text.slice(three?.rangeOf("properties.field1999.type")?.from)).toMatch(/^string/);
  });

  test("one that is too long is not begun", () => {
    expect([...readInSteps("a".repeat(LONGEST_MANIFEST + 1))]).toEqual([]);
  });
});
