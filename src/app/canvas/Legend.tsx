// What the shapes and colours of the picture mean.
import { type LifeState, STATE_WORDS } from "../store/derive.ts";
import { StateMark } from "../ui/StateMark.tsx";

const STATES: readonly LifeState[] = ["ready", "not-ready", "starting", "terminating", "failed"];

const PACKETS = [
  ["request", "request, with the address it goes to"],
  ["reply", "what comes back"],
  ["refused", "refused: it springs back"],
  ["dropped", "dropped or lost: nobody answers"],
] as const;

const PORTS = [
  ["node-port", ":30080", "nodePort, open on every node"],
  ["port", "80", "port of the Service's ClusterIP"],
  ["target-port", "8080", "targetPort, where the container listens"],
] as const;

export function Legend() {
  return (
    <>
      <h2>Legend</h2>
      <h3>Packets</h3>
      <ul>
        {PACKETS.map(([look, text]) => (
          <li key={look}>
            <PacketMark look={look} />
            {text}
          </li>
        ))}
      </ul>
      <h3>Ports</h3>
      <ul>
        {PORTS.map(([kind, example, text]) => (
          <li key={kind}>
            <span className={`mono legend-port text-${kind}`}>{example}</span>
            {text}
          </li>
        ))}
      </ul>
      <h3>Pods and endpoints</h3>
      <ul>
        {STATES.map((state) => (
          <li key={state}>
            <StateMark state={state} />
            {STATE_WORDS[state]}
          </li>
        ))}
      </ul>
    </>
  );
}

function PacketMark({ look }: { look: (typeof PACKETS)[number][0] }) {
  return (
    <svg className="legend-mark" viewBox="0 0 30 14" aria-hidden="true">
      {look === "request" && <rect x="1" y="1" width="28" height="12" rx="6" fill="var(--request)" />}
      {look === "reply" && <path d="M1 7l6-6h22v12H7z" fill="var(--reply)" />}
      {look === "refused" && <path d="M10 2l10 10m0-10L10 12" stroke="var(--refused)" strokeWidth="3" />}
      {look === "dropped" && (
        <circle cx="15" cy="7" r="5.5" fill="none" stroke="var(--dropped)" strokeWidth="2" strokeDasharray="3 2.5" />
      )}
    </svg>
  );
}
