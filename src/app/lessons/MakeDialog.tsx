// "Make a lesson of this": texts, the place where the learner begins, checks that the cluster offers; tried, saved, passed on.
import { Check, Download, X } from "lucide-react";
import { useId, useMemo, useState } from "react";
import {
  doingsIn,
  doingText,
  GRADES,
  type LessonDraft,
  LessonError,
  lessonFile,
  lessonFileName,
  offeredChecks,
  parOf,
  readShared,
  replayLesson,
} from "../../lessons/index.ts";
import { formatElapsed, LINK_WARNING, type Scenario } from "../../scenario/index.ts";
import { useApp, usePlayground } from "../store/react.ts";
import { describeAction } from "../store/sentences.ts";
import { CopyField } from "../ui/CopyField.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { download } from "../ui/download.ts";
import { linkTo } from "../ui/link.ts";
import { useFragment } from "../ui/useFragment.ts";
import { useDraft } from "./draft.ts";
import { STAGE } from "./stage.ts";
import "./make.css";

export function MakeDialog({ onClose }: { readonly onClose: () => void }) {
  const playground = usePlayground();
  const run = useApp((state) => state.run);
  const [scenario] = useState((): Scenario => {
    const { branches: _others, notes: _notes, ...alone } = playground.scenarioOf();
    return alone;
  });
  const { log } = scenario;
  const [draft, change] = useDraft(log.length);
  const offered = useMemo(() => offeredChecks({ world: run.world, log }, draft.from), [run, log, draft.from]);
  const picked = offered.filter(({ words }) => draft.picked.includes(words));
  const whole: LessonDraft = { ...draft, checks: picked.map(({ check }) => check) };
  const source = lessonFile(whole, scenario);
  const problems = missingIn(whole, log.length);
  const name = lessonFileName(draft.title);
  return (
    <Dialog title="Make a lesson of this" size="page" onClose={onClose}>
      <p className="quiet">
        Break something, mend it, then come here: what you did last is the solution. Nothing is uploaded; what you write
        stays in this tab.
      </p>
      <form className="make" onSubmit={(event) => event.preventDefault()}>
        <div className="make-texts">
          <Line label="Title" value={draft.title} onChange={(title) => change({ title })} />
          <Line label="Question" value={draft.question} onChange={(question) => change({ question })} />
          <Area label="What its reporter says" value={draft.report} onChange={(report) => change({ report })} />
          <Area label="What helps to look" value={draft.text} onChange={(text) => change({ text })} />
          <Line label="Task" value={draft.task} onChange={(task) => change({ task })} />
        </div>
        <div className="make-picks">
          <Beginning scenario={scenario} from={draft.from} onChange={(from) => change({ from })} />
          <fieldset>
            <legend>Done when</legend>
            {offered.length === 0 && <p className="quiet">Nothing holds now that could be checked.</p>}
            {offered.map(({ words }) => (
              <label key={words} className="make-pick">
                <input
                  type="checkbox"
                  checked={draft.picked.includes(words)}
                  onChange={({ target }) =>
                    change({
                      picked: target.checked ? [...draft.picked, words] : draft.picked.filter((each) => each !== words),
                    })
                  }
                />
                {words}
              </label>
            ))}
          </fieldset>
          <fieldset>
            <legend>Grade</legend>
            {([1, 2, 3] as const).map((grade) => (
              <label key={grade} className="make-pick">
                <input type="radio" name="grade" checked={draft.grade === grade} onChange={() => change({ grade })} />
                {GRADES[grade]}
              </label>
            ))}
          </fieldset>
        </div>
      </form>
      {problems.length > 0 ? (
        <ul className="make-missing" aria-label="What is missing">
          {problems.map((each) => (
            <li key={each}>{each}</li>
          ))}
        </ul>
      ) : (
        <Ready key={source} source={source} scenario={scenario} name={name} />
      )}
    </Dialog>
  );
}

/** What an author has still to do. */
function missingIn({ title, question, task, report, from, checks }: LessonDraft, actions: number): readonly string[] {
  const texts = [
    [title, "Write a title."],
    [question, "Write the question that it answers."],
    [task, "Write the task."],
    [report, "Write what its reporter says."],
  ] as const;
  return [
    ...texts.flatMap(([text, missing]) => (text.trim() === "" ? [missing] : [])),
    ...(from >= actions ? ["Nothing is done after the learner's beginning: mend it, or begin earlier."] : []),
    ...(checks.length === 0 ? ["Pick a check."] : []),
  ];
}

interface BeginningProps {
  readonly scenario: Scenario;
  readonly from: number;
  readonly onChange: (from: number) => void;
}

function Beginning({ scenario: { log }, from, onChange }: BeginningProps) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id}>The learner begins</label>
      <select id={id} value={from} onChange={({ target }) => onChange(Number(target.value))}>
        <option value={0}>at the very beginning</option>
        {log.map(({ at, action }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a log's places are its names
          <option key={index} value={index + 1}>
            after {formatElapsed(at)} {describeAction(action).slice(0, 60)}
          </option>
        ))}
      </select>
      <p className="make-label">The solution</p>
      <ol className="make-solution">
        {doingsIn(log, from).map((doing, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a log's places are its names
          <li key={at}>{doingText(doing).slice(0, 160)}</li>
        ))}
      </ol>
    </div>
  );
}

type Tried = { readonly par: number; readonly complaints: readonly string[] } | "trying" | undefined;

interface ReadyProps {
  readonly source: string;
  readonly scenario: Scenario;
  readonly name: string;
}

/** What can be done with a whole lesson. */
function Ready({ source, scenario, name }: ReadyProps) {
  const playground = usePlayground();
  const [tried, setTried] = useState<Tried>();
  const [shared] = useState((): Scenario => ({ ...scenario, log: [], lesson: source }));
  const fragment = useFragment(shared);
  const link = fragment === undefined ? "" : linkTo(new URLSearchParams(), fragment);
  const attempt = async () => {
    setTried("trying");
    try {
      const lesson = readShared(source);
      setTried({ par: parOf(lesson), complaints: (await replayLesson(lesson, STAGE)).complaints });
    } catch (error) {
      setTried({ par: 0, complaints: [error instanceof LessonError ? error.message : String(error)] });
    }
  };
  return (
    <div className="make-ready">
      <span className="lesson-row">
        <button
          type="button"
          className="button primary"
          disabled={tried === "trying"}
          onClick={() => void playground.attempt(attempt)}
        >
          Try it
        </button>
        <button type="button" className="button" onClick={() => download(name, "text/markdown", source)}>
          <Download size={14} aria-hidden="true" />
          Save as {name}
        </button>
      </span>
      <div role="status">
        {tried === "trying" && <p className="quiet">It is replayed in a cluster of its own…</p>}
        {typeof tried === "object" && tried.complaints.length === 0 && (
          <p className="lesson-over">
            <Check size={14} aria-hidden="true" /> It is not done at its beginning, and its solution does it. Par is{" "}
            {tried.par}.
          </p>
        )}
        {typeof tried === "object" &&
          tried.complaints.map((each) => (
            <p key={each} className="make-wrong">
              <X size={14} aria-hidden="true" /> {each}
            </p>
          ))}
      </div>
      <CopyField label="Link" text={link} rows={3} />
      {link.length > LINK_WARNING && (
        <p className="quiet">Some chat and mail programs cut links of this length; the file is safe.</p>
      )}
    </div>
  );
}

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function Line({ label, value, onChange }: FieldProps) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id}>{label}</label>
      <input id={id} value={value} maxLength={200} onChange={({ target }) => onChange(target.value)} />
    </div>
  );
}

function Area({ label, value, onChange }: FieldProps) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id}>{label}</label>
      <textarea id={id} rows={4} value={value} maxLength={4000} onChange={({ target }) => onChange(target.value)} />
    </div>
  );
}
