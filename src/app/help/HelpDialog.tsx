// What one can do here, the keys, and what is not simulated.
import { useState } from "react";
import { W } from "../../words/en/help-dialog.ts";
import { useApp } from "../store/react.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { Simulated } from "../ui/SimulatedDialog.tsx";
import { type SHORTCUTS, singleKeys } from "../ui/shortcuts.ts";

/** The page's own keys, as people call them, and what they do. */
const OWN: Readonly<Record<keyof typeof SHORTCUTS, readonly [shown: string, what: string]>> = {
  play: [W.space, W.play],
  step: [".", W.step],
  stepBack: [",", W.stepBack],
  undo: [W.ctrlZ, W.undo],
  redo: [W.ctrlY, W.redo],
  clear: ["Esc", W.clear],
  find: ["/", W.find],
  focus: ["F", W.focus],
  help: ["?", W.help],
  present: ["P", W.present],
  code: ["Q", W.code],
  nextStop: ["→", W.nextStop],
  nextSlide: [W.pageDown, W.nextSlide],
  previousSlide: [W.pageUp, W.previousSlide],
  previousStop: ["←", W.previousStop],
  send: ["S", W.send],
  startOver: ["R", W.startOver],
  leave: ["Esc", W.leave],
};

const KEYS: readonly (readonly [keys: readonly string[], what: string])[] = [
  ...Object.values(OWN).map(([shown, what]) => [[shown], what] as const),
  [[W.ctrl, "M"], W.indent],
  [["Tab"], W.complete],
  [["Esc", "Tab"], W.leaveConsole],
  [["↑", "↓"], W.earlier],
  [[W.ctrl, "R"], W.search],
  [[W.ctrl, "C"], W.stop],
  [[W.ctrl, "L"], W.clearConsole],
];

interface HelpDialogProps {
  readonly onClose: () => void;
  readonly onShowMe: () => void;
}

export function HelpDialog({ onClose, onShowMe }: HelpDialogProps) {
  const version = useApp((state) => state.world.settings.version);
  return (
    <Dialog title={W.title} onClose={onClose}>
      <p>{W.intro(version)}</p>
      <p>
        <button
          type="button"
          className="button primary"
          onClick={() => {
            onClose();
            onShowMe();
          }}
        >
          {W.show}
        </button>{" "}
        {W.how}
      </p>
      <h3>{W.things}</h3>
      <ul className="help-list">
        <li>{W.kill}</li>
        <li>{W.predict}</li>
        <li>{W.label}</li>
        <li>{W.scale}</li>
        <li>{W.break}</li>
        <li>{W.click}</li>
        <li>{W.paste}</li>
      </ul>
      <h3>{W.keys}</h3>
      <dl className="help-keys">
        {KEYS.map(([keys, what]) => (
          <div key={what}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <SingleKeys />
      <h3>{W.simulated}</h3>
      <Simulated />
      <p>
        <a href="./licences.txt" target="_blank" rel="noreferrer">
          {W.licences}
        </a>{" "}
        {W.software}
      </p>
    </Dialog>
  );
}

/** Who dictates or trembles can do without keys that act by themselves. */
function SingleKeys() {
  const [on, setOn] = useState(singleKeys.on);
  return (
    <label className="help-single">
      <input
        type="checkbox"
        checked={on}
        onChange={({ target }) => {
          singleKeys.set(target.checked);
          setOn(target.checked);
        }}
      />
      {W.single}
    </label>
  );
}
