import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import * as wellKnown from "./well-known.ts";

const SRC = fileURLToPath(new URL("../../", import.meta.url));
/** Tests and recordings write the names out: they would not notice a wrong constant otherwise. */
const OUTSIDE_PRODUCT = /\.test\.tsx?$|\.gen\.ts$|^(?:bench|conformance|e2e|fuzz)\/|^cluster\/testing\.ts$/;
const HOME = "cluster/api/well-known.ts";

const product = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  .map((path) => path.replaceAll("\\", "/"))
  .filter((path) => /\.tsx?$/.test(path) && !OUTSIDE_PRODUCT.test(path));

/** Finds each of the names where it is not a part of a longer one. */
const names = Object.values(wellKnown).map((name) => name.replaceAll(".", "\\."));
const ANY = new RegExp(`(?<![\\w./-])(?:${names.join("|")})(?![\\w./-])`, "g");

/** The names that a text writes out, comments left out. */
function writtenIn(text: string): string[] {
  const code = text.replace(/^\s*(?:\*|\/\/|\/\*).*$/gm, "").replace(/\s\/\/ .*$/gm, "");
  return code.match(ANY) ?? [];
}

test("a well-known name is written in this file only, and once", () => {
  const found = product.flatMap((path) =>
    writtenIn(readFileSync(join(SRC, path), "utf8")).map((name) => ({ path, name })),
  );
  expect(found.filter(({ path }) => path !== HOME)).toEqual([]);
  expect(found.map(({ name }) => name).sort()).toEqual(Object.values(wellKnown).sort());
});
