// What is simulated and what is not, in a learner's terms; then what is stored without effect, kind by kind and field by field.
import { allWithoutEffect } from "../../diagnosis/index.ts";
import { Dialog } from "./Dialog.tsx";
import { SIMULATED } from "./simulated.ts";
import "./simulated.css";
import { W } from "../../words/en/simulated.ts";

export function SimulatedDialog({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog title={W.title} onClose={onClose}>
      <Simulated />
    </Dialog>
  );
}

/** The same without its dialog, for the help. */
export function Simulated() {
  return (
    <div className="simulated">
      {SIMULATED.map(({ title, says }) => (
        <section key={title}>
          <h4>{title}</h4>
          <ul>
            {says.map((each) => (
              <li key={each}>{each}</li>
            ))}
          </ul>
        </section>
      ))}
      <h4>{W.without}</h4>
      <dl className="simulated-list">
        {allWithoutEffect().map(({ what, says }) => (
          <div key={what}>
            <dt>{what}</dt>
            <dd>{says}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
