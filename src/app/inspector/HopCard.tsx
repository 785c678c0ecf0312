// One hop: who handed the packet to whom, what the header said before and after, and by which rules.
import type { Header, Hop } from "../../cluster/index.ts";
import { describeHop, placeName } from "../store/sentences.ts";

export function HopCard({ hop }: { hop: Hop }) {
  const changed = hop.rewrites.length > 0;
  return (
    <li className="hop" data-verdict={hop.verdict} data-service={hop.service !== undefined}>
      <p className="hop-title">
        <b>{placeName(hop.from)}</b>
        <span className="quiet"> → </span>
        <b>{placeName(hop.to)}</b>
        {hop.verdict === "flying" && <span className="hop-now">on the way</span>}
      </p>
      {changed && <HeaderLine word="in" header={hop.received} other={hop.header} />}
      <HeaderLine word={changed ? "out" : ""} header={hop.header} other={changed ? hop.received : hop.header} />
      {hop.rewrites.map((rewrite) => (
        <p key={`${rewrite.kind} ${rewrite.from}`} className="rewrite">
          <span className="rewrite-kind">{REWRITE_WORDS[rewrite.kind]}</span> by{" "}
          <span className="mono">{rewrite.by}</span>
        </p>
      ))}
      <p className="hop-sentence">{describeHop(hop)}</p>
      {hop.rules.length > 0 && (
        <details className="inspector-details">
          <summary>
            {hop.rules.length} matched {hop.rules.length === 1 ? "rule" : "rules"}
          </summary>
          <ol className="rules mono">
            {hop.rules.map((rule) => (
              <li key={`${rule.table} ${rule.chain} ${rule.text}`}>{rule.text}</li>
            ))}
          </ol>
        </details>
      )}
    </li>
  );
}

const REWRITE_WORDS = {
  dnat: "destination rewritten",
  masquerade: "source rewritten (masquerade)",
  "conntrack-reply": "translated back",
} as const;

/** `source → destination`; a part that differs from `other` is lit. */
function HeaderLine({ word, header, other }: { word: string; header: Header; other: Header }) {
  const source = end(header.source, header.sourcePort);
  const destination = end(header.destination, header.destinationPort);
  return (
    <p className="header-line mono">
      {word !== "" && <span className="header-word">{word}</span>}
      <Part text={source} changed={source !== end(other.source, other.sourcePort)} />
      <span className="quiet"> → </span>
      <Part text={destination} changed={destination !== end(other.destination, other.destinationPort)} />
    </p>
  );
}

function Part({ text, changed }: { text: string; changed: boolean }) {
  return changed ? <mark>{text}</mark> : <span>{text}</span>;
}

function end(address: string, port: number): string {
  return port === 0 ? address : `${address}:${port}`;
}
