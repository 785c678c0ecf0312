// The toolbar of the editor: the file, examples to begin with, and what can be done with the whole text.
import { Download, GitCompare, PanelLeftClose, Undo2 } from "lucide-react";
import { W } from "../../words/en/editor.ts";
import { usePlayground } from "../store/react.ts";
import { download } from "../ui/download.ts";
import type { EditedText } from "./edited.ts";

interface Props {
  readonly edited: EditedText;
  readonly comparing: boolean;
  readonly onCompare: (comparing: boolean) => void;
  readonly onFold?: () => void;
}

export function Toolbar({ edited, comparing, onCompare, onFold }: Props) {
  const playground = usePlayground();
  const reset = () => {
    const { source, original } = playground.store.getState().beginning;
    playground.begin({ source }, original);
    playground.freshDraft();
    edited.replaceAll(original);
  };
  return (
    <div className="editor-bar">
      <span className="editor-file mono">manifest.yaml</span>
      <span className="editor-space" />
      <button
        type="button"
        className="button plain icon"
        aria-label={W.compare}
        title={W.compareTitle}
        aria-pressed={comparing}
        onClick={() => onCompare(!comparing)}
      >
        <GitCompare size={15} aria-hidden="true" />
      </button>
      <button type="button" className="button plain icon" aria-label={W.reset} title={W.resetTitle} onClick={reset}>
        <Undo2 size={15} aria-hidden="true" />
      </button>
      <button
        type="button"
        className="button plain icon"
        aria-label={W.download}
        title={W.download}
        onClick={() => download("manifest.yaml", "application/yaml", edited.state.text)}
      >
        <Download size={15} aria-hidden="true" />
      </button>
      {onFold !== undefined && (
        <button type="button" className="button plain icon fold" aria-label={W.fold} title={W.fold} onClick={onFold}>
          <PanelLeftClose size={15} aria-hidden="true" />
        </button>
      )}
    </div>
  );
}
