// What the language and its programs print, against bash 5.2 and the GNU tools (cases/cases.gen.json, made by scripts/generate-sh-cases.mjs).
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { runScript } from "./testing.ts";

interface Case {
  readonly file: string;
  readonly shell: "bash" | "dash";
  readonly script: string;
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number;
}

const CASES: readonly Case[] = JSON.parse(readFileSync(new URL("./cases/cases.gen.json", import.meta.url), "utf8"));

test.each(CASES.map((each) => [each.file, each.script, each] as const))("[SH-1] %s %s", (_file, script, wanted) => {
  const { stdout, stderr, status } = wanted;
  expect(runScript(script, { dialect: wanted.shell })).toMatchObject({ stdout, stderr, status });
});
