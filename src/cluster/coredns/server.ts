// CoreDNS as a program: answers questions that come in packets, and says over HTTP that it is well.

import { type DnsAnswer, type DnsQuestion, readQuestion, writeAnswer } from "../network/dns-message.ts";
import type { Handler, IncomingRequest, Reply } from "../network/network.ts";
import type { Rng } from "../sim/rng.ts";
import { askedUpstream, withUpstream } from "./forward.ts";
import { answer } from "./records.ts";
import type { DnsView } from "./view.ts";

/** Asks the name server beyond the cluster on behalf of the pod that got `request`; `done` is not called when no answer comes. */
export type Upstream = (question: DnsQuestion, request: IncomingRequest, done: (answer: DnsAnswer) => void) => void;

/**
 * Answers what comes to a CoreDNS pod; several addresses of one name come in random order, as its `loadbalance` gives them.
 *
 * @param upstream - undefined while it forwards nothing.
 */
export function corednsHandler(view: DnsView, rng: Rng, upstream: () => Upstream | undefined): Handler {
  return (request, respond) => {
    if (request.destination.port !== 53) return httpReply(request.path);
    const question = readQuestion(request.body);
    if (question === undefined) return { status: 400, body: "" };
    const own = answer(view, question);
    const name = askedUpstream(question, own);
    const forward = name === undefined ? undefined : upstream();
    if (name === undefined || forward === undefined) return reply(own, rng);
    forward({ name, type: question.type }, request, (more) => respond(reply(withUpstream(own, more), rng)));
    return undefined;
  };
}

function reply({ answers, ...rest }: DnsAnswer, rng: Rng): Reply {
  const aliases = answers.filter((each) => each.type === "CNAME");
  const others = shuffled(
    answers.filter((each) => each.type !== "CNAME"),
    rng,
  );
  return { status: 200, body: writeAnswer({ ...rest, answers: [...aliases, ...others] }) };
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
