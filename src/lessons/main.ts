// `npm run lessons -- [--seed WORD] [NAME …]`: replays lessons and prints the outcome of each; `--daily N`: those of N days.
import { LESSONS, loadLesson, loadMade } from "./catalogue.ts";
import { HEADLESS } from "./headless.ts";
import type { Lesson } from "./lesson.ts";
import { dayOf, isMade, madeName } from "./made-names.ts";
import { replayLesson } from "./replay.ts";
import { unfilledIn } from "./unfilled.ts";

const words = process.argv.slice(2);
const seed = option("--seed");
const days = Number(option("--daily") ?? 0);
const DAY_MS = 86_400_000;
const LAST_DAY = "9999-12-31";
const wanted = days > 0 ? dailies() : words.length > 0 ? words : LESSONS.map(({ id }) => id);
const row = (cells: readonly (string | number)[]) => {
  const widths = [34, 6, 5, 12, 8, 17];
  return cells.map((cell, at) => String(cell).padEnd(widths[at] ?? 0)).join(" ");
};

/** Takes an option and its value out of the words. */
function option(name: string): string | undefined {
  const at = words.indexOf(name);
  return at < 0 ? undefined : words.splice(at, 2)[1];
}

function dailies(): readonly string[] {
  const first = Date.parse("2026-11-01T00:00:00Z");
  return Array.from({ length: days }, (_, at) => `daily-${dayOf(new Date(first + at * DAY_MS))}`);
}

async function lessonOf(id: string): Promise<Lesson> {
  if (!isMade(id)) return loadLesson(id);
  const name = madeName(id, LAST_DAY);
  if (typeof name === "string") throw new Error(name);
  return loadMade(name, HEADLESS);
}

/** What is wrong with the German file of a lesson of the list. */
async function germanProblems(id: string): Promise<readonly string[]> {
  try {
    await loadLesson(id, "de");
    return [];
  } catch (error) {
    return (error instanceof Error ? error.message : String(error)).split("\n");
  }
}

let wrong = 0;
console.log(row(["LESSON", "STEPS", "WAYS", "PREDICTIONS", "VIRTUAL", "DIGEST", "RESULT"]));
for (const id of wanted) {
  try {
    const lesson = await lessonOf(id);
    const head = LESSONS.find((each) => each.id === id);
    const { steps, ways, predictions, seconds, digest, ...replayed } = await replayLesson(lesson, HEADLESS, seed);
    const ofList = head === undefined ? [] : [...unfilledIn(lesson, head), ...(await germanProblems(id))];
    const complaints = [...replayed.complaints, ...ofList];
    const result = complaints.length === 0 ? "ok" : `${complaints.length} wrong`;
    console.log(row([id, steps, ways, predictions.join(","), `${seconds} s`, digest, result]));
    for (const complaint of complaints) console.log(`  ${complaint}`);
    wrong += complaints.length;
  } catch (error) {
    console.log(`${id}: ${error instanceof Error ? error.message : String(error)}`);
    wrong++;
  }
}
console.log(`${wanted.length} lessons, ${wrong} things wrong`);
process.exitCode = wrong === 0 ? 0 : 1;
