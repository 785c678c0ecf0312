// Links, files and what is said about a link that was opened.
import { spoken } from "../language.ts";

export const EN = {
  banner: "The message about the link",
};

export const W = spoken("share", EN);
