// What the page says about entries and about storage that refuses, in plain words.
import type { Source } from "../store/source.ts";
import type { Entry } from "./entry.ts";
import type { Refusal } from "./safe.ts";

/** Where an entry came from. */
export function sourceWords({ kind, name }: Source): string {
  switch (kind) {
    case "example":
      return `from the example “${name}”`;
    case "link":
      return name === "" ? "from a link" : `from the link “${name}”`;
    case "file":
      return `from the file ${name}`;
    case "copy":
      return `“${name}” as changed on another page`;
    case "branch":
      return `a branch of “${name}”`;
    case "earlier":
      return "saved by an earlier version";
    case "page":
      return "from the first example";
  }
}

/** How large an entry is. */
export function sizeWords({ scenario: { text }, run }: Entry): string {
  const lines = text === "" ? 0 : text.trimEnd().split("\n").length;
  const size = `${count(lines, "line")}, ${(new TextEncoder().encode(text).length / 1000).toFixed(1)} kB`;
  return run === undefined ? size : `${size}, and ${count(run.log.length, "action")}`;
}

function count(number: number, word: string): string {
  return `${new Intl.NumberFormat("en").format(number)} ${word}${number === 1 ? "" : "s"}`;
}

/** When something was changed, as short as it can be said: by the clock today, by the date before. */
export function timeWords(time: number, now: number): string {
  const [then, today] = [new Date(time), new Date(now)];
  const clock = new Intl.DateTimeFormat("en", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(then);
  if (then.toDateString() === today.toDateString()) return `today ${clock}`;
  const date = new Intl.DateTimeFormat("en", { day: "numeric", month: "short", year: "numeric" }).format(then);
  return `${date}, ${clock}`;
}

/** What storage that refuses means for the visitor, and what to do. */
export function refusalWords({ kind, said }: Refusal): string {
  switch (kind) {
    case "full":
      return "This browser has no space left, so your work isn't kept. Download it as a file, or delete entries from “Your work”.";
    case "refused":
      return "This browser keeps nothing for this page, so your work is lost when the page closes or reloads. Download it as a file to keep it.";
    case "too-long":
      return "This text is too long to keep in the browser. Download it as a file to keep it.";
    case "failed":
      return `Your work couldn't be kept (${said.slice(0, 200)}). Download it as a file to keep it.`;
  }
}
