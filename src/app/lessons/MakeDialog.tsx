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
import { W } from "../../words/en/make-lesson.ts";

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
    <Dialog title={W.make} size="page" onClose={onClose}>
      <p className="quiet">{W.intro}</p>
      <form className="make" onSubmit={(event) => event.preventDefault()}>
        <div className="make-texts">
          <Line label={W.title} value={draft.title} onChange={(title) => change({ title })} />
          <Line label={W.question} value={draft.question} onChange={(question) => change({ question })} />
          <Area label={W.report} value={draft.report} onChange={(report) => change({ report })} />
          <Area label={W.help} value={draft.text} onChange={(text) => change({ text })} />
          <Line label={W.task} value={draft.task} onChange={(task) => change({ task })} />
        </div>
        <div className="make-picks">
          <Beginning scenario={scenario} from={draft.from} onChange={(from) => change({ from })} />
          <fieldset>
            <legend>{W.doneWhen}</legend>
            {offered.length === 0 && <p className="quiet">{W.nothingHolds}</p>}
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
            <legend>{W.grade}</legend>
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
        <ul className="make-missing" aria-label={W.missing}>
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
    [title, W.noTitle],
    [question, W.noQuestion],
    [task, W.noTask],
    [report, W.noReport],
  ] as const;
  return [
    ...texts.flatMap(([text, missing]) => (text.trim() === "" ? [missing] : [])),
    ...(from >= actions ? [W.noSolution] : []),
    ...(checks.length === 0 ? [W.noCheck] : []),
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
      <label htmlFor={id}>{W.begins}</label>
      <select id={id} value={from} onChange={({ target }) => onChange(Number(target.value))}>
        <option value={0}>{W.veryBeginning}</option>
        {log.map(({ at, action }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a log's places are its names
          <option key={index} value={index + 1}>
            {W.after(formatElapsed(at), describeAction(action).slice(0, 60))}
          </option>
        ))}
      </select>
      <p className="make-label">{W.solution}</p>
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
          {W.try}
        </button>
        <button type="button" className="button" onClick={() => download(name, "text/markdown", source)}>
          <Download size={14} aria-hidden="true" />
          {W.saveAs(name)}
        </button>
      </span>
      <div role="status">
        {tried === "trying" && <p className="quiet">{W.replaying}</p>}
        {typeof tried === "object" && tried.complaints.length === 0 && (
          <p className="lesson-over">
            <Check size={14} aria-hidden="true" /> {W.works(tried.par)}
          </p>
        )}
        {typeof tried === "object" &&
          tried.complaints.map((each) => (
            <p key={each} className="make-wrong">
              <X size={14} aria-hidden="true" /> {each}
            </p>
          ))}
      </div>
      <CopyField label={W.link} text={link} rows={3} />
      {link.length > LINK_WARNING && <p className="quiet">{W.long}</p>}
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
