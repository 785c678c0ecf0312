// What belongs to the embed alone.
import { spoken } from "../language.ts";

export const EN = {
  tabs: { Picture: "Picture", YAML: "YAML" },
  view: "View",
  link: "The link",
  full: "Open full",
};

export const W = spoken("embed-frame", EN);
