// The button of the lessons.
import { spoken } from "../language.ts";

export const EN = {
  theLesson: "The lesson",
  theList: "The list of lessons",
  lessons: "Lessons",
};

export const W = spoken("lessons-door", EN);
