// The outcome of the text, in one line.
import { plural, spoken } from "../language.ts";

export const EN = {
  notYet: "Not applied yet",
  noChange: "Applied: nothing to change",
  applied: (done: string) => `Applied: ${done}`,
  errors: (n: number) => `${plural(n, { one: "# error", other: "# errors" })}`,
  lastGood: (count: string) => `${count}: the cluster still runs the last good version`,
  rest: "the rest is unchanged",
  partly: (count: string, refused: number, rest: string) =>
    `${count}: ${plural(refused, { one: "# document was refused", other: "# documents were refused" })}; ${rest}`,
  created: (what: string) => `${what} created`,
  configured: (what: string) => `${what} configured`,
  objects: (n: number) => `${plural(n, { one: "# object", other: "# objects" })}`,
  and: " and ",
  deleted: (what: string, n: number) => `${what} deleted: ${n === 1 ? "it is" : "they are"} no longer in the text`,
};

export const W = spoken("editor-status", EN);
