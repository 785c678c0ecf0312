// What is stored and has no effect here, kind by kind and field by field.
import { allWithoutEffect } from "../../diagnosis/index.ts";
import { Dialog } from "./Dialog.tsx";
import "./simulated.css";

export function SimulatedDialog({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog title="What is simulated" onClose={onClose}>
      <p>
        The API server checks and stores every built-in kind. Services, their endpoints, workloads, nodes, DNS, probes,
        kube-proxy’s rules and, once switched on, load balancers and an ingress controller act. The following is stored
        but has no effect here.
      </p>
      <WithoutEffectList />
    </Dialog>
  );
}

/** The list by itself, for the help. */
export function WithoutEffectList() {
  return (
    <dl className="simulated-list">
      {allWithoutEffect().map(({ what, says }) => (
        <div key={what}>
          <dt>{what}</dt>
          <dd>{says}</dd>
        </div>
      ))}
    </dl>
  );
}
