// What is wrong with each Service, reported before anyone sends a packet.
import { CircleCheck, Stethoscope, X } from "lucide-react";
import { type KeyboardEvent, useId, useRef, useState } from "react";
import { makeKey, resourceForKind, resourceName } from "../../cluster/index.ts";
import { type Finding, refText, STEPS } from "../../diagnosis/index.ts";
import { W } from "../../words/en/health.ts";
import { usePlayground } from "../store/react.ts";
import { Cures, EvidenceList, ResponsibleField, SideBySide } from "../ui/FindingParts.tsx";
import { WhatIsSimulated } from "../ui/WhatIsSimulated.tsx";
import { Since } from "./Since.tsx";
import { useFindings } from "./useFindings.ts";
import "./health.css";

/** Findings shown at once; a cluster with more has one mistake many times. */
const SHOWN = 60;

export function Health() {
  const findings = useFindings();
  const [open, setOpen] = useState(false);
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const problems = findings.filter(({ severity }) => severity !== "info");
  const worst = problems.some(({ severity }) => severity === "error") ? "error" : "warning";
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        className="button plain health-button"
        aria-expanded={open}
        aria-controls={id}
        aria-label={problems.length === 0 ? W.fine : W.found(problems.length)}
        title={W.title}
        onClick={() => setOpen(!open)}
        onKeyDown={({ key }) => key === "Escape" && setOpen(false)}
      >
        <Stethoscope size={14} aria-hidden="true" />
        <span className="health-word">{W.health}</span>{" "}
        {problems.length > 0 && (
          <span className="health-badge" data-severity={worst} aria-hidden="true">
            {problems.length > 99 ? "99+" : problems.length}
          </span>
        )}
      </button>
      <p className="visually-hidden" role="status">
        {problems.length === 0 ? "" : W.count(problems.length)}
      </p>
      {open && <Panel id={id} findings={findings} onClose={close} />}
    </>
  );
}

interface PanelProps {
  readonly id: string;
  readonly findings: readonly Finding[];
  readonly onClose: () => void;
}

function Panel({ id, findings, onClose }: PanelProps) {
  const problems = findings.filter(({ severity }) => severity !== "info");
  const idle = findings.filter((each) => each.class === "no-effect");
  const infos = findings.filter((each) => each.severity === "info" && each.class !== "no-effect");
  const keyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") onClose();
  };
  return (
    <section id={id} className="health" aria-label={W.health} onKeyDown={keyDown}>
      <header className="health-head">
        <h2>{W.health}</h2>
        <button type="button" className="button plain icon" aria-label={W.close} onClick={onClose}>
          <X size={15} aria-hidden="true" />
        </button>
      </header>
      {problems.length === 0 ? (
        <p className="health-fine">
          <CircleCheck size={15} aria-hidden="true" />
          {idle.length === 0 ? W.nothing : W.simulated}
        </p>
      ) : (
        <ul className="health-list">
          {problems.slice(0, SHOWN).map((each, index) => (
            <FindingItem key={each.id} finding={each} open={index === 0} />
          ))}
        </ul>
      )}
      {problems.length > SHOWN && <p className="quiet">{W.more(problems.length - SHOWN)}</p>}
      <Idle findings={idle} />
      {infos.length > 0 && (
        <details className="health-infos">
          <summary>{W.info(infos.length)}</summary>
          <ul className="health-list">
            {infos.slice(0, SHOWN).map((each) => (
              <FindingItem key={each.id} finding={each} open={false} />
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

/** What is stored and has no effect here, so that nobody waits for it. */
function Idle({ findings }: { readonly findings: readonly Finding[] }) {
  if (findings.length === 0) return null;
  return (
    <section className="health-idle" aria-label={W.noEffect}>
      <h3 className="health-title">{W.noEffectHere(findings.length)}</h3>
      <ul className="health-list">
        {findings.slice(0, SHOWN).map((each) => (
          <li key={each.id} className="health-note">
            <b>{each.title}.</b> {each.explanation}
          </li>
        ))}
      </ul>
      <WhatIsSimulated />
    </section>
  );
}

const SEVERITY_WORDS = { error: W.error, warning: W.warning, info: W.good } as const;

function FindingItem({ finding, open }: { readonly finding: Finding; readonly open: boolean }) {
  const { severity, service, title, explanation, step, comparison } = finding;
  return (
    <li>
      <details className="health-finding" data-severity={severity} open={open}>
        <summary>
          <span className="health-severity">{SEVERITY_WORDS[severity]}</span>
          <h3 className="health-title">{title}</h3>
          <span className="quiet">
            {refText(service)} · {STEPS[step]}
          </span>
        </summary>
        <p className="health-text">{explanation}</p>
        {comparison !== undefined && <SideBySide comparison={comparison} />}
        <SubjectLink finding={finding} />
        <ResponsibleField responsible={finding.responsible} />
        <Cures cures={finding.cures} />
        <EvidenceList evidence={finding.evidence} />
        <Since id={finding.id} />
      </details>
    </li>
  );
}

/** Leads to the object it is about, where that is another than the one to blame. */
function SubjectLink({ finding: { service, responsible } }: { readonly finding: Finding }) {
  const playground = usePlayground();
  const info = resourceForKind(service.apiVersion, service.kind);
  if (info === undefined || (responsible.object.kind === service.kind && responsible.object.name === service.name))
    return null;
  const key = makeKey(info.namespaced ? service.namespace : undefined, service.name);
  return (
    <button
      type="button"
      className="button small-link"
      onClick={() => playground.select({ kind: "object", resource: resourceName(info), key })}
    >
      {W.show(refText(service))}
    </button>
  );
}
