// `npm run check:explanations -- [N] [--seed WORD] [--only MISTAKE] [--two] [--show N]`: N broken worlds, and what is said about each.

import { chanceOf, KINDS } from "../lessons/mistakes/index.ts";
import { checkBroken, checkHealthy, type Verdict } from "./check.ts";

const words = process.argv.slice(2);
const optionOf = (flag: string) => {
  const at = words.indexOf(flag);
  return at < 0 ? undefined : words[at + 1];
};
const count = Number(words.find((word, at) => /^\d+$/.test(word) && !words[at - 1]?.startsWith("--")) ?? 200);
const seed = optionOf("--seed") ?? "podpath";
const only = optionOf("--only");
const show = Number(optionOf("--show") ?? 10);
const two = words.includes("--two");

/** The mistakes of a world: every kind in turn, so that each is met equally often. */
function namesFor(at: number): readonly string[] {
  if (only !== undefined) return [only];
  const first = KINDS[at % KINDS.length]?.name ?? "";
  if (!two) return [first];
  const others = KINDS.filter(({ name }) => name !== first);
  return [first, chanceOf(`second ${seed} ${at}`).of(others).name];
}

/** The verdict on one broken world; a world that has nothing to break so gives way to the next one. */
function verdictFor(at: number): Verdict | undefined {
  const names = namesFor(at);
  for (let round = 0; round < 30; round++) {
    const world = `${seed}-${at}-${round}`;
    try {
      const verdict = checkBroken(world, names);
      if (verdict !== undefined) return verdict;
    } catch (error) {
      return {
        seed: world,
        mistakes: names,
        complaints: [`ended in ${error instanceof Error ? error.stack : String(error)}`],
      };
    }
  }
  return undefined;
}

let wrong = 0;
let shown = 0;
let never = 0;
const begun = performance.now();
const bad = new Map<string, number>();
for (let at = 0; at < count; at++) {
  const verdicts = [verdictFor(at), at % 20 === 0 ? checkHealthy(`${seed}-${at}`) : undefined];
  if (verdicts[0] === undefined) never++;
  for (const verdict of verdicts) {
    if (verdict === undefined || verdict.complaints.length === 0) continue;
    wrong++;
    const name = verdict.mistakes.join(" + ") || "nothing";
    bad.set(name, (bad.get(name) ?? 0) + 1);
    if (shown++ < show) console.log(`--- ${name} in world ${verdict.seed}\n${verdict.complaints.join("\n")}`);
  }
}
if (bad.size > 0) console.log([...bad].map(([name, times]) => `${times} ${name}`).join(", "));
const seconds = Math.round((performance.now() - begun) / 1000);
console.log(
  `${count - never} broken worlds of ${KINDS.length} kinds in ${seconds} s, ${wrong} with something wrong in what is said`,
);
process.exitCode = wrong === 0 ? 0 : 1;
