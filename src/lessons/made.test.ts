// Broken Services that are made: broken as stated, mended by their cure, and nothing else broken.
import { describe, expect, test } from "vitest";
import { loadMade } from "./catalogue.ts";
import { HEADLESS } from "./headless.ts";
import type { Lesson, SeenOutcome, Symptom } from "./lesson.ts";
import { LessonRun } from "./lesson-run.ts";
import { type MadeName, madeName } from "./made-names.ts";
import { plainText } from "./markdown.ts";
import { healthyWorld } from "./mistakes/index.ts";
import { atOnce, begin, play, waitFor, watchedOf } from "./play.ts";
import { replayLesson } from "./replay.ts";
import { parOf } from "./result.ts";
import { LESSON_SCHEMA } from "./schema.ts";
import { problemsOf } from "./validate.ts";

const TODAY = "2027-03-01";

function named(id: string): MadeName {
  const name = madeName(id, TODAY);
  if (typeof name === "string") throw new Error(name);
  return name;
}

/** What a sender sees of a request in a run. */
function seen(run: Awaited<ReturnType<typeof begin>>, send: Symptom["send"]) {
  atOnce(play(run, [{ send }]));
  const last = Array.from(run.cluster.trace.exchanges()).findLast(
    ({ purpose, parent }) => purpose === "request" && parent === undefined,
  );
  return last?.outcome.kind as SeenOutcome;
}

/** The requests of a healthy world by name, as lessons write them. */
function asksOf({ start }: Lesson): readonly Symptom["send"][] {
  return healthyWorld(start.seed ?? "").asks.flatMap(({ from, host, port }) => {
    if (typeof host !== "string" || from.kind !== "workload") return [];
    return [{ from: `pod/${from.namespace}/client`, to: `${host}:${port}` }];
  });
}

describe("[MADE-1] a broken Service that is made", () => {
  test.each(Array.from({ length: 6 }, (_, at) => at))(
    "30 seeds in six parts: %i",
    { timeout: 120_000 },
    async (part) => {
      for (let at = part * 5; at < part * 5 + 5; at++) {
        const lesson = await loadMade(named(`another-s${at}`), HEADLESS);
        const { symptom, steps } = lesson;
        const run = await begin(lesson, HEADLESS);
        const course = new LessonRun(lesson, watchedOf(run));
        if (symptom === undefined) throw new Error("it has no symptom");
        expect(seen(run, symptom.send), lesson.id).toBe(symptom.outcome);
        expect(course.checks(watchedOf(run)).met, lesson.id).toBe(false);
        expect(course.hints(watchedOf(run), "do"), lesson.id).not.toEqual([]);
        atOnce(play(run, steps[0]?.solution ?? []));
        expect(atOnce(waitFor(run, () => course.checks(watchedOf(run)).met)), lesson.id).toBe(true);
        for (const send of [symptom.send, ...asksOf(lesson)])
          expect(seen(run, send), `${lesson.id}: ${JSON.stringify(send)}`).toBe("answered");
        expect(parOf(lesson), lesson.id).toBeGreaterThan(0);
      }
    },
  );

  test("keeps what every lesson promises, is as the schema says, and is equal for equal names", async () => {
    for (const id of ["daily-2026-11-30", "daily-2026-12-01", "another-x"]) {
      const lesson = await loadMade(named(id), HEADLESS);
      expect((await replayLesson(lesson, HEADLESS)).complaints).toEqual([]);
      expect(await loadMade(named(id), HEADLESS)).toEqual(lesson);
      const { id: _, intro: __, steps, ...data } = lesson;
      const front = steps.map(({ title: _, body: __, taskText: ___, ...step }) => step);
      expect(problemsOf({ ...data, steps: front }, LESSON_SCHEMA)).toEqual([]);
    }
  });

  test("tells what its reporter sees, and not why", async () => {
    const { intro, title } = await loadMade(named("daily-2026-11-30"), HEADLESS);
    expect(title).toBe("The broken Service of 30 November 2026");
    const said = intro.map((block) => ("children" in block ? plainText(block.children) : "")).join(" ");
    expect(said).toMatch(/^".* Now http:\/\/\S+ from the .+\."$/);
    expect(said).not.toMatch(/selector|targetPort|probe|label/);
  });
});

describe("[MADE-1] names", () => {
  test("today's is that of the day, by UTC", () => {
    expect(madeName("daily", TODAY)).toEqual(madeName("daily-2027-03-01", TODAY));
    expect(madeName("daily-2026-11-30", TODAY)).toMatchObject({ id: "daily-2026-11-30", seed: "daily 2026-11-30" });
    expect(madeName("another-k3f9", TODAY)).toMatchObject({ id: "another-k3f9", seed: "another k3f9" });
  });

  test.each([
    ["daily-2027-03-02", "The broken Service of 2 March 2027 comes on that day; today is 1 March 2027, by UTC."],
    ["daily-2026-10-31", "The first daily broken Service is that of 1 November 2026."],
    ["daily-2026-02-30", "“daily-2026-02-30” names no day: write daily-2026-11-30, or daily for today's."],
    ["daily-tomorrow", "“daily-tomorrow” names no day: write daily-2026-11-30, or daily for today's."],
    [
      "another-ÄÖ",
      "“another-ÄÖ” is no name of a broken Service: it is another- and up to 20 small letters and digits.",
    ],
  ])("%s is refused in words", (id, sentence) => {
    expect(madeName(id, TODAY)).toBe(sentence);
  });
});
