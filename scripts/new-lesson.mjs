// Begins a lesson: `npm run new-lesson -- broken NAME` (or `course NAME`) writes its file and its row of the catalogue.
// `npm run lessons -- NAME` names what is still to be filled in.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./sources.mjs";

const LESSONS = join(ROOT, "src", "lessons");
const CATALOGUE = join(LESSONS, "catalogue.ts");
const FOLDERS = ["course", "broken"];

const [folder = "", name = "", ...more] = process.argv.slice(2);
if (!FOLDERS.includes(folder) || more.length > 0) refuse("Usage: npm run new-lesson -- broken NAME, or course NAME");
if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(name))
  refuse(`"${name}" is no name of a lesson: small letters and digits, joined by dashes, as endpoints-but-refused.`);
const files = FOLDERS.flatMap((each) => readdirSync(join(LESSONS, each)));
const same = files.find((file) => file.replace(/^\d+-/, "") === `${name}.md`);
if (same !== undefined) refuse(`There is a lesson of this name: ${same}.`);

const last = Math.max(0, ...readdirSync(join(LESSONS, folder)).map((file) => Number.parseInt(file, 10) || 0));
const file = `${String(last + 1).padStart(2, "0")}-${name}`;
const isBroken = folder === "broken";
const catalogue = readFileSync(CATALOGUE, "utf8");
const list = isBroken ? "BROKEN" : "COURSE";
const from = catalogue.indexOf(`const ${list}: `);
const end = catalogue.indexOf("\n];", from);
if (from < 0 || end < 0) refuse(`${CATALOGUE} has no list ${list}.`);
const row = `\n  ["${file}", "", "", 4${isBroken ? ", 1" : ""}],`;
writeFileSync(join(LESSONS, folder, `${file}.md`), isBroken ? broken() : course(), { flag: "wx" });
writeFileSync(CATALOGUE, `${catalogue.slice(0, end)}${row}${catalogue.slice(end)}`);
console.log(`src/lessons/${folder}/${file}.md and its row of src/lessons/catalogue.ts are there, to be filled in.`);
console.log(`npm run lessons -- ${name} says what is missing.`);

function refuse(message) {
  console.error(message);
  process.exit(2);
}

function head() {
  return `---
# Each "" is to be filled in; comments go. The form: public/lesson.schema.json, the rules: src/lessons/SPEC.md.
title: ""
# The question that the lesson answers. Title, question, minutes and grade are in catalogue.ts, too.
question: ""
minutes: 4
`;
}

function broken() {
  return `${head()}# 1 easy: one look. 2 medium: a trail to follow. 3 hard: a rule to know.
grade: 1
# The version whose docs/semantics.md every statement is held to.
kubernetes: v1.36
start:
  # The broken cluster. What can't be written here is done before: \`before: ["sim fail firewall"]\`.
  text: ""
# The request of the reporter: it fails so at first, and is answered in the end. Where no single request fails, leave it out.
symptom:
  send: { from: laptop, to: "" }
  outcome: refused
steps:
  - task: Find out what is wrong, mend it, and get an answer.
    # What must hold in the end; also that nothing else broke.
    checks:
      - request: { from: laptop, to: "" }
      - unbroken: true
    # Only what diagnosis does not find: \`hints: [{ when: …, look: …, wrong: …, do: … }]\`.
    solution:
      - ""
    # Other ways that mend it.
    alsoRight:
      - - ""
    # The wrong way that tempts, and words of the hint that it gets.
    tempting:
      - do:
          - ""
        hint: ""
---

## The report
`;
}

function course() {
  return `${head()}# The version whose docs/semantics.md every statement is held to.
kubernetes: v1.36
start:
  # A manifest; or \`example: nodeport\`, or \`lesson: NAME\`, whose end is the beginning here.
  text: ""
# One for each heading below.
steps:
  - point: ["Service/web#spec.selector"]
    task: ""
    # What must hold in the end.
    checks:
      - request: { from: laptop, to: "" }
    solution:
      - ""
    # The wrong way that tempts, and words of the hint that it gets.
    tempting:
      - do:
          - ""
        hint: ""
---

## The first step
`;
}
