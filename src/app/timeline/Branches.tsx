// The futures of this scenario: shown, renamed, deleted, compared.
import { Columns2, GitBranch, Pencil, Trash2 } from "lucide-react";
import { useId, useState } from "react";
import type { BranchInfo, History } from "../../history/index.ts";
import { formatElapsed } from "../../scenario/index.ts";
import { deleteBranch, renameBranch } from "../store/branching.ts";
import { useApp, usePlayground } from "../store/react.ts";
import type { Run } from "../store/run.ts";
import { lazyPart } from "../ui/lazyPart.tsx";
import "./branches.css";
import { W } from "../../words/en/branches.ts";

const CompareDialog = lazyPart(
  W.comparison,
  () => import("./CompareDialog.tsx").then((module) => module.CompareDialog),
  { place: "over", onDismiss: ({ onClose }: { readonly onClose: () => void }) => onClose() },
);

export function Branches() {
  const id = useId();
  const branches = useApp((state) => state.branches);
  const playground = usePlayground();
  const [comparing, setComparing] = useState<History<Run>>();
  const compare = () => void playground.attempt(async () => setComparing((await playground.travel()).history));
  return (
    <>
      <button
        type="button"
        className="button plain timeline-branches"
        title={W.branches}
        aria-label={W.count(branches.length)}
        popoverTarget={id}
      >
        <GitBranch size={15} aria-hidden="true" /> {branches.length}
      </button>
      <button
        type="button"
        className="button plain icon timeline-compare"
        title={W.compareBranches}
        aria-label={W.compareBranches}
        onClick={compare}
      >
        <Columns2 size={15} aria-hidden="true" />
      </button>
      <div id={id} popover="auto" className="event-list">
        <h2>{W.branches}</h2>
        <p className="quiet">{W.intro}</p>
        <ul aria-label={W.branches} className="branch-list">
          {branches.map((branch) => (
            <Branch key={branch.id} branch={branch} parent={branches.find((each) => each.id === branch.from?.branch)} />
          ))}
        </ul>
        <button type="button" className="button" onClick={compare}>
          {W.compare}
        </button>
      </div>
      {comparing !== undefined && <CompareDialog history={comparing} onClose={() => setComparing(undefined)} />}
    </>
  );
}

function Branch({ branch, parent }: { readonly branch: BranchInfo; readonly parent: BranchInfo | undefined }) {
  const playground = usePlayground();
  const current = useApp((state) => state.branch) === branch.id;
  const [renaming, setRenaming] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const { id, name, from } = branch;
  return (
    <li data-current={current}>
      {renaming ? (
        <NameField
          name={name}
          onName={(next) => {
            if (next !== undefined) void renameBranch(playground, id, next);
            setRenaming(false);
          }}
        />
      ) : (
        <button type="button" className="branch-name" aria-current={current} onClick={() => playground.switchTo(id)}>
          <b>{name}</b>
          <span className="quiet">
            {from === undefined ? W.beginning : W.branched(parent?.name, formatElapsed(from.time))}
          </span>
        </button>
      )}
      <button
        type="button"
        className="button plain icon"
        aria-label={W.renameOf(name)}
        title={W.rename}
        onClick={() => setRenaming(true)}
      >
        <Pencil size={14} aria-hidden="true" />
      </button>
      <button
        type="button"
        className="button plain icon"
        aria-label={W.deleteOf(name)}
        title={W.delete}
        onClick={() => setLeaving(true)}
      >
        <Trash2 size={14} aria-hidden="true" />
      </button>
      {leaving && (
        <div className="branch-leaving" role="alert">
          <span>{W.forGood}</span>
          <button type="button" className="button" onClick={() => void deleteBranch(playground, id)}>
            {W.deleteThis}
          </button>
          <button type="button" className="button" onClick={() => setLeaving(false)}>
            {W.keep}
          </button>
        </div>
      )}
    </li>
  );
}

const LONGEST_NAME = 120;

function NameField({ name, onName }: { readonly name: string; readonly onName: (next: string | undefined) => void }) {
  const [text, setText] = useState(name);
  const done = () => onName(text.trim() === "" ? undefined : text.trim());
  return (
    <input
      className="branch-field"
      aria-label={W.name}
      // biome-ignore lint/a11y/noAutofocus: the field takes the place of the button that was pressed
      autoFocus
      maxLength={LONGEST_NAME}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onBlur={done}
      onKeyDown={(event) => {
        if (event.key !== "Enter" && event.key !== "Escape") return;
        event.preventDefault(); // Enter would press what has the focus next, Escape close the list
        event.stopPropagation();
        if (event.key === "Enter") done();
        else onName(undefined);
      }}
    />
  );
}
