// The teacher's page "Results": codes are pasted, and become a table and a file for spreadsheets.
import { ArrowDown, ArrowUp, Download } from "lucide-react";
import { useDeferredValue, useId, useMemo, useState } from "react";
import { COLUMNS, csvOf, findResults, PASTED_LIMIT, rowOf, sorted } from "../../lessons/index.ts";
import { W } from "../../words/en/desk.ts";
import { download } from "../ui/download.ts";
import { Marked } from "../ui/Marked.tsx";

interface Order {
  readonly column: number;
  readonly down: boolean;
}

/** Tells spreadsheets that the file is UTF-8. */
const UTF8 = "\uFEFF";

export function ResultsPage() {
  const id = useId();
  const [text, setText] = useState("");
  const [order, setOrder] = useState<Order>({ column: 0, down: false });
  const read = useDeferredValue(text);
  const found = useMemo(() => findResults(read), [read]);
  const rows = useMemo(
    () =>
      sorted(
        found.results.map(({ result }) => rowOf(result)),
        order.column,
        order.down,
      ),
    [found, order],
  );
  return (
    <>
      <p>{W.intro}</p>
      <p className="desk-caution">
        <Marked as="b" text={W.caution} />
      </p>
      <label className="desk-field" htmlFor={id}>
        {W.codes}
        <textarea
          id={id}
          className="mono"
          rows={8}
          spellCheck={false}
          autoComplete="off"
          maxLength={PASTED_LIMIT}
          placeholder="PODPATH1; Ada; four-ports; 2026-11-30 10:52; steps 3/3; right 1/2; hints 2; shown 0; 7 min; JS11VH"
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
      </label>
      <p role="status">{summary(found, read)}</p>
      {rows.length > 0 && (
        <>
          <Table rows={rows} order={order} onOrder={setOrder} />
          <div className="desk-row">
            <button
              type="button"
              className="button primary"
              onClick={() => download("podpath-results.csv", "text/csv;charset=utf-8", UTF8 + csvOf(rows))}
            >
              <Download size={14} aria-hidden="true" />
              {W.csv}
            </button>
            <button type="button" className="button" onClick={() => setText("")}>
              {W.clear}
            </button>
          </div>
        </>
      )}
      {found.bad.length > 0 && (
        <section aria-label={W.bad}>
          <h2>{W.bad}</h2>
          <ul className="desk-bad">
            {found.bad.map(({ line, text, reason }, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: several may be about one line
              <li key={at}>
                <strong>{W.line(line)}</strong> {reason}
                {text.trim() !== "" && <code>{text.trim()}</code>}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function summary({ results, bad, others }: ReturnType<typeof findResults>, text: string): string {
  if (text.trim() === "") return W.nothing;
  const parts = [W.count(results.length)];
  if (bad.length > 0) parts.push(W.badLines(bad.length));
  if (others > 0) parts.push(W.others(others));
  return `${parts.join(", ")}.`;
}

interface TableProps {
  readonly rows: readonly (readonly (string | number)[])[];
  readonly order: Order;
  readonly onOrder: (order: Order) => void;
}

function Table({ rows, order, onOrder }: TableProps) {
  return (
    <div className="desk-table">
      <table aria-label={W.results}>
        <thead>
          <tr>
            {COLUMNS.map((name, column) => {
              const isOrder = column === order.column;
              return (
                <th key={name} scope="col" aria-sort={isOrder ? (order.down ? "descending" : "ascending") : "none"}>
                  <button type="button" onClick={() => onOrder({ column, down: isOrder && !order.down })}>
                    {name}
                    {isOrder &&
                      (order.down ? (
                        <ArrowDown size={12} aria-hidden="true" />
                      ) : (
                        <ArrowUp size={12} aria-hidden="true" />
                      ))}
                  </button>
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two may be equal but for nothing
            <tr key={at}>
              {row.map((cell, column) => (
                <td key={COLUMNS[column]} data-number={typeof cell === "number"}>
                  {cell === "" ? <span className="quiet">{W.noName}</span> : cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
