// The dialog "Share".
import { number, plural, spoken } from "../language.ts";

export const EN = {
  title: "Share",
  intro: "The link contains the whole scenario. Nothing is uploaded, and the link never expires.",
  contents: "Contents of the link",
  run: "Everything you did",
  runNote: "Opens at the beginning and replays every action at its time: the very same run.",
  yaml: "The current YAML",
  yamlNote: "A new cluster with these nodes and settings from the manifest, without any actions.",
  opensAt: (time: string) => `Opens at ${time}, paused`,
  branches: (n: number) => `With ${n === 1 ? "the other branch" : `the ${n} other branches`}`,
  only: "Shows only what the picture shows now",
  link: "Link",
  making: "Making the link…",
  size: (n: number, actions: number) =>
    `${number(n)} characters, ${actions === 0 ? "no actions yet" : plural(actions, { one: "one action", other: "# actions" })}.`,
  long: (limit: number) =>
    `Some chat and mail programs truncate links longer than ${number(limit)} characters. The file below is safer.`,
  download: "Download file",
};

export const W = spoken("share-dialog", EN);
