// The rules that a hop matched, and the way to where they are among all rules of the node.
import { useState } from "react";
import type { Hop, MatchedRule } from "../../cluster/index.ts";
import { W } from "../../words/en/inspector.ts";
import { fieldsBehindRule } from "../store/fields.ts";
import { lightsField } from "../store/lit.ts";
import { useApp, useObjects, usePlayground } from "../store/react.ts";
import { lazyPart } from "../ui/lazyPart.tsx";
import { passagesOf } from "./rulesText.ts";
import { useNodeOf } from "./useNodeOf.ts";

const RulesDialog = lazyPart(W.rules, () => import("./RulesDialog.tsx").then((module) => module.RulesDialog), {
  place: "over",
  onDismiss: ({ onClose }) => onClose(),
});

export function HopRules({ hop }: { hop: Hop }) {
  const nodeOf = useNodeOf();
  const playground = usePlayground();
  const services = useObjects("services");
  const lit = useApp((state) => (state.lit?.fields.length ? state.lit : undefined));
  const [open, setOpen] = useState<{ readonly node: string; readonly focus?: MatchedRule }>();
  const passages = passagesOf(hop, nodeOf);
  const count = [...passages.values()].reduce((sum, { rules }) => sum + rules.length, 0);
  const fieldsOf = (rule: MatchedRule) => fieldsBehindRule(rule, services);
  const point = (rule: MatchedRule) => {
    const fields = fieldsOf(rule);
    const at = { packet: hop.packet, index: hop.index };
    playground.point({ by: "inspector", objects: [], fields, hop: at });
  };
  if (count === 0) return null;
  return (
    <details className="inspector-details">
      <summary>{W.matched(count)}</summary>
      {[...passages].map(([node, { rules }]) => (
        <div key={node}>
          <ol className="rules mono">
            {rules.map((rule) => (
              <li key={`${rule.table} ${rule.text}`}>
                <button
                  type="button"
                  className="rules-pick"
                  title={W.showInRules(node)}
                  data-lit={lit !== undefined && lightsField(lit, fieldsOf(rule))}
                  onPointerEnter={() => point(rule)}
                  onFocus={() => point(rule)}
                  onClick={() => setOpen({ node, focus: rule })}
                >
                  {rule.text}
                </button>
              </li>
            ))}
          </ol>
          <button type="button" className="button small-link" onClick={() => setOpen({ node })}>
            {W.showInRules(node)}
          </button>
        </div>
      ))}
      {open !== undefined && (
        <RulesDialog {...open} passage={passages.get(open.node)} onClose={() => setOpen(undefined)} />
      )}
    </details>
  );
}
