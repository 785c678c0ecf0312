// Who may reach whom, as a table worked out from the policies; no packet is sent. And what it would be with others.
import { CircleMinus, CirclePlus } from "lucide-react";
import { useEffect, useMemo, useRef, useState } from "react";
import type { Reach } from "../../../kinds/networkpolicy/index.ts";
import { W } from "../../../words/en/policies.ts";
import { useApp, usePlayground } from "../../store/react.ts";
import { Dialog } from "../../ui/Dialog.tsx";
import { lazyPart } from "../../ui/lazyPart.tsx";
import { Marked } from "../../ui/Marked.tsx";
import { usePolicyView } from "./Shields.tsx";
import { comparedTable, type Table, tableOf, type Way } from "./table.ts";
import type { Asked } from "./WhatIf.tsx";
import "./policies.css";

const WhatIf = lazyPart(W.comparison, () => import("./WhatIf.tsx").then((module) => module.WhatIf));

interface MatrixProps {
  /** The manifest that is thought of, which outlives the dialog. */
  readonly draft: string;
  readonly onDraft: (text: string) => void;
  readonly onClose: () => void;
}

export function MatrixDialog({ draft, onDraft, onClose }: MatrixProps) {
  const view = usePolicyView();
  const world = useApp((state) => state.world);
  const system = useApp((state) => state.view.system);
  const [asked, setAsked] = useState<Asked>();
  const [open, setOpen] = useState(draft !== "");
  const table = useMemo(() => {
    const look = { world, view, system };
    return asked === undefined ? tableOf(look) : comparedTable(look, asked.wanted);
  }, [world, view, system, asked]);
  return (
    <Dialog title={W.matrix} size="page" onClose={onClose}>
      <p className="quiet">
        {W.matrixAbout} {!world.settings.networkPolicies && W.ignored}
      </p>
      {asked !== undefined && (
        <Outcome table={table} asked={asked} onBack={() => setAsked(undefined)} onApplied={onClose} />
      )}
      {table.columns.length === 0 ? <p>{W.noPorts}</p> : <Ways table={table} />}
      <details className="policy-details" open={open} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>{W.whatIf}</summary>
        {open && <WhatIf view={view} text={draft} onText={onDraft} onAsked={setAsked} />}
      </details>
    </Dialog>
  );
}

interface OutcomeProps {
  readonly table: Table;
  readonly asked: Asked;
  readonly onBack: () => void;
  readonly onApplied: () => void;
}

/** How much changes, with the focus, and what to do with it. */
function Outcome({ table, asked, onBack, onApplied }: OutcomeProps) {
  const playground = usePlayground();
  const said = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    void asked; // another question is another outcome
    said.current?.focus();
  }, [asked]);
  const apply = async () => {
    if ((await asked.apply()) === undefined) onApplied();
  };
  return (
    <div className="policy-outcome">
      <p ref={said} tabIndex={-1}>
        <b>{W.ways(table.opens, table.closes)}</b> {table.isCut && <Marked text={W.cut} />}
      </p>
      <button
        type="button"
        className="button primary"
        title={W.applyTitle}
        onClick={() => void playground.attempt(apply)}
      >
        {W.apply}
      </button>
      <button type="button" className="button" onClick={onBack}>
        {W.back}
      </button>
    </div>
  );
}

function Ways({ table }: { readonly table: Table }) {
  const [chosen, setChosen] = useState<string>();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (table.opens + table.closes > 0)
      box.current?.querySelector("[data-turn]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [table]);
  const way = chosen === undefined ? undefined : table.ways.get(chosen);
  return (
    <>
      <div className="policy-scroll" ref={box}>
        <table className="policy-matrix">
          <thead>
            <tr>
              <th scope="col">{W.from}</th>
              {table.columns.map((each) => (
                <th key={each} scope="col">
                  {each}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.map((name) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                {table.columns.map((each) => {
                  const key = `${name} ${each}`;
                  return (
                    <Cell
                      key={key}
                      way={table.ways.get(key)}
                      isChosen={key === chosen}
                      onChoose={() => setChosen(key)}
                    />
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="policy-why" aria-live="polite">
        {way === undefined ? W.press : whyOf(way)}
      </p>
    </>
  );
}

function whyOf({ reach, before }: Way): string {
  if (before === undefined) return said(reach);
  return `${W.withIt(said(reach))} ${W.asItIs(said(before))}`;
}

function said({ from, to, protocol, port, may, why }: Reach): string {
  const at = `${protocol} ${port}`;
  if (may === "yes") return W.admitted(from, to, at);
  return may === "no" ? W.dropped(from, to, at, why) : W.mixed(from, to, at, why);
}

interface CellProps {
  readonly way: Way | undefined;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

function Cell({ way, isChosen, onChoose }: CellProps) {
  if (way === undefined) return <td />;
  const { reach, turn } = way;
  const Mark = turn?.startsWith("opens") ? CirclePlus : CircleMinus;
  return (
    <td data-may={reach.may} data-turn={turn}>
      <button type="button" aria-pressed={isChosen} onClick={onChoose}>
        {turn !== undefined && <Mark size={14} aria-hidden="true" />}
        {W[turn ?? reach.may]}
      </button>
    </td>
  );
}
