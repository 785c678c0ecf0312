// Every lesson, replayed: what it asks can be done, what tempts is refused.
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { History } from "../history/index.ts";
import { createRun } from "../scenario/index.ts";
import { createShell } from "../shell/index.ts";
import { LESSON_FILES, LESSONS, loadLesson } from "./catalogue.ts";
import { HEADLESS } from "./headless.ts";
import { pointedOf } from "./link.ts";
import { lostSince, seenOf } from "./lost.ts";
import { type Block, type Inline, parseInline } from "./markdown.ts";
import { atOnce, begin, play, startOf } from "./play.ts";
import { replayLesson } from "./replay.ts";
import { LESSON_SCHEMA } from "./schema.ts";
import { unfilledIn } from "./unfilled.ts";

/** Broken Services where no single request fails. */
const WITHOUT_SYMPTOM = new Set([
  "pending-for-hours",
  "every-second-answer",
  "a-number-for-two",
  "every-release",
  "one-of-four",
]);

const IDS = LESSONS.map(({ id }) => id);

describe("[LESSON-2] a lesson keeps what it promises", () => {
  test.each(IDS)(
    "%s",
    async (id) => {
      const { complaints } = await replayLesson(await loadLesson(id), HEADLESS);
      expect(complaints).toEqual([]);
    },
    120_000,
  );
});

test.each(LESSONS)("[LESSON-2] $id asks before it shows, and refuses a wrong way", async ({ id, course }) => {
  const { steps, symptom, grade } = await loadLesson(id);
  expect(grade !== undefined).toBe(course === "broken");
  const tasks = steps.filter(({ checks }) => checks !== undefined);
  expect(tasks.filter(({ tempting }) => tempting === undefined)).toEqual([]);
  if (course === "course") expect(steps.some(({ predict }) => predict !== undefined)).toBe(true);
  else expect([symptom !== undefined, steps.length]).toEqual([!WITHOUT_SYMPTOM.has(id), 1]);
});

test.each(LESSONS)("[LESSON-9] the head of $id is that of its file, and its texts are there", async (head) => {
  expect(unfilledIn(await loadLesson(head.id), head)).toEqual([]);
});

test("[LESSON-9] what is not filled in is named", async () => {
  const head = LESSONS.find(({ id }) => id === "refused-at-once");
  if (head === undefined) throw new Error("there is no such lesson");
  const lesson = await loadLesson(head.id);
  const steps = lesson.steps.map((step) => ({ ...step, body: [] }));
  expect(unfilledIn({ ...lesson, intro: [], steps }, { ...head, title: "" })).toEqual([
    "there is no introduction between the front matter and the first heading",
    "step 1, The report: has no text below its heading",
    'catalogue.ts has the title "", the file "Refused at once"',
  ]);
});

test("[LESSON-9] every file is in the list, once", () => {
  const folder = (name: string) =>
    readdirSync(fileURLToPath(new URL(name, import.meta.url)))
      .filter((file) => file.endsWith(".md"))
      .map((file) => `./${name}/${file}`);
  expect([...LESSON_FILES].sort()).toEqual([...folder("course"), ...folder("broken")].sort());
  expect(IDS).toHaveLength(LESSON_FILES.length);
  expect(new Set(IDS).size).toBe(IDS.length);
});

test.each(LESSONS.filter(({ course }) => course === "course"))(
  "[LESSON-11] $id has notes for teachers, plain to read",
  async ({ id }) => {
    const { teacher } = await loadLesson(id);
    if (teacher === undefined) throw new Error("there are none");
    const { aims, misconceptions, questions } = teacher;
    expect([aims.length, misconceptions.length, questions.length].every((count) => count >= 2)).toBe(true);
    const texts = [...aims, ...[...misconceptions, ...questions].flatMap((each) => Object.values(each))];
    const odd = (each: string) =>
      /[.?]$/.test(each) && parseInline(each).every(({ kind }) => kind === "text" || kind === "code") ? [] : [each];
    expect(texts.flatMap(odd)).toEqual([]);
  },
);

test("[LESSON-1] the published schema is the one that lessons are held to", async () => {
  await expect(`${JSON.stringify(LESSON_SCHEMA, null, 2)}\n`).toMatchFileSnapshot("../../public/lesson.schema.json");
});

describe("[LESSON-6] what a lesson points at", () => {
  test.each(IDS)("%s", async (id) => {
    const { intro, steps } = await loadLesson(id);
    const texts = [intro, ...steps.map(({ body }) => body), ...steps.map(({ taskText = [] }) => [paragraph(taskText)])];
    const all = texts.flat().flatMap(inlinesOf).flatMap(flat);
    const unknown = all.flatMap((part) => (part.kind === "link" && part.to.kind === "lesson" ? [part.to.id] : []));
    expect(unknown.filter((each) => !IDS.includes(each))).toEqual([]);
    expect(all.filter((part) => part.kind === "text" && /\]\(|<[a-z]|`|\*/.test(part.text))).toEqual([]);
    const points = steps.flatMap(({ point = [] }) => point);
    expect(points.filter((each) => pointedOf(each) === undefined)).toEqual([]);
  });
});

const paragraph = (children: readonly Inline[]): Block => ({ kind: "paragraph", children });

function inlinesOf(block: Block): readonly Inline[] {
  if (block.kind === "code") return [];
  return block.kind === "list" ? block.items.flat() : block.children;
}

function flat(part: Inline): readonly Inline[] {
  return "children" in part ? [part, ...part.children.flatMap(flat)] : [part];
}

test("[LESSON-5] an update that loses requests names the moment before it", async () => {
  const lesson = await loadLesson("rolling-update");
  const run = await begin(lesson, HEADLESS);
  const [first, second] = lesson.steps;
  if (first?.solution === undefined || second === undefined) throw new Error("the lesson has other steps");
  atOnce(play(run, first.solution));
  const [since, actions] = [run.cluster.clock.now, run.log.length];
  atOnce(play(run, ["kubectl get deployments", "kubectl set image deployment/web web=nginx:1.29", { wait: 40_000 }]));
  const history = new History(run, { open: (scenario) => createRun(scenario, run.attached) });
  const lost = lostSince(second, seenOf(run, since, actions), history);
  expect(lost?.action?.action).toMatchObject({ line: "kubectl set image deployment/web web=nginx:1.29" });
  expect(lost?.backTo).toEqual({ time: lost?.action?.at, actions: actions + 1 });
  expect(lost?.sentence).toMatch(
    /requests from the laptop to port 30080 of a node failed since the step began\. Go back to /,
  );
});

test("[LESSON-8] the end of one lesson begins the next", async () => {
  const lesson = await loadLesson("a-service-in-front");
  const { scenario, at } = await startOf(lesson, HEADLESS);
  expect(scenario.log.length).toBeGreaterThan(2);
  const again = createRun(scenario, { createShell });
  again.advance(at);
  expect(again.digest).toBe((await begin(lesson, HEADLESS)).digest);
});
