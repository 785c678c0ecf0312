// A text to copy, with its button.
import { Check, Copy } from "lucide-react";
import { useEffect, useId, useRef, useState } from "react";
import { W } from "../../words/en/ui-more.ts";
import { copyText } from "./copy.ts";

const SAID_MS = 2_500;

interface CopyFieldProps {
  readonly label: string;
  readonly text: string;
  readonly rows: number;
}

export function CopyField({ label, text, rows }: CopyFieldProps) {
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const [said, setSaid] = useState("");
  useEffect(() => {
    if (said === "") return;
    const timer = setTimeout(() => setSaid(""), SAID_MS);
    return () => clearTimeout(timer);
  }, [said]);
  const copy = async () => {
    const copied = await copyText(text);
    if (!copied) field.current?.select();
    setSaid(copied ? W.copied : W.refused);
  };
  return (
    <div className="copy-field">
      <label htmlFor={id}>{label}</label>
      <textarea
        ref={field}
        id={id}
        className="mono"
        readOnly
        rows={rows}
        spellCheck={false}
        value={text}
        onFocus={(event) => event.target.select()}
      />
      <span className="copy-said" role="status">
        {said}
      </span>
      <button type="button" className="button primary" disabled={text === ""} onClick={() => void copy()}>
        {said === "Copied" ? <Check size={14} aria-hidden="true" /> : <Copy size={14} aria-hidden="true" />}
        {W.copy}
      </button>
    </div>
  );
}
