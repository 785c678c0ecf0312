// The button "Help".
import { spoken } from "../language.ts";

export const EN = {
  help: "Help",
  title: "Help (?)",
};

export const W = spoken("help", EN);
