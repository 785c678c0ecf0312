// A Service: its addresses, what its ports lead to, and its live endpoints.
import { Settings2 } from "lucide-react";
import { memo } from "react";
import { Handle, type NodeProps, Position } from "reactflow";
import type { Service, ServicePort } from "../../../cluster/index.ts";
import { W } from "../../../words/en/canvas.ts";
import { type EndpointView, endpointsOf, endpointWords, pendingAddress, slicesOf } from "../../store/derive.ts";
import { ALL } from "../../store/journal.ts";
import { useApp, useNow, useObject, usePlayground } from "../../store/react.ts";
import { StateMark } from "../../ui/StateMark.tsx";
import { SERVICE } from "../metrics.ts";
import type { SceneNode } from "../sceneNodes.ts";
import { isAlias, noneOf, serviceAddress } from "./cardWords.ts";

export function ServiceNode({ data }: NodeProps<SceneNode>) {
  const key = data.key;
  const playground = usePlayground();
  const service = useObject("services", key);
  const slices = useApp((state) => slicesOf(state.objects, key));
  const selected = useApp(
    (state) =>
      state.selection?.kind === "object" && state.selection.resource === "services" && state.selection.key === key,
  );
  const endpoints = endpointsOf(slices);
  const ready = endpoints.filter((each) => each.state === "ready").length;
  const cloud = useApp((state) => state.world.settings.cloud);
  if (service === undefined) return null;
  const pending = pendingAddress(service, cloud);
  const { name, namespace } = service.metadata;
  return (
    <div className="service" data-selected={selected} data-form={data.form}>
      <Handle type="target" position={Position.Left} isConnectable={false} />
      {data.space !== undefined && <h3 className="service-space">{data.space}</h3>}
      <div className="service-title">
        <div className="face" aria-hidden="true">
          <b>{name}</b>
          {data.form === "row" && !isAlias(service) ? (
            <ReadyCount ready={ready} />
          ) : (
            <span className="quiet">{namespace === "default" ? service.spec?.type : namespace}</span>
          )}
        </div>
        <button
          type="button"
          className="hit"
          aria-label={W.service(name, service.spec?.type ?? "ClusterIP", ready, endpoints.length, pending)}
          onClick={() => playground.select({ kind: "object", resource: "services", key })}
        />
      </div>
      <button
        type="button"
        className="button icon service-change nodrag nopan"
        aria-label={W.change(name)}
        aria-haspopup="dialog"
        onClick={() => playground.setChanging({ resource: "services", key })}
      >
        <Settings2 size={14} aria-hidden="true" />
      </button>
      {data.form !== "row" && (
        <div className="service-address mono" data-alias={isAlias(service)}>
          <span>
            {serviceAddress(service)}
            {data.form !== "full" && <span className="brief-port">{firstPort(service)}</span>}
          </span>
          {data.form !== "full" && !isAlias(service) && <ReadyCount ready={ready} />}
          {data.form === "full" && pending !== undefined && (
            <span className="service-pending quiet" title={W.pending(pending)}>
              &lt;pending&gt;
            </span>
          )}
        </div>
      )}
      {data.form === "full" && (
        <>
          {!isAlias(service) &&
            service.spec?.ports?.map((port) => <PortRow key={`${port.port}/${port.protocol}`} port={port} />)}
          <div className="service-head">
            {isAlias(service) ? <span>{W.alias}</span> : <ServiceTraffic service={key} />}
            {!isAlias(service) && <ReadyCount ready={ready} />}
          </div>
          <Endpoints service={key} endpoints={endpoints} listed={data.listed ?? SERVICE.shown} none={noneOf(service)} />
        </>
      )}
      <Handle type="source" position={Position.Right} isConnectable={false} />
    </div>
  );
}

function firstPort(service: Service): string {
  const port = service.spec?.ports?.[0]?.port;
  return port === undefined || isAlias(service) ? "" : `:${port}`;
}

function ReadyCount({ ready }: { ready: number }) {
  return (
    <span className="service-ready" data-none={ready === 0}>
      <StateMark state={ready === 0 ? "failed" : "ready"} />
      {ready}
    </span>
  );
}

function PortRow({ port }: { port: ServicePort }) {
  return (
    <div className="service-port mono" title={port.name}>
      {port.nodePort !== undefined && port.nodePort !== 0 && (
        <span className="port-pill node-port">:{port.nodePort}</span>
      )}
      <span className="text-port">{port.port}</span>
      <span className="quiet" aria-hidden="true">
        →
      </span>
      <span className="text-target-port">{port.targetPort ?? port.port}</span>
      {port.protocol !== undefined && port.protocol !== "TCP" && <span className="quiet">{port.protocol}</span>}
    </div>
  );
}

function Endpoints({
  service,
  endpoints,
  listed,
  none,
}: {
  service: string;
  endpoints: readonly EndpointView[];
  listed: number;
  none: string;
}) {
  const counts = useApp((state) => state.counts.get(service));
  const countOf = (endpoint: EndpointView) =>
    sum(endpoint.ports.map((port) => counts?.get(`${endpoint.address}:${port}`) ?? 0));
  const total = counts === undefined ? 0 : sum([...counts.values()]);
  const shown = endpoints.slice(0, listed);
  const rest = endpoints.slice(listed);
  return (
    <div className="endpoints">
      {shown.map((each) => (
        <EndpointRow
          key={each.address}
          service={service}
          ports={each.ports}
          address={each.address}
          state={each.state}
          serving={each.serving}
          pod={each.pod}
          count={countOf(each)}
          share={total < FEWEST ? undefined : countOf(each) / total}
        />
      ))}
      {endpoints.length === 0 && <div className="endpoint quiet">{none}</div>}
      {rest.length > 0 && (
        <div className="endpoint quiet">
          {W.more(rest.length)} <span className="endpoint-count">{sum(rest.map(countOf))}</span>
        </div>
      )}
    </div>
  );
}

/** From so many draws on their shares mean something. */
const FEWEST = 4;

/** "Endpoints"; while there is traffic, what becomes of it. */
function ServiceTraffic({ service }: { service: string }) {
  const busy = useApp((state) => state.traffic.length > 0);
  return busy ? <TrafficRates service={service} endpoints={[ALL]} idle={W.endpoints} /> : <span>{W.endpoints}</span>;
}

interface TrafficRatesProps {
  readonly service: string;
  readonly endpoints: readonly string[];
  /** What is shown while nothing arrives. */
  readonly idle: string | number;
}

function TrafficRates({ service, endpoints, idle }: TrafficRatesProps) {
  useNow(500);
  const journal = useApp((state) => state.run.journal);
  const all = endpoints.map((endpoint) => journal.rates(service, endpoint));
  const [answered, failed] = [sum(all.map((each) => each.answered)), sum(all.map((each) => each.failed))];
  if (answered + failed === 0) return <span>{idle}</span>;
  return (
    <span className="service-rates" title={W.ratesTitle}>
      {(failed === 0 || endpoints[0] === ALL) && (
        <span data-kind="answered">
          {endpoints[0] === ALL && "✓ "}
          {rate(answered)}
          <span className="rate-unit">/s</span>
        </span>
      )}
      {failed > 0 && (
        <span data-kind="failed">
          ✕ {rate(failed)}
          <span className="rate-unit">/s</span>
        </span>
      )}
    </span>
  );
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

function rate(perSecond: number): string {
  return perSecond < 10 && !Number.isInteger(perSecond) ? perSecond.toFixed(1) : String(Math.round(perSecond));
}

interface EndpointRowProps extends EndpointView {
  readonly service: string;
  readonly count: number;
  /** Of all draws of this Service, in [0, 1]; undefined while there are too few. */
  readonly share: number | undefined;
}

const EndpointRow = memo(function EndpointRow(props: EndpointRowProps) {
  const playground = usePlayground();
  const { service, address, ports, state, pod, count, share } = props;
  const busy = useApp((now) => now.traffic.length > 0);
  const words = endpointWords(props);
  return (
    <div className="endpoint" data-state={state} title={words}>
      <div className="face" aria-hidden="true">
        <StateMark state={state} />
        <span className="mono">{address}</span>
        <span className="endpoint-count">
          {busy ? (
            <TrafficRates service={service} endpoints={ports.map((port) => `${address}:${port}`)} idle={count} />
          ) : (
            count
          )}
        </span>
        {share !== undefined && <span className="endpoint-share" style={{ width: `${100 * share}%` }} />}
      </div>
      <button
        type="button"
        className="hit"
        disabled={pod === undefined}
        aria-label={W.endpoint(address, words, count, share)}
        onClick={() => pod !== undefined && playground.select({ kind: "object", resource: "pods", key: pod })}
      />
    </div>
  );
});
