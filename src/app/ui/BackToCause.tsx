// Finding the cause: since when something has been the case, and what changed then.
import { useEffect, useState } from "react";
import {
  type BranchId,
  type CauseSearch,
  compareRuns,
  type Difference,
  type Cause as FoundCause,
  type History,
  type Position,
} from "../../history/index.ts";
import { formatElapsed } from "../../scenario/index.ts";
import { W } from "../../words/en/ui-more.ts";
import type { Playground } from "../store/playground.ts";
import { usePlayground } from "../store/react.ts";
import type { Run } from "../store/run.ts";
import { describeAction } from "../store/sentences.ts";

/** Asks about earlier moments, beginning with the given one. */
export type AskBack = (history: History<Run>, at: Position) => CauseSearch;

interface Words {
  readonly button: string;
  /** "Resending the request at earlier moments" */
  readonly asking: string;
  /** What is said where it was so from the beginning on. */
  readonly always: string;
  /** "Answered until": before the time at which it was still otherwise. */
  readonly until: string;
}

type Search =
  | { readonly kind: "asking"; readonly moments: number }
  | { readonly kind: "found"; readonly cause: FoundCause; readonly differences: readonly Difference[] }
  | { readonly kind: "always" };

/** A button that finds the moment at which something became so, and leads there. */
export function BackToCause({ askBack, words }: { readonly askBack: AskBack; readonly words: Words }) {
  const [asked, setAsked] = useState(false);
  if (asked) return <Searching askBack={askBack} words={words} />;
  return (
    <button type="button" className="button" onClick={() => setAsked(true)}>
      {words.button}
    </button>
  );
}

function Searching({ askBack, words }: { readonly askBack: AskBack; readonly words: Words }) {
  const playground = usePlayground();
  const [search, setSearch] = useState<Search>({ kind: "asking", moments: 0 });
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is asked once, about the moment at which the button was pressed
  useEffect(() => ask(playground, askBack, setSearch), [playground]);
  if (search.kind === "asking") return <p role="status">{W.tried(words.asking, search.moments)}</p>;
  if (search.kind === "always") return <p role="status">{words.always}</p>;
  const { before, action } = search.cause;
  return (
    <div className="cause" role="status">
      <p>
        {words.until} <b className="mono">{formatElapsed(before.time)}</b>
        {W.and} {action === undefined ? W.alone : <b>{describeAction(action.action)}</b>}.
      </p>
      {search.differences.length > 0 && (
        <ul className="cause-changes">
          {search.differences.map(({ resource, key, path, before: was, after: is }) => (
            <li key={`${resource} ${key} ${path.join(".")}`}>
              {resource.split(".")[0]} {key}
              {path.length > 0 && <code> {path.join(".")}</code>}: {shown(was)} → {shown(is)}
            </li>
          ))}
        </ul>
      )}
      <button type="button" className="button" onClick={() => playground.seek(before.time, before.actions)}>
        {W.lookAt(formatElapsed(before.time))}
      </button>
    </div>
  );
}

/** Differences that are listed: the first few name the change, the rest follows from it. */
const LISTED = 5;
/** Real milliseconds of work before the page has its turn. */
const SLICE_MS = 10;

/** Asks at one moment after the other, with room for the page in between; returns how to stop. */
function ask(playground: Playground, askBack: AskBack, tell: (search: Search) => void): () => void {
  const { run, world, branch } = playground.store.getState();
  const at = { time: world.clock.now, actions: run.log.length };
  let stopped = false;
  const search = async () => {
    const { history } = await playground.travel();
    const steps = askBack(history, at);
    while (!stopped) {
      await new Promise((resolve) => setTimeout(resolve));
      const until = performance.now() + SLICE_MS;
      let step = steps.next();
      while (step.done !== true && performance.now() < until) step = steps.next();
      if (step.done !== true) tell({ kind: "asking", moments: step.value });
      else return step.value === undefined ? tell({ kind: "always" }) : tell(foundIn(history, branch, step.value));
    }
  };
  void playground.attempt(search);
  return () => {
    stopped = true;
  };
}

function foundIn(history: History<Run>, branch: BranchId, cause: FoundCause): Search {
  const at = ({ time, actions }: Position) => history.spare(time, { branch, actions });
  const { objects } = compareRuns(at(cause.before), at(cause.after));
  return { kind: "found", cause, differences: objects.filter(isPlain).slice(0, LISTED) };
}

/** Whether a difference is a change that someone or something made, not its bookkeeping. */
function isPlain({ path }: Difference): boolean {
  return !path.some((each) => each === "generation" || each === "annotations" || each === "observedGeneration");
}

function shown(value: unknown): string {
  if (value === undefined) return W.nothing;
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
