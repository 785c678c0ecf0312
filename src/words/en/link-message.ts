// What is said about a link that was opened.
import { plural, spoken } from "../language.ts";

export const EN = {
  another: "The address now contains another scenario. Opening it replaces the current one.",
  openIt: "Open it",
  keepMine: "Keep mine",
  fromStart: "Open it from the beginning",
  readPart: "Open the part that could be read",
  dismiss: "Dismiss",
  nothing: "Nothing in it can be read. Your work is unchanged.",
  read: (lines: number, actions: number) =>
    `${plural(lines, { one: "One line", other: "# lines" })} of its YAML${actions === 0 ? "" : ` and ${plural(actions, { one: "one action", other: "# actions" })}`} could be read.`,
};

export const W = spoken("link-message", EN);
