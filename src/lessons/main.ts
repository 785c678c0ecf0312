// `npm run lessons -- [--seed WORD] [NAME …]`: replays lessons and prints the outcome of each.
import { LESSONS, loadLesson } from "./catalogue.ts";
import { HEADLESS } from "./headless.ts";
import { replayLesson } from "./replay.ts";

const words = process.argv.slice(2);
const at = words.indexOf("--seed");
const seed = at < 0 ? undefined : words[at + 1];
const names = at < 0 ? words : words.toSpliced(at, 2);
const wanted = LESSONS.filter(({ id }) => names.length === 0 || names.includes(id));
const row = (cells: readonly (string | number)[]) => {
  const widths = [34, 6, 5, 12, 8, 17];
  return cells.map((cell, at) => String(cell).padEnd(widths[at] ?? 0)).join(" ");
};

let wrong = 0;
console.log(row(["LESSON", "STEPS", "WAYS", "PREDICTIONS", "VIRTUAL", "DIGEST", "RESULT"]));
for (const { id } of wanted) {
  try {
    const { steps, ways, predictions, seconds, digest, complaints } = await replayLesson(
      await loadLesson(id),
      HEADLESS,
      seed,
    );
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
