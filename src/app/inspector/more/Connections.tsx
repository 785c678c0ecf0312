// A node's connection table: what its kernel translates now.
import { type Flow, timeLeft } from "../../../cluster/index.ts";
import { useApp, useNow } from "../../store/react.ts";
import { spanText } from "./words.ts";
import "./more.css";
import { W } from "../../../words/en/beyond.ts";

const SHOWN = 20;

export function Connections({ node }: { readonly node: string }) {
  const world = useApp((state) => state.world);
  useNow(250);
  const flows = [...world.network.flowsOf(node)].filter((flow) => timeLeft(flow, world.clock.now) >= 0).reverse();
  return (
    <section className="why" aria-label={W.connections}>
      <h3 className="inspector-title">{W.conntrack}</h3>
      <p className="inspector-text quiet">{flows.length === 0 ? W.none : W.count(flows.length)}</p>
      {flows.length > 0 && (
        <ul className="flows">
          {flows.slice(0, SHOWN).map((flow) => (
            <FlowItem key={keyOfFlow(flow)} flow={flow} now={world.clock.now} />
          ))}
        </ul>
      )}
      {flows.length > SHOWN && <p className="inspector-text quiet">{W.more(flows.length - SHOWN)}</p>}
    </section>
  );
}

function FlowItem({ flow, now }: { readonly flow: Readonly<Flow>; readonly now: number }) {
  const { original, translated, replied } = flow;
  return (
    <li>
      <div className="slice-states">
        <b>{original.protocol}</b>
        <span>{replied ? "answered" : "unreplied"}</span>
        <span className="quiet" title={W.flowTitle}>
          {W.left(spanText(timeLeft(flow, now)))}
        </span>
      </div>
      <dl className="tuples mono">
        <dt>{W.original}</dt>
        <dd>
          {original.source}:{original.sourcePort} → {original.destination}:{original.destinationPort}
        </dd>
        <dt>{W.reply}</dt>
        <dd>
          {translated.destination}:{translated.destinationPort} → {translated.source}:{translated.sourcePort}
        </dd>
      </dl>
    </li>
  );
}

function keyOfFlow({ original: { protocol, source, sourcePort, destination, destinationPort } }: Readonly<Flow>) {
  return `${protocol} ${source} ${sourcePort} ${destination} ${destinationPort}`;
}
