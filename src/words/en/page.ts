// The whole page: panels and what is about all of it.
import { spoken } from "../language.ts";

export const EN = {
  yaml: "YAML",
  inspector: "Inspector",
  story: "Story",
  packetLog: "Packet log",
  editorWidth: "Width of the editor",
  inspectorWidth: "Width of the inspector",
  stepDone: "done",
  panels: "Panels",
  open: { editor: "Open the editor", inspector: "Open the inspector" },
  sheets: {
    Cluster: "Cluster",
    YAML: "YAML",
    Console: "Console",
    Log: "Log",
    Inspector: "Inspector",
    Lesson: "Lesson",
  },
  welcome: "The welcome",
  warning: "The warning",
  lost: "Your last work couldn't be opened. It is still under “Your work”.",
};

export const W = spoken("page", EN);
