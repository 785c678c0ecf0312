// The packet log.
import { spoken } from "../language.ts";

export const EN = {
  label: "Packet log",
  empty: "Each hop of a packet appears here as one sentence.",
  announcements: "The announcements",
};

export const W = spoken("log", EN);
