// What each NetworkPolicy says of a request: a policy never denies, it admits or leaves it to the others.
import { useState } from "react";
import type { Exchange } from "../../cluster/index.ts";
import { type PolicyVerdict, policyVerdicts } from "../../diagnosis/index.ts";
import { W } from "../../words/en/inspector.ts";
import { useApp } from "../store/react.ts";

/** As the policies were when the request was looked at; those that don't apply come last. */
export function Verdicts({ exchange }: { readonly exchange: Exchange }) {
  const world = useApp((state) => state.world);
  const [verdicts] = useState<readonly PolicyVerdict[]>(() => policyVerdicts(world, exchange));
  if (verdicts.length === 0) return null;
  const applying = verdicts.filter(({ verdict }) => verdict !== "NotApplicable");
  const others = verdicts.filter(({ verdict }) => verdict === "NotApplicable");
  return (
    <details className="inspector-details">
      <summary>{W.verdicts(verdicts.length)}</summary>
      <ul className="why-failed-others">
        {[...applying, ...others].map(({ policy, direction, verdict, why }) => (
          <li key={`${direction} ${policy}`}>
            <b>
              {policy} ({direction}): {verdict}.
            </b>{" "}
            {why}
          </li>
        ))}
      </ul>
    </details>
  );
}
