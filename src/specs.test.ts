// The rules of all rooms: each number stands for one rule, and each number that code or a test names is a rule.
import { readdirSync, readFileSync } from "node:fs";
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
