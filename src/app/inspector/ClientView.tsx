// A machine outside the cluster, and what it lately asked.
import { describeOutcome, type Exchange } from "../../cluster/index.ts";
import { W } from "../../words/en/inspector.ts";
import { useApp, useNow, usePlayground } from "../store/react.ts";

const SHOWN = 30;

export function ClientView({ name }: { name: string }) {
  const playground = usePlayground();
  const client = useApp((state) => state.world.settings.clients.find((each) => each.name === name));
  useNow(250);
  const { trace } = playground.store.getState().world;
  const own: Exchange[] = [];
  for (const exchange of trace.exchanges())
    if (exchange.from.kind === "client" && exchange.from.name === name) own.push(exchange);
  return (
    <>
      <header className="inspector-head">
        <h2>{name}</h2>
        <p className="quiet">
          {W.outside} <span className="mono">{client?.address}</span>
        </p>
      </header>
      <h3 className="inspector-title">{W.requests}</h3>
      {own.length === 0 && <p className="quiet inspector-text">{W.noneSent}</p>}
      <ul className="exchange-list">
        {own
          .slice(-SHOWN)
          .reverse()
          .map((exchange) => (
            <li key={exchange.id}>
              <button type="button" onClick={() => playground.select({ kind: "exchange", id: exchange.id })}>
                {describeOutcome(exchange)}
              </button>
            </li>
          ))}
      </ul>
    </>
  );
}
