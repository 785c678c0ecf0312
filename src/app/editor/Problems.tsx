// The list of what is wrong with the text, under the editor: each entry leads to its place.
import { useMemo } from "react";
import { type Fix, fixesFor, type Problem } from "./language/index.ts";
import { type EditorSession, LONGEST_TEXT } from "./session.ts";

const WORDS = { error: "Error", warning: "Warning", info: "Note" } as const;
/** More than these are counted, not listed. */
const SHOWN = 50;

export function Problems({
  session,
  problems,
}: {
  readonly session: EditorSession;
  readonly problems: readonly Problem[];
}) {
  if (problems.length === 0) return null;
  const rest = problems.length - SHOWN;
  return (
    <ul className="problems" aria-label="Problems">
      {problems.slice(0, SHOWN).map((problem) => (
        <Entry key={`${problem.line}:${problem.from}:${problem.message}`} session={session} problem={problem} />
      ))}
      {rest > 0 && <li className="problem-rest">and {rest} more</li>}
    </ul>
  );
}

function Entry({ session, problem }: { readonly session: EditorSession; readonly problem: Problem }) {
  const { line, from, severity, message } = problem;
  // A fix is looked for once: that reads the whole text, which every keystroke would feel.
  const fix = useMemo(() => firstFix(session, problem), [session, problem]);
  return (
    <li className={`problem problem-${severity}`}>
      <button type="button" className="problem-place" onClick={() => session.reveal(line, from)}>
        <span className="problem-mark" aria-hidden="true" />
        <span className="visually-hidden">{WORDS[severity]} in </span>
        <span className="problem-line">line {line}</span>
        <span className="problem-message">{message}</span>
      </button>
      {fix !== undefined && <FixButton session={session} problem={problem} fix={fix} />}
    </li>
  );
}

function firstFix({ state, host }: EditorSession, problem: Problem): Fix | undefined {
  return state.text.length > LONGEST_TEXT ? undefined : fixesFor(state.text, problem, host.world)[0];
}

function FixButton({
  session,
  problem,
  fix,
}: {
  readonly session: EditorSession;
  readonly problem: Problem;
  readonly fix: Fix;
}) {
  return (
    <button
      type="button"
      className="button problem-fix"
      aria-label={`${fix.title}, line ${problem.line}`}
      // The text may have changed since the fix was found.
      onClick={() => session.edit(firstFix(session, problem)?.edits ?? [])}
    >
      {fix.title}
    </button>
  );
}
