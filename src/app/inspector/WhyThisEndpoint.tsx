// Which endpoints the rules could draw, which not, and why.
import { useMemo } from "react";
import { type EndpointCandidate, type Hop, makeKey, type ServiceDecision } from "../../cluster/index.ts";
import { type Pin, pinOf, type Stranger, strangersOf } from "../../diagnosis/index.ts";
import { W } from "../../words/en/inspector.ts";
import { useApp, useNow, useObject } from "../store/react.ts";
import { Marked } from "../ui/Marked.tsx";
import { StateMark } from "../ui/StateMark.tsx";

const WORDS: Readonly<Record<EndpointCandidate["state"], string>> = {
  ...W.candidates,
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

/** @param hop - the one on which the rules of a Service decided. */
export function WhyThisEndpoint({ hop, decision }: { hop: Hop; decision: ServiceDecision }) {
  const cluster = useApp((state) => state.world);
  useNow(1000);
  const pin = pinOf(cluster, hop);
  return (
    <section className="why">
      <h3 className="inspector-title">{W.whyThis}</h3>
      <table>
        <thead className="visually-hidden">
          <tr>
            <th>{W.endpoint}</th>
            <th>{W.state}</th>
            <th>{W.chance}</th>
          </tr>
        </thead>
        <tbody>
          {decision.candidates.map((each) => (
            <tr key={each.endpoint} data-drawn={each.state === "drawn"}>
              <td className="mono">{each.endpoint}</td>
              <td>
                <span className="why-state">
                  <StateMark state={MARKS[each.state]} />
                  {pin !== undefined && each.state === "drawn" ? W.pinned : WORDS[each.state]}
                </span>
              </td>
              <td className="why-chance">{chanceOf(each, pin)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {decision.candidates.length === 0 && <p className="inspector-text quiet">{W.noEndpoints}</p>}
      {pin !== undefined && <Pinned pin={pin} />}
      <Strangers decision={decision} />
    </section>
  );
}

function chanceOf({ chance, state }: EndpointCandidate, pin: Pin | undefined): string {
  if (chance === 0) return W.leftOut;
  if (pin !== undefined) return state === "drawn" ? "100 %" : "0 %";
  return `${Math.round(chance * 100)} %`;
}

/** Where session affinity decided instead of a draw. */
function Pinned({ pin: { node, client, timeoutSeconds, remaining } }: { pin: Pin }) {
  return (
    <p className="inspector-text">
      <Marked text={W.remembers(node, client, timeoutSeconds)} />{" "}
      {remaining === undefined ? W.forgotten : W.remain(Math.ceil(remaining / 1000))}
    </p>
  );
}

const REASONS = {
  ...W.reasons,
} as const;

/** Pods that were never among the candidates. */
function Strangers({ decision: { namespace, name } }: { decision: ServiceDecision }) {
  const cluster = useApp((state) => state.world);
  const pods = useApp((state) => state.objects.get("pods"));
  const service = useObject("services", makeKey(namespace, name));
  const strangers = useMemo(() => {
    void pods; // read through the cluster, again when one of them changed
    return service === undefined ? [] : strangersOf(cluster, service);
  }, [cluster, pods, service]);
  if (strangers.length === 0) return null;
  return (
    <details className="inspector-details">
      <summary>{W.strangers(strangers.length)}</summary>
      <ul className="by-node">
        {strangers.map((each) => (
          <li key={makeKey(each.namespace, each.name)}>
            <b className="mono">{each.namespace === namespace ? each.name : makeKey(each.namespace, each.name)}</b>
            <Difference of={each} />
          </li>
        ))}
      </ul>
    </details>
  );
}

function Difference({ of: { differences, reason } }: { of: Stranger }) {
  if (differences.length === 0) return <p className="quiet">{reason === undefined ? "" : REASONS[reason]}</p>;
  return differences.map(({ key, wanted, found }) => (
    <p key={key} className="quiet">
      <Marked
        text={found === undefined ? W.lacks(`${key}=${wanted}`, key) : W.wants(`${key}=${wanted}`, `${key}=${found}`)}
      />
    </p>
  ));
}
