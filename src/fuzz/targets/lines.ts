// Lines typed into the console: each ends, by itself or by Ctrl+C, with a status and words of its own.
import fc from "fast-check";
import { newScenario } from "../../scenario/index.ts";
import { LINES } from "../lines.ts";
import { DEPLOYMENT, SERVICE } from "../manifests.ts";
import { mutated } from "../mutate.ts";
import { begin, checkReplay, pass } from "../play.ts";
import { target } from "../target.ts";
import { checkAnswer, checkPrototypes } from "../walls.ts";

/** Virtual time a line is given before Ctrl+C is pressed. */
const PATIENCE_MS = 20_000;
/** Characters that one line may print in that time. */
const MOST_OUTPUT = 20_000_000;

const TEXT = `${SERVICE.replaceAll("name: x", "name: web").replaceAll("shop", "web")}---\n${DEPLOYMENT.replaceAll("name: x", "name: web").replaceAll("shop", "web")}`;

const plain = fc.constantFrom(...LINES);
const spoiled = mutated(LINES, 2).map(({ broken }) => broken);
const one = fc.oneof({ weight: 2, arbitrary: plain }, { weight: 3, arbitrary: spoiled });
const line = fc.oneof(
  { weight: 4, arbitrary: one },
  {
    weight: 1,
    arbitrary: fc.tuple(one, plain, fc.constantFrom(" | ", "; ", " && ", " || ", "\n")).map(([a, b, by]) => a + by + b),
  },
  { weight: 1, arbitrary: one.map((inner) => `x=$(${inner}); echo "$x"`) },
  { weight: 1, arbitrary: one.map((inner) => `for i in 1 2; do ${inner}; done`) },
);

export const lines = target({
  name: "lines",
  rule: "[FUZZ-4] any line of the console ends, by itself or by Ctrl+C, with a status, without harm and without showing a failure of ours, and replays equal",
  runs: 40,
  inputs: fc.array(line, { minLength: 1, maxLength: 3 }),
  check(typed) {
    const played = begin(newScenario(TEXT, "fuzz"));
    const { run, printed } = played;
    pass(run, 5_000);
    for (const text of typed) {
      const { process, error } = run.perform({ kind: "shell", line: text });
      if (process === undefined) throw new Error(`the line was not started: ${error}`);
      for (let left = PATIENCE_MS; left > 0 && !process.done; left -= 1_000) pass(run, 1_000);
      if (!process.done) run.perform({ kind: "interrupt" });
      if (!process.done) throw new Error("Ctrl+C does not end the line");
      const code = process.exitCode ?? -1;
      if (!Number.isInteger(code) || code < 0 || code > 255) throw new Error(`the status is ${code}`);
      if (printed().length > MOST_OUTPUT) throw new Error(`the line printed ${printed().length} characters`);
      checkPrototypes();
    }
    checkAnswer(printed(), typed.join("\n"));
    checkReplay(played);
  },
});
