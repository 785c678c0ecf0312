// The link that holds everything, and the same as a file.
import { Download } from "lucide-react";
import { type ReactNode, useMemo, useState } from "react";
import { formatElapsed, LINK_WARNING, type Scenario, settingsNow } from "../../scenario/index.ts";
import { W } from "../../words/en/share-dialog.ts";
import { usePlayground } from "../store/react.ts";
import { setOnly } from "../store/show-only.ts";
import { CopyField } from "../ui/CopyField.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { downloadJson } from "../ui/download.ts";
import { fileName } from "../ui/file.ts";
import { linkTo, momentOf } from "../ui/link.ts";
import { OpenFile } from "../ui/OpenFile.tsx";
import { useFragment } from "../ui/useFragment.ts";

interface ShareDialogProps {
  readonly onClose: () => void;
  readonly children?: ReactNode;
}

export function ShareDialog({ onClose, children }: ShareDialogProps) {
  const playground = usePlayground();
  const [kind, setKind] = useState<"run" | "text">("run");
  const [{ run, past, view }] = useState(() => playground.store.getState());
  const [whole] = useState(() => playground.scenarioOf());
  const [branched, setBranched] = useState(true);
  const [moment, setMoment] = useState(past);
  const [narrowed, setNarrowed] = useState(true);
  const scenario = useMemo(() => {
    if (kind === "text") return { ...run.scenario("text"), settings: settingsNow(run.origin, run.world.settings) };
    const { branches: _others, ...alone } = whole;
    return branched ? whole : alone;
  }, [run, kind, whole, branched]);
  const fragment = useFragment(scenario);
  const query = kind === "run" && moment ? momentOf(run) : new URLSearchParams();
  const link = fragment === undefined ? "" : linkTo(setOnly(query, narrowed ? view.only : undefined), fragment);
  const others = whole.branches?.others.length ?? 0;
  const actions = scenario.log.length;
  return (
    <Dialog title={W.title} onClose={onClose}>
      <p>{W.intro}</p>
      <fieldset className="choices">
        <legend className="visually-hidden">{W.contents}</legend>
        <label>
          <input type="radio" name="kind" checked={kind === "run"} onChange={() => setKind("run")} />
          <span>
            {W.run}
            <small>{W.runNote}</small>
          </span>
        </label>
        <label>
          <input type="radio" name="kind" checked={kind === "text"} onChange={() => setKind("text")} />
          <span>
            {W.yaml}
            <small>{W.yamlNote}</small>
          </span>
        </label>
      </fieldset>
      {kind === "run" && (
        <div className="choices">
          <label>
            <input type="checkbox" checked={moment} onChange={() => setMoment(!moment)} />
            <span>{W.opensAt(formatElapsed(run.world.clock.now))}</span>
          </label>
          {others > 0 && (
            <label>
              <input type="checkbox" checked={branched} onChange={() => setBranched(!branched)} />
              <span>{W.branches(others)}</span>
            </label>
          )}
        </div>
      )}
      {view.only !== undefined && (
        <div className="choices">
          <label>
            <input type="checkbox" checked={narrowed} onChange={() => setNarrowed(!narrowed)} />
            <span>{W.only}</span>
          </label>
        </div>
      )}
      <CopyField label={W.link} text={link} rows={3} />
      <p className="quiet" role="status">
        {link === "" ? W.making : W.size(link.length, actions)}
      </p>
      {link.length > LINK_WARNING && (
        <p className="warning" role="alert">
          {W.long(LINK_WARNING)}
        </p>
      )}
      <FileButtons scenario={scenario} onClose={onClose} />
      {children}
    </Dialog>
  );
}

function FileButtons({ scenario, onClose }: { readonly scenario: Scenario; readonly onClose: () => void }) {
  const [problem, setProblem] = useState<string>();
  return (
    <div className="dialog-row">
      <button type="button" className="button" onClick={() => downloadJson(fileName(scenario), scenario)}>
        <Download size={14} aria-hidden="true" />
        {W.download}
      </button>
      <OpenFile
        onOpened={(told) => {
          setProblem(told);
          if (told === undefined) onClose();
        }}
      />
      {problem !== undefined && (
        <p className="warning" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}
