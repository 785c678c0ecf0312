// The dialogs about embedding.
import { spoken } from "../language.ts";

export const EN = {
  full: "Open full",
  noWindows: "The page that embeds this frame doesn't let it open windows. Copy the link and open it yourself.",
  link: "Link",
  embed: "Embed",
  picture: "Picture",
  console: "Console",
  split: "YAML and picture",
  frameTitle: "Podpath: a Kubernetes Service, simulated",
  intro:
    "Paste this code into any page. It needs no account, no storage, and no server other than the one that hosts it.",
  codeWith: "Code with",
  withYaml: "the YAML in the page, and a script",
  withFrame: "a frame, without a script",
  begins: "Begins with",
  theme: "Theme",
  themes: { light: "light", dark: "dark" },
  around: "that of the page around",
  system: "the reader's system setting",
  height: "Height in pixels",
  controls: "Show controls",
  autoplay: "Start when it comes into view",
  readonly: "Make the YAML read-only",
  predict: "Ask where a packet goes before it moves",
  only: "Show only what the picture shows now",
  code: "Code",
  preview: "Open the preview",
};

export const W = spoken("embed-dialog", EN);
