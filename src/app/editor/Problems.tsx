// The list of what is wrong with the text, under the editor: each entry leads to its place.
import { type Fix, fixesFor, type Problem } from "./language/index.ts";
import type { EditorSession } from "./session.ts";

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
  const fix = fixesFor(session.state.text, problem, session.host.world)[0];
  return (
    <li className={`problem problem-${severity}`}>
      <button type="button" className="problem-place" onClick={() => session.reveal(line, from)}>
        <span className="problem-mark" aria-hidden="true" />
        <span className="visually-hidden">{WORDS[severity]} in </span>
        <span className="problem-line">line {line}</span>
        <span className="problem-message">{message}</span>
      </button>
      {fix !== undefined && <FixButton session={session} fix={fix} line={line} />}
    </li>
  );
}

function FixButton({
  session,
  fix,
  line,
}: {
  readonly session: EditorSession;
  readonly fix: Fix;
  readonly line: number;
}) {
  return (
    <button
      type="button"
      className="button problem-fix"
      aria-label={`${fix.title}, line ${line}`}
      onClick={() => session.edit(fix.edits)}
    >
      {fix.title}
    </button>
  );
}
