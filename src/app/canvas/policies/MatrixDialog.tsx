// Who may reach whom, as a table worked out from the policies; no packet is sent.
import { useMemo, useState } from "react";
import { groupsOf, matrixOf, type Reach } from "../../../kinds/networkpolicy/index.ts";
import { W } from "../../../words/en/policies.ts";
import { useApp } from "../../store/react.ts";
import { Dialog } from "../../ui/Dialog.tsx";
import { usePolicyView } from "./Shields.tsx";
import "./policies.css";

/** Columns and rows that are drawn; `sim matrix` prints all. */
const MOST = 24;

export function MatrixDialog({ onClose }: { readonly onClose: () => void }) {
  const view = usePolicyView();
  const world = useApp((state) => state.world);
  const system = useApp((state) => state.view.system);
  const [chosen, setChosen] = useState<Reach>();
  const { from, columns, cells } = useMemo(() => {
    const isShown = ({ name }: { readonly name: string }) => system || !name.startsWith("kube-system/");
    const groups = groupsOf(world, view).filter(isShown);
    const all = matrixOf(view, groups.slice(0, MOST), groups.slice(0, MOST));
    const heads = new Map(all.map((each) => [headOf(each), each] as const));
    return {
      from: groups.slice(0, MOST).map(({ name }) => name),
      columns: [...heads.keys()].slice(0, MOST),
      cells: new Map(all.map((each) => [`${each.from} ${headOf(each)}`, each])),
    };
  }, [world, view, system]);
  return (
    <Dialog title={W.matrix} size="page" onClose={onClose}>
      <p className="quiet">
        {W.matrixAbout} {!world.settings.networkPolicies && W.ignored}
      </p>
      {columns.length === 0 ? (
        <p>{W.noPorts}</p>
      ) : (
        <div className="policy-scroll">
          <table className="policy-matrix">
            <thead>
              <tr>
                <th scope="col">{W.from}</th>
                {columns.map((each) => (
                  <th key={each} scope="col">
                    {each}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {from.map((name) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  {columns.map((each) => (
                    <Cell key={each} reach={cells.get(`${name} ${each}`)} chosen={chosen} onChoose={setChosen} />
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <p className="policy-why" aria-live="polite">
        {chosen === undefined ? W.press : whyOf(chosen)}
      </p>
    </Dialog>
  );
}

const headOf = ({ to, protocol, port }: Reach) => `${to} ${protocol} ${port}`;

function whyOf({ from, to, protocol, port, may, why }: Reach): string {
  const at = `${protocol} ${port}`;
  if (may === "yes") return W.admitted(from, to, at);
  return may === "no" ? W.dropped(from, to, at, why) : W.mixed(from, to, at, why);
}

interface CellProps {
  readonly reach: Reach | undefined;
  readonly chosen: Reach | undefined;
  readonly onChoose: (reach: Reach) => void;
}

function Cell({ reach, chosen, onChoose }: CellProps) {
  if (reach === undefined) return <td />;
  return (
    <td data-may={reach.may}>
      <button type="button" aria-pressed={reach === chosen} onClick={() => onChoose(reach)}>
        {W[reach.may]}
      </button>
    </td>
  );
}
