// Making a lesson of what was done.
import { spoken } from "../language.ts";

export const EN = {
  make: "Make a lesson of this",
  intro:
    "Break something, mend it, then come here: what you did last is the solution. Nothing is uploaded; what you write stays in this tab.",
  title: "Title",
  question: "Question",
  report: "What its reporter says",
  help: "What helps to look",
  task: "Task",
  doneWhen: "Done when",
  nothingHolds: "Nothing holds now that could be checked.",
  grade: "Grade",
  missing: "What is missing",
  noTitle: "Write a title.",
  noQuestion: "Write the question that it answers.",
  noTask: "Write the task.",
  noReport: "Write what its reporter says.",
  noSolution: "Nothing is done after the learner's beginning: mend it, or begin earlier.",
  noCheck: "Pick a check.",
  begins: "The learner begins",
  veryBeginning: "at the very beginning",
  after: (time: string, action: string) => `after ${time} ${action}`,
  solution: "The solution",
  try: "Try it",
  saveAs: (name: string) => `Save as ${name}`,
  replaying: "It is replayed in a cluster of its own…",
  works: (par: number) => `It is not done at its beginning, and its solution does it. Par is ${par}.`,
  link: "Link",
  long: "Some chat and mail programs cut links of this length; the file is safe.",
  defaultTask: "Find out what is wrong, mend it, and get an answer.",
};

export const W = spoken("make-lesson", EN);
