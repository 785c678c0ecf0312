// What the classroom adds to the page.
import { spoken } from "../language.ts";

export const EN = {
  theClassroom: "The classroom",
  theCode: "The code",
  classroom: "Classroom",
  speaker: "What a speaker needs",
  desk: "The page for teachers",
};

export const W = spoken("classroom-button", EN);
