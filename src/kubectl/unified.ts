// The text that `diff -u -N` prints for two texts.

/** Lines around a change. */
const CONTEXT = 3;

interface Step {
  readonly sign: " " | "-" | "+";
  readonly line: string;
}

/** The hunks of a unified diff; "" when the texts are equal. */
export function unifiedDiff(before: string, after: string): string {
  const steps = stepsBetween(linesOf(before), linesOf(after));
  const changed = steps.flatMap(({ sign }, at) => (sign === " " ? [] : [at]));
  const groups: Array<{ from: number; to: number }> = [];
  for (const at of changed) {
    const last = groups.at(-1);
    if (last !== undefined && at - last.to <= 2 * CONTEXT + 1) last.to = at;
    else groups.push({ from: at, to: at });
  }
  return groups.map(({ from, to }) => hunk(steps, Math.max(0, from - CONTEXT), to + CONTEXT + 1)).join("");
}

function linesOf(text: string): string[] {
  return text === "" ? [] : text.replace(/\n$/, "").split("\n");
}

function hunk(steps: readonly Step[], from: number, to: number): string {
  const ahead = steps.slice(0, from);
  const part = steps.slice(from, to);
  const range = (sign: "-" | "+") => {
    const other = sign === "-" ? "+" : "-";
    const count = part.filter((step) => step.sign !== other).length;
    const start = ahead.filter((step) => step.sign !== other).length + (count === 0 ? 0 : 1);
    return count === 1 ? String(start) : `${start},${count}`;
  };
  const body = part.map(({ sign, line }) => `${sign}${line}\n`).join("");
  return `@@ -${range("-")} +${range("+")} @@\n${body}`;
}

/** A longest common subsequence's steps; removals come before additions. */
function stepsBetween(before: readonly string[], after: readonly string[]): Step[] {
  const width = after.length + 1;
  const common = new Uint32Array((before.length + 1) * width);
  const at = (i: number, j: number) => common[i * width + j] ?? 0;
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = after.length - 1; j >= 0; j--)
      common[i * width + j] = before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const steps: Step[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    const [old, young] = [before[i], after[j]];
    if (old !== undefined && old === young) {
      steps.push({ sign: " ", line: old });
      i++;
      j++;
    } else if (old !== undefined && (young === undefined || at(i + 1, j) >= at(i, j + 1))) {
      steps.push({ sign: "-", line: old });
      i++;
    } else {
      steps.push({ sign: "+", line: young ?? "" });
      j++;
    }
  }
  return steps;
}
