// The mark of a state: a shape and a colour, so that neither has to be seen alone.
import { type LifeState, STATE_WORDS } from "../store/derive.ts";

const COLOURS: Readonly<Record<LifeState, string>> = {
  ready: "var(--ready)",
  "not-ready": "var(--not-ready)",
  starting: "var(--not-ready)",
  terminating: "var(--terminating)",
  failed: "var(--failed)",
  ended: "var(--terminating)",
};

/** Drawn in a box of 10 by 10. */
export function StateMark({ state }: { state: LifeState }) {
  return (
    <svg className="state-mark" viewBox="0 0 10 10" role="img" aria-label={STATE_WORDS[state]}>
      <Shape state={state} colour={COLOURS[state]} />
    </svg>
  );
}

function Shape({ state, colour }: { state: LifeState; colour: string }) {
  const ring = { cx: 5, cy: 5, r: 4, fill: "none", stroke: colour, strokeWidth: 1.6 };
  switch (state) {
    case "ready":
      return <circle cx={5} cy={5} r={4.6} fill={colour} />;
    case "not-ready":
      return (
        <>
          <circle {...ring} />
          <path d="M5 1a4 4 0 0 1 0 8z" fill={colour} />
        </>
      );
    case "starting":
      return <circle {...ring} strokeDasharray="2.2 1.95" />;
    case "terminating":
      return <path d="M1.4 1.4h7.2v7.2H1.4z" fill="none" stroke={colour} strokeWidth={1.6} />;
    case "failed":
      return <path d="M1.5 1.5l7 7m0-7l-7 7" stroke={colour} strokeWidth={2} strokeLinecap="round" />;
    case "ended":
      return <path d="M1 5.4l2.6 2.6L9 2.4" fill="none" stroke={colour} strokeWidth={1.8} strokeLinecap="round" />;
  }
}
