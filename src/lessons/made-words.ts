// What a reporter says of a request that failed: what was seen, never why.
import type { SeenOutcome, Symptom } from "./lesson.ts";
import type { Chance } from "./mistakes/index.ts";

const SEEN: Readonly<Record<SeenOutcome, readonly string[]>> = {
  answered: ["gets an answer"],
  refused: ["is refused at once", "says “Connection refused”, without a moment's wait"],
  timeout: ["waits until its time-out", "hangs, and in the end says “timed out”"],
  unreachable: ["says that there is no route to the host"],
  unresolved: ["says “Could not resolve host”", "does not even find the name"],
  reset: ["is cut off"],
  failed: ["fails"],
};

const BEFORE = [
  "It worked until last night.",
  "Last week it worked.",
  "Nobody changed anything, they say.",
  "We rolled it out this morning.",
  "The YAML was copied from another team, where it works.",
  "In the test cluster all was well.",
  "It is the last thing before the holidays.",
];

/** Where an outcome leads the eye, whatever its cause. */
const LOOK: Readonly<Record<SeenOutcome, string>> = {
  answered: "An answer with an error was sent by a program. Which one?",
  refused: "Someone says no. Is it a node that knows of no endpoint, or a pod where nobody listens?",
  timeout: "Someone drops the packet. Follow it to the place where it ends.",
  unreachable: "Follow the packet to the place where it ends.",
  unresolved: "It fails before a packet for the Service is sent. Who is asked about the name, and what does it know?",
  reset: "It was connected, and cut off. By whom?",
  failed: "Follow the request to the place where it ends.",
};

/** A request in words: `` `http://web:80` from the pod `client` ``. */
export function curled({ from, to }: Symptom["send"]): string {
  return `\`http://${to.replace(/:80$/, "")}\` from ${senderText(from)}`;
}

function senderText(from: string): string {
  const [kind, first, second] = from.split("/");
  if (kind === "node") return `\`${first}\``;
  if (kind !== "pod") return `the ${kind}`;
  return second === undefined ? `the pod \`${first}\`` : `the pod \`${second}\` in namespace \`${first}\``;
}

/** What a reporter says, and what is asked in return; both Markdown. */
export function reportOf(
  { send, outcome, status }: Symptom,
  chance: Chance,
): { readonly said: string; readonly body: string } {
  const seen = status === undefined ? chance.of(SEEN[outcome]) : `gets an answer with ${status}`;
  return { said: `"${chance.of(BEFORE)} Now ${curled(send)} ${seen}."`, body: LOOK[outcome] };
}
