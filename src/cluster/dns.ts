// The cluster's DNS, wired together: the records of its Services, and the hosts outside that it asks for all other names.
import type { ComponentContext } from "./client-go/component.ts";
import { askedUpstream, withUpstream } from "./coredns/forward.ts";
import { answer } from "./coredns/records.ts";
import { corednsHandler, type Upstream } from "./coredns/server.ts";
import { viewOf } from "./coredns/view.ts";
import { Internet, UPSTREAM_DNS } from "./internet.ts";
import { type DnsAnswer, readAnswer, writeQuestion } from "./network/dns-message.ts";
import type { Network } from "./network/network.ts";
import type { Outcome, SendRequest } from "./network/packet.ts";

/** How long CoreDNS waits for the name server outside. */
const UPSTREAM_MS = 5_000;

/** Sends a request; `done` is called once with its outcome. */
type Send = (request: SendRequest, done: (outcome: Outcome) => void) => void;

/** Gives CoreDNS' pods their program; returns what they answer to a full name and type, asked without a packet. */
export function startDns(
  contextFor: (name: string) => ComponentContext,
  network: Network,
  send: Send,
): (name: string, type: string) => DnsAnswer {
  const context = contextFor("coredns");
  const { informers, clock, rng, settings } = context;
  const view = viewOf(informers, () => settings().epoch + clock.now);
  const internet = new Internet(contextFor("internet"), network);
  const forward = forwarder(send);
  network.programs.set(
    "coredns",
    corednsHandler(view, rng, () => (settings().internet ? forward : undefined)),
  );
  return (name, type) => {
    const own = answer(view, { name, type });
    const asked = settings().internet ? askedUpstream({ name, type }, own) : undefined;
    return asked === undefined ? own : withUpstream(own, internet.lookup(asked, type));
  };
}

/** Questions of a CoreDNS pod to the name server outside, as packets of their own. */
function forwarder(send: Send): Upstream {
  return (question, { at, exchange }, done) => {
    if (at === undefined) return;
    const request: SendRequest = {
      from: at,
      host: UPSTREAM_DNS,
      port: 53,
      protocol: "UDP",
      method: "QUERY",
      path: question.name,
      body: writeQuestion(question),
      timeoutMs: UPSTREAM_MS,
      purpose: "dns",
      target: `${question.name} ${question.type}`,
      because: "does not hold that name and forwards the question",
      ...(exchange === undefined ? {} : { parent: exchange }),
    };
    send(request, (outcome) => {
      const answer = outcome.kind === "answered" ? readAnswer(outcome.body) : undefined;
      if (answer !== undefined) done(answer);
    });
  };
}
