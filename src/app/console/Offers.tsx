// The list of words that Tab offers.
import { useEffect, useRef } from "react";
import { W } from "../../words/en/console.ts";
import type { Candidate } from "./completion.ts";

interface OffersProps {
  readonly id: string;
  readonly candidates: readonly Candidate[];
  readonly chosen: number;
  readonly onChoose: (candidate: Candidate) => void;
}

export function Offers({ id, candidates, chosen, onChoose }: OffersProps) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.scrollIntoView({ block: "nearest" });
  }, []);
  useEffect(() => {
    list.current?.children[chosen]?.scrollIntoView({ block: "nearest" });
  }, [chosen]);
  return (
    <div ref={list} id={id} className="offers" role="listbox" aria-label={W.completions}>
      {candidates.map((candidate, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the prompt, which keeps the focus
        <div
          key={candidate.text}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === chosen}
          className="offer"
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onChoose(candidate)}
        >
          <span>{candidate.text}</span>
          {candidate.detail !== undefined && <span className="offer-detail">{candidate.detail}</span>}
        </div>
      ))}
    </div>
  );
}
