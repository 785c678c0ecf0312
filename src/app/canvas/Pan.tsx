// Moves the picture without a drag, when not all of it is in sight.
import { ArrowDown, ArrowLeft, ArrowRight, ArrowUp } from "lucide-react";
import { useReactFlow, useStoreApi } from "reactflow";
import { W } from "../../words/en/picture-more.ts";

/** The part of the picture by which a press moves it. */
const PART = 0.3;

const WAYS = [
  ["left", ArrowLeft, 1, 0],
  ["up", ArrowUp, 0, 1],
  ["down", ArrowDown, 0, -1],
  ["right", ArrowRight, -1, 0],
] as const;

/** @param onMove - told that the visitor moves the picture. */
export function Pan({ onMove }: { readonly onMove: () => void }) {
  const { getViewport, setViewport } = useReactFlow();
  const flow = useStoreApi();
  const move = (x: number, y: number) => {
    const { width, height } = flow.getState();
    const view = getViewport();
    onMove();
    void setViewport({ ...view, x: view.x + x * PART * width, y: view.y + y * PART * height });
  };
  return (
    <fieldset className="floating pan">
      <legend className="visually-hidden">{W.move}</legend>
      {WAYS.map(([way, Icon, x, y]) => (
        <button
          key={way}
          type="button"
          className="button icon"
          aria-label={W.look(way)}
          title={W.look(way)}
          onClick={() => move(x, y)}
        >
          <Icon size={14} aria-hidden="true" />
        </button>
      ))}
    </fieldset>
  );
}
