// One entry of the list, with what can be done with it.
import { Download, Pencil, Trash2 } from "lucide-react";
import { type ReactNode, useRef, useState } from "react";
import { useStore } from "zustand";
import { W } from "../../words/en/work-dialog.ts";
import type { Entry, Kept } from "./entry.ts";
import { saveKept } from "./files.ts";
import { sizeWords, sourceWords, timeWords } from "./words.ts";
import type { Work } from "./work.ts";

interface RowProps {
  readonly work: Work;
  readonly kept: Kept;
  readonly onClose: () => void;
}

export function WorkRow({ work, kept, onClose }: RowProps) {
  const [renaming, setRenaming] = useState(false);
  const pencil = useRef<HTMLButtonElement>(null);
  const name = kept.kind === "entry" ? kept.entry.name : W.brokenEntry;
  const actions = (
    <span className="work-actions">
      {kept.kind === "entry" && <Openers work={work} entry={kept.entry} onClose={onClose} />}
      {kept.kind === "entry" && (
        <button
          ref={pencil}
          type="button"
          className="button plain icon"
          aria-label={W.renameOf(name)}
          title={W.rename}
          onClick={() => setRenaming(true)}
        >
          <Pencil size={14} aria-hidden="true" />
        </button>
      )}
      <Icon label={W.downloadOf(name)} title={W.asFile} onClick={() => saveKept(kept)}>
        <Download size={14} aria-hidden="true" />
      </Icon>
      <Icon
        label={W.deleteOf(name)}
        title={W.delete}
        onClick={(button) => {
          focusNext(button);
          void work.remove(kept);
        }}
      >
        <Trash2 size={14} aria-hidden="true" />
      </Icon>
    </span>
  );
  if (kept.kind === "broken")
    return (
      <li className="work-row" data-broken>
        <span className="work-what">
          <strong>{W.broken}</strong>
          <small>{W.unreadable(kept.reason)}</small>
        </span>
        {actions}
      </li>
    );
  const { entry } = kept;
  return (
    <li className="work-row">
      {renaming ? (
        <Rename
          entry={entry}
          onDone={(next) => {
            setRenaming(false);
            if (next !== undefined) void work.rename(entry, next);
            requestAnimationFrame(() => pencil.current?.focus());
          }}
        />
      ) : (
        <What work={work} entry={entry} />
      )}
      {actions}
    </li>
  );
}

function What({ work, entry }: { readonly work: Work; readonly entry: Entry }) {
  const current = useStore(work.store, (state) => state.current?.id === entry.id);
  return (
    <span className="work-what" aria-current={current || undefined}>
      <strong>
        {entry.name}
        {current && <span className="work-here">{W.here}</span>}
        {work.isUnsaved(entry.id) && <span className="work-unsaved">{W.unsaved}</span>}
      </strong>
      <small>
        {sourceWords(entry.source)} · {timeWords(entry.changed, Date.now())} · {sizeWords(entry)}
      </small>
    </span>
  );
}

function Openers({
  work,
  entry,
  onClose,
}: {
  readonly work: Work;
  readonly entry: Entry;
  readonly onClose: () => void;
}) {
  const show = (what: "text" | "run") => {
    onClose();
    void work.show(entry.id, what);
  };
  return (
    <>
      <button
        type="button"
        className="button"
        aria-label={W.openOf(entry.name)}
        title={W.openTitle}
        onClick={() => show("text")}
      >
        {W.open}
      </button>
      {entry.run !== undefined && (
        <button
          type="button"
          className="button"
          aria-label={W.replayOf(entry.name)}
          title={W.replayTitle}
          onClick={() => show("run")}
        >
          {W.replay}
        </button>
      )}
    </>
  );
}

/** A name is taken by Enter, left as it was by Escape. */
function Rename({ entry, onDone }: { readonly entry: Entry; readonly onDone: (name: string | undefined) => void }) {
  const [name, setName] = useState(entry.name);
  return (
    <input
      className="work-name"
      aria-label={W.newName(entry.name)}
      value={name}
      maxLength={200}
      // biome-ignore lint/a11y/noAutofocus: whoever pressed the pencil continues here
      autoFocus
      onFocus={(event) => event.target.select()}
      onChange={(event) => setName(event.target.value)}
      onBlur={() => onDone(name)}
      onKeyDown={(event) => {
        if (event.key !== "Enter" && event.key !== "Escape") return;
        event.preventDefault(); // Enter would press what has the focus next, Escape close the dialog
        event.stopPropagation();
        onDone(event.key === "Enter" ? name : undefined);
      }}
    />
  );
}

function Icon(props: {
  readonly label: string;
  readonly title: string;
  readonly onClick: (button: HTMLButtonElement) => void;
  readonly children: ReactNode;
}) {
  return (
    <button
      type="button"
      className="button plain icon"
      aria-label={props.label}
      title={props.title}
      onClick={(event) => props.onClick(event.currentTarget)}
    >
      {props.children}
    </button>
  );
}

/** Keeps the focus in the list when its row goes: the next row has it, or the previous one. */
function focusNext(button: HTMLButtonElement): void {
  const row = button.closest("li");
  const next = row?.nextElementSibling ?? row?.previousElementSibling;
  const fallback = button.closest("dialog")?.querySelector<HTMLButtonElement>(".dialog-row button");
  (next?.querySelector("button") ?? fallback)?.focus();
}
