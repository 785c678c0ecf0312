// What plain shell commands do to a container's life: how long they run and with which code they end.
import { own } from "../../cluster/index.ts";

/** The end of a command: after this many milliseconds with this exit code; undefined when it runs on. */
export type Ending = { readonly afterMs: number; readonly code: number } | undefined;

const NEVER = undefined;
const AT_ONCE: Ending = { afterMs: 0, code: 0 };

/** Commands that do their work and end. */
const SHORT = new Set([
  "true",
  "echo",
  "printf",
  "date",
  "env",
  "hostname",
  "ls",
  "cat",
  "id",
  "uname",
  "printenv",
  "pwd",
  "expr",
]);

/** Whether the words are a command known to end (or `sleep`); undefined when they are something else. */
export function knownEnding(words: readonly string[]): { readonly ending: Ending } | undefined {
  const name = (words[0] ?? "").replace(/^.*\//, "");
  if (name === "sh" || name === "bash" || name === "ash") return shell(words);
  if (name === "false") return { ending: { afterMs: 0, code: 1 } };
  if (name === "sleep") return { ending: sleep(words[1]) };
  if (name === "exit") return { ending: { afterMs: 0, code: Number(words[1] ?? 0) } };
  if (SHORT.has(name)) return { ending: AT_ONCE };
  return undefined;
}

function sleep(duration: string | undefined): Ending {
  if (duration === undefined) return { afterMs: 0, code: 1 };
  const match = /^(\d+(?:\.\d+)?)([smhd]?)$/.exec(duration);
  if (match === null) return /^inf/.test(duration) ? NEVER : { afterMs: 0, code: 1 };
  const unit = own({ "": 1_000, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }, match[2] ?? "") ?? 1_000;
  return { afterMs: Number(match[1]) * unit, code: 0 };
}

/** `sh -c "a; b && c"`: simple commands one by one. A loop, or a command nobody knows, runs on. */
function shell(words: readonly string[]): { readonly ending: Ending } | undefined {
  const at = words.findIndex((word) => /^-[a-z]*c$/.test(word));
  const script = at < 0 ? undefined : words[at + 1];
  if (script === undefined) return words.length === 1 ? { ending: AT_ONCE } : undefined;
  if (/\b(while|until|for)\b/.test(script)) return { ending: NEVER };
  let afterMs = 0;
  let code = 0;
  for (const step of script.split(/;|&&|\n/)) {
    const parts = step
      .trim()
      .split(/\s+/)
      .filter((part) => part !== "");
    const first = parts[0] === "exec" ? parts.slice(1) : parts;
    if (first.length === 0) continue;
    const known = knownEnding(first);
    if (known === undefined) return undefined;
    if (known.ending === undefined) return known;
    afterMs += known.ending.afterMs;
    code = known.ending.code;
    if (first[0] === "exit" || (code !== 0 && script.includes("&&"))) break;
  }
  return { ending: { afterMs, code } };
}
