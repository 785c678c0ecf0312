// Plays upstream's tests as restated in `sessions/` (see its README) and the reports in `cases/`.
import { fieldsOf, listOf, textOf } from "./json.ts";
import { attempt, caseFiles, console, type Output, type Result, readCase } from "./playing.ts";

/** What a step must print. */
interface Step {
  readonly run: string;
  readonly stdout: string | undefined;
  readonly stderr: string | undefined;
  readonly match: readonly string[];
  readonly not: readonly string[];
  readonly exit: unknown;
}

/** Every session: paths from this room without the ending. */
export function sessionNames(): string[] {
  return caseFiles("sessions", ".json").map((path) => path.replace(/\.json$/, ""));
}

/** Plays one session on a fresh cluster; it is equal when each step is. */
export function playSession(name: string): Result {
  const group = name.split("/").slice(0, 2).join("/");
  const difference = attempt(() => {
    const type = console();
    const steps = listOf(fieldsOf(JSON.parse(readCase(`${name}.json`))).steps).map(stepOf);
    for (const [at, step] of steps.entries()) {
      const wrong = mistakes(step, type(step.run));
      if (wrong !== "") return `step ${at + 1}: ${step.run}\n${wrong}`;
    }
    return "";
  });
  return { name, group, equal: difference === "", difference };
}

/** Every report with what of its right output can be checked. */
export function reportNames(): string[] {
  return caseFiles("cases", ".sh.txt").map((path) => path.replace(/\.sh\.txt$/, ""));
}

/** Types the commands of a report and checks what is printed by `cases/checks.json`. */
export function playReport(name: string): Result {
  const difference = attempt(() => {
    const commands = /^# Commands to type:\n(.*?)\n\n# Right output/ms.exec(readCase(`${name}.sh.txt`))?.[1];
    const checks = fieldsOf(JSON.parse(readCase("cases/checks.json")))[name.replace("cases/", "")];
    if (commands === undefined || checks === undefined) return "no commands, or no checks in cases/checks.json";
    const step = stepOf({ run: commands, ...fieldsOf(checks) });
    return mistakes(step, console()(commands));
  });
  return { name, group: "cases", equal: difference === "", difference };
}

function stepOf(value: unknown): Step {
  const { run, stdout, stderr, match, not, exit } = fieldsOf(value);
  const patterns = (given: unknown) => listOf(given).map(String);
  return {
    run: textOf(run) ?? "",
    stdout: textOf(stdout),
    stderr: textOf(stderr),
    match: patterns(match),
    not: patterns(not),
    exit,
  };
}

const trim = (text: string) => text.replace(/[ \t]+$/gm, "").replace(/\n+$/, "");

/** What of a step is not as it must be; empty when all is. */
function mistakes(step: Step, { out, err, exit }: Output): string {
  const both = trim(`${out}${err}`);
  const wrong: string[] = [];
  if (step.stdout !== undefined && trim(out) !== trim(step.stdout)) wrong.push(`stdout must be:\n${trim(step.stdout)}`);
  if (step.stderr !== undefined && trim(err) !== trim(step.stderr)) wrong.push(`stderr must be:\n${trim(step.stderr)}`);
  for (const pattern of step.match) if (!new RegExp(pattern, "m").test(both)) wrong.push(`must match: ${pattern}`);
  for (const pattern of step.not) if (new RegExp(pattern, "m").test(both)) wrong.push(`must not match: ${pattern}`);
  const rightExit = step.exit === undefined || (step.exit === "fail" ? exit !== 0 : exit === step.exit);
  if (!rightExit) wrong.push(`exit must be ${step.exit}, is ${exit}`);
  return wrong.length === 0 ? "" : [...wrong, `is (exit ${exit}):`, both.slice(0, 2_500)].join("\n");
}
