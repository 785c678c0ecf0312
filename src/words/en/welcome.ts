// The welcome of a first visit.
import { spoken } from "../language.ts";

export const EN = {
  label: "Welcome",
  new: "New here?",
  intro: "See how a request finds a pod, learn it step by step, or just play.",
  tourTitle: "Three stops, under a minute",
  show: "Show me",
  learnTitle: "Lessons with tasks that are checked",
  learn: "Learn",
  closeTitle: "Close this line",
  play: "Play",
  done: "Done",
  next: "Next",
  skipTitle: "Skip (Esc)",
  skip: "Skip",
};

export const W = spoken("welcome", EN);
