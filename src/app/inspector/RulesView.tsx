// The rules of one node as its kernel has them, as text: searched, followed from chain to chain, lit where a packet matched.
import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { type MatchedRule, printRules } from "../../cluster/index.ts";
import { useApp, useNow } from "../store/react.ts";
import { RulesText } from "./RulesText.tsx";
import { lastPassage, linesOfRules, linesWith, nftablesLinesOf, type Passage } from "./rulesText.ts";
import { useNodeOf } from "./useNodeOf.ts";
import "./rules.css";
import { W } from "../../words/en/rules.ts";

interface RulesViewProps {
  readonly node: string;
  /** What the packet met that is looked at; without it, what the last one met. */
  readonly passage?: Passage | undefined;
  /** The rule to begin at. */
  readonly focus?: MatchedRule | undefined;
  /** Shown beside the forms. */
  readonly children?: ReactNode;
}

const FORMS = ["iptables", "nftables"] as const;
type Form = (typeof FORMS)[number];

export function RulesView({ node, passage, focus, children }: RulesViewProps) {
  const cluster = useApp((state) => state.world);
  const [form, setForm] = useState<Form>("iptables");
  const [sought, setSought] = useState("");
  const [shown, setShown] = useState<{ readonly line: number }>();
  useNow(500);
  const nodeOf = useNodeOf();
  const text = printRules(cluster, node, form);
  const lines = useMemo(() => text.trimEnd().split("\n"), [text]);
  const met = passage ?? lastPassage(cluster.trace, node, nodeOf);
  const lit = form === "iptables" ? linesOfRules(lines, met?.rules ?? []) : met ? nftablesLinesOf(lines, met.hop) : [];
  const found = useMemo(() => linesWith(lines, sought), [lines, sought]);
  const go = (line: number | undefined) => line !== undefined && line >= 0 && setShown({ line });
  const start = form === "iptables" && focus !== undefined ? linesOfRules(lines, [focus])[0] : lit[0];
  useStart(start, `${form} ${focus?.text}`, go);
  return (
    <div className="rules-view">
      <div className="rules-bar">
        <fieldset className="rules-forms" aria-label={W.form}>
          {FORMS.map((each) => (
            <button
              key={each}
              type="button"
              className="button"
              aria-pressed={form === each}
              onClick={() => {
                setForm(each);
                setShown(undefined);
              }}
            >
              {each === "iptables" ? "iptables-save" : "nftables"}
            </button>
          ))}
        </fieldset>
        {children}
        <Search sought={sought} found={found} at={shown?.line ?? -1} onSeek={setSought} onGo={go} />
      </div>
      <Said form={form} lit={lit} passage={met} chosen={passage !== undefined} onGo={go} at={shown?.line ?? -1} />
      <RulesText
        label={W.rulesOfForm(node, form)}
        lines={lines}
        lit={lit}
        found={found}
        shown={shown}
        onGo={(line) => go(line)}
      />
    </div>
  );
}

/** Goes to where reading begins, once for each form and rule. */
function useStart(line: number | undefined, what: string, go: (line: number | undefined) => void): void {
  const done = useRef<string>(undefined);
  useEffect(() => {
    if (line === undefined || done.current === what) return;
    done.current = what;
    go(line);
  });
}

function Search(props: {
  sought: string;
  found: readonly number[];
  at: number;
  onSeek: (text: string) => void;
  onGo: (line: number | undefined) => void;
}) {
  const { sought, found, at, onSeek, onGo } = props;
  return (
    <search className="rules-search">
      <input
        type="search"
        aria-label={W.find}
        placeholder={W.placeholder}
        spellCheck={false}
        value={sought}
        onChange={(event) => onSeek(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter") return;
          event.preventDefault();
          onGo(event.shiftKey ? before(found, at) : after(found, at));
        }}
      />
      <span className="quiet" role="status">
        {sought.trim() === "" ? "" : W.lines(found.length)}
      </span>
    </search>
  );
}

/** What is lit, in one sentence, and a way through it. */
function Said(props: {
  form: Form;
  lit: readonly number[];
  passage: Passage | undefined;
  chosen: boolean;
  at: number;
  onGo: (line: number | undefined) => void;
}) {
  const { form, lit, passage, chosen, at, onGo } = props;
  if (passage === undefined) return <p className="quiet rules-said">{W.noPacket}</p>;
  const gone = form === "iptables" ? passage.rules.length - lit.length : 0;
  return (
    <div className="rules-said">
      <p className="quiet">{W.highlighted(chosen, form === "nftables", gone)}</p>
      {lit.length > 1 && (
        <button type="button" className="button" onClick={() => onGo(next(lit, at))}>
          {W.next}
        </button>
      )}
    </div>
  );
}

/** In the order in which the packet met them. */
function next(lit: readonly number[], at: number): number | undefined {
  return lit[(lit.indexOf(at) + 1) % lit.length];
}

function after(found: readonly number[], at: number): number | undefined {
  return found.find((line) => line > at) ?? found[0];
}

function before(found: readonly number[], at: number): number | undefined {
  return found.findLast((line) => line < at) ?? found.at(-1);
}
