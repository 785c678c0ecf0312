// A NetworkPolicy as rows: whom it selects, and what each of its rules admits.
import type { ReactNode } from "react";
import type { KubeObject, NetworkPolicy } from "../../cluster/index.ts";
import { type Direction, policyOf, ruleText, selectorText } from "../../kinds/networkpolicy/index.ts";
import { W } from "../../words/en/policies.ts";

/** @param object - a NetworkPolicy. */
export function policyRows(object: KubeObject): readonly (readonly [name: string, value: ReactNode])[] {
  const policy = policyOf(object as NetworkPolicy); // its kind says so
  const selector = selectorText(policy.pods);
  const way = (direction: Direction) => {
    const rules = policy.rules[direction];
    if (rules === undefined) return W.notLimited;
    if (rules.length === 0) return W.nothing;
    return (
      <ul key={direction}>
        {rules.map((rule) => {
          const text = ruleText(rule, direction, policy);
          return <li key={text}>{text}</li>;
        })}
      </ul>
    );
  };
  return [
    [
      W.selects,
      selector === "{}" ? (
        W.everyPod(policy.namespace)
      ) : (
        <code key="selector" className="mono">
          {selector}
        </code>
      ),
    ],
    ["Ingress", way("Ingress")],
    ["Egress", way("Egress")],
  ];
}
