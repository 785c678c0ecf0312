// What one can do here, the keys, and what is not simulated.
import { useApp } from "../store/react.ts";
import { Dialog } from "../ui/Dialog.tsx";

const KEYS: readonly (readonly [keys: readonly string[], what: string])[] = [
  [["Space"], "Play or pause, when no field has the focus"],
  [["."], "Step to the next event"],
  [["?"], "This help"],
  [["Tab"], "Console: complete the word; on an empty line, go on to the next control"],
  [["Esc", "Tab"], "Leave the console"],
  [["↑", "↓"], "Console: earlier and later commands"],
  [["Ctrl", "R"], "Console: search earlier commands"],
  [["Ctrl", "C"], "Console: stop the running command, or give up the line"],
  [["Ctrl", "L"], "Console: clear"],
];

export function HelpDialog({ onClose }: { readonly onClose: () => void }) {
  const version = useApp((state) => state.session.cluster.settings.version);
  return (
    <Dialog title="Help" onClose={onClose}>
      <p>
        Podpath simulates a small Kubernetes {version} cluster in your browser. Change the YAML, press “Send request”,
        and follow the packet from the laptop to a pod and back. Nothing you do leaves this page.
      </p>
      <h3>Things to try</h3>
      <ul className="help-list">
        <li>Kill a pod while traffic runs, and watch the endpoints.</li>
        <li>Change a label in the selector, or the targetPort, and send again.</li>
        <li>Scale the Deployment to 0, then type “curl 192.168.1.11:30080” in the console.</li>
        <li>Break a node, a pod or a road by the button with the flash, and see what packets come to.</li>
        <li>Click a packet: the inspector says what rewrote its address, and which rule.</li>
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
      <h3>What is simulated</h3>
      <p>
        The API server with its defaults and complaints, the controllers behind Deployments and Services, the scheduler,
        kubelets, kube-proxy’s rules on every node, and cluster DNS. Containers run no real programs: an image answers
        as its name says. What has no behaviour here says so instead of pretending. The README lists it kind by kind.
      </p>
    </Dialog>
  );
}
