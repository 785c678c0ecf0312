// "Why it failed": the cause of a request's end in this cluster, how to see it, and what cures it.
import { useState } from "react";
import type { Exchange } from "../../cluster/index.ts";
import { type Explanation, explainExchange, type Finding, seenBy } from "../../diagnosis/index.ts";
import { useApp } from "../store/react.ts";
import { Cures, EvidenceList, ResponsibleField, SideBySide } from "../ui/FindingParts.tsx";
import { Cause } from "./Cause.tsx";
import { Verdicts } from "./Verdicts.tsx";
import "./whyItFailed.css";
import { W } from "../../words/en/inspector.ts";

/** Explained once, in the cluster as it was when the request was looked at: a cure that is applied does not take its own reason away. */
export function WhyItFailed({ exchange }: { readonly exchange: Exchange }) {
  const cluster = useApp((state) => state.world);
  const [told] = useState<Explanation | undefined>(() => explainExchange(cluster, exchange));
  if (told === undefined) return null;
  if (told.class === "answered")
    return (
      <details className="inspector-details" aria-label={W.worth}>
        <summary>{W.worthThis(told.title)}</summary>
        <Telling told={told} />
      </details>
    );
  return (
    <section className="why-failed" data-class={told.class} aria-label={W.why}>
      <h3 className="inspector-title">{W.why}</h3>
      <p className="why-failed-class">{told.class === "http" ? told.seen : seenBy(exchange.outcome)}</p>
      <p className="why-failed-cause">{told.title}</p>
      <Telling told={told} />
      <Verdicts exchange={exchange} />
      <Cause exchange={exchange} />
    </section>
  );
}

function Telling({ told }: { readonly told: Explanation }) {
  return (
    <>
      <p className="why-failed-text">{told.explanation}</p>
      {told.comparison !== undefined && <SideBySide comparison={told.comparison} />}
      {told.responsible !== undefined && <ResponsibleField responsible={told.responsible} />}
      <Cures cures={told.cures} />
      <EvidenceList evidence={told.evidence} />
      <Others findings={told.others} />
    </>
  );
}

/** What else is wrong with the same Service. */
function Others({ findings }: { readonly findings: readonly Finding[] }) {
  if (findings.length === 0) return null;
  return (
    <details className="inspector-details">
      <summary>{W.others(findings.length)}</summary>
      <ul className="why-failed-others">
        {findings.map((each) => (
          <li key={each.id}>
            <b>{each.title}.</b> {each.explanation}
            <Cures cures={each.cures} />
          </li>
        ))}
      </ul>
    </details>
  );
}
