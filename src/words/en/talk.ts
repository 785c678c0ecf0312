// What a speaker has while presenting.
import { spoken } from "../language.ts";

export const EN = {
  talk: "Talk",
  first: "Page Down shows the first moment.",
  moment: (n: number) => `Moment ${n}`,
  notes: "Notes",
  codeTitle: "Show the code (Q)",
  code: "Show the code",
  blocked: "The browser blocked the window with the notes. Open it yourself:",
  notesOf: "notes of this talk",
  waiting: "Time has to pass first.",
  afterwards: (what: string) => `Afterwards: ${what}`,
  back: "Back to what comes next",
  done: "The lesson is done.",
  nextStep: (title: string) => `Next step: ${title}`,
  last: "This is the last moment.",
};

export const W = spoken("talk", EN);
