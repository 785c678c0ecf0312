// Two futures, or two moments of one, side by side: what was done, objects by field, endpoints, answers.
import { useEffect, useMemo, useState } from "react";
import { type BranchInfo, type Comparison, compareRuns, type History, type Moment } from "../../history/index.ts";
import { formatElapsed, type TimedAction } from "../../scenario/index.ts";
import { W } from "../../words/en/branches.ts";
import type { Playground } from "../store/playground.ts";
import { useApp, usePlayground } from "../store/react.ts";
import type { Run } from "../store/run.ts";
import { describeAction } from "../store/sentences.ts";
import { Dialog } from "../ui/Dialog.tsx";

interface Side extends Moment {
  readonly label: string;
}

/** @param history - what goes to the moments that are compared. */
export function CompareDialog({ history, onClose }: { readonly history: History<Run>; readonly onClose: () => void }) {
  const playground = usePlayground();
  const branches = useApp((state) => state.branches);
  const [sides] = useState(() => sidesOf(playground, history, branches));
  const [[first, second], setChosen] = useState<readonly [number, number]>([Math.min(1, sides.length - 1), 0]);
  const [a, b] = [sides[first], sides[second]];
  return (
    <Dialog title={W.compare} onClose={onClose}>
      <div className="compare-sides">
        <SideField name={W.first} sides={sides} chosen={first} onChoose={(at) => setChosen([at, second])} />
        <SideField name={W.second} sides={sides} chosen={second} onChoose={(at) => setChosen([first, at])} />
      </div>
      {a !== undefined && b !== undefined && <Differences key={`${first} ${second}`} history={history} a={a} b={b} />}
    </Dialog>
  );
}

interface SideFieldProps {
  readonly name: string;
  readonly sides: readonly Side[];
  readonly chosen: number;
  readonly onChoose: (at: number) => void;
}

function SideField({ name, sides, chosen, onChoose }: SideFieldProps) {
  return (
    <label className="compare-side">
      {name}
      <select value={chosen} onChange={(event) => onChoose(Number(event.target.value))}>
        {sides.map(({ label }, at) => (
          <option key={label} value={at}>
            {label}
          </option>
        ))}
      </select>
    </label>
  );
}

/** The moment that is shown, the end of each branch, and the moments before each action of the shown one. */
function sidesOf({ store }: Playground, history: History<Run>, branches: readonly BranchInfo[]): readonly Side[] {
  const { run, world, past, branch } = store.getState();
  const time = world.clock.now;
  const shown: Side = { branch, time, actions: run.log.length, label: W.current(formatElapsed(time)) };
  const ends = branches.map(({ id, name }): Side => {
    const { world, log } = history.headOf(id);
    return {
      branch: id,
      time: world.clock.now,
      actions: log.length,
      label: W.end(name, formatElapsed(world.clock.now)),
    };
  });
  const before = history.head.log.map(
    ({ at, action }, index): Side => ({
      branch,
      time: at,
      actions: index,
      label: W.before(describeAction(action), formatElapsed(at)),
    }),
  );
  const others = ends.filter((each) => past || each.branch !== branch);
  return [shown, ...others, ...before.reverse()];
}

const SHOWN = 100;
/** Real milliseconds of work before the page has its turn. */
const SLICE_MS = 12;

function Differences({ history, a, b }: { readonly history: History<Run>; readonly a: Side; readonly b: Side }) {
  const [comparison, setComparison] = useState<Comparison>();
  const parting = useMemo(() => partingOf(logOf(history, a), logOf(history, b)), [history, a, b]);
  useEffect(() => {
    const seeks = [a, b].map(({ time, branch, actions }) =>
      history.spareSeek(time, { branch, ...(actions === undefined ? {} : { actions }) }),
    );
    let timer = setTimeout(work);
    function work() {
      const until = performance.now() + SLICE_MS;
      for (const seek of seeks) if (seek.run === undefined) seek.work(() => performance.now() < until);
      const [left, right] = seeks.map(({ run }) => run);
      if (left !== undefined && right !== undefined) setComparison(compareRuns(left, right));
      else timer = setTimeout(work);
    }
    return () => clearTimeout(timer);
  }, [history, a, b]);
  if (comparison === undefined) return <p role="status">{W.comparing}</p>;
  const { objects, counts, outcomes } = comparison;
  return (
    <>
      <p className="compare-parting">{parting}</p>
      <h3>{W.requests}</h3>
      <Table
        empty={W.sameOutcome}
        head={[W.outcome, W.first, W.second]}
        rows={outcomes
          .filter(({ before, after }) => before !== after)
          .map(({ kind, before, after }) => [kind, before, after])}
      />
      <h3>{W.chosen}</h3>
      <Table
        empty={W.sameChosen}
        head={[W.endpoint, W.first, W.second]}
        rows={counts.map(({ service, endpoint, before, after }) => [`${service} ${endpoint}`, before, after])}
      />
      <h3>{W.objects}</h3>
      <Table
        empty={W.sameObjects}
        head={[W.field, W.first, W.second]}
        rows={objects
          .slice(0, SHOWN)
          .map(({ resource, key, path, before, after }) => [
            `${resource.split(".")[0]} ${key} ${path.join(".")}`,
            textOf(before, path),
            textOf(after, path),
          ])}
      />
      {objects.length > SHOWN && <p className="quiet">{W.firstOf(SHOWN, objects.length)}</p>}
    </>
  );
}

interface TableProps {
  readonly empty: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

function Table({ empty, head, rows }: TableProps) {
  if (rows.length === 0) return <p className="quiet">{empty}</p>;
  return (
    <table className="compare-table">
      <thead>
        <tr>
          {head.map((each) => (
            <th key={each} scope="col">
              {each}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, ...values], at) => (
          <tr key={name} className={at === 0 ? "compare-first" : undefined}>
            <th scope="row">{name}</th>
            {values.map((value, at) => (
              <td key={head[at + 1]}>{value}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function logOf(history: History<Run>, { branch, actions }: Side): readonly TimedAction[] {
  return history.headOf(branch).log.slice(0, actions);
}

/** Where two logs part: with one seed and equal actions before, all differences come from this. */
function partingOf(first: readonly TimedAction[], second: readonly TimedAction[]): string {
  const at = first.findIndex((each, index) => each !== second[index]);
  const index = at < 0 ? first.length : at;
  const [one, other] = [first[index], second[index]];
  if (one === undefined && other === undefined) return W.sameActions;
  const told = (action: TimedAction | undefined) =>
    action === undefined ? W.nothingMore : W.at(describeAction(action.action), formatElapsed(action.at));
  return W.parting(told(one), told(other));
}

function textOf(value: unknown, path: readonly unknown[]): string {
  if (value === undefined) return path.length === 0 ? W.missing : W.unset;
  if (path.length === 0) return W.exists;
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "");
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
