// A request and all its packets: what each hop did, what it came to and why.
import { describeOutcome, type Exchange, type Loss, type Packet, type Trace } from "../../cluster/index.ts";
import { W } from "../../words/en/inspector.ts";
import { useApp, useNow, usePlayground } from "../store/react.ts";
import { placeName, waitsUntil } from "../store/sentences.ts";
import { Guard } from "../ui/Guard.tsx";
import { lazyPart } from "../ui/lazyPart.tsx";
import { HopCard } from "./HopCard.tsx";
import { WhyThisEndpoint } from "./WhyThisEndpoint.tsx";

const WhyItFailed = lazyPart(W.explanation, () => import("./WhyItFailed.tsx").then((module) => module.WhyItFailed));

const KIND_WORDS: Readonly<Record<Packet["kind"], string>> = {
  request: W.request,
  reply: W.reply,
  reset: W.reset,
  "icmp-unreachable": W.icmp,
};

export function ExchangeView({ id, packet }: { id: number; packet: number | undefined }) {
  const playground = usePlayground();
  const trace = useApp((state) => state.world.trace);
  const ended = trace.exchange(id)?.endedAt !== undefined;
  const now = useNow(ended ? Number.MAX_SAFE_INTEGER : 50);
  const exchange = trace.exchange(id);
  if (exchange === undefined) return <p className="inspector-text quiet">{W.unavailable}</p>;
  const packets = packetsOf(exchange, trace);
  const hops = packets.flatMap((each) => each.hops);
  const decided = hops.find((hop) => hop.service !== undefined || hop.end?.service !== undefined);
  const decision = decided?.service ?? decided?.end?.service;
  const { loss } = exchange;
  const failed = ended
    ? exchange.outcome.kind !== "answered" || exchange.outcome.status >= 400
    : (loss !== undefined && !mayStillAnswer(loss, now)) || isWaitingInVain(id, trace);
  const why = <WhyItFailed key={`${id} ${reasonOf(exchange)}`} exchange={exchange} />;
  return (
    <>
      <header className="inspector-head">
        <h2>{W.requestNo(id)}</h2>
        <p className="mono">
          {placeName(exchange.from)} → {exchange.target}
        </p>
      </header>
      <p className="outcome" data-kind={loss === undefined ? exchange.outcome.kind : loss.ends}>
        {loss === undefined || ended
          ? describeOutcome(exchange)
          : `${capital(loss.reason)}. ${waitsUntil(exchange, loss)}`}
      </p>
      {failed && why}
      {exchange.parent !== undefined && (
        <button
          type="button"
          className="button small-link"
          onClick={() => playground.select({ kind: "exchange", id: exchange.parent ?? 0 })}
        >
          {W.partOf(exchange.parent)}
        </button>
      )}
      {packets.map((each) => (
        <section key={each.id} className="packet-story" data-kind={each.kind} data-chosen={each.id === packet}>
          <h3 className="inspector-title">{KIND_WORDS[each.kind]}</h3>
          <ol>
            {each.hops.map((hop) => (
              <Guard key={hop.index} name={W.hop(hop.index + 1)}>
                <HopCard hop={hop} />
              </Guard>
            ))}
          </ol>
        </section>
      ))}
      <LedTo id={id} trace={trace} />
      {decided !== undefined && decision !== undefined && (
        <Guard name={W.choice}>
          <WhyThisEndpoint hop={decided} decision={decision} />
        </Guard>
      )}
      {ended && !failed && why}
      {exchange.outcome.kind === "answered" && exchange.outcome.body !== "" && (
        <details className="inspector-details">
          <summary>{W.answer}</summary>
          <pre className="mono">{exchange.outcome.body}</pre>
        </details>
      )}
    </>
  );
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** What is known to have gone wrong. */
function reasonOf({ outcome, loss }: Exchange): string {
  return "reason" in outcome ? outcome.reason : (loss?.reason ?? outcome.kind);
}

/** Virtual milliseconds for which a program that has a request is taken to be thinking. */
const THINKING_MS = 3_000;

function mayStillAnswer({ taken, at }: Loss, now: number): boolean {
  return taken === true && now - at < THINKING_MS;
}

/** Whether a request that someone sends on behalf of this one lost its packet. */
function isWaitingInVain(id: number, trace: Trace): boolean {
  return [...trace.exchanges()].some(({ parent, loss, outcome }) => {
    return parent === id && loss !== undefined && loss.taken !== true && outcome.kind === "pending";
  });
}

/** Requests that this one made someone send: the look-up of its name, a proxy's own connection to a backend. */
function LedTo({ id, trace }: { id: number; trace: Trace }) {
  const playground = usePlayground();
  const children = [...trace.exchanges()].filter(({ parent }) => parent === id);
  return children.map((child) => (
    <button
      key={child.id}
      type="button"
      className="button small-link"
      onClick={() => playground.select({ kind: "exchange", id: child.id })}
    >
      {W.ledTo(child.id, placeName(child.from), child.target)}
    </button>
  ));
}

function packetsOf(exchange: Exchange, trace: Trace): Packet[] {
  return exchange.packets.flatMap((id) => trace.packet(id) ?? []);
}
