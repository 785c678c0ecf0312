// The NetworkPolicies that decided about a hop.
import type { Hop } from "../../cluster/index.ts";

export function HopPolicies({ hop }: { readonly hop: Hop }) {
  const rules = [...hop.rules, ...(hop.end?.rules ?? [])].filter(({ table }) => table === "policy");
  if (rules.length === 0) return null;
  return (
    <details className="inspector-details">
      <summary>
        {rules.length} {rules.length === 1 ? "NetworkPolicy" : "NetworkPolicies"}
      </summary>
      <ul className="why-failed-others">
        {rules.map(({ text }) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </details>
  );
}
