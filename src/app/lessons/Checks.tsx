// The checks of a task, each with what was observed or what is missing; what changes is announced once.
import { Check, Circle } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import type { CheckState } from "../../lessons/index.ts";
import { W } from "../../words/en/lessons.ts";
import { listed, newsOf } from "./news.ts";

interface ChecksProps {
  readonly states: readonly CheckState[];
  /** Whether a prediction is open: what is missing would give it away. */
  readonly predicting: boolean;
}

export function Checks({ states, predicting }: ChecksProps) {
  return (
    <>
      <ul className="lesson-checks" aria-label={W.checks}>
        {listed(states, predicting).map(({ state: { isMet, missing, observed }, at }) => (
          <li key={at} data-met={isMet}>
            {isMet ? <Check size={15} aria-hidden="true" /> : <Circle size={15} aria-hidden="true" />}
            <span>{isMet ? <Met observed={observed} /> : predicting ? W.notYet : missing}</span>
          </li>
        ))}
      </ul>
      <News states={states} />
    </>
  );
}

function Met({ observed }: { readonly observed: string | undefined }) {
  return (
    <>
      <strong>{W.met}</strong> {observed}
    </>
  );
}

/** Says what became met, or is met no longer, when that happens; a sentence that only grows is not said again. */
function News({ states }: { readonly states: readonly CheckState[] }) {
  const [news, setNews] = useState("");
  const before = useRef(states);
  const key = states.map(({ isMet }) => isMet).join();
  const now = useRef(states);
  now.current = states;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says when a check is another one
  useEffect(() => {
    const changed = newsOf(before.current, now.current);
    before.current = now.current;
    if (changed !== "") setNews(changed);
  }, [key]);
  return (
    <p className="visually-hidden" role="status">
      {news}
    </p>
  );
}
