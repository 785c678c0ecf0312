// What one can do here, the keys, and what is not simulated.
import { useState } from "react";
import { useApp } from "../store/react.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { Simulated } from "../ui/SimulatedDialog.tsx";
import { type SHORTCUTS, singleKeys } from "../ui/shortcuts.ts";

/** The page's own keys, as people call them, and what they do. */
const OWN: Readonly<Record<keyof typeof SHORTCUTS, readonly [shown: string, what: string]>> = {
  play: ["Space", "Play or pause, unless a field or button has focus"],
  step: [".", "Step to the next visible event"],
  stepBack: [",", "Step back"],
  undo: ["Ctrl+Z", "Go to just before the last action"],
  redo: ["Ctrl+Y", "Go to just after the next action"],
  clear: ["Esc", "Clear the route of the last request"],
  find: ["/", "Find an object by name, kind, label, address or port"],
  focus: ["F", "Show only the selected Service with what belongs to it, or everything again"],
  help: ["?", "This help"],
  present: ["P", "Present: large, without panels"],
  code: ["Q", "Show what is on the page as a QR code and a link"],
  nextStop: ["→", "Presenting: next stop (also Page Down); the first time, send a request"],
  nextSlide: ["Page Down", "Presenting a lesson or moments: what comes next"],
  previousSlide: ["Page Up", "Presenting a lesson or moments: back"],
  previousStop: ["←", "Presenting: previous stop (also Page Up)"],
  send: ["S", "Presenting: send a request"],
  startOver: ["R", "Presenting: start over"],
  leave: ["Esc", "Presenting: leave (also P)"],
};

const KEYS: readonly (readonly [keys: readonly string[], what: string])[] = [
  ...Object.values(OWN).map(([shown, what]) => [[shown], what] as const),
  [["Ctrl", "M"], "YAML editor: let Tab indent, or leave again"],
  [["Tab"], "Console: complete the word; on an empty line, move to the next control"],
  [["Esc", "Tab"], "Leave the console"],
  [["↑", "↓"], "Console: earlier and later commands"],
  [["Ctrl", "R"], "Console: search earlier commands"],
  [["Ctrl", "C"], "Console: stop the running command, or clear the line"],
  [["Ctrl", "L"], "Console: clear"],
];

interface HelpDialogProps {
  readonly onClose: () => void;
  readonly onShowMe: () => void;
}

export function HelpDialog({ onClose, onShowMe }: HelpDialogProps) {
  const version = useApp((state) => state.world.settings.version);
  return (
    <Dialog title="Help" onClose={onClose}>
      <p>
        Podpath simulates a small Kubernetes {version} cluster in your browser. Change the YAML, press “Send request”,
        and follow the packet from the laptop to a pod and back. Nothing you do leaves this page.
      </p>
      <p>
        <button
          type="button"
          className="button primary"
          onClick={() => {
            onClose();
            onShowMe();
          }}
        >
          Show me
        </button>{" "}
        how a request finds a pod, in three stops.
      </p>
      <h3>Things to try</h3>
      <ul className="help-list">
        <li>Kill a pod while traffic runs, and watch the endpoints.</li>
        <li>Press “Predict” below the picture after a request, and say where the next packet goes before it moves.</li>
        <li>Change a label in the selector, or the targetPort, and send again.</li>
        <li>Scale the Deployment to 0, then type “curl 192.168.1.11:30080” in the console.</li>
        <li>Break a node, a pod or a route with the lightning button, and see what happens to packets.</li>
        <li>Click a packet: the inspector shows what rewrote its address, and which rule did it.</li>
        <li>Paste a block of commands from the Kubernetes documentation into the console, here-documents included.</li>
      </ul>
      <h3>Keys</h3>
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
      <h3>What is simulated and what is not</h3>
      <Simulated />
      <p>
        <a href="./licences.txt" target="_blank" rel="noreferrer">
          Licences
        </a>{" "}
        of the software in this page.
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
      Single letters and signs are keys
    </label>
  );
}
