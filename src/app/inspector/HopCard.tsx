// One hop: who handed the packet to whom, what the header said before and after, and by which rules.
import { useMemo } from "react";
import { chainsOf, type Header, type Hop, type Rewrite } from "../../cluster/index.ts";
import { W } from "../../words/en/inspector.ts";
import { fieldsBehindHop } from "../store/fields.ts";
import { lightsHop, objectsOfHop } from "../store/lit.ts";
import { useApp, useObjects, usePlayground } from "../store/react.ts";
import { placeName } from "../store/sentences.ts";
import { HopFields } from "./HopFields.tsx";
import { HopPolicies } from "./HopPolicies.tsx";
import { HopRules } from "./HopRules.tsx";

export function HopCard({ hop }: { hop: Hop }) {
  const playground = usePlayground();
  const services = useObjects("services");
  const fields = useMemo(() => fieldsBehindHop(hop, services), [hop, services]);
  const lit = useApp(({ lit }) => lit !== undefined && lit.by !== "inspector" && lightsHop(lit, hop, fields));
  const at = { packet: hop.packet, index: hop.index };
  const point = () => playground.point({ by: "inspector", objects: objectsOfHop(hop), fields, hop: at });
  return (
    <li
      className="hop"
      data-verdict={hop.verdict}
      data-service={hop.service !== undefined}
      data-lit={lit}
      onPointerEnter={point}
      onPointerLeave={() => playground.unpoint("inspector")}
      onFocus={(event) => event.target === event.currentTarget && point()}
      onBlur={() => playground.unpoint("inspector")}
    >
      <p className="hop-title">
        <b>{placeName(hop.from)}</b>
        <span className="quiet"> → </span>
        <b>{placeName(hop.to)}</b>
        {hop.verdict === "flying" && <span className="hop-now">{W.onTheWay}</span>}
      </p>
      <Addresses before={hop.received} after={hop.header} />
      <Rewrites rewrites={hop.rewrites} />
      {hop.end !== undefined && hop.end.rewrites.length > 0 && (
        <>
          <p className="hop-place">{W.at(placeName(hop.to))}</p>
          <Addresses before={hop.header} after={hop.end.header} />
          <Rewrites rewrites={hop.end.rewrites} />
        </>
      )}
      <Rules hop={hop} />
      {hop.reason !== undefined && <p className="hop-sentence">{reasonOf(hop.reason)}</p>}
      <HopFields fields={fields} />
      <HopPolicies hop={hop} />
      <HopRules hop={hop} />
    </li>
  );
}

function Rewrites({ rewrites }: { rewrites: readonly Rewrite[] }) {
  return rewrites.map((rewrite) => (
    <p key={`${rewrite.kind} ${rewrite.from}`} className="rewrite">
      <span className="rewrite-kind">{REWRITE_WORDS[rewrite.kind]}</span> {W.by}{" "}
      <span className="mono">{rewrite.by}</span>
    </p>
  ));
}

/** Which rules of a Service took the packet: those of its ClusterIP, by whatever address it came. */
function Rules({ hop }: { hop: Hop }) {
  const work = hop.service === undefined ? hop.end : hop;
  if (work?.service === undefined) return null;
  const chains = chainsOf(work.rules);
  const { clusterIP, port, via } = work.service;
  return (
    <p className="rewrite">
      <span className="rewrite-kind">{via === "clusterIP" ? W.rulesOf : W.joins}</span>{" "}
      <span className="mono">{`${clusterIP}:${port}`}</span>
      {chains.length > 0 && <span className="mono hop-chains">{chains.join(" → ")}</span>}
    </p>
  );
}

function reasonOf(reason: string): string {
  return `${reason.slice(0, 1).toUpperCase()}${reason.slice(1)}${reason.endsWith(".") ? "" : "."}`;
}

const REWRITE_WORDS = {
  dnat: W.dnat,
  masquerade: W.masquerade,
  "conntrack-reply": W.back,
} as const;

/** Who the packet says it is from and for; what this place rewrote is below what it was. */
function Addresses({ before, after }: { before: Header; after: Header }) {
  return (
    <dl className="addresses mono">
      <Address word={W.from} before={sourceOf(before)} after={sourceOf(after)} />
      <Address word={W.to} before={destinationOf(before)} after={destinationOf(after)} />
    </dl>
  );
}

function Address({ word, before, after }: { word: string; before: string; after: string }) {
  return (
    <div>
      <dt>{word}</dt>
      {before === after ? (
        <dd>{after}</dd>
      ) : (
        <>
          <dd className="was">
            <span className="visually-hidden">{W.was} </span>
            {before}
          </dd>
          <dd>
            <span className="visually-hidden">{W.now} </span>
            <mark>{after}</mark>
          </dd>
        </>
      )}
    </div>
  );
}

function sourceOf(header: Header): string {
  return end(header.source, header.sourcePort);
}

function destinationOf(header: Header): string {
  return end(header.destination, header.destinationPort);
}

function end(address: string, port: number): string {
  return port === 0 ? address : `${address}:${port}`;
}
