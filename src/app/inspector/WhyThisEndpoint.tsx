// Which endpoints the rules could draw, which not, and why.
import type { EndpointCandidate, ServiceDecision } from "../../cluster/index.ts";
import { StateMark } from "../ui/StateMark.tsx";

const WORDS: Readonly<Record<EndpointCandidate["state"], string>> = {
  drawn: "drawn",
  eligible: "ready",
  "not-ready": "not ready",
  terminating: "terminating",
  "other-node": "on another node",
  "other-zone": "in another zone",
  "no-port": "no such port",
};

const MARKS = {
  drawn: "ready",
  eligible: "ready",
  "not-ready": "not-ready",
  terminating: "terminating",
  "other-node": "ended",
  "other-zone": "ended",
  "no-port": "failed",
} as const;

export function WhyThisEndpoint({ decision }: { decision: ServiceDecision }) {
  return (
    <section className="why">
      <h3 className="inspector-title">Why this endpoint?</h3>
      <table>
        <thead className="visually-hidden">
          <tr>
            <th>Endpoint</th>
            <th>State</th>
            <th>Chance</th>
          </tr>
        </thead>
        <tbody>
          {decision.candidates.map((each) => (
            <tr key={each.endpoint} data-drawn={each.state === "drawn"}>
              <td className="mono">{each.endpoint}</td>
              <td>
                <span className="why-state">
                  <StateMark state={MARKS[each.state]} />
                  {WORDS[each.state]}
                </span>
              </td>
              <td className="why-chance">{each.chance > 0 ? `${Math.round(each.chance * 100)} %` : "left out"}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {decision.candidates.length === 0 && <p className="inspector-text quiet">The Service has no endpoints.</p>}
    </section>
  );
}
