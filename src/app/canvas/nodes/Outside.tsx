// What is outside the cluster beside the clients: a cloud's load balancers with what they cost, and other hosts.
import { Cloud, Globe } from "lucide-react";
import { Handle, type NodeProps, Position } from "reactflow";
import { splitKey } from "../../../cluster/index.ts";
import { useApp, useNow, usePlayground } from "../../store/react.ts";
import { type BalancerInput, OUTSIDE, UPSTREAM } from "../outside.ts";
import type { SceneNode } from "../sceneNodes.ts";
import "../outside.css";
import { W } from "../../../words/en/picture-more.ts";

const HOUR_MS = 3_600_000;
const HOURS_A_MONTH = 730;

/** One of the two cards left of the cluster. */
export function OutsideCard(props: NodeProps<SceneNode>) {
  return props.type === "cloud" ? <CloudNode {...props} /> : <WorldNode {...props} />;
}

function CloudNode({ data }: NodeProps<SceneNode>) {
  const balancers = data.outside?.balancers ?? [];
  return (
    <div className="outside-card">
      <Handle type="target" position={Position.Left} isConnectable={false} />
      <p className="outside-head">
        <Cloud size={14} aria-hidden="true" />
        <b>{W.balancers}</b>
        <span className="quiet">{balancers.length}</span>
      </p>
      {balancers.slice(0, OUTSIDE.most).map((each) => (
        <BalancerRow key={each.address} balancer={each} />
      ))}
      <Cost count={balancers.length} />
      <Handle type="source" position={Position.Right} isConnectable={false} />
    </div>
  );
}

/** Two steps: the balancer draws one of the nodes that pass its health check, and that node's rules draw a pod. */
function BalancerRow({ balancer }: { balancer: BalancerInput }) {
  const playground = usePlayground();
  const { address, service } = balancer;
  const nodes = useApp((state) => state.world.network.balancers.get(address)?.healthyNodes().join(", ") ?? "");
  const all = useApp((state) => state.objects.get("nodes")?.size ?? 0);
  const passing = nodes === "" ? 0 : nodes.split(", ").length;
  const { name } = splitKey(service);
  return (
    <div className="outside-row" title={passing === 0 ? W.noHealthy : W.passesTo(nodes)}>
      <div className="face" aria-hidden="true">
        <span className="mono">{address}</span>
        <span className="quiet outside-detail">
          <span className="outside-name">{name}</span>
          <span data-none={passing === 0}>{W.nodesOf(passing, all)}</span>
        </span>
      </div>
      <button
        type="button"
        className="hit"
        aria-label={W.balancerOf(address, name, passing, all)}
        onClick={() => playground.select({ kind: "object", resource: "services", key: service })}
      />
    </div>
  );
}

/** What the load balancers cost, by the price the visitor assumes. */
function Cost({ count }: { count: number }) {
  useNow(1_000);
  const price = useApp((state) => state.view.balancerPrice);
  const hours = useApp((state) => state.world.balancerMs()) / HOUR_MS;
  const hourly = count * price;
  return (
    <p className="outside-cost mono" title={W.assumed(price)}>
      <span>
        {count} × ${price}/h
      </span>
      <b>{W.aMonth((hourly * HOURS_A_MONTH).toFixed(2))}</b>
      <span className="quiet">{W.soFar((hours * price).toFixed(5))}</span>
    </p>
  );
}

function WorldNode({ data }: NodeProps<SceneNode>) {
  const hosts = (data.outside?.hosts ?? []).slice(0, OUTSIDE.most);
  return (
    <div className="outside-card">
      <p className="outside-head">
        <Globe size={14} aria-hidden="true" />
        <b>{W.outside}</b>
      </p>
      {[...hosts, UPSTREAM].map((name) => (
        <HostRow key={name} name={name} />
      ))}
      <Handle type="target" position={Position.Right} isConnectable={false} />
    </div>
  );
}

function HostRow({ name }: { name: string }) {
  const address = useApp((state) => state.world.network.outsideNames?.(name));
  return (
    <div className="outside-row" title={name}>
      <b className="outside-host">{name}</b>
      <span className="mono quiet detail">{address ?? (name === UPSTREAM ? W.namesOutside : "")}</span>
    </div>
  );
}
