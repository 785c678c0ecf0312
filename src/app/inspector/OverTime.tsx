// What became of the traffic to each endpoint, second by second: where a pod came, went or failed, its row shows when.
import type { ObjectKey } from "../../cluster/index.ts";
import { W } from "../../words/en/inspector.ts";
import { compareAddresses } from "../store/derive.ts";
import { ALL, KEPT_SECONDS, REFUSED, type Tally } from "../store/journal.ts";
import { useApp, useNow } from "../store/react.ts";

/** In units of the drawing, in which a second is one wide. */
const HEIGHT = 16;

export function OverTime({ service }: { service: ObjectKey }) {
  const journal = useApp((state) => state.run.journal);
  const until = Math.floor(useNow(1_000) / 1_000);
  const from = until - KEPT_SECONDS;
  const rows = [...journal.seconds(service)]
    .filter(([endpoint]) => endpoint !== ALL)
    .map(([endpoint, all]) => ({ endpoint, tallies: all.filter(({ second }) => second >= from && second < until) }))
    .filter(({ tallies }) => tallies.length > 0)
    .sort((a, b) => compareAddresses(a.endpoint, b.endpoint));
  if (rows.length === 0) return null;
  const most = Math.max(...rows.flatMap(({ tallies }) => tallies.map(({ answered, failed }) => answered + failed)));
  return (
    <figure className="over-time">
      <figcaption className="inspector-text">{W.lastMinute}</figcaption>
      {rows.map(({ endpoint, tallies }) => (
        <div key={endpoint} className="over-time-row">
          <span className="mono">{endpoint === REFUSED ? W.byRules : endpoint}</span>
          <svg role="img" viewBox={`0 0 ${KEPT_SECONDS} ${HEIGHT}`} preserveAspectRatio="none">
            <title>{inWords(tallies)}</title>
            {tallies.map((tally) => (
              <Bar key={tally.second} tally={tally} x={tally.second - from} scale={HEIGHT / most} />
            ))}
          </svg>
        </div>
      ))}
      <p className="inspector-text quiet">{W.fullHeight(most)}</p>
    </figure>
  );
}

/** One second: answers below, failures on top of them. */
function Bar({ tally, x, scale }: { tally: Tally; x: number; scale: number }) {
  const [answered, failed] = [tally.answered * scale, tally.failed * scale];
  return (
    <>
      <rect className="over-time-answered" x={x} y={HEIGHT - answered} width={0.8} height={answered} />
      <rect className="over-time-failed" x={x} y={HEIGHT - answered - failed} width={0.8} height={failed} />
    </>
  );
}

function inWords(tallies: readonly Tally[]): string {
  const sum = (kind: "answered" | "failed") => tallies.reduce((total, each) => total + each[kind], 0);
  return W.counts(sum("answered"), sum("failed"));
}
