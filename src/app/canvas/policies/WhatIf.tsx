// A NetworkPolicy to think of: its manifest, and the question what it would change.
import { type KeyboardEvent, useId, useMemo, useRef, useState } from "react";
import type { PolicyView } from "../../../kinds/networkpolicy/index.ts";
import { W } from "../../../words/en/policies.ts";
import { usePlayground } from "../../store/react.ts";
import type { Wanted } from "./table.ts";
import { applyWanted, DENY_ALL, manifestOf, wantedOf } from "./whatIf.ts";

/** What was asked, and the way to make it so: it answers what the API server refuses by now. */
export interface Asked {
  readonly wanted: Wanted;
  readonly apply: () => Promise<string | undefined>;
}

interface WhatIfProps {
  readonly view: PolicyView;
  readonly text: string;
  readonly onText: (text: string) => void;
  /** Undefined when the manifest that was asked about is no longer the one in the field. */
  readonly onAsked: (asked: Asked | undefined) => void;
}

export function WhatIf({ view, text, onText, onAsked }: WhatIfProps) {
  const playground = usePlayground();
  const [problem, setProblem] = useState<string>();
  const area = useRef<HTMLTextAreaElement>(null);
  const filled = useRef("");
  const id = useId();
  const keys = useMemo(() => view.policies.map((each) => `${each.namespace}/${each.name}`), [view]);
  const write = (next: string) => {
    onText(next);
    setProblem(undefined);
    onAsked(undefined);
  };
  const start = (from: string) => {
    const [namespace = "", name = ""] = from.split("/");
    const next = from === "" ? "" : from === NEW ? DENY_ALL : manifestOf(playground, namespace, name);
    const isOwn = text.trim() !== "" && text !== filled.current;
    filled.current = next;
    write(isOwn && next !== "" ? `${text.trimEnd()}\n---\n${next}` : isOwn ? text : next);
  };
  const refuse = (message: string) => {
    setProblem(message);
    onAsked(undefined);
    area.current?.focus();
    return message;
  };
  const compare = () => {
    const wanted = wantedOf(playground, text);
    if ("message" in wanted) return void refuse(wanted.message);
    setProblem(undefined);
    const apply = async () => {
      const refused = await applyWanted(playground, text);
      return refused && refuse(refused.message);
    };
    onAsked({ wanted, apply });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    compare();
  };
  return (
    <div className="policy-what-if">
      <p className="quiet">{W.whatIfAbout}</p>
      <label>
        {W.startFrom}{" "}
        <select defaultValue="" onChange={({ target }) => start(target.value)}>
          <option value="">{W.nothingYet}</option>
          <option value={NEW}>{W.newPolicy}</option>
          {keys.map((key) => (
            <option key={key} value={key}>
              {key}
            </option>
          ))}
        </select>
      </label>
      <textarea
        ref={area}
        className="mono"
        aria-label={W.manifest}
        aria-invalid={problem !== undefined || undefined}
        aria-describedby={problem === undefined ? undefined : id}
        dir="ltr"
        rows={10}
        value={text}
        maxLength={100_000}
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        autoCorrect="off"
        wrap="off"
        onChange={({ target }) => write(target.value)}
        onKeyDown={onKeyDown}
      />
      {problem !== undefined && (
        <p id={id} ref={inView} className="policy-problem" role="alert">
          {problem}
        </p>
      )}
      <button type="button" className="button primary" title={W.compareTitle} onClick={compare}>
        {W.compare}
      </button>
    </div>
  );
}

/** The field has the focus, and what is wrong with it may be below the edge of a phone. */
const inView = (problem: HTMLElement | null) => problem?.scrollIntoView({ block: "nearest" });

/** No policy is named so. */
const NEW = "new";
