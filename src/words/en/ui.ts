// Small shared parts.
import { spoken } from "../language.ts";

export const EN = {
  goTo: (time: string) => `Go to ${time}`,
  look: "Look at this moment",
  dismiss: "Dismiss",
  openingAt: (time: string, until: string) => `Opening: at ${time} of ${until}`,
  opening: "Opening the scenario",
  cancel: "Cancel",
};

export const W = spoken("ui", EN);
