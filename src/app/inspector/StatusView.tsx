// The fields of an object that show its state.
import type { ReactNode } from "react";
import {
  type Ingress,
  type KubeObject,
  LabelTopologyZone,
  type Node,
  type Pod,
  type Service,
} from "../../cluster/index.ts";
import type { Gateway } from "../../gateway/index.ts";
import { W } from "../../words/en/status.ts";
import { containerPorts, pendingAddress, podState, readyCount, STATE_WORDS, workloadOf } from "../store/derive.ts";
import { useApp } from "../store/react.ts";
import { nodeAddress } from "../store/targets.ts";
import { lazyPart } from "../ui/lazyPart.tsx";
import { StateMark } from "../ui/StateMark.tsx";
import { Distribution } from "./Distribution.tsx";
import { GatewayShares } from "./GatewayShares.tsx";
import { policyRows } from "./policyRows.tsx";

const Beyond = lazyPart(W.beyond, () => import("./more/More.tsx").then((module) => module.Beyond));

type Row = readonly [name: string, value: ReactNode];

export function StatusView({ object }: { object: KubeObject }) {
  return (
    <>
      <dl className="facts">
        {rowsOf(object).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value === undefined || value === "" ? <span className="quiet">{W.none}</span> : value}</dd>
          </div>
        ))}
      </dl>
      {object.kind === "Service" && <Distribution service={object as Service} /* its kind says so */ />}
      {object.kind === "Gateway" && <GatewayShares gateway={object as Gateway} /* its kind says so */ />}
      <Beyond object={object} />
      <Conditions object={object} />
    </>
  );
}

function rowsOf(object: KubeObject): readonly Row[] {
  if (object.kind === "Pod") return podRows(object as Pod); // its kind says so
  if (object.kind === "Service") return serviceRows(object as Service); // its kind says so
  if (object.kind === "Node") return nodeRows(object as Node); // its kind says so
  if (object.kind === "NetworkPolicy") return policyRows(object);
  if (object.kind === "Ingress") return ingressRows(object as Ingress); // its kind says so
  if (object.kind === "Gateway") return gatewayRows(object as Gateway); // its kind says so
  return workloadRows(object);
}

function podRows(pod: Pod): readonly Row[] {
  const state = podState(pod);
  const owner = workloadOf(pod);
  return [
    [
      W.state,
      <span key="state" className="fact-state">
        <StateMark state={state} />
        {STATE_WORDS[state]}, {pod.status?.phase}
      </span>,
    ],
    [W.ready, readyCount(pod)],
    [
      "IP",
      <span key="ip" className="mono">
        {pod.status?.podIP}
      </span>,
    ],
    [
      W.ports,
      <span key="ports" className="mono text-target-port">
        {containerPorts(pod).join(", ")}
      </span>,
    ],
    [W.node, pod.spec?.nodeName],
    [W.owner, owner && `${owner.kind} ${owner.name}`],
    [
      W.image,
      <span key="image" className="mono">
        {pod.spec?.containers.map((each) => each.image).join(", ")}
      </span>,
    ],
    [W.labels, <Labels key="labels" labels={pod.metadata.labels} />],
  ];
}

function serviceRows(service: Service): readonly Row[] {
  const { spec } = service;
  return [
    [W.type, spec?.type],
    [
      W.clusterIP,
      <span key="ip" className="mono">
        {spec?.clusterIP}
      </span>,
    ],
    ...(spec?.type === "LoadBalancer" ? [[W.external, <External key="external" service={service} />] as const] : []),
    [W.selector, <Labels key="selector" labels={spec?.selector} />],
    [
      W.ports,
      <ul key="ports" className="mono">
        {spec?.ports?.map((port) => (
          <li key={`${port.port} ${port.protocol}`}>
            {port.name !== undefined && `${port.name} `}
            {port.nodePort !== undefined && <span className="text-node-port">:{port.nodePort} → </span>}
            <span className="text-port">{port.port}</span> → <span className="text-target-port">{port.targetPort}</span>{" "}
            {port.protocol}
          </li>
        ))}
      </ul>,
    ],
    [W.affinity, spec?.sessionAffinity],
    [W.externalPolicy, spec?.externalTrafficPolicy],
    [W.internalPolicy, spec?.internalTrafficPolicy],
  ];
}

/** The address outside, or why there is none. */
function External({ service }: { readonly service: Service }) {
  const cloud = useApp((state) => state.world.settings.cloud);
  const pending = pendingAddress(service, cloud);
  const addresses = service.status?.loadBalancer?.ingress?.map(({ ip, hostname }) => ip ?? hostname ?? "") ?? [];
  return pending === undefined ? (
    <span className="mono">{addresses.join(", ")}</span>
  ) : (
    <>
      <span className="mono">&lt;pending&gt;</span>: {pending}
    </>
  );
}

function nodeRows(node: Node): readonly Row[] {
  return [
    [
      W.address,
      <span key="address" className="mono">
        {nodeAddress(node)}
      </span>,
    ],
    [
      W.podAddresses,
      <span key="cidr" className="mono">
        {node.spec?.podCIDR}
      </span>,
    ],
    [W.zone, node.metadata.labels?.[LabelTopologyZone]],
    [W.unschedulable, node.spec?.unschedulable === true ? W.yes : W.no],
    [W.taints, node.spec?.taints?.map((taint) => `${taint.key}:${taint.effect}`).join(", ")],
  ];
}

function gatewayRows({ spec, status }: Gateway): readonly Row[] {
  const attached = (name: string) => status?.listeners?.find((each) => each.name === name)?.attachedRoutes ?? 0;
  return [
    [W.address, status?.addresses?.map(({ value }) => value).join(", ") || W.unserved],
    [W.class, spec?.gatewayClassName],
    [
      W.listeners,
      <ul key="listeners" className="mono">
        {(spec?.listeners ?? []).map(({ name, protocol, port, hostname = "*" }) => (
          <li key={name}>
            {name} <span className="quiet">{protocol}</span> {hostname}:<span className="text-port">{port}</span>{" "}
            <span className="quiet">{W.attached(attached(name))}</span>
          </li>
        ))}
      </ul>,
    ],
  ];
}

function ingressRows({ spec, status }: Ingress): readonly Row[] {
  const told = status?.loadBalancer?.ingress?.[0];
  const rules = (spec?.rules ?? []).flatMap(({ host = "*", http }) =>
    (http?.paths ?? []).map(({ path = "/", pathType, backend }) => ({
      text: `${host}${path}`,
      pathType,
      to: backend.service,
    })),
  );
  return [
    [W.address, told?.ip ?? told?.hostname ?? W.unserved],
    [W.class, spec?.ingressClassName ?? W.unclaimed],
    [
      W.rules,
      <ul key="rules" className="mono">
        {rules.map(({ text, pathType, to }) => (
          <li key={`${text} ${pathType}`}>
            {text} <span className="quiet">{pathType}</span> → {to?.name}:
            <span className="text-port">{to?.port?.number ?? to?.port?.name}</span>
          </li>
        ))}
      </ul>,
    ],
    [W.defaultBackend, spec?.defaultBackend?.service?.name ?? W.own404],
    ["TLS", spec?.tls?.map(({ hosts = [], secretName }) => W.bySecret(hosts.join(", "), secretName)).join("; ")],
  ];
}

function workloadRows(object: KubeObject): readonly Row[] {
  const { spec, status } = object as KubeObject & { spec?: Record<string, unknown>; status?: Record<string, unknown> }; // any field may be missing
  const numbers = [
    spec?.replicas === undefined ? [] : [[W.desired, String(spec.replicas)] as const],
    ...Object.entries(status ?? {}).map(([name, value]) =>
      typeof value === "number" ? [[words(name), String(value)] as const] : [],
    ),
  ];
  return [...numbers.flat(), [W.labels, <Labels key="labels" labels={object.metadata.labels} />]];
}

/** `readyReplicas` as "Ready replicas". */
function words(name: string): string {
  const spaced = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

function Labels({ labels }: { labels: Readonly<Record<string, string>> | undefined }) {
  const entries = Object.entries(labels ?? {});
  if (entries.length === 0) return <span className="quiet">{W.none}</span>;
  return (
    <ul className="labels mono">
      {entries.map(([name, value]) => (
        <li key={name}>
          {name}={value}
        </li>
      ))}
    </ul>
  );
}

function Conditions({ object }: { object: KubeObject }) {
  const { status } = object as KubeObject & {
    status?: { conditions?: readonly { type: string; status: string; reason?: string; message?: string }[] };
  }; // conditions have one shape in every kind
  const conditions = status?.conditions ?? [];
  if (conditions.length === 0) return null;
  return (
    <section className="why">
      <h3 className="inspector-title">{W.conditions}</h3>
      <ul className="conditions">
        {conditions.map((each) => (
          <li key={each.type}>
            <span>
              <b>{each.type}</b> {each.status}
            </span>
            {each.reason !== undefined && <span className="quiet">{each.reason}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
