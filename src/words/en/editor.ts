// The YAML editor around the text.
import { spoken } from "../language.ts";

export const EN = {
  applied: "Applied → typed",
  live: "Typed → live",
  objects: "All live fields",
  same: "No difference.",
  differences: "Differences",
  rich: "The rich editor",
  editor: "YAML editor",
  kept: (name: string) => `Your own text is kept: “${name}”.`,
  restore: "Restore your own text",
  dismiss: "Dismiss",
  typing: "Typing…",
  reading: (size: string) => `Reading ${size} MB`,
  readingPart: (size: string, n: number) => `Reading ${size} MB: ${n} %`,
  error: "Error",
  warning: "Warning",
  note: "Note",
  problems: "Problems",
  noteOn: (line: number) => `The note on line ${line}`,
  more: (n: number) => `and ${n} more`,
  in: (what: string) => `${what} in`,
  line: (n: number) => `line ${n}`,
  fixIn: (title: string, line: number) => `${title}, line ${line}`,
  compare: "Compare",
  compareTitle: "Compare: typed, applied, live",
  reset: "Reset",
  resetTitle: "Reset to the original text",
  download: "Download YAML",
  fold: "Collapse the editor",
  liveUnset: "live: not set",
  liveIs: (value: string) => `live: ${value}`,
  changedBy: (what: string, by: string) => `${what} (changed by ${by})`,
  tooLong: (size: string, limit: number) =>
    `This text is ${size} MB long; up to ${limit} MB is applied. The cluster keeps the last good version.`,
  longRich: (limit: string) =>
    `Over ${limit}: applied 1.5 s after the last keystroke, without colours, completion or comparison.`,
  longPlain: (limit: string) => `The first ${limit} of a longer text. All of it is applied; it can't be edited here.`,
  indents: `\`Tab\` indents, \`Esc\` \`Tab\` leaves · \`Ctrl+M\` lets it leave`,
  leaves: `\`Tab\` leaves · \`Ctrl+M\` lets it indent`,
  suggests: `· \`Ctrl+Space\` suggests · \`Alt+Enter\` inspects`,
  inspect: "Inspect this object",
  notInText: (key: string, path: string) =>
    `${key} is not in the text of the editor, so ${path} cannot be shown there.`,
  at: (who: string, time: string | undefined) => `${who} at ${time}`,
  page: "this page",
};

export const W = spoken("editor", EN);
