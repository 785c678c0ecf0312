// A request and all its packets: what each hop did, what it came to and why.
import { lazy, Suspense } from "react";
import { describeOutcome, type Exchange, type Packet, type Trace } from "../../cluster/index.ts";
import { useApp, useNow, usePlayground } from "../store/react.ts";
import { placeName } from "../store/sentences.ts";
import { HopCard } from "./HopCard.tsx";
import { WhyThisEndpoint } from "./WhyThisEndpoint.tsx";

const WhyItFailed = lazy(() => import("./WhyItFailed.tsx").then((module) => ({ default: module.WhyItFailed })));

const KIND_WORDS: Readonly<Record<Packet["kind"], string>> = {
  request: "Request",
  reply: "Reply",
  reset: "Reset",
  "icmp-unreachable": "ICMP unreachable",
};

export function ExchangeView({ id, packet }: { id: number; packet: number | undefined }) {
  const playground = usePlayground();
  const trace = useApp((state) => state.session.cluster.trace);
  const ended = trace.exchange(id)?.endedAt !== undefined;
  useNow(ended ? Number.MAX_SAFE_INTEGER : 50);
  const exchange = trace.exchange(id);
  if (exchange === undefined)
    return <p className="inspector-text quiet">This request is forgotten: only the last 2,000 are kept.</p>;
  const packets = packetsOf(exchange, trace);
  const hops = packets.flatMap((each) => each.hops);
  const decided = hops.find((hop) => hop.service !== undefined || hop.end?.service !== undefined);
  const decision = decided?.service ?? decided?.end?.service;
  const failed = ended && (exchange.outcome.kind !== "answered" || exchange.outcome.status >= 400);
  const why = (
    <Suspense>
      <WhyItFailed key={id} exchange={exchange} />
    </Suspense>
  );
  return (
    <>
      <header className="inspector-head">
        <h2>Request {id}</h2>
        <p className="mono">
          {placeName(exchange.from)} → {exchange.target}
        </p>
      </header>
      <p className="outcome" data-kind={exchange.outcome.kind}>
        {describeOutcome(exchange)}
      </p>
      {failed && why}
      {exchange.parent !== undefined && (
        <button
          type="button"
          className="button small-link"
          onClick={() => playground.select({ kind: "exchange", id: exchange.parent ?? 0 })}
        >
          Part of request {exchange.parent}
        </button>
      )}
      {packets.map((each) => (
        <section key={each.id} className="packet-story" data-kind={each.kind} data-chosen={each.id === packet}>
          <h3 className="inspector-title">{KIND_WORDS[each.kind]}</h3>
          <ol>
            {each.hops.map((hop) => (
              <HopCard key={hop.index} hop={hop} />
            ))}
          </ol>
        </section>
      ))}
      <LedTo id={id} trace={trace} />
      {decided !== undefined && decision !== undefined && <WhyThisEndpoint hop={decided} decision={decision} />}
      {ended && !failed && why}
      {exchange.outcome.kind === "answered" && exchange.outcome.body !== "" && (
        <details className="inspector-details">
          <summary>Answer</summary>
          <pre className="mono">{exchange.outcome.body}</pre>
        </details>
      )}
    </>
  );
}

/** Requests that this one made somebody send: the look-up of its name, a proxy's own connection to a backend. */
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
      Led to request {child.id}: {placeName(child.from)} → {child.target}
    </button>
  ));
}

function packetsOf(exchange: Exchange, trace: Trace): Packet[] {
  return exchange.packets.flatMap((id) => trace.packet(id) ?? []);
}
