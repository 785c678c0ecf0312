// The frame around the panels, and how people call its parts.
import { spoken } from "../language.ts";

export const EN = {
  skip: "Skip this simulation",
  back: "Back to the start of the simulation",
  theCluster: "The cluster",
  timeline: "The timeline",
  packetLog: "The packet log",
  message: "The message",
  link: "The message about the link",
  inspector: "The inspector",
  page: "The page",
  embed: "The embed",
  focus: "What keeps the focus",
  dismiss: "Dismiss",
  panels: { YAML: "YAML", Console: "Console", Details: "Details" },
  faults: "The menu of faults",
  changes: "The sheet for changes",
  cancelled: (time: string) => `Opening was cancelled at ${time}. Your work is unchanged.`,
  tooFar: (step: number, actions: number) =>
    `step=${step}: this scenario has only ${actions === 1 ? "one action" : `${actions} actions`}.`,
};

export const W = spoken("frame", EN);
