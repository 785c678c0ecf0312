// The head of the editor: the file, examples to begin with, and what can be done with the whole text.
import { BookOpen, Download, GitCompare, RotateCcw } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { EXAMPLES, type Example } from "../examples/index.ts";
import { usePlayground } from "../store/react.ts";
import type { EditorSession } from "./session.ts";

interface Props {
  readonly session: EditorSession;
  readonly startText: string;
  readonly comparing: boolean;
  readonly onCompare: (comparing: boolean) => void;
}

export function Toolbar({ session, startText, comparing, onCompare }: Props) {
  return (
    <div className="editor-bar">
      <span className="editor-file mono">manifest.yaml</span>
      <span className="editor-space" />
      <Gallery session={session} />
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
        title="Reset to the text this page began with"
        onClick={() => session.replaceAll(startText)}
      >
        <RotateCcw size={15} aria-hidden="true" />
      </button>
      <button
        type="button"
        className="button plain icon"
        aria-label="Download YAML"
        title="Download YAML"
        onClick={() => download(session.state.text)}
      >
        <Download size={15} aria-hidden="true" />
      </button>
    </div>
  );
}

/** A native disclosure: it works without focus tricks, closes on Escape and on a click elsewhere. */
function Gallery({ session }: { readonly session: EditorSession }) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const playground = usePlayground();
  useEffect(() => {
    if (!open) return;
    const elsewhere = (event: PointerEvent) => {
      if (event.target instanceof Node && root.current?.contains(event.target) !== true) setOpen(false);
    };
    document.addEventListener("pointerdown", elsewhere);
    return () => document.removeEventListener("pointerdown", elsewhere);
  }, [open]);
  const choose = async ({ load, settings }: Example) => {
    setOpen(false);
    const before = session.state.text;
    const text = await load();
    if (session.state.text !== before) return; // a text typed while the example was loading is not overwritten
    await playground.configure({ cloud: false, ingress: false, ...settings });
    session.replaceAll(text);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes what the button inside opened
    <div className="gallery" ref={root} onKeyDown={(event) => event.key === "Escape" && setOpen(false)}>
      <button type="button" className="button plain" aria-expanded={open} onClick={() => setOpen(!open)}>
        <BookOpen size={15} aria-hidden="true" />
        Examples
      </button>
      {open && (
        <ul className="gallery-list" aria-label="Examples">
          {EXAMPLES.map((example) => (
            <li key={example.name}>
              <button type="button" onClick={() => void choose(example)}>
                <strong>{example.title}</strong>
                <span>{example.about}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function download(text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "application/yaml" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = "manifest.yaml";
  link.click();
  URL.revokeObjectURL(url);
}
