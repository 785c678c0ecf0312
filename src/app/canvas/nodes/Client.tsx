// A machine outside the cluster: who sends.
import { ChevronDown, Laptop, Repeat, Send, Smartphone, Square } from "lucide-react";
import { useId } from "react";
import { Handle, type NodeProps, Position } from "reactflow";
import type { Place } from "../../../cluster/index.ts";
import { W } from "../../../words/en/canvas.ts";
import { useApp, usePlayground } from "../../store/react.ts";
import { placeName } from "../../store/sentences.ts";
import { Break } from "../Break.tsx";
import type { SceneNode } from "../sceneNodes.ts";
import { mainSender, sendRequest, startTraffic } from "../send.ts";

export function ClientNode({ data }: NodeProps<SceneNode>) {
  const name = data.key;
  const playground = usePlayground();
  const address = useApp((state) => state.world.settings.clients.find((each) => each.name === name)?.address);
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
        <Break what={place} label={W.breakNetwork(name)} className="plain icon client-break" />
      </div>
      <div className="client-actions nodrag nopan">
        {main ? (
          <MainSend />
        ) : (
          <button
            type="button"
            className="button send"
            aria-label={W.sendFrom(name)}
            onClick={() => sendRequest(playground, place)}
          >
            <Send size={13} aria-hidden="true" /> {W.send}
          </button>
        )}
        <button
          type="button"
          className={main ? "button primary icon choose" : "button icon choose"}
          aria-label={W.choose(name)}
          popoverTarget="request-panel"
          onClick={() => playground.setDraft({ from: main ? undefined : place })}
        >
          <ChevronDown size={15} aria-hidden="true" />
        </button>
        <Traffic place={place} />
      </div>
    </div>
  );
}

/** Sends from a place that reaches the target, and names it if it isn't the laptop. */
function MainSend() {
  const playground = usePlayground();
  const id = useId();
  const sender = useApp((state) => nameOfSender(mainSender(state)));
  return (
    <>
      <button
        type="button"
        className="button primary send"
        aria-label={W.sendRequest}
        aria-describedby={sender === undefined ? undefined : id}
        onClick={() => sendRequest(playground, mainSender(playground.store.getState()))}
      >
        <span>
          {W.sendFirst}
          <span className="send-word"> {W.sendRest}</span>
        </span>
      </button>
      {sender !== undefined && (
        <span id={id} className="send-from" title={W.sentFrom(sender)}>
          {sender}
        </span>
      )}
    </>
  );
}

function nameOfSender(from: Place): string | undefined {
  return from.kind === "client" && from.name === "laptop" ? undefined : W.from(placeName(from));
}

/** Continuous requests of one client, at the laptop also those from inside: the way to start and to stop them. */
function Traffic({ place }: { place: Place & { kind: "client" } }) {
  const playground = usePlayground();
  const traffic = useApp((state) => state.traffic);
  const main = place.name === "laptop";
  const own = traffic.filter(({ from }) => (from.kind === "client" ? from.name === place.name : main));
  if (own.length === 0)
    return (
      <button
        type="button"
        className="button traffic-start"
        aria-label={main ? W.startTraffic : W.startTrafficFrom(place.name)}
        onClick={() => startTraffic(playground, main ? mainSender(playground.store.getState()) : place)}
      >
        <Repeat size={13} aria-hidden="true" />
        <span className="traffic-word">{W.startTraffic}</span>
      </button>
    );
  return (
    <button
      type="button"
      className="button traffic-start"
      data-running="true"
      aria-label={W.stopTraffic}
      title={own.map((each) => W.rate(each.rate, each.target.host, each.target.port)).join("\n")}
      onClick={() => {
        const senders = new Map(own.map(({ from }) => [JSON.stringify(from), from]));
        for (const from of senders.values()) playground.run({ kind: "stop-traffic", from });
      }}
    >
      <Square size={9} fill="currentColor" aria-hidden="true" />
      {own.reduce((sum, each) => sum + each.rate, 0)}/s
    </button>
  );
}
