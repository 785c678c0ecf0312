// Translations of lessons: every sentence, none besides, and nothing of the lesson itself.
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { toYaml } from "../manifest/index.ts";
import { EN } from "../words/en/lesson-heads.ts";
import { loadLanguage } from "../words/index.ts";
import { LESSON_FILES, LESSONS, loadLesson } from "./catalogue.ts";
import { GERMAN_FILES } from "./german.ts";
import type { Lesson } from "./lesson.ts";
import { type Block, type Inline, parseInline } from "./markdown.ts";
import { LessonError, readLesson } from "./read.ts";
import { sentencesOf, translate } from "./translate.ts";

const IDS = LESSONS.map(({ id }) => id);

/** Each sentence of the front matter with its place. */
function sentencesIn(value: unknown, path = ""): readonly (readonly [path: string, text: string])[] {
  if (typeof value === "string") return [[path, value]];
  return Object.entries(value ?? {}).flatMap(([key, each]) => sentencesIn(each, `${path}.${key}`));
}

/** What a translation takes over as it is: code, links and where they lead, and numbers. */
function marksOf(parts: readonly Inline[]): readonly string[] {
  const marks = parts.flatMap((part): readonly string[] => {
    if (part.kind === "code") return [`\`${part.text}\``];
    if (part.kind === "text") return part.text.match(/\d+(?:\.\d+)*/g) ?? [];
    return [...(part.kind === "link" ? [JSON.stringify(part.to)] : [part.kind]), ...marksOf(part.children)];
  });
  return marks.toSorted();
}

function marksOfBlock(block: Block): readonly unknown[] {
  if (block.kind === "code") return [block];
  return [block.kind, ...(block.kind === "list" ? block.items.map(marksOf) : marksOf(block.children))];
}

/** All that a translation must have in common with its lesson, by place. */
function marksIn(lesson: Lesson): readonly (readonly [path: string, marks: readonly unknown[]])[] {
  return [
    ...sentencesIn(sentencesOf(lesson)).map(([path, text]) => [path, marksOf(parseInline(text))] as const),
    ["intro", lesson.intro.map(marksOfBlock)],
    ...lesson.steps.map(({ body }, at) => [`body ${at + 1}`, body.map(marksOfBlock)] as const),
  ];
}

/** The texts of all blocks, code left out. */
function proseOf(parts: readonly Inline[]): string {
  return parts
    .map((part) => ("children" in part ? proseOf(part.children) : part.kind === "text" ? part.text : ""))
    .join("");
}

function proseIn(lesson: Lesson): readonly string[] {
  const blocks = [lesson.intro, ...lesson.steps.map(({ body }) => body)].flat().flatMap((block) => {
    if (block.kind === "code") return [];
    return block.kind === "list" ? block.items : [block.children];
  });
  const titles = lesson.steps.map(({ title }) => title);
  const inlines = [...sentencesIn(sentencesOf(lesson)).map(([, text]) => text), ...titles].map((each) =>
    parseInline(each),
  );
  return [...inlines, ...blocks].map(proseOf);
}

describe("[LESSON-12] a translation has the sentences of its lesson, with the same code, links and numbers", () => {
  test.each(IDS)("%s in German", async (id) => {
    const [english, german] = [await loadLesson(id), await loadLesson(id, "de")];
    expect(marksIn(german)).toEqual(marksIn(english));
    expect(german.steps.filter(({ title }) => title === "")).toEqual([]);
  });

  test.each(IDS)("%s in German is translated, and plain to read", async (id) => {
    const english = new Set(proseIn(await loadLesson(id)));
    const german = proseIn(await loadLesson(id, "de"));
    expect(german.filter((text) => /\S\s\S/.test(text.trim()) && english.has(text))).toEqual([]);
    expect(german.filter((text) => /["'`*<>]|\]\(|\b(?:du|dich|dir|dein(?:e[rsmn]?)?)\b/i.test(text))).toEqual([]);
  });
});

test.each(IDS)("[LESSON-12] all but the sentences of %s is the same in German", async (id) => {
  const file = LESSON_FILES.find((each) => each.endsWith(`-${id}.md`)) ?? "";
  const source = readFileSync(fileURLToPath(new URL(file, import.meta.url)), "utf8");
  const english = readLesson(id, source);
  const body = source.slice(source.indexOf("\n---\n") + 5);
  const back = `---\n${toYaml(sentencesOf(english))}---\n${body}`;
  expect(translate(await loadLesson(id, "de"), back)).toEqual(english);
});

test("[LESSON-12] the list of lessons in German says what its files say", async () => {
  const { heads } = (await loadLanguage("de")).part("lesson-heads", EN);
  const lessons = await Promise.all(IDS.map((id) => loadLesson(id, "de")));
  expect(Object.entries(heads)).toEqual(lessons.map(({ id, title, question }) => [id, [title, question]]));
});

test("[LESSON-12] every German file belongs to a lesson", () => {
  const files = ["course", "broken"].flatMap((folder) =>
    readdirSync(fileURLToPath(new URL(`de/${folder}`, import.meta.url))).map((file) => `./de/${folder}/${file}`),
  );
  const english = LESSON_FILES.map((file) => file.replace("./", "./de/"));
  expect([...GERMAN_FILES].sort()).toEqual(files.sort());
  expect(files.filter((file) => !english.includes(file))).toEqual([]);
  expect(files).toHaveLength(IDS.length);
});

const LESSON = readLesson(
  "small",
  `---
title: A title
question: A question?
minutes: 4
kubernetes: v1.36
start: { example: a-service }
steps:
  - predict:
      question: What happens?
      choices: [{ text: This, when: { exists: Service/a } }, { text: That, when: { gone: Service/a } }]
      decidedBy: { exists: Service/b }
      because: It is so.
    task: Do it.
    checks:
      - allOf: [{ exists: Service/a, say: There is no a. }, { not: { exists: Service/b, say: Never said. }, say: There is a b. }]
        say: Something is missing.
    lost:
      - { gone: Service/a, say: It is gone. }
    hints:
      - { when: { not: { exists: Service/a }, say: Not said. }, look: Here., wrong: That., do: This. }
    solution: [kubectl get pods]
---
Begin.

## A step

Its text.
`,
);

const GERMAN = `---
title: Ein Titel
question: Eine Frage?
steps:
  - predict:
      question: Was passiert?
      choices: [Dies, Das]
      because: So ist es.
    task: Es tun.
    says: [Etwas fehlt., Es gibt kein a., Es gibt ein b., Es ist weg.]
    hints:
      - { look: Hier., wrong: Das., do: Dies. }
---
Anfang.

## Ein Schritt

Sein Text.
`;

test("[LESSON-12] a translated lesson says what its translation says, and checks what the lesson checks", () => {
  const { title, steps } = translate(LESSON, GERMAN);
  expect(title).toBe("Ein Titel");
  const [step] = steps;
  expect(step?.title).toBe("Ein Schritt");
  expect(step?.taskText).toEqual([{ kind: "text", text: "Es tun." }]);
  expect(step?.checks).toEqual([
    {
      allOf: [
        { exists: "Service/a", say: "Es gibt kein a." },
        { not: { exists: "Service/b", say: "Never said." }, say: "Es gibt ein b." },
      ],
      say: "Etwas fehlt.",
    },
  ]);
  expect(step?.lost).toEqual([{ gone: "Service/a", say: "Es ist weg." }]);
  expect(step?.predict?.choices).toEqual([
    { text: "Dies", when: { exists: "Service/a" } },
    { text: "Das", when: { gone: "Service/a" } },
  ]);
  expect(step?.hints).toEqual([
    { when: { not: { exists: "Service/a" }, say: "Not said." }, look: "Hier.", wrong: "Das.", do: "Dies." },
  ]);
  expect(step?.solution).toEqual(["kubectl get pods"]);
});

test.each([
  ["a sentence is missing", "    task: Es tun.\n", "", "line 5: steps[0]: must have the field task, as the lesson has"],
  [
    "a choice is missing",
    "[Dies, Das]",
    "[Dies]",
    "line 7: steps[0].predict.choices: must have 2 entries as the lesson has, not 1",
  ],
  [
    "the choices are missing",
    "      choices: [Dies, Das]\n",
    "",
    "line 6: steps[0].predict: must have the field choices, as the lesson has",
  ],
  [
    "a sentence of a check is left over",
    "ein b.,",
    "ein b., Mehr.,",
    "line 10: steps[0].says: must have 4 entries as the lesson has, not 5",
  ],
  [
    "notes are left over",
    "steps:",
    "teacher: { aims: [A.], misconceptions: [{ wrong: A., right: B. }], questions: [{ ask: A?, answer: B. }] }\nsteps:",
    "line 4: teacher: is left over: the lesson has nothing of this name here",
  ],
  [
    "something else is in it",
    "    task:",
    "    solution: [ls]\n    task:",
    "line 9: steps[0].solution: there is no field solution here; known: predict, task, says, hints",
  ],
  ["a sentence is empty", "Eine Frage?", '""', "line 3: question: must not be empty"],
  [
    "a heading is missing",
    "## Ein Schritt",
    "Ein Schritt",
    "line 14: has 1 steps and 0 headings (## …): each step needs one",
  ],
])("[LESSON-12] where %s, the file is refused with its line", (_, from, to, message) => {
  const wrong = () => translate(LESSON, GERMAN.replace(from, to));
  expect(wrong).toThrow(LessonError);
  expect(wrong).toThrow(`small (translation), ${message}`);
});

test("[LESSON-12] a lesson without a German file is refused by its name", async () => {
  await expect(loadLesson("no-such", "de")).rejects.toThrow('There is no lesson "no-such".');
});
