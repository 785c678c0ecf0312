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

const CompareDialog = lazyPart(
  "The comparison",
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
        title="Branches"
        aria-label={`Branches (${branches.length})`}
        popoverTarget={id}
      >
        <GitBranch size={15} aria-hidden="true" /> {branches.length}
      </button>
      <button
        type="button"
        className="button plain icon timeline-compare"
        title="Compare branches"
        aria-label="Compare branches"
        onClick={compare}
      >
        <Columns2 size={15} aria-hidden="true" />
      </button>
      <div id={id} popover="auto" className="event-list">
        <h2>Branches</h2>
        <p className="quiet">Each branch is one future. Acting at an earlier moment starts another.</p>
        <ul aria-label="Branches" className="branch-list">
          {branches.map((branch) => (
            <Branch key={branch.id} branch={branch} parent={branches.find((each) => each.id === branch.from?.branch)} />
          ))}
        </ul>
        <button type="button" className="button" onClick={compare}>
          Compare
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
            {from === undefined
              ? "from the beginning"
              : `branched from ${parent?.name ?? "a deleted branch"} at ${formatElapsed(from.time)}`}
          </span>
        </button>
      )}
      <button
        type="button"
        className="button plain icon"
        aria-label={`Rename ${name}`}
        title="Rename"
        onClick={() => setRenaming(true)}
      >
        <Pencil size={14} aria-hidden="true" />
      </button>
      <button
        type="button"
        className="button plain icon"
        aria-label={`Delete ${name}`}
        title="Delete"
        onClick={() => setLeaving(true)}
      >
        <Trash2 size={14} aria-hidden="true" />
      </button>
      {leaving && (
        <div className="branch-leaving" role="alert">
          <span>This permanently deletes the branch with its actions and notes.</span>
          <button type="button" className="button" onClick={() => void deleteBranch(playground, id)}>
            Delete this branch
          </button>
          <button type="button" className="button" onClick={() => setLeaving(false)}>
            Keep it
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
      aria-label="Name of the branch"
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
