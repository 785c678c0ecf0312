// The link that holds everything, and the same as a file.
import { Download, FolderOpen } from "lucide-react";
import { useMemo, useRef, useState } from "react";
import { LINK_WARNING, type Scenario } from "../../scenario/index.ts";
import { usePlayground } from "../store/react.ts";
import { CopyField } from "../ui/CopyField.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { pageAddress } from "../ui/link.ts";
import { useFragment } from "../ui/useFragment.ts";
import { FILE_LIMIT, fileName, readScenarioFile } from "./file.ts";

export function ShareDialog({ onClose }: { readonly onClose: () => void }) {
  const playground = usePlayground();
  const [kind, setKind] = useState<"run" | "text">("run");
  const [session] = useState(() => playground.store.getState().session);
  const scenario = useMemo(() => session.scenario(kind), [session, kind]);
  const fragment = useFragment(scenario);
  const link = fragment === undefined ? "" : `${pageAddress()}#${fragment}`;
  const actions = scenario.log.length;
  return (
    <Dialog title="Share" onClose={onClose}>
      <p>The link holds the whole scenario. Nothing is uploaded: who opens it has it, and it works for ever.</p>
      <fieldset className="choices">
        <legend className="visually-hidden">What the link holds</legend>
        <label>
          <input type="radio" name="kind" checked={kind === "run"} onChange={() => setKind("run")} />
          <span>
            Everything that was done
            <small>Opens at the beginning and does it again, at the same times: the very same run.</small>
          </span>
        </label>
        <label>
          <input type="radio" name="kind" checked={kind === "text"} onChange={() => setKind("text")} />
          <span>
            The YAML as it stands now
            <small>A fresh cluster from the manifest, with nothing done yet.</small>
          </span>
        </label>
      </fieldset>
      <CopyField label="Link" text={link} rows={3} />
      <p className="quiet" role="status">
        {link === "" ? "Making the link…" : `${count(link.length)} characters, ${actionCount(actions)}.`}
      </p>
      {link.length > LINK_WARNING && (
        <p className="warning" role="alert">
          Some chat and mail programs cut links longer than {count(LINK_WARNING)} characters. The file below is safer.
        </p>
      )}
      <FileButtons scenario={scenario} onClose={onClose} />
    </Dialog>
  );
}

function FileButtons({ scenario, onClose }: { readonly scenario: Scenario; readonly onClose: () => void }) {
  const playground = usePlayground();
  const picker = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState("");
  const open = async (file: File) => {
    if (file.size > FILE_LIMIT) {
      setProblem(`${file.name} is too large to be a scenario.`);
      return;
    }
    const read = readScenarioFile(file.name, await file.text());
    if (read.kind === "broken") {
      setProblem(read.message);
      return;
    }
    await playground.open(read.scenario);
    onClose();
  };
  return (
    <div className="dialog-row">
      <button type="button" className="button" onClick={() => download(scenario)}>
        <Download size={14} aria-hidden="true" />
        Download file
      </button>
      <button type="button" className="button" onClick={() => picker.current?.click()}>
        <FolderOpen size={14} aria-hidden="true" />
        Open file
      </button>
      <input
        ref={picker}
        type="file"
        hidden
        aria-label="Scenario file"
        accept=".json,.yaml,.yml,application/json"
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = "";
          if (file !== undefined) void open(file);
        }}
      />
      {problem !== "" && (
        <p className="warning" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}

function download(scenario: Scenario): void {
  const url = URL.createObjectURL(new Blob([`${JSON.stringify(scenario, null, 2)}\n`], { type: "application/json" }));
  const anchor = document.createElement("a");
  anchor.href = url;
  anchor.download = fileName(scenario);
  anchor.click();
  URL.revokeObjectURL(url);
}

function actionCount(actions: number): string {
  if (actions === 0) return "nothing was done yet";
  return actions === 1 ? "one action" : `${count(actions)} actions`;
}

function count(number: number): string {
  return new Intl.NumberFormat("en").format(number);
}
