// Small shared parts that are loaded later.
import { spoken } from "../language.ts";

export const EN = {
  tried: (asking: string, n: number) => `${asking}: ${n} tried.`,
  and: "; then",
  alone: "the cluster changed on its own",
  lookAt: (time: string) => `Look at ${time}`,
  nothing: "nothing",
  copied: "Copied",
  refused: "Copying is not allowed here; press Ctrl+C",
  copy: "Copy",
  close: "Close",
  no: (key: string) => `no ${key}`,
  differs: ", which differs",
  copiedThis: (what: string) => `Copied: ${what}`,
  see: "See for yourself",
  toConsole: "Copy to the console",
  shows: (what: string) => `shows ${what}`,
  where: "Where",
  showYaml: "Show it in the YAML",
  apply: (what: string) => `Apply: ${what}`,
  open: "Open file",
  file: "Scenario file",
  tooLarge: (name: string) => `${name} is too large to be a scenario.`,
  drag: (label: string) => `${label}: drag, click for the next size, or use the arrow keys`,
  damaged: (name: string) => `${name} is damaged: it isn't complete JSON.`,
  invalid: (name: string, why: string) => `${name} isn't a valid scenario: ${why}.`,
  notWhole: (name: string, why: string, actions: number) =>
    `${name} can't be replayed in full: ${why}. Its YAML and ${actions === 1 ? "one action" : `${actions} actions`} were opened.`,
  tooLong: (name: string, limit: number) => `${name} is too long: at most ${limit} characters.`,
};

export const W = spoken("ui-more", EN);
