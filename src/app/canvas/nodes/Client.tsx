// A machine outside the cluster: who sends.
import { ChevronDown, Laptop, Repeat, Send, Smartphone, Square } from "lucide-react";
import { Handle, type NodeProps, Position } from "reactflow";
import type { Place } from "../../../cluster/index.ts";
import { useApp, usePlayground } from "../../store/react.ts";
import { Break } from "../Break.tsx";
import type { SceneNode } from "../sceneNodes.ts";
import { sendRequest, startTraffic } from "../send.ts";

export function ClientNode({ data }: NodeProps<SceneNode>) {
  const name = data.key;
  const playground = usePlayground();
  const address = useApp((state) => state.session.cluster.settings.clients.find((each) => each.name === name)?.address);
  const selected = useApp((state) => state.selection?.kind === "client" && state.selection.name === name);
  const place = { kind: "client", name } as const;
  const main = name === "laptop";
  const Icon = main ? Laptop : Smartphone;
  return (
    <div className="client">
      <Handle type="source" position={Position.Right} isConnectable={false} />
      <div className="client-card" data-selected={selected}>
        <div className="face" aria-hidden="true">
          <Icon size={18} strokeWidth={1.6} />
          <span className="client-name">{name}</span>
          <span className="mono quiet detail">{address}</span>
        </div>
        <button
          type="button"
          className="hit"
          aria-label={`${name}, ${address}`}
          onClick={() => playground.select({ kind: "client", name })}
        />
        <Break what={place} label={`Break the network of ${name}`} className="plain icon client-break" />
      </div>
      <div className="client-actions nodrag nopan">
        <button
          type="button"
          className={main ? "button primary send" : "button send"}
          aria-label={main ? "Send request" : `Send from ${name}`}
          onClick={() => sendRequest(playground, place)}
        >
          {main ? (
            "Send request"
          ) : (
            <>
              <Send size={13} aria-hidden="true" /> Send
            </>
          )}
        </button>
        <button
          type="button"
          className={main ? "button primary icon choose" : "button icon choose"}
          aria-label={`Choose what ${name} sends`}
          popoverTarget="request-panel"
          onClick={() => playground.setDraft({ from: place })}
        >
          <ChevronDown size={15} aria-hidden="true" />
        </button>
        <Traffic place={place} />
      </div>
    </div>
  );
}

/** Continuous requests of one client: the way to start and to stop them. */
function Traffic({ place }: { place: Place & { kind: "client" } }) {
  const playground = usePlayground();
  const traffic = useApp((state) => state.traffic);
  const own = traffic.filter((each) => each.from.kind === "client" && each.from.name === place.name);
  if (own.length === 0)
    return (
      <button
        type="button"
        className="button traffic-start"
        aria-label={place.name === "laptop" ? "Start traffic" : `Start traffic from ${place.name}`}
        onClick={() => startTraffic(playground, place)}
      >
        <Repeat size={13} aria-hidden="true" />
        <span className="traffic-word">Start traffic</span>
      </button>
    );
  return (
    <button
      type="button"
      className="button traffic-start"
      data-running="true"
      aria-label="Stop traffic"
      title={own.map((each) => `${each.rate} a second to ${each.target.host}:${each.target.port}`).join("\n")}
      onClick={() => playground.run({ kind: "stop-traffic", from: place })}
    >
      <Square size={9} fill="currentColor" aria-hidden="true" />
      {own.reduce((sum, each) => sum + each.rate, 0)}/s
    </button>
  );
}
