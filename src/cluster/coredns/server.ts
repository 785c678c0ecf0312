// CoreDNS as a program: answers questions that come in packets, and says over HTTP that it is well.

import { readQuestion, writeAnswer } from "../network/dns-message.ts";
import type { Handler, Reply } from "../network/network.ts";
import type { Rng } from "../sim/rng.ts";
import { answer } from "./records.ts";
import type { DnsView } from "./view.ts";

/** Answers what comes to a CoreDNS pod; several addresses of one name come in random order, as its `loadbalance` gives them. */
export function corednsHandler(view: DnsView, rng: Rng): Handler {
  return (request) => {
    if (request.destination.port !== 53) return httpReply(request.path);
    const question = readQuestion(request.body);
    if (question === undefined) return { status: 400, body: "" };
    const { rcode, answers } = answer(view, question);
    const aliases = answers.filter((each) => each.type === "CNAME");
    const others = shuffled(
      answers.filter((each) => each.type !== "CNAME"),
      rng,
    );
    return { status: 200, body: writeAnswer({ rcode, answers: [...aliases, ...others] }) };
  };
}

function httpReply(path: string): Reply {
  if (path === "/health" || path === "/ready" || path === "/metrics") return { status: 200, body: "OK" };
  return { status: 404, body: "404 page not found\n" };
}

function shuffled<T>(list: readonly T[], rng: Rng): T[] {
  const copy = [...list];
  for (let i = copy.length - 1; i > 0; i--) {
    const j = rng.int(i + 1);
    const [a, b] = [copy[i], copy[j]];
    if (a === undefined || b === undefined) continue;
    copy[i] = b;
    copy[j] = a;
  }
  return copy;
}
