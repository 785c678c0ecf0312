// The list of what is wrong with the text, under the editor: each entry leads to its place.
import { useMemo } from "react";
import { W } from "../../words/en/editor.ts";
import { Guard } from "../ui/Guard.tsx";
import type { EditedText } from "./edited.ts";
import { type Fix, fixesFor, type Problem } from "./language/index.ts";
import { isLong } from "./long.ts";

const WORDS = { error: W.error, warning: W.warning, info: W.note } as const;
/** More than these are counted, not listed. */
const SHOWN = 50;

export function Problems({ edited, problems }: { readonly edited: EditedText; readonly problems: readonly Problem[] }) {
  if (problems.length === 0) return null;
  const rest = problems.length - SHOWN;
  return (
    <ul className="problems" aria-label={W.problems}>
      {problems.slice(0, SHOWN).map((problem) => (
        <Guard key={`${problem.line}:${problem.from}:${problem.message}`} name={W.noteOn(problem.line)}>
          <Entry edited={edited} problem={problem} />
        </Guard>
      ))}
      {rest > 0 && <li className="problem-rest">{W.more(rest)}</li>}
    </ul>
  );
}

function Entry({ edited, problem }: { readonly edited: EditedText; readonly problem: Problem }) {
  const { line, from, severity, message } = problem;
  // A fix is looked for once: that reads the whole text, which every keystroke would feel.
  const fix = useMemo(() => firstFix(edited, problem), [edited, problem]);
  return (
    <li className={`problem problem-${severity}`}>
      <button type="button" className="problem-place" onClick={() => edited.reveal(line, from)}>
        <span className="problem-mark" aria-hidden="true" />
        <span className="visually-hidden">{W.in(WORDS[severity])} </span>
        <span className="problem-line">{W.line(line)}</span>
        <span className="problem-message">{message}</span>
      </button>
      {fix !== undefined && <FixButton edited={edited} problem={problem} fix={fix} />}
    </li>
  );
}

function firstFix({ state, host }: EditedText, problem: Problem): Fix | undefined {
  return isLong(state.text) ? undefined : fixesFor(state.text, problem, host.lister)[0];
}

function FixButton({
  edited,
  problem,
  fix,
}: {
  readonly edited: EditedText;
  readonly problem: Problem;
  readonly fix: Fix;
}) {
  return (
    <button
      type="button"
      className="button problem-fix"
      aria-label={W.fixIn(fix.title, problem.line)}
      // The text may have changed since the fix was found.
      onClick={() => edited.edit(firstFix(edited, problem)?.edits ?? [])}
    >
      {fix.title}
    </button>
  );
}
