// The visitor's own work: the list, the entries, and storage that refuses.
import { plural, spoken } from "../language.ts";

export const EN = {
  work: "Your work",
  writes: "What writes files",
  notKept: "Your work isn't kept in this browser",
  kept: "Your work, kept in this browser",
  hidden: ", not kept",
  download: "Download file",
  dismiss: "Dismiss",
  example: (name: string) => `from the example “${name}”`,
  link: "from a link",
  namedLink: (name: string) => `from the link “${name}”`,
  file: (name: string) => `from the file ${name}`,
  copy: (name: string) => `“${name}” as changed on another page`,
  branch: (name: string) => `a branch of “${name}”`,
  earlier: "saved by an earlier version",
  page: "from the first example",
  size: (lines: number, kB: string) => `${plural(lines, { one: "# line", other: "# lines" })}, ${kB} kB`,
  withActions: (size: string, actions: number) =>
    `${size}, and ${plural(actions, { one: "# action", other: "# actions" })}`,
  today: (time: string) => `today ${time}`,
  full: "This browser has no space left, so your work isn't kept. Download it as a file, or delete entries from “Your work”.",
  refused:
    "This browser keeps nothing for this page, so your work is lost when the page closes or reloads. Download it as a file to keep it.",
  tooLong: "This text is too long to keep in the browser. Download it as a file to keep it.",
  failed: (said: string) => `Your work couldn't be kept (${said}). Download it as a file to keep it.`,
  both: (name: string) => `“${name}” was also changed on another page. Both are kept: this one as a separate entry.`,
  noDatabase: "This browser offers no database to the page.",
  silent: "The browser's storage isn't responding.",
  notObject: "an entry is an object",
  version: "this version of Podpath doesn't know its version",
  sourceObject: "source: expected an object",
  sourceKind: "source.kind: not a source",
  text: (name: string) => `${name}: expected text`,
  most: (name: string, limit: number, got: number) => `${name}: at most ${limit} characters, got ${got}`,
  time: (name: string) => `${name}: expected a time`,
  untitled: "Untitled",
  more: (listed: string, rest: number) => `${listed} and ${rest} more`,
};

export const W = spoken("work", EN);
