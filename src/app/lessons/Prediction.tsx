// What the learner expects, before the packet; then what turned out.
import { useId } from "react";
import type { LessonLink, PredictionState } from "../../lessons/index.ts";
import { W } from "../../words/en/lessons.ts";
import { Inlines } from "../ui/Inlines.tsx";

interface PredictionProps {
  readonly state: PredictionState;
  readonly onChoose: (choice: number) => void;
  readonly onLink: (link: LessonLink) => void;
}

export function Prediction({ state, onChoose, onLink }: PredictionProps) {
  const name = useId();
  const { question, choices, chosen, isDecided, right, because } = state;
  return (
    <fieldset className="lesson-prediction">
      <legend>
        <Inlines of={question} onLink={onLink} />
      </legend>
      {choices.map((choice, at) => (
        <label key={choice} data-right={right === at}>
          <input
            type="radio"
            name={name}
            checked={chosen === at}
            disabled={isDecided && chosen !== undefined}
            onChange={() => onChoose(at)}
          />
          <span>
            {choice}
            {right === at && <strong> {W.happened}</strong>}
          </span>
        </label>
      ))}
      {because !== undefined && chosen !== undefined && (
        <p role="status">
          {right !== undefined && <strong>{right === chosen ? W.asExpected : W.notAsExpected}</strong>}
          <Inlines of={because} onLink={onLink} />
        </p>
      )}
    </fieldset>
  );
}
