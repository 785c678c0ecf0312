// The text that `kubectl edit` opened: changed here, and given back to the command.
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import type { Draft } from "../../shell/index.ts";
import { W } from "../../words/en/console.ts";
import { useApp, usePlayground } from "../store/react.ts";
import { Dialog } from "../ui/Dialog.tsx";

interface EditSheetProps {
  readonly draft: Draft;
  /** Gets the text as it was saved; null when it was closed without. */
  readonly onDone: (text: string | null) => void;
}

/** The sheet as long as a command waits for it. */
export function DraftSheet() {
  const playground = usePlayground();
  const draft = useDraft();
  if (draft === undefined) return null;
  return <EditSheet key={draft.text} draft={draft} onDone={(text) => playground.run({ kind: "edit", text })} />;
}

/** The text that a command waits to have edited; none while a log still replays, which holds what was saved. */
function useDraft(): Draft | undefined {
  const run = useApp((state) => state.run);
  const [draft, setDraft] = useState<Draft | undefined>(undefined);
  useEffect(() => {
    const look = () => setDraft(run.pending.length > 0 ? undefined : run.shell?.draft);
    look();
    return run.performed.on(look);
  }, [run]);
  return draft;
}

function EditSheet({ draft, onDone }: EditSheetProps) {
  const [text, setText] = useState(draft.text);
  const [leaving, setLeaving] = useState(false);
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    area.current?.focus();
    area.current?.setSelectionRange(0, 0);
  }, []);
  const close = () => {
    if (text === draft.text || leaving) onDone(null);
    else setLeaving(true);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (!(event.ctrlKey || event.metaKey) || (event.key !== "s" && event.key !== "Enter")) return;
    event.preventDefault();
    onDone(text);
  };
  return (
    <Dialog title={titleOf(draft.text)} onClose={close}>
      <textarea
        ref={area}
        className="edit-sheet mono"
        aria-label={W.text}
        value={text}
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        autoCorrect="off"
        wrap="off"
        onChange={(event) => {
          setText(event.target.value);
          setLeaving(false);
        }}
        onKeyDown={onKeyDown}
      />
      {leaving ? (
        <div className="edit-sheet-foot" role="alert">
          <span>{W.unsaved}</span>
          <button type="button" className="button" onClick={() => setLeaving(false)}>
            {W.keep}
          </button>
          <button type="button" className="button" onClick={() => onDone(null)}>
            {W.discard}
          </button>
        </div>
      ) : (
        <div className="edit-sheet-foot">
          <span className="edit-sheet-hint">{W.saveHint}</span>
          <button type="button" className="button" onClick={close}>
            {W.close}
          </button>
          <button type="button" className="button primary" onClick={() => onDone(text)}>
            {W.save}
          </button>
        </div>
      )}
    </Dialog>
  );
}

/** `Edit Service web`, as far as the text tells. */
function titleOf(text: string): string {
  const kind = /^ *"?kind"?: "?(\w+)/m.exec(text)?.[1] ?? "objects";
  const name = kind === "List" ? "" : (/^ *"?name"?: "?([\w.-]+)/m.exec(text)?.[1] ?? "");
  return W.edit(kind, name).trim();
}
