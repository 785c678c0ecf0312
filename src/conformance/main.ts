// `npm run conformance -- [--update] [--show N] [PART OF A NAME …]`: replays the recorded sessions and tells the differences.
import { growPassing, measure, names, readPassing, summary } from "./measure.ts";

const words = process.argv.slice(2);
const update = words.includes("--update");
const showAt = words.indexOf("--show");
const show = showAt < 0 ? 3 : Number(words[showAt + 1]);
const wanted = words.filter((word, at) => !word.startsWith("--") && at !== showAt + 1);
const chosen = names().filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)));
const results = chosen.map(measure);
const passing = new Set(readPassing());

for (const { name, difference } of results.filter(({ equal }) => !equal).slice(0, show)) {
  console.log(`--- ${name}${passing.has(name) ? " (was equal before)" : ""}, ${difference}`);
}
console.log(summary(results));
if (update) growPassing(results);
process.exitCode = results.some(({ name, equal }) => !equal && passing.has(name)) ? 1 : 0;
