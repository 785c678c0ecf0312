// The list of the visitor's work.
import { spoken } from "../language.ts";

export const EN = {
  work: "Your work",
  intro: "Your changes are kept in this browser, each scenario as a separate entry. Nothing is uploaded.",
  evicted: "The browser may delete them when it runs out of space; a downloaded file is safe.",
  empty: "Nothing yet. Once you change the YAML or use the console, your work is listed here.",
  download: "Download the current scenario",
  deleted: (name: string) => `“${name}” was deleted.`,
  brokenDeleted: "The broken entry was deleted.",
  undo: "Undo",
  brokenEntry: "broken entry",
  renameOf: (name: string) => `Rename ${name}`,
  rename: "Rename",
  downloadOf: (name: string) => `Download ${name}`,
  asFile: "Download as a file",
  deleteOf: (name: string) => `Delete ${name}`,
  delete: "Delete",
  broken: "Broken entry",
  unreadable: (why: string) => `It cannot be read: ${why}. Download it to save its contents.`,
  here: "on the page",
  unsaved: "not kept",
  openOf: (name: string) => `Open ${name}`,
  openTitle: "Open its YAML in a new cluster",
  open: "Open",
  replayOf: (name: string) => `Replay ${name}`,
  replayTitle: "Replay every console and canvas action from the beginning",
  replay: "Replay",
  newName: (name: string) => `New name of ${name}`,
};

export const W = spoken("work-dialog", EN);
