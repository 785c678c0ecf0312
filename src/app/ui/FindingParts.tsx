// The parts of a finding as they are shown wherever one is reported: labels side by side, commands to type, cures to apply.
import { Check, Terminal } from "lucide-react";
import { useState } from "react";
import { makeKey, pathText, resourceForKind, resourceName } from "../../cluster/index.ts";
import { type Comparison, type Cure, type Evidence, type Responsible, refText } from "../../diagnosis/index.ts";
import { applyCure } from "../store/cures.ts";
import { usePlayground } from "../store/react.ts";
import { copyText } from "./copy.ts";
import "./finding.css";
import { W } from "../../words/en/ui-more.ts";

/** What a selector wants and what the pods have, row by row; a difference is described in words too. */
export function SideBySide({ comparison }: { readonly comparison: Comparison }) {
  const { wanted, found, rows } = comparison;
  return (
    <table className="side-by-side">
      <thead>
        <tr>
          <th scope="col">{wanted}</th>
          <th scope="col">{found}</th>
        </tr>
      </thead>
      <tbody className="mono">
        {rows.map((row) => {
          const state = row.wanted === undefined ? "extra" : row.wanted === row.found ? "same" : "different";
          return (
            <tr key={row.key} data-state={state}>
              <td>{row.wanted === undefined ? "" : `${row.key}: ${row.wanted}`}</td>
              <td>
                {row.found === undefined ? <span className="quiet">{W.no(row.key)}</span> : `${row.key}: ${row.found}`}
                {state === "different" && <span className="visually-hidden">{W.differs}</span>}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** Commands that show it; a click puts one at the prompt, or copies it where there is no console. */
export function EvidenceList({ evidence }: { readonly evidence: readonly Evidence[] }) {
  const playground = usePlayground();
  if (evidence.length === 0) return null;
  const take = async (command: string) => {
    if (playground.doors.prompt?.(command) === true) return;
    if (await copyText(command)) playground.notify("info", W.copiedThis(command));
  };
  return (
    <div className="evidence">
      <h4>{W.see}</h4>
      <ul>
        {evidence.map(({ command, shows }) => (
          <li key={command}>
            <button
              type="button"
              className="evidence-command mono"
              title={W.toConsole}
              onClick={() => void take(command)}
            >
              <Terminal size={12} aria-hidden="true" />
              {command}
            </button>
            {shows !== "" && <span className="quiet">{W.shows(shows)}</span>}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The field to blame, which leads to its object. */
export function ResponsibleField({ responsible: { object, path } }: { readonly responsible: Responsible }) {
  const playground = usePlayground();
  const info = resourceForKind(object.apiVersion, object.kind);
  const text = `${refText(object)}${path.length === 0 ? "" : `, ${pathText(path)}`}`;
  if (info === undefined) return <p className="responsible mono">{text}</p>;
  const key = makeKey(info.namespaced ? object.namespace : undefined, object.name);
  const resource = resourceName(info);
  const show = () => {
    if (playground.doors.manifest === undefined) playground.select({ kind: "object", resource, key });
    else playground.reveal({ resource, key, path: pathText(path) });
  };
  return (
    <p className="responsible">
      <span className="quiet">{W.where} </span>
      <button type="button" className="responsible-link mono" title={W.showYaml} onClick={show}>
        {text}
      </button>
    </p>
  );
}

/** One button for each cure. */
export function Cures({ cures }: { readonly cures: readonly Cure[] }) {
  const playground = usePlayground();
  const [applied, setApplied] = useState<string>();
  if (cures.length === 0) return null;
  const apply = async (cure: Cure) => {
    await applyCure(playground, cure);
    setApplied(cure.label);
  };
  return (
    <ul className="cures">
      {cures.map((cure, index) => (
        <li key={cure.label}>
          <button
            type="button"
            className={index === 0 ? "button primary cure" : "button cure"}
            onClick={() => void playground.attempt(() => apply(cure))}
          >
            {applied === cure.label && <Check size={14} aria-hidden="true" />}
            {W.apply(cure.label)}
          </button>
        </li>
      ))}
    </ul>
  );
}
