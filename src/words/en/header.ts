// The line above the page.
import { spoken } from "../language.ts";

export const EN = {
  skip: "Skip to the cluster",
  subtitle: "Kubernetes Services, simulated in your browser",
  more: "More",
  presentTitle: "Present (P): large, without panels",
  present: "Present",
  theme: { auto: "Theme: auto", light: "Theme: light", dark: "Theme: dark" },
  language: "Language",
};

export const W = spoken("header", EN);
