// What is there before the editor is.
import { spoken } from "../language.ts";

export const EN = {
  theEditor: "The YAML editor",
  editor: "YAML editor",
};

export const W = spoken("editor-door", EN);
