// The machines of the cluster: how many, their zones and sizes.
import { Minus, Plus, X } from "lucide-react";
import { type ReactNode, useEffect, useId, useState } from "react";
import { NODES_LIMIT, type NodeSettings, planProblem } from "../../cluster/index.ts";
import type { SharedNode } from "../../scenario/index.ts";
import { useApp, usePlayground } from "../store/react.ts";
import { byName, common, ownNodes, spread, valuesOf, withChange, withCount, without } from "./nodePlans.ts";
import "./cluster-nodes.css";
import { W } from "../../words/en/picture-more.ts";
import { Marked } from "../ui/Marked.tsx";

const FIELDS = [
  ["zone", W.zone],
  ["cpu", "CPU"],
  ["memory", W.memory],
  ["pods", "Pods"],
] as const;
type FieldName = (typeof FIELDS)[number][0];

/** Numbers of zones that the dialog offers. */
const ZONES = [1, 2, 3, 4, 5];

export function ClusterNodes() {
  const playground = usePlayground();
  const settings = useApp((state) => state.world.settings);
  const [problem, setProblem] = useState<string>();
  const id = useId();
  const own = ownNodes(settings);
  const set = (nodes: readonly SharedNode[]) => {
    setProblem(undefined);
    void playground.attempt(() => playground.configure({ nodes }));
  };
  const change = (nodes: readonly NodeSettings[], field: FieldName, text: string) => {
    const value = text.trim();
    const changes = { [field]: field === "pods" ? Number(value) : value };
    const found = planProblem({ name: nodes[0]?.name ?? "node", ...changes });
    if (found !== undefined) setProblem(W.fieldProblem(FIELDS.find(([name]) => name === field)?.[1], found.reason));
    else
      set(
        withChange(
          settings,
          nodes.map(({ name }) => name),
          changes,
        ),
      );
    return found === undefined;
  };
  const least = Math.max(1, settings.nodes.length - own.length);
  return (
    <section className="cluster-nodes" aria-labelledby={`${id}-title`}>
      <div className="nodes-count">
        <h3 id={`${id}-title`}>{W.nodes}</h3>
        <Count count={settings.nodes.length} least={least} onCount={(count) => set(withCount(settings, count))} />
        {settings.nodes.length > 1 && least === 1 && (
          <button type="button" className="button small" onClick={() => set(withCount(settings, 1))}>
            {W.minikube}
          </button>
        )}
      </div>
      <div className="nodes-table">
        <table>
          <thead>
            <tr>
              <th scope="col">{W.name}</th>
              {FIELDS.map(([name, title]) => (
                <th key={name} scope="col">
                  {title}
                </th>
              ))}
              <td />
            </tr>
          </thead>
          <tbody>
            {own.length > 1 && (
              <AllRow
                nodes={own}
                onZones={(zones) => set(spread(settings, zones))}
                onValue={(field, text) => change(own, field, text)}
              />
            )}
            {byName(settings.nodes).map((node) => (
              <Row key={node.name} node={node} onValue={(field, text) => change([node], field, text)}>
                {settings.nodes.length > 1 && (
                  <button
                    type="button"
                    className="button plain icon"
                    aria-label={W.remove(node.name)}
                    title={W.remove(node.name)}
                    onClick={() => set(without(settings, node.name))}
                  >
                    <X size={13} aria-hidden="true" />
                  </button>
                )}
              </Row>
            ))}
          </tbody>
        </table>
      </div>
      {problem !== undefined && (
        <p role="alert" className="nodes-problem">
          {problem}
        </p>
      )}
      <p className="quiet">
        <Marked text={W.leaving} />
      </p>
    </section>
  );
}

interface AllRowProps {
  readonly nodes: readonly NodeSettings[];
  readonly onZones: (zones: number) => void;
  readonly onValue: (field: FieldName, text: string) => boolean;
}

function AllRow({ nodes, onZones, onValue }: AllRowProps) {
  const zones = new Set(nodes.map(({ zone }) => zone)).size;
  return (
    <tr className="nodes-all">
      <th scope="row">{W.all}</th>
      <td>
        <select
          aria-label={W.zonesOfAll}
          value={ZONES.includes(zones) ? zones : ""}
          onChange={({ target }) => onZones(Number(target.value))}
        >
          {!ZONES.includes(zones) && <option value="">{W.zones(zones)}</option>}
          {ZONES.map((count) => (
            <option key={count} value={count}>
              {W.zoneCount(count)}
            </option>
          ))}
        </select>
      </td>
      {FIELDS.slice(1).map(([field, title]) => (
        <td key={field}>
          <Field
            label={W.ofAll(title)}
            value={common(nodes, field) ?? ""}
            placeholder={W.various}
            onValue={(text) => onValue(field, text)}
          />
        </td>
      ))}
      <td />
    </tr>
  );
}

interface RowProps {
  readonly node: NodeSettings;
  readonly onValue: (field: FieldName, text: string) => boolean;
  readonly children: ReactNode;
}

function Row({ node, onValue, children }: RowProps) {
  const values = valuesOf(node);
  const { name, declared, address } = node;
  return (
    <tr>
      <th scope="row" title={`${name}, ${address}`}>
        {name}
      </th>
      {declared === true
        ? FIELDS.map(([field]) => <td key={field}>{values[field]}</td>)
        : FIELDS.map(([field, title]) => (
            <td key={field}>
              <Field
                label={W.of(title, name)}
                value={values[field]}
                placeholder={field === "zone" ? W.none : ""}
                onValue={(text) => onValue(field, text)}
              />
            </td>
          ))}
      <td>{declared === true ? <span title={W.declared}>YAML</span> : children}</td>
    </tr>
  );
}

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly placeholder: string;
  /** Says whether it was taken. */
  readonly onValue: (text: string) => boolean;
}

/** A text that counts once it is left, or Enter is pressed. */
function Field({ label, value, placeholder, onValue }: FieldProps) {
  const [text, setText] = useState(value);
  const [wrong, setWrong] = useState(false);
  useEffect(() => {
    setText(value);
    setWrong(false);
  }, [value]);
  const leave = () => {
    if (text.trim() !== value) setWrong(!onValue(text));
  };
  return (
    <input
      aria-label={label}
      aria-invalid={wrong}
      value={text}
      placeholder={placeholder}
      spellCheck={false}
      autoComplete="off"
      onChange={({ target }) => setText(target.value)}
      onBlur={leave}
      onKeyDown={({ key }) => {
        if (key === "Enter") leave();
      }}
    />
  );
}

function Count({
  count,
  least,
  onCount,
}: {
  readonly count: number;
  readonly least: number;
  readonly onCount: (count: number) => void;
}) {
  const take = (text: string) => {
    const wanted = Math.min(NODES_LIMIT, Math.max(least, Math.round(Number(text))));
    if (text !== "" && Number.isFinite(wanted) && wanted !== count) onCount(wanted);
    return true;
  };
  return (
    <span className="nodes-stepper">
      <button
        type="button"
        className="button plain icon"
        aria-label={W.fewer}
        disabled={count <= least}
        onClick={() => onCount(count - 1)}
      >
        <Minus size={13} aria-hidden="true" />
      </button>
      <Field label={W.number} value={String(count)} placeholder="" onValue={take} />
      <button
        type="button"
        className="button plain icon"
        aria-label={W.more}
        disabled={count >= NODES_LIMIT}
        onClick={() => onCount(count + 1)}
      >
        <Plus size={13} aria-hidden="true" />
      </button>
    </span>
  );
}
