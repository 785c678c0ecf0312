// What the page says about entries and about storage that refuses, in plain words.
import { W } from "../../words/en/work.ts";
import { locale } from "../../words/index.ts";
import type { Source } from "../store/source.ts";
import type { Entry } from "./entry.ts";
import type { Refusal } from "./safe.ts";

/** Where an entry came from. */
export function sourceWords({ kind, name }: Source): string {
  switch (kind) {
    case "example":
      return W.example(name);
    case "link":
      return name === "" ? W.link : W.namedLink(name);
    case "file":
      return W.file(name);
    case "copy":
      return W.copy(name);
    case "branch":
      return W.branch(name);
    case "earlier":
      return W.earlier;
    case "page":
      return W.page;
  }
}

/** How large an entry is. */
export function sizeWords({ scenario: { text }, run }: Entry): string {
  const lines = text === "" ? 0 : text.trimEnd().split("\n").length;
  const size = W.size(lines, (new TextEncoder().encode(text).length / 1000).toFixed(1));
  return run === undefined ? size : W.withActions(size, run.log.length);
}

/** When something was changed, as short as it can be said: by the clock today, by the date before. */
export function timeWords(time: number, now: number): string {
  const [then, today] = [new Date(time), new Date(now)];
  const clock = new Intl.DateTimeFormat(locale(), { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(
    then,
  );
  if (then.toDateString() === today.toDateString()) return W.today(clock);
  const date = new Intl.DateTimeFormat(locale(), { day: "numeric", month: "short", year: "numeric" }).format(then);
  return `${date}, ${clock}`;
}

/** What storage that refuses means for the visitor, and what to do. */
export function refusalWords({ kind, said }: Refusal): string {
  switch (kind) {
    case "full":
      return W.full;
    case "refused":
      return W.refused;
    case "too-long":
      return W.tooLong;
    case "failed":
      return W.failed(said.slice(0, 200));
  }
}
