// The ports of a Service, one a row, in the colours that ports have on the picture.
import { Plus, X } from "lucide-react";
import { useId, useRef } from "react";
import { flushSync } from "react-dom";
import { W } from "../../words/en/change.ts";
import type { Refusals } from "./apply.ts";
import { invalid, Problem, TextField } from "./parts.tsx";
import { emptyRow, type PortRow } from "./service.ts";

interface PortRowsProps {
  readonly rows: readonly PortRow[];
  /** Whether ports of this type of Service have nodePorts. */
  readonly nodePorts: boolean;
  readonly at: Refusals;
  readonly onChange: (rows: readonly PortRow[]) => void;
}

const PROTOCOLS = ["TCP", "UDP", "SCTP"];

export function PortRows({ rows, nodePorts, at, onChange }: PortRowsProps) {
  const box = useRef<HTMLFieldSetElement>(null);
  const id = useId();
  const add = () => {
    flushSync(() => onChange([...rows, emptyRow(rows)]));
    box.current?.querySelector<HTMLElement>(".change-port:last-of-type input")?.focus();
  };
  return (
    <fieldset ref={box} className="change-section">
      <legend className="mono">ports</legend>
      {rows.map((row, index) => (
        <Row
          key={row.id}
          row={row}
          number={index + 1}
          alone={rows.length === 1}
          nodePorts={nodePorts}
          at={at}
          onChange={(to) => onChange(rows.map((each) => (each === row ? { ...row, ...to } : each)))}
          onRemove={() => onChange(rows.filter((each) => each !== row))}
        />
      ))}
      <Problem id={id} words={at.get("ports")} />
      <button type="button" className="button small" onClick={add}>
        <Plus size={13} aria-hidden="true" /> {W.addPort}
      </button>
    </fieldset>
  );
}

interface RowProps {
  readonly row: PortRow;
  readonly number: number;
  /** Whether it is the only one: several need names. */
  readonly alone: boolean;
  readonly nodePorts: boolean;
  readonly at: Refusals;
  readonly onChange: (to: Partial<PortRow>) => void;
  readonly onRemove: () => void;
}

const TEXTS = ["name", "port", "targetPort", "nodePort"] as const;
const COLOURS = { name: "", port: "text-port", targetPort: "text-target-port", nodePort: "text-node-port" } as const;

function Row({ row, number, alone, nodePorts, at, onChange, onRemove }: RowProps) {
  const id = useId();
  const wrong = (field: string) => at.get(`ports.${row.id}.${field}`);
  const holders = { name: alone ? "none" : "", port: "", targetPort: row.port, nodePort: W.anyFree } as const;
  const words = [...TEXTS, "protocol"].flatMap((field) => wrong(field) ?? []);
  return (
    <div className="change-port" data-node-ports={nodePorts}>
      {TEXTS.filter((field) => nodePorts || field !== "nodePort").map((field) => (
        <span key={field} className="change-cell">
          <span className={`mono ${COLOURS[field]}`} aria-hidden="true">
            {field}
          </span>
          <TextField
            label={W.inRow(field, number)}
            numeric={field === "port" || field === "nodePort"}
            value={row[field]}
            placeholder={holders[field]}
            onChange={(text) => onChange({ [field]: text })}
            {...invalid(wrong(field), id)}
          />
        </span>
      ))}
      <span className="change-cell">
        <span className="mono" aria-hidden="true">
          protocol
        </span>
        <select
          aria-label={W.inRow("protocol", number)}
          value={row.protocol}
          onChange={({ target }) => onChange({ protocol: target.value })}
          {...invalid(wrong("protocol"), id)}
        >
          {PROTOCOLS.map((each) => (
            <option key={each}>{each}</option>
          ))}
        </select>
      </span>
      <button type="button" className="button plain icon" aria-label={W.removeRow(number)} onClick={onRemove}>
        <X size={14} aria-hidden="true" />
      </button>
      <Problem id={id} words={words.length === 0 ? undefined : words} />
    </div>
  );
}
