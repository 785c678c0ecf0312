// The rules of all rooms: each number belongs to one rule, every rule is named by a test, code and
// tests name only rules that exist, and a citation names a file, a section or a row of this repository.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const ROOT = dirname(fileURLToPath(import.meta.url));
const FILES = readdirSync(ROOT, { recursive: true, encoding: "utf8" });

/** `NAT-6` in brackets, as rules are numbered. */
const NUMBER = /\[([A-Z]{2,}\d*-\d+)\]/g;

const numbersIn = (text: string) => Array.from(text.matchAll(NUMBER), ([, number = ""]) => number);
const textOf = (file: string) => readFileSync(join(ROOT, file), "utf8");

const SPECS = FILES.filter((file) => file.endsWith("SPEC.md"));
const RULES = new Set(SPECS.flatMap((file) => numbersIn(textOf(file))));

test.each(SPECS)("%s gives each number to one rule", (file) => {
  const numbers = numbersIn(textOf(file));
  expect(numbers.filter((number, at) => numbers.indexOf(number) !== at)).toEqual([]);
});

test("code and tests name rules that there are", () => {
  const unknown = FILES.filter((file) => /\.tsx?$/.test(file) && !file.endsWith(".gen.ts")).flatMap((file) =>
    numbersIn(textOf(file))
      .filter((number) => !RULES.has(number))
      .map((number) => `${file}: ${number}`),
  );
  expect(unknown).toEqual([]);
});

/** Where tests are written: unit tests, journeys, and the targets of the fuzzer. */
const TESTS = FILES.filter((file) => /\.(test|spec)\.tsx?$|^(e2e|fuzz\/targets)\/.*\.ts$/.test(file));

test("every rule is named by a test", () => {
  const named = new Set(TESTS.flatMap((file) => textOf(file).match(/[A-Z]{2,}\d*-\d+\b/g) ?? []));
  expect([...RULES].filter((number) => !named.has(number))).toEqual([]);
});

const DOCS = readdirSync(join(ROOT, "..", "docs"), { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".md") && !file.includes("node_modules"))
  .map((file) => `../docs/${file.replaceAll("\\", "/")}`);

/** Every text a reader sees: documents, rules, and code with its comments. */
const READ = [
  "../README.md",
  "../CHANGELOG.md",
  ...DOCS,
  ...FILES.filter((file) => /\.(md|tsx?|mjs)$/.test(file) && !file.endsWith(".gen.ts")),
];

/** Each `pattern` of a file that `holds` refuses, with the file. */
const broken = (pattern: RegExp, holds: (found: string[], file: string) => boolean) =>
  READ.flatMap((file) =>
    Array.from(textOf(file).matchAll(pattern))
      .filter((found) => !holds(found.map(String), file))
      .map(([text]) => `${file}: ${text}`),
  );

test("files that are cited exist", () => {
  const bases = (file: string) => [join(ROOT, ".."), ROOT, dirname(join(ROOT, file)), join(ROOT, "cluster")];
  expect(
    broken(/(?<![\w/.:-])(?:docs|[a-z][\w/-]*)\/[\w-]+\.md\b/g, ([path = ""], file) =>
      bases(file).some((base) => existsSync(join(base, path))),
    ),
  ).toEqual([]);
  expect(
    broken(/(?<![\w/.:-])(?:src\/conformance\/)?([\w-]+\/[\w-]+\.transcript)\b/g, ([, path = ""]) =>
      existsSync(join(ROOT, "conformance", path)),
    ),
  ).toEqual([]);
});

test("sections of docs/semantics.md and rows of docs/pains.md that are cited exist", () => {
  const sections = new Set(Array.from(textOf("../docs/semantics.md").matchAll(/^#+ (\d+(?:\.\d+)?)/gm), ([, n]) => n));
  const rows = new Set(Array.from(textOf("../docs/pains.md").matchAll(/^\| (\d+)/gm), ([, n]) => n));
  const cited = (name: string, known: Set<string | undefined>) =>
    broken(new RegExp(`docs/${name}\\.md ((?:\\d+(?:\\.\\d+)?(?:, | and |-)?)+)`, "g"), ([, list = ""]) =>
      list
        .split(/, | and |-/)
        .filter(Boolean)
        .every((each) => known.has(each)),
    );
  expect([...cited("semantics", sections), ...cited("pains", rows)]).toEqual([]);
});

test("each file under Where to find in docs/architecture.md exists and names its terms", () => {
  const [, part = ""] = /^## Where to find\n([\s\S]*?)^## /m.exec(textOf("../docs/architecture.md")) ?? [];
  const rows = Array.from(part.matchAll(/^\| (.*`.*) \| `(.*)` \|$/gm), ([, terms = "", file = ""]) => ({
    terms,
    file,
  }));
  expect(rows.length).toBe(part.match(/^\| (?!Term |---)/gm)?.length);
  expect(rows.length).toBeGreaterThan(10);
  expect(
    rows.flatMap(({ terms, file }) => {
      const text = existsSync(join(ROOT, file)) ? textOf(file) : "";
      const missing = Array.from(terms.matchAll(/`(.+?)`/g), ([, term = ""]) => term).filter(
        (term) => !text.includes(term),
      );
      return missing.map((term) => `${file}: ${term}`);
    }),
  ).toEqual([]);
});
