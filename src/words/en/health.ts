// Health: what is wrong with the Services.
import { plural, spoken } from "../language.ts";

export const EN = {
  fine: "Health: nothing is wrong",
  found: (n: number) => `Health: ${plural(n, { one: "# problem", other: "# problems" })}`,
  title: "What is wrong with the Services",
  health: "Health",
  close: "Close health",
  nothing: "Nothing is wrong with any Service.",
  simulated: "Nothing is wrong with what is simulated.",
  more: (n: number) => `And ${n} more.`,
  info: (n: number) => `Good to know (${n})`,
  noEffect: "Stored without effect",
  noEffectHere: (n: number) => `Stored without effect here (${n})`,
  error: "Error",
  warning: "Warning",
  good: "Good to know",
  show: (what: string) => `Show ${what}`,
  count: (n: number) => `${plural(n, { one: "# problem", other: "# problems" })}`,
  ask: "Since when?",
  busy: "Checking earlier moments",
  always: "It has been like this from the beginning.",
  until: "Not the case until",
};

export const W = spoken("health", EN);
