// The button "Share".
import { spoken } from "../language.ts";

export const EN = {
  share: "Share",
};

export const W = spoken("share-button", EN);
