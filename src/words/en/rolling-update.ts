// The example "Rolling update": its branches and notes.
import { spoken } from "../language.ts";

export const EN = {
  title: "A rolling update",
  slow: "From now on, each web pod takes 4 s to start listening and keeps running for 4 s after SIGTERM.",
  beginsWithout: "The update begins. Without a readiness probe, a pod counts as ready once it runs.",
  withoutProbe: "Without a readiness probe",
  withProbe: "With a readiness probe",
  begins: "The update begins. The probe keeps a pod out of the Service until it answers.",
};

export const W = spoken("rolling-update", EN);
