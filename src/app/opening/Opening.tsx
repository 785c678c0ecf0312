// What is there until the cluster is: the outline of the picture, in its place and colours.
import { type ReactNode, StrictMode, useCallback, useEffect, useState } from "react";
import { EN } from "../../words/en/opening.ts";
import { number, spoken } from "../../words/index.ts";
import { loadPart, PartError } from "../store/parts.ts";
import { Failure, Guard } from "../ui/Guard.tsx";
import "./opening.css";

/** Drawn before the language is loaded: asked for each time. */
const words = () => spoken("opening", EN);

const NODES = ["node-1", "node-2", "node-3"];

/** How far a scenario is on its way to the moment at which it opens, and the way to give it up. */
export interface OnTheWay {
  /** From 0 to 1. */
  readonly share: number;
  /** Virtual milliseconds: where it is, and where it goes. */
  readonly at: number;
  readonly until: number;
  readonly cancel: () => void;
}

interface OpeningProps {
  /** Loads what makes the page; reported if the page takes a while. */
  readonly load: () => Promise<(show: (onTheWay: OnTheWay) => void) => Promise<ReactNode>>;
}

type State = { readonly page: ReactNode } | { readonly error: unknown } | { readonly onTheWay: OnTheWay } | undefined;

/** The first picture, until the page is there; and what to do when it does not come. */
export function Opening({ load }: OpeningProps) {
  const [state, setState] = useState<State>();
  const begin = useCallback(() => {
    let wanted = true;
    setState(undefined);
    const start = async () => (await loadPart("Podpath", load))((onTheWay) => wanted && setState({ onTheWay }));
    start().then(
      (page) => wanted && setState({ page }),
      (error: unknown) => wanted && setState({ error }),
    );
    return () => {
      wanted = false;
    };
  }, [load]);
  useEffect(begin, [begin]);
  if (state !== undefined && "page" in state)
    return (
      <StrictMode>
        <Guard name="Podpath">{state.page}</Guard>
      </StrictMode>
    );
  return (
    <main className="opening" aria-busy={state === undefined || "onTheWay" in state} aria-label={words().starts}>
      <Outline />
      {state === undefined ? (
        <p>{words().starting}</p>
      ) : "onTheWay" in state ? (
        <Way {...state.onTheWay} />
      ) : (
        <>
          <Failure name="Podpath" error={state.error} onRetry={begin} />
          {!(state.error instanceof PartError) && <WithoutAddress onChoose={begin} />}
        </>
      )}
    </main>
  );
}

/** The way past an address whose scenario cannot be opened. */
function WithoutAddress({ onChoose }: { readonly onChoose: () => void }) {
  const choose = () => {
    history.replaceState(null, "", location.pathname);
    onChoose();
  };
  return (
    <button type="button" className="button" onClick={choose}>
      {words().instead}
    </button>
  );
}

function Way({ share, at, until, cancel }: OnTheWay) {
  return (
    <div className="opening-progress late">
      <p>{words().replaying(seconds(until), seconds(at))}</p>
      <progress aria-label={words().progress} max={1} value={share} />
      <button type="button" className="button" onClick={cancel}>
        {words().cancel}
      </button>
    </div>
  );
}

function seconds(ms: number): string {
  return number(Math.floor(ms / 1000));
}

function Outline() {
  return (
    <svg viewBox="0 0 720 520" role="presentation" aria-hidden="true">
      <rect className="opening-client" x="8" y="96" width="100" height="54" rx="8" />
      <rect className="opening-client" x="8" y="336" width="100" height="54" rx="8" />
      <rect className="opening-cluster" x="140" y="8" width="572" height="504" rx="12" />
      {NODES.map((name, at) => (
        <g key={name}>
          <rect className="opening-band" x="150" y={56 + at * 152} width="552" height="140" rx="8" />
          <text className="opening-name" x="164" y={80 + at * 152}>
            {name}
          </text>
        </g>
      ))}
      <rect className="opening-services" x="296" y="46" width="166" height="458" rx="10" />
    </svg>
  );
}
