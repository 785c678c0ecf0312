// The project's English: phrases that were edited out once and must not come back.
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** Each phrase with what to write instead. Between its words, line ends and comment marks count as blanks. */
const PHRASES: readonly (readonly [phrase: string, instead: string])[] = [
  ["unless told", "by default"],
  ["(is|are|was|were|be) told(?! to)", "is reported, is notified, is shown"],
  ["told (of|at|as that|apart)", "called for, reported at, distinguished"],
  ["tells of", "reports, describes"],
  ["(?<!const [^;\\n]*)of before(?! \\?\\?)", "previous, earlier"],
  ["anew", "again; recreated"],
  ["somebody", "someone"],
  ["for ever", "forever, indefinitely"],
  ["go(es)? on to (work|do|be)", "still works"],
  ["(comes?|came) to nothing", "fails, is lost"],
  ["acts? on nothing", "has no effect"],
  ["nobody can tell", "unobservable"],
  ["gives? (it|them) free", "releases"],
  ["the same came of", "the outcome was the same"],
  ["what came of", "the outcome of"],
  ["roads?", "route, path"],
  ["stands? (there|here|behind|below|above|beside|twice|once|in the (text|way|next))", "is, comes, appears"],
  ["(where|how) (it|they|everything) stands?", "where it is, its state"],
  ["time stands still", "time is paused"],
];

/** This file itself, recordings of real clusters, and what programs generate. */
const LEFT_OUT = /^src\/(english\.test\.ts|conformance\/(sessions|tables|cases|applications)\/)|\.gen\.ts$/;
const TEXT = /\.(ts|tsx|css|md|mjs)$/;

const BLANK = String.raw`(?:[ \t]+|[ \t]*\n[ \t]*(?:\*[ \t]+|\/\/[ \t]+)?)`;
const FORMS = PHRASES.map(([phrase, instead]) => {
  const form = new RegExp(String.raw`\b(?:${phrase.replaceAll(" ", BLANK)})\b`, "gi");
  return { form, instead };
});

function textFiles(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === "node_modules" ? [] : textFiles(path);
    return TEXT.test(path) && !LEFT_OUT.test(relative(".", path)) ? [path] : [];
  });
}

function phrasesIn(file: string): string[] {
  const text = readFileSync(join(ROOT, file), "utf8");
  return FORMS.flatMap(({ form, instead }) =>
    [...text.matchAll(form)].map(({ 0: found, index }) => {
      const line = text.slice(0, index).split("\n").length;
      return `${file}:${line}: "${found}": write ${instead}`;
    }),
  );
}

test("phrases that were edited out do not come back", () => {
  const files = ["README.md", ...["docs", "scripts", "src"].flatMap(textFiles)];
  expect(files.length).toBeGreaterThan(1000);
  expect(files.flatMap(phrasesIn)).toEqual([]);
});
