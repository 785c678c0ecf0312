// Replays the recorded sessions and reports which come out as recorded.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { replay } from "../shell/index.ts";
import { normalize } from "./normalize.mjs";
import { FOLDER } from "./playing.ts";

/** One recorded session as it came out here. */
export interface Result {
  /** `area/name`. */
  readonly name: string;
  readonly area: string;
  readonly equal: boolean;
  /** The first lines that differ, both sides; empty when equal. */
  readonly difference: string;
}

const PASSING = "passing.txt";

/** Every recorded session, `area/name`, sorted. */
export function names(): string[] {
  const areas = readdirSync(FOLDER).filter((name) => !name.includes("."));
  return areas
    .flatMap((area) => readdirSync(join(FOLDER, area)).map((file) => `${area}/${file}`))
    .filter((file) => file.endsWith(".transcript"))
    .map((file) => file.replace(/\.transcript$/, ""))
    .sort();
}

/** Replays one session. An error of the engine is a difference, not an end. */
export function measure(name: string): Result {
  const recorded = readFileSync(join(FOLDER, `${name}.transcript`), "utf8");
  let played: string;
  try {
    played = replay(recorded);
  } catch (error) {
    played = error instanceof Error ? (error.stack ?? error.message) : String(error); // reported in the difference
  }
  const difference = firstDifference(normalize(recorded), normalize(played));
  return { name, area: name.split("/")[0] ?? "", equal: difference === "", difference };
}

function firstDifference(recorded: string, played: string): string {
  if (recorded === played) return "";
  const [expected, actual] = [recorded.split("\n"), played.split("\n")];
  const at = expected.findIndex((line, i) => line !== actual[i]);
  const from = at < 0 ? expected.length : at;
  const command = expected.slice(0, from + 1).findLast((line) => line.startsWith("$ ")) ?? "";
  const show = (side: string, lines: string[]) => lines.slice(from, from + 4).map((line) => `  ${side}  ${line}`);
  return [`line ${from + 1}, behind ${command}`, ...show("recorded", expected), ...show("played  ", actual)].join("\n");
}

/** `area: equal of total`, one line per area and one for all. */
export function summary(results: readonly Result[]): string {
  const areas = [...new Set(results.map(({ area }) => area))];
  const line = (title: string, part: readonly Result[]) =>
    `${title}: ${part.filter(({ equal }) => equal).length} of ${part.length}`;
  return [
    ...areas.map((area) =>
      line(
        area,
        results.filter((each) => each.area === area),
      ),
    ),
    line("all", results),
  ].join("\n");
}

/** The sessions that must stay equal. */
export function readPassing(): string[] {
  return readFileSync(join(FOLDER, PASSING), "utf8")
    .split("\n")
    .filter((line) => line !== "");
}

/** Adds newly equal sessions to the list; none is ever taken out. */
export function growPassing(results: readonly Result[]): void {
  const equal = results.filter((each) => each.equal).map(({ name }) => name);
  const all = [...new Set([...readPassing(), ...equal])].sort();
  writeFileSync(join(FOLDER, PASSING), all.map((name) => `${name}\n`).join(""));
}
