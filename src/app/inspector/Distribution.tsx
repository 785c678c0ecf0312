// The endpoints of a Service: their states, how often each was drawn and by whom, and how often it ought to be.
import { useMemo } from "react";
import { keyOf, type ObjectKey, type Service } from "../../cluster/index.ts";
import { type Chance, chancesOf, usualRange } from "../../diagnosis/index.ts";
import { compareAddresses, endpointsOf, type LifeState, STATE_WORDS, slicesOf } from "../store/derive.ts";
import { useApp, useNow, usePlayground } from "../store/react.ts";
import { StateMark } from "../ui/StateMark.tsx";
import { OverTime } from "./OverTime.tsx";
import "./distribution.css";
import { W } from "../../words/en/inspector.ts";

/** One endpoint with its outcome. */
interface Row {
  /** `ip:port` */
  readonly endpoint: string;
  /** Undefined for one that was drawn once and is gone. */
  readonly state: LifeState | undefined;
  readonly count: number;
  readonly chances: readonly Chance[];
}

export function Distribution({ service }: { service: Service }) {
  const key = keyOf(service);
  const playground = usePlayground();
  const rows = useRows(service, key);
  const total = rows.reduce((sum, { count }) => sum + count, 0);
  return (
    <section className="why">
      <h3 className="inspector-title">{W.endpoints}</h3>
      {rows.length === 0 && <p className="inspector-text quiet">{nothing(service)}</p>}
      {rows.length > 0 && (
        <table className="shares">
          <thead>
            <tr>
              <th>{W.endpoint}</th>
              <th>{W.drawn}</th>
              <th>{W.share}</th>
              <th title={W.expectedTitle}>{W.expected}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.endpoint}>
                <td className="mono">
                  <span className="why-state" title={row.state === undefined ? W.gone : STATE_WORDS[row.state]}>
                    <StateMark state={row.state ?? "ended"} />
                    {row.endpoint}
                    <span className="visually-hidden">{row.state === undefined ? W.gone : STATE_WORDS[row.state]}</span>
                  </span>
                </td>
                <td className="why-chance">{row.count}</td>
                <td className="why-chance">
                  {total === 0 ? "–" : percent(row.count / total)}
                  {total > 0 && <ShareBar share={row.count / total} chances={row.chances} />}
                </td>
                <td className="why-chance">{expected(row.chances)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <Usual rows={rows} total={total} service={service} />
      <OverTime service={key} />
      <ByNode rows={rows} />
      <ByClient service={key} />
      {total > 0 && (
        <button type="button" className="button small-link" onClick={() => playground.resetCounts()}>
          {W.resetCount}
        </button>
      )}
    </section>
  );
}

function nothing({ spec }: Service): string {
  if (spec?.type === "ExternalName") return W.alias;
  return spec?.clusterIP === "None" ? W.noAddress : W.refused;
}

function useRows(service: Service, key: ObjectKey): readonly Row[] {
  const cluster = useApp((state) => state.world);
  const slices = useApp((state) => slicesOf(state.objects, key));
  const counts = useApp((state) => state.counts.get(key));
  const second = useNow(1000);
  const chances = useMemo(() => {
    void second; // the nodes' rules follow the objects a moment later, so they are asked again each second
    return chancesOf(cluster, service);
  }, [cluster, service, second]);
  return useMemo(() => {
    const states = new Map<string, LifeState>(
      endpointsOf(slices).flatMap(({ address, ports, state }) =>
        ports.map((port) => [`${address}:${port}`, state] as const),
      ),
    );
    const endpoints = [...new Set([...states.keys(), ...(counts?.keys() ?? [])])].sort(compareAddresses);
    return endpoints.map((endpoint) => ({
      endpoint,
      state: states.get(endpoint),
      count: counts?.get(endpoint) ?? 0,
      chances: chances.get(endpoint) ?? [],
    }));
  }, [slices, counts, chances]);
}

/** The share as a bar, with a mark where it is expected to end. */
function ShareBar({ share, chances }: { share: number; chances: readonly Chance[] }) {
  const mean = chances.length === 0 ? undefined : chances.reduce((sum, each) => sum + each.chance, 0) / chances.length;
  return (
    <span className="share-bar" aria-hidden="true">
      <span className="share-part" style={{ width: `${100 * share}%` }} />
      {mean !== undefined && <span className="share-expected" style={{ left: `${100 * mean}%` }} />}
    </span>
  );
}

function percent(part: number): string {
  return `${Math.round(part * 100)} %`;
}

/** One number when every node and route gives the same, else from the least to the most. */
function expected(chances: readonly Chance[]): string {
  if (chances.length === 0) return "–";
  const all = chances.map(({ chance }) => chance);
  const [least, most] = [Math.min(...all), Math.max(...all)];
  return least === most ? percent(most) : `${Math.round(least * 100)}–${percent(most)}`;
}

/** Whether an uneven result is chance: what is usual for that many draws. */
function Usual({ rows, total, service }: { rows: readonly Row[]; total: number; service: Service }) {
  if (service.spec?.sessionAffinity === "ClientIP") return <p className="inspector-text quiet">{W.sticky}</p>;
  const chances = rows.flatMap((row) => row.chances.map(({ chance }) => chance));
  const [chance] = chances;
  if (total === 0 || chance === undefined || chance === 1 || chances.some((each) => each !== chance)) return null;
  const { from, to } = usualRange(total, chance);
  return <p className="inspector-text quiet">{W.usual(total, from, to)}</p>;
}

/** Per node and route, where the nodes' rules differ. */
function ByNode({ rows }: { rows: readonly Row[] }) {
  const all = rows.flatMap(({ endpoint, chances }) => chances.map((chance) => ({ endpoint, ...chance })));
  if (all.every(({ chance }) => chance === all[0]?.chance)) return null;
  const routes = [...new Set(all.map(({ node, via }) => `${node} ${via}`))].sort();
  return (
    <details className="inspector-details">
      <summary>{W.byNode}</summary>
      <ul className="by-node">
        {routes.map((route) => (
          <li key={route}>
            <b>{W.route(...(route.split(" ") as [string, string]))}</b>
            <ul className="mono">
              {all
                .filter(({ node, via }) => `${node} ${via}` === route)
                .map(({ endpoint, chance }) => (
                  <li key={endpoint}>
                    {endpoint} {percent(chance)}
                  </li>
                ))}
            </ul>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** Which client went where: a row for each client. */
function ByClient({ service }: { service: ObjectKey }) {
  const trace = useApp((state) => state.world.trace);
  const changed = useApp((state) => state.counts.get(service));
  const drawn = useMemo(() => {
    void changed; // the trace is read again when its counters changed
    return [...trace.counts()].filter((each) => each.service === service);
  }, [trace, changed, service]);
  const clients = [...new Set(drawn.map(({ client }) => client))].sort();
  if (clients.length === 0) return null;
  return (
    <details className="inspector-details" open={clients.length > 1}>
      <summary>{W.byClient}</summary>
      <ul className="by-node">
        {clients.map((client) => (
          <li key={client}>
            <b>{client}</b>
            <ul className="mono">
              {drawn
                .filter((each) => each.client === client)
                .sort((a, b) => compareAddresses(a.endpoint, b.endpoint))
                .map(({ endpoint, count }) => (
                  <li key={endpoint}>
                    {endpoint} {count}×
                  </li>
                ))}
            </ul>
          </li>
        ))}
      </ul>
    </details>
  );
}
