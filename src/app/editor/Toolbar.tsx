// The toolbar of the editor: the file, examples to begin with, and what can be done with the whole text.
import { Download, GitCompare, PanelLeftClose, Undo2 } from "lucide-react";
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
        aria-label="Compare"
        title="Compare: typed, applied, live"
        aria-pressed={comparing}
        onClick={() => onCompare(!comparing)}
      >
        <GitCompare size={15} aria-hidden="true" />
      </button>
      <button
        type="button"
        className="button plain icon"
        aria-label="Reset"
        title="Reset to the original text"
        onClick={reset}
      >
        <Undo2 size={15} aria-hidden="true" />
      </button>
      <button
        type="button"
        className="button plain icon"
        aria-label="Download YAML"
        title="Download YAML"
        onClick={() => download("manifest.yaml", "application/yaml", edited.state.text)}
      >
        <Download size={15} aria-hidden="true" />
      </button>
      {onFold !== undefined && (
        <button
          type="button"
          className="button plain icon"
          aria-label="Collapse the editor"
          title="Collapse the editor"
          onClick={onFold}
        >
          <PanelLeftClose size={15} aria-hidden="true" />
        </button>
      )}
    </div>
  );
}
