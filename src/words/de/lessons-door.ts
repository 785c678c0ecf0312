import type { EN } from "../en/lessons-door.ts";

export const DE: typeof EN = {
  theLesson: "Die Lektion",
  theList: "Die Liste der Lektionen",
  lessons: "Lektionen",
};
