import type { EN } from "../en/timeline.ts";
import { plural } from "../language.ts";

export const DE: typeof EN = {
  theList: "Die Ereignisliste",
  list: "Ereignisliste",
  looking: "Ansicht:",
  branches: ". Wer hier handelt, beginnt einen Zweig.",
  toNow: "Zurück zu jetzt",
  theBranches: "Die Zweige",
  timeline: "Zeitleiste",
  startOverHint: "der bisherige Ablauf bleibt erhalten",
  previousHint: "←, mit dem Fokus auf der Zeitleiste",
  pause: "Anhalten",
  play: "Abspielen",
  space: "Leertaste",
  startOver: "Von vorn",
  previous: "Voriges Ereignis",
  back: "Schritt zurück",
  step: "Schritt",
  next: "Nächstes Ereignis",
  nextHint: "→, mit dem Fokus auf der Zeitleiste",
  speed: "Geschwindigkeit",
  elapsed: "Vergangene virtuelle Zeit",
  more: (n) => `und ${n} weitere`,
  answered: (target) => `${target} antwortete`,
  endpoints: (name, n) =>
    `Service ${name} hat ${plural(n, { one: "# bereiten Endpoint", other: "# bereite Endpoints" })}`,
  lost: (target, why) => `${target} verloren: ${why}`,
  outcome: {
    refused: "abgewiesen",
    timeout: "Zeitüberschreitung",
    unreachable: "unerreichbar",
    unresolved: "nicht aufgelöst",
    reset: "zurückgesetzt",
  },
  now: (time) => `${time}, jetzt`,
  ago: (time, ago) => `${time}, ${ago} vor jetzt`,
};
