// What is there before the console is.
import { spoken } from "../language.ts";

export const EN = {
  theConsole: "The console",
  console: "Console",
};

export const W = spoken("console-door", EN);
