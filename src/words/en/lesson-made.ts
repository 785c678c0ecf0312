// What broken Services that are made say: their titles, what their reporters say, and what is asked in return.
import { spoken } from "../language.ts";

const MONTHS = "January February March April May June July August September October November December".split(" ");

/** `30 November 2026`; of `2026-11-30`. */
function date(day: string): string {
  const [year = "", month = "", number = ""] = day.split("-");
  return `${Number(number)} ${MONTHS[Number(month) - 1]} ${year}`;
}

function sender(from: string): string {
  const [kind, first, second] = from.split("/");
  if (kind === "node") return `\`${first}\``;
  if (kind !== "pod") return `the ${kind}`;
  return second === undefined ? `the pod \`${first}\`` : `the pod \`${second}\` in namespace \`${first}\``;
}

export const EN = {
  another: (word: string) => `Another broken Service: ${word}`,
  ofDay: (day: string) => `The broken Service of ${date(day)}`,
  noName: (name: string) =>
    `“${name}” is no name of a broken Service: it is another- and up to 20 small letters and digits.`,
  noDay: (name: string) => `“${name}” names no day: write daily-2026-11-30, or daily for today's.`,
  tooEarly: (first: string) => `The first daily broken Service is that of ${date(first)}.`,
  tooLate: (day: string, today: string) =>
    `The broken Service of ${date(day)} comes on that day; today is ${date(today)}, by UTC.`,

  question: "A Service that worked is broken. What is wrong with it?",
  report: "The report",
  task: (url: string, from: string) =>
    `Find out what is wrong, mend it, and get an answer: \`${url}\` from ${sender(from)}.`,
  /** What was before; a language has as many of them as English, as they are drawn. */
  before: [
    "It worked until last night.",
    "Last week it worked.",
    "Nobody changed anything, they say.",
    "We rolled it out this morning.",
    "The YAML was copied from another team, where it works.",
    "In the test cluster all was well.",
    "It is the last thing before the holidays.",
  ],
  /** How it ends now; as many as in English, too. */
  ends: {
    answered: ["gets an answer"],
    refused: ["is refused at once", "says “Connection refused”, without a moment's wait"],
    timeout: ["waits until its time-out", "hangs, and in the end says “timed out”"],
    unreachable: ["says that there is no route to the host"],
    unresolved: ["says “Could not resolve host”", "does not even find the name"],
    reset: ["is cut off"],
    failed: ["fails"],
  },
  status: (status: number) => `gets an answer with ${status}`,
  said: (before: string, url: string, from: string, ends: string) =>
    `"${before} Now \`${url}\` from ${sender(from)} ${ends}."`,
  /** Where an outcome leads the eye, whatever its cause. */
  look: {
    answered: "An answer with an error was sent by a program. Which one?",
    refused: "Someone says no. Is it a node that knows of no endpoint, or a pod where nobody listens?",
    timeout: "Someone drops the packet. Follow it to the place where it ends.",
    unreachable: "Follow the packet to the place where it ends.",
    unresolved: "It fails before a packet for the Service is sent. Who is asked about the name, and what does it know?",
    reset: "It was connected, and cut off. By whom?",
    failed: "Follow the request to the place where it ends.",
  },
};

export const W = spoken("lesson-made", EN);
