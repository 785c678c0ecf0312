// What is shown, as a QR code and a link to take along; large enough for the last row.
import { useEffect, useState } from "react";
import { encode } from "../../scenario/index.ts";
import { EXAMPLES } from "../examples/index.ts";
import { usePlayground } from "../store/react.ts";
import { CopyField } from "../ui/CopyField.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { pageAddress } from "../ui/link.ts";
import { type Takeaway, takeaways } from "./addresses.ts";
import { qrOf } from "./qr.ts";
import "./code.css";
import { W } from "../../words/en/classroom.ts";

const exampleNamed = (title: string) => EXAMPLES.find((each) => each.title === title)?.name;

/** A thing to take along with its link. */
interface Made extends Takeaway {
  readonly link: string;
}

export function CodeDialog({ onClose }: { readonly onClose: () => void }) {
  const playground = usePlayground();
  const [all] = useState(() => takeaways(playground.store.getState(), exampleNamed));
  const [made, setMade] = useState<readonly Made[]>([]);
  const [chosen, choose] = useState<Takeaway["kind"]>();
  useEffect(() => {
    let wanted = true;
    Promise.all(all.map(madeOf)).then(
      (links) => wanted && setMade(links),
      (error: unknown) => reportError(error),
    );
    return () => {
      wanted = false;
    };
  }, [all]);
  const shown = made.find(({ kind }) => kind === (chosen ?? best(made)));
  return (
    <Dialog title={W.takeAlong} size="page" onClose={onClose}>
      <div className="code">
        <div className="code-picture">
          {shown === undefined ? <p role="status">{W.making}</p> : <Code made={shown} />}
        </div>
        <div className="code-side">
          <fieldset className="choices">
            <legend className="visually-hidden">{W.what}</legend>
            {made.map(({ kind, name, about, link }) => (
              <label key={kind}>
                <input type="radio" name="takeaway" checked={kind === shown?.kind} onChange={() => choose(kind)} />
                <span>
                  {name}
                  <small>
                    {about} {sizeOf(link)}
                  </small>
                </span>
              </label>
            ))}
          </fieldset>
          {shown !== undefined && <CopyField label={W.link} text={shown.link} rows={3} />}
          <p className="quiet">{W.itself}</p>
        </div>
      </div>
    </Dialog>
  );
}

async function madeOf(takeaway: Takeaway): Promise<Made> {
  const { query, scenario } = takeaway;
  const fragment = scenario === undefined ? "" : `#${await encode(scenario)}`;
  return { ...takeaway, link: `${pageAddress()}${query.size === 0 ? "" : `?${query}`}${fragment}` };
}

/** The first that can be read from the last row; else the first that has a code at all; else the first. */
function best(made: readonly Made[]): Takeaway["kind"] | undefined {
  const codes = made.map(({ kind, link }) => ({ kind, code: qrOf(link) }));
  return (codes.find(({ code }) => code?.isFar === true) ?? codes.find(({ code }) => code !== undefined) ?? codes[0])
    ?.kind;
}

function sizeOf(link: string): string {
  const code = qrOf(link);
  if (code === undefined) return W.tooLong;
  return code.isFar ? "" : W.dense;
}

function Code({ made: { link, name } }: { readonly made: Made }) {
  const code = qrOf(link);
  if (code === undefined)
    return (
      <p className="warning" role="alert">
        {W.longLink(link.length)}
      </p>
    );
  return (
    <svg
      className="code-squares"
      role="img"
      aria-label={W.codeOf(name)}
      viewBox={`0 0 ${code.size} ${code.size}`}
      shapeRendering="crispEdges"
    >
      <rect width={code.size} height={code.size} fill="#fff" />
      <path d={code.path} fill="#000" />
    </svg>
  );
}
