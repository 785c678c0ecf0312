// What the shapes and colours of the picture mean: everything that is drawn.
import type { ReactNode } from "react";
import { type LifeState, STATE_WORDS } from "../store/derive.ts";
import { StateMark } from "../ui/StateMark.tsx";
import "./ghosts/ghosts.css";
import { W } from "../../words/en/picture-more.ts";

const STATES: readonly LifeState[] = ["ready", "not-ready", "starting", "terminating", "failed", "ended"];

const PACKETS = [
  ["request", W.request],
  ["reply", W.reply],
  ["dot", W.dot],
  ["refused", W.refused],
  ["dropped", W.dropped],
] as const;

const PORTS = [
  ["node-port", ":30080", W.nodePort],
  ["port", "80", W.port],
  ["target-port", "8080", W.targetPort],
] as const;

const PLACES = [
  ["band", W.band],
  ["column", W.column],
  ["pod", W.pod],
  ["chip", W.chip],
  ["ghost", W.ghost],
] as const;

const LINES = [
  ["wire", W.wireLine],
  ["ready", W.readyLine],
  ["not-ready", W.unreadyLine],
  ["terminating", W.terminatingLine],
  ["client", W.clientLine],
  ["cable", W.cableLine],
  ["broken", W.brokenLine],
  ["ghost", W.ghostLine],
] as const;

const ROUTE = [
  ["stop", W.stop],
  ["back", W.back],
  ["answered", W.answered],
  ["square", W.square],
  ["dashed", W.dashed],
  ["other", W.other],
  ["label", W.label],
  ["lit", W.lit],
] as const;

export function Legend() {
  return (
    <>
      <h2>{W.legend}</h2>
      <Part title={W.packets} rows={PACKETS} mark={packetMark} />
      <Part title={W.routeOfRequest} rows={ROUTE} mark={routeMark} />
      <h3>{W.ports}</h3>
      <ul>
        {PORTS.map(([kind, example, text]) => (
          <li key={kind}>
            <span className={`mono legend-port text-${kind}`}>{example}</span>
            {text}
          </li>
        ))}
      </ul>
      <Part title={W.places} rows={PLACES} mark={placeMark} />
      <Part title={W.lines} rows={LINES} mark={lineMark} />
      <h3>{W.states}</h3>
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

interface PartProps<Look extends string> {
  readonly title: string;
  readonly rows: readonly (readonly [look: Look, text: string])[];
  readonly mark: (look: Look) => ReactNode;
}

function Part<Look extends string>({ title, rows, mark }: PartProps<Look>) {
  return (
    <>
      <h3>{title}</h3>
      <ul>
        {rows.map(([look, text]) => (
          <li key={look}>
            <svg className="legend-mark" viewBox="0 0 30 14" aria-hidden="true">
              {mark(look)}
            </svg>
            {text}
          </li>
        ))}
      </ul>
    </>
  );
}

function packetMark(look: (typeof PACKETS)[number][0]): ReactNode {
  switch (look) {
    case "request":
      return <rect x="1" y="1" width="28" height="12" rx="6" fill="var(--request)" />;
    case "reply":
      return <path d="M1 7l6-6h22v12H7z" fill="var(--reply)" />;
    case "dot":
      return <circle cx="15" cy="7" r="4" fill="var(--request)" />;
    case "refused":
      return <path d="M10 2l10 10m0-10L10 12" stroke="var(--refused)" strokeWidth="3" />;
    case "dropped":
      return (
        <circle cx="15" cy="7" r="5.5" fill="none" stroke="var(--dropped)" strokeWidth="2" strokeDasharray="3 2.5" />
      );
  }
}

function routeMark(look: (typeof ROUTE)[number][0]): ReactNode {
  const ring = { fill: "var(--surface)", strokeWidth: 2 };
  switch (look) {
    case "stop":
      return <circle cx="15" cy="7" r="5.5" {...ring} stroke="var(--request)" />;
    case "back":
      return <circle cx="15" cy="7" r="5.5" {...ring} stroke="var(--reply)" />;
    case "answered":
      return <circle cx="15" cy="7" r="6" fill="var(--ready)" />;
    case "square":
      return <rect x="9.5" y="1.5" width="11" height="11" {...ring} stroke="var(--refused)" />;
    case "dashed":
      return <circle cx="15" cy="7" r="5.5" {...ring} stroke="var(--dropped)" strokeDasharray="3 2.5" />;
    case "other":
      return (
        <path
          d="M2 2h7l-7 10h7zM15 1.5l5.5 11h-11zM25 1l4 6-4 6-4-6z"
          {...ring}
          stroke="var(--timeout)"
          strokeWidth="1.5"
        />
      );
    case "label":
      return <rect x="1" y="1" width="28" height="12" rx="3" {...ring} stroke="var(--line-strong)" strokeWidth="1.5" />;
    case "lit":
      return <rect x="2" y="1.5" width="26" height="11" rx="3" fill="none" stroke="var(--lit)" strokeWidth="2.5" />;
  }
}

function placeMark(look: (typeof PLACES)[number][0]): ReactNode {
  switch (look) {
    case "band":
      return (
        <>
          <rect x="1" y="1" width="28" height="12" rx="3" fill="var(--band)" stroke="var(--line-strong)" />
          <rect x="1" y="3.5" width="9" height="7" rx="2" fill="var(--surface)" stroke="var(--line-strong)" />
        </>
      );
    case "column":
      return (
        <rect
          x="8"
          y="1"
          width="14"
          height="12"
          rx="3"
          fill="var(--port-ground)"
          stroke="var(--port-line)"
          strokeDasharray="3 2"
        />
      );
    case "pod":
      return (
        <rect
          x="3"
          y="1.5"
          width="24"
          height="11"
          rx="3"
          fill="var(--surface)"
          stroke="var(--ready)"
          strokeWidth="1.5"
        />
      );
    case "ghost":
      return (
        <rect
          x="2"
          y="1.5"
          width="26"
          height="11"
          rx="3"
          fill="none"
          stroke="var(--line-strong)"
          strokeWidth="1.5"
          strokeDasharray="4 3"
        />
      );
    case "chip":
      return <rect x="1" y="2.5" width="28" height="9" rx="3" fill="var(--surface)" stroke="var(--line)" />;
  }
}

function lineMark(look: (typeof LINES)[number][0]): ReactNode {
  return <path className={`line line-${look}`} d="M1 7H29" />;
}
