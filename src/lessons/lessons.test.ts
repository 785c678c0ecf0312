// Every lesson, replayed: what it asks can be done, what tempts is refused.
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { createRun } from "../scenario/index.ts";
import { createShell } from "../shell/index.ts";
import { LESSON_FILES, LESSONS, loadLesson } from "./catalogue.ts";
import { HEADLESS } from "./headless.ts";
import { begin, startOf } from "./play.ts";
import { replayLesson } from "./replay.ts";
import { LESSON_SCHEMA } from "./schema.ts";

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

test.each(LESSONS)("[LESSON-9] the head of $id is that of its file", async ({ id, title, question, minutes }) => {
  expect(await loadLesson(id)).toMatchObject({ id, title, question, minutes });
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

test("[LESSON-1] the published schema is the one that lessons are held to", async () => {
  await expect(`${JSON.stringify(LESSON_SCHEMA, null, 2)}\n`).toMatchFileSnapshot("../../public/lesson.schema.json");
});

test("[LESSON-8] the end of one lesson begins the next", async () => {
  const lesson = await loadLesson("a-service-in-front");
  const { scenario, at } = await startOf(lesson, HEADLESS);
  expect(scenario.log.length).toBeGreaterThan(2);
  const again = createRun(scenario, { createShell });
  again.advance(at);
  expect(again.digest).toBe((await begin(lesson, HEADLESS)).digest);
});
