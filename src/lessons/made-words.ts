// What a reporter says of a request that failed: what was seen, never why.
import { W } from "../words/en/lesson-made.ts";
import type { Symptom } from "./lesson.ts";
import type { Chance } from "./mistakes/index.ts";

/** The address that was called, as it is typed. */
const urlOf = ({ to }: Symptom["send"]) => `http://${to.replace(/:80$/, "")}`;

/** What is to be done, in Markdown. */
export function taskOf(send: Symptom["send"]): string {
  return W.task(urlOf(send), send.from);
}

/** What a reporter says, and what is asked in return; both Markdown. */
export function reportOf(
  { send, outcome, status }: Symptom,
  chance: Chance,
): { readonly said: string; readonly body: string } {
  const ends = status === undefined ? chance.of(W.ends[outcome]) : W.status(status);
  return { said: W.said(chance.of(W.before), urlOf(send), send.from, ends), body: W.look[outcome] };
}
