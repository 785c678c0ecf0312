// Parts of the sheets: what is refused, the press that applies, and rows of labels.
import { Plus, X } from "lucide-react";
import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import { flushSync } from "react-dom";
import type { FieldChange } from "../../diagnosis/index.ts";
import { W } from "../../words/en/change.ts";
import { changesText, type Where } from "../store/edits.ts";
import { usePlayground } from "../store/react.ts";
import type { Outcome, Refusals } from "./apply.ts";
import type { Pair } from "./pairs.ts";

/** What is refused at one field, in the API server's words. */
export function Problem({ id, words }: { readonly id: string; readonly words: readonly string[] | undefined }) {
  if (words === undefined) return null;
  return (
    <p id={id} role="alert" className="change-problem">
      {words.join(" ")}
    </p>
  );
}

/** What a control needs so that it says what is refused. */
export function invalid(words: readonly string[] | undefined, id: string) {
  return words === undefined ? {} : { "aria-invalid": true, "aria-describedby": id };
}

/** How a sheet closes. */
export interface Closing {
  readonly onClose: () => void;
  /** Whether it asks what becomes of what is not applied. */
  readonly asks: boolean;
  readonly onStay: () => void;
  /** Called at each change: whether there is something to apply. */
  readonly onUnapplied: (is: boolean) => void;
}

interface ApplyFormProps {
  readonly label: string;
  readonly changes: readonly FieldChange[];
  readonly where: Where;
  /** How the console changes what isn't in the text. */
  readonly command: string;
  readonly apply: () => Promise<Outcome>;
  /** What was refused, to be shown at the fields. */
  readonly onRefused: (refusals: Refusals) => void;
  /** What is refused of the form as a whole. */
  readonly refused: readonly string[] | undefined;
  readonly closing: Closing;
  readonly children: ReactNode;
}

/** A form with one press that does all of it; it closes once the API server took it. */
export function ApplyForm({
  label,
  changes,
  where,
  command,
  apply,
  onRefused,
  refused,
  closing: { onClose, asks, onStay, onUnapplied },
  children,
}: ApplyFormProps) {
  const playground = usePlayground();
  const unapplied = JSON.stringify(changes);
  useEffect(() => {
    onUnapplied(unapplied !== "[]");
    return () => onUnapplied(false);
  }, [unapplied, onUnapplied]);
  const form = useRef<HTMLFormElement>(null);
  const id = useId();
  const [busy, setBusy] = useState(false);
  const submit = async () => {
    setBusy(true);
    try {
      const { at } = await apply();
      if (at === undefined) onClose();
      else onRefused(at);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      ref={form}
      className="change-form"
      aria-label={label}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (changes.length > 0 && !busy) void playground.attempt(submit);
      }}
    >
      {children}
      <Problem id={id} words={refused} />
      {asks ? (
        <Unapplied onStay={onStay} onDiscard={onClose} />
      ) : (
        <div className="change-foot">
          <p className="quiet" role="status">
            {summary(changes, where, command)}
          </p>
          <button type="button" className="button" onClick={onClose}>
            {W.cancel}
          </button>
          <button type="submit" className="button primary" disabled={changes.length === 0}>
            {W.apply}
          </button>
        </div>
      )}
      <FirstInvalid form={form} refused={refused} />
    </form>
  );
}

/** Asked before a sheet closes with changes; whoever stays is where they were. */
function Unapplied({ onStay, onDiscard }: { readonly onStay: () => void; readonly onDiscard: () => void }) {
  const stay = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    stay.current?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <div className="change-foot" role="alert">
      <p>{W.notApplied}</p>
      <button ref={stay} type="button" className="button" onClick={onStay}>
        {W.keep}
      </button>
      <button type="button" className="button" onClick={onDiscard}>
        {W.discard}
      </button>
    </div>
  );
}

function summary(changes: readonly FieldChange[], where: Where, command: string): string {
  if (changes.length === 0) return W.nothing;
  const what = changesText(changes);
  return where === "text" ? W.inYaml(what) : W.by(command, what);
}

/** Shows the first field of which something was refused. */
function FirstInvalid({ form, refused }: { form: { readonly current: HTMLElement | null }; refused: unknown }) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked at again with every refusal
  useEffect(() => {
    const found = form.current?.querySelector<HTMLElement>("[aria-invalid]");
    found?.focus();
    found?.scrollIntoView({ block: "nearest" });
  }, [form, refused]);
  return null;
}

interface PairRowsProps {
  /** What the rows are: "selector". */
  readonly label: string;
  readonly pairs: readonly Pair[];
  readonly onChange: (pairs: readonly Pair[]) => void;
  readonly words: readonly string[] | undefined;
}

/** Labels to type, one a row. */
export function PairRows({ label, pairs, onChange, words }: PairRowsProps) {
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  const told = invalid(words, id);
  const change = (index: number, change: Partial<Pair>) =>
    onChange(pairs.map((pair, each) => (each === index ? { ...pair, ...change } : pair)));
  const add = () => {
    flushSync(() => onChange([...pairs, { key: "", value: "" }]));
    list.current?.querySelector<HTMLElement>(".change-pair:last-of-type input")?.focus();
  };
  return (
    <div ref={list} className="change-pairs">
      {pairs.map((pair, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other identity, and keep their order
        <div key={index} className="change-pair mono">
          <TextField
            label={W.keyRow(label, index + 1)}
            value={pair.key}
            onChange={(key) => change(index, { key })}
            {...told}
          />
          <span aria-hidden="true">:</span>
          <TextField
            label={W.valueRow(label, index + 1)}
            value={pair.value}
            onChange={(value) => change(index, { value })}
            {...told}
          />
          <button
            type="button"
            className="button plain icon"
            aria-label={W.remove(pair.key === "" ? W.row(index + 1) : pair.key)}
            onClick={() => onChange(pairs.filter((_, each) => each !== index))}
          >
            <X size={14} aria-hidden="true" />
          </button>
        </div>
      ))}
      <Problem id={id} words={words} />
      <button type="button" className="button small" onClick={add}>
        <Plus size={13} aria-hidden="true" /> {W.addLabel}
      </button>
    </div>
  );
}

interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly placeholder?: string;
  readonly numeric?: boolean;
}

export function TextField({ label, value, onChange, numeric = false, ...rest }: TextFieldProps) {
  return (
    <input
      aria-label={label}
      value={value}
      inputMode={numeric ? "numeric" : "text"}
      spellCheck={false}
      autoCapitalize="off"
      autoComplete="off"
      autoCorrect="off"
      onChange={({ target }) => onChange(target.value)}
      {...rest}
    />
  );
}

interface SelectFieldProps {
  readonly label: string;
  readonly value: string;
  readonly among: readonly string[];
  readonly onChange: (value: string) => void;
  readonly words: readonly string[] | undefined;
  readonly children?: ReactNode;
}

/** A choice under the name of its field. */
export function SelectField({ label, value, among, onChange, words, children }: SelectFieldProps) {
  const id = useId();
  return (
    <div className="change-select">
      <label htmlFor={id} className="mono">
        {label}
      </label>
      <select id={id} value={value} onChange={({ target }) => onChange(target.value)} {...invalid(words, `${id}-why`)}>
        {among.map((each) => (
          <option key={each}>{each}</option>
        ))}
      </select>
      {children}
      <Problem id={`${id}-why`} words={words} />
    </div>
  );
}
