// The selector of a Service: rows to type, the labels that pods have to press, and how many pods it selects.
import { useMemo } from "react";
import type { Pod } from "../../cluster/index.ts";
import { W } from "../../words/en/change.ts";
import { useApp } from "../store/react.ts";
import { type Choice, choicesFor, chosenBy, labelsOf, livePods, type Pair, pairsOf, withChoice } from "./pairs.ts";
import { PairRows } from "./parts.tsx";

interface SelectorProps {
  readonly namespace: string;
  readonly pairs: readonly Pair[];
  readonly onChange: (pairs: readonly Pair[]) => void;
  readonly words: readonly string[] | undefined;
}

export function Selector({ namespace, pairs, onChange, words }: SelectorProps) {
  const all = useApp((state) => state.objects.get("pods"));
  const pods = useMemo(() => livePods(all?.values() ?? [], namespace), [all, namespace]);
  const selector = labelsOf(pairs);
  const chosen = chosenBy(selector, pods);
  const choices = choicesFor(pods, selector);
  const own = choices.filter((each) => !each.written);
  const written = choices.filter((each) => each.written);
  const take = (choice: Choice) => onChange(pairsOf(withChoice(selector, choice)));
  return (
    <fieldset className="change-section">
      <legend className="mono">selector</legend>
      <PairRows label="selector" pairs={pairs} onChange={onChange} words={words} />
      <p className="change-chosen" role="status" data-none={chosen.length === 0}>
        {pairs.length === 0 ? W.noSelector : <Chosen pods={chosen} />}
      </p>
      {own.length > 0 && <p className="quiet">{W.podsHave(namespace)}</p>}
      <Choices choices={own} onTake={take} />
      {written.length > 0 && (
        <details className="change-written">
          <summary>{W.byControllers}</summary>
          <Choices choices={written} onTake={take} />
        </details>
      )}
    </fieldset>
  );
}

interface ChoicesProps {
  readonly choices: readonly Choice[];
  readonly onTake: (choice: Choice) => void;
}

/** A press takes a label into the selector, or out of it; each says how many pods are selected then. */
function Choices({ choices, onTake }: ChoicesProps) {
  return (
    <ul className="change-choices">
      {choices.map((choice) => (
        <li key={`${choice.key}=${choice.value}`}>
          <button type="button" className="button" aria-pressed={choice.chosen} onClick={() => onTake(choice)}>
            <span className="mono">
              {choice.key}={choice.value}
            </span>
            <span className="quiet">
              {choice.chosen ? W.without : W.with} {countOf(choice.count)}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

const NAMED = 3;

function Chosen({ pods }: { readonly pods: readonly Pod[] }) {
  const names = pods.slice(0, NAMED).map(({ metadata }) => metadata.name);
  const rest = pods.length - names.length;
  return (
    <>
      <b>{W.selects(pods.length)}</b>
      {names.length > 0 && ` ${names.join(", ")}${rest > 0 ? W.more(rest) : ""}`}
    </>
  );
}

const countOf = (count: number) => W.countOf(count);
