// Settings for the cluster and its surroundings: its nodes, a cloud, controllers of Ingresses and Gateways, and what a load balancer costs.
import { useId, useState } from "react";
import { useApp, usePlayground } from "../store/react.ts";
import { ClusterNodes } from "./ClusterNodes.tsx";
import "./settings.css";
import { W } from "../../words/en/request.ts";

export function ClusterSettings() {
  return (
    <>
      <h2>{W.clusterSettings}</h2>
      <ClusterNodes />
      <Switch name="cloud" label={W.cloud} about={W.cloudAbout} />
      <Kind />
      <Switch name="ingress" label={W.ingress} about={W.ingressAbout} />
      <Switch name="gateway" label={W.gateway} about={W.gatewayAbout} />
      <Price />
      <Switch name="networkPolicies" label={W.networkPolicies} about={W.networkPoliciesAbout} />
    </>
  );
}

function Switch({
  name,
  label,
  about,
}: {
  name: "cloud" | "ingress" | "gateway" | "networkPolicies";
  label: string;
  about: string;
}) {
  const playground = usePlayground();
  const id = useId();
  const on = useApp((state) => state.world.settings[name]);
  const [asked, setAsked] = useState<boolean>(); // until what it takes is loaded
  const ask = async (value: boolean) => {
    setAsked(value);
    try {
      await playground.configure({ [name]: value });
    } finally {
      setAsked(undefined);
    }
  };
  return (
    <div className="setting">
      <input
        id={id}
        type="checkbox"
        checked={asked ?? on}
        aria-describedby={`${id}-about`}
        onChange={({ target: { checked } }) => void playground.attempt(() => ask(checked))}
      />
      <label htmlFor={id}>{label}</label>
      <p id={`${id}-about`} className="quiet">
        {about}
      </p>
    </div>
  );
}

const KINDS = [
  ["vip", W.vip],
  ["proxy", W.proxy],
  ["hostname", W.hostname],
] as const;

function Kind() {
  const playground = usePlayground();
  const id = useId();
  const kind = useApp((state) => state.world.settings.balancer);
  return (
    <div className="setting setting-kind">
      <label htmlFor={id}>{W.newBalancers}</label>
      <select
        id={id}
        value={kind}
        onChange={(event) => {
          const chosen = KINDS.find(([name]) => name === event.target.value);
          if (chosen !== undefined) void playground.attempt(() => playground.configure({ balancer: chosen[0] }));
        }}
      >
        {KINDS.map(([name, text]) => (
          <option key={name} value={name}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}

function Price() {
  const playground = usePlayground();
  const id = useId();
  const price = useApp((state) => state.view.balancerPrice);
  return (
    <div className="setting setting-price">
      <label htmlFor={id}>{W.price}</label>
      <input
        id={id}
        type="number"
        min={0}
        max={1000}
        step={0.0005}
        value={price}
        onChange={(event) => {
          const value = event.target.valueAsNumber;
          if (value >= 0 && value <= 1000) playground.setView({ balancerPrice: value });
        }}
      />
      <p className="quiet">{W.estimate}</p>
    </div>
  );
}
