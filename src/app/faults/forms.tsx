// Faults with amounts: how long, which port, between which two.
import { type ReactNode, useId, useState } from "react";
import { type Fault, faultId } from "../../cluster/index.ts";
import { W } from "../../words/en/faults.ts";
import { useApp, usePlayground } from "../store/react.ts";
import { type AmountOffer, isActive } from "./offers.ts";

/** A fault with one number. */
export function Amount({ offer }: { readonly offer: AmountOffer }) {
  const [amount, setAmount] = useState(offer.initial);
  const fault = offer.make(amount);
  return (
    <Form fault={fault} label={offer.title}>
      <NumberField
        label={offer.title}
        unit={offer.unit}
        value={amount}
        range={{ from: 1, to: offer.limit }}
        onChange={setAmount}
      />
    </Form>
  );
}

/** A form that breaks what its fields say, and restores it. */
function Form({
  fault,
  label,
  children,
}: {
  readonly fault: Fault;
  readonly label: string;
  readonly children: ReactNode;
}) {
  const playground = usePlayground();
  const active = useApp((state) => isActive(state.faults, fault));
  return (
    <form
      className="fault-form"
      aria-label={label}
      onSubmit={(event) => {
        event.preventDefault();
        playground.run({ kind: "fail", fault });
      }}
    >
      {children}
      {(!active || fault.kind !== "pod-network") && (
        <button type="submit" className="button">
          {active ? W.change : W.set}
        </button>
      )}
      {active && (
        <button
          type="button"
          className="button"
          onClick={() => playground.run({ kind: "restore", id: faultId(fault) })}
        >
          {W.undo}
        </button>
      )}
    </form>
  );
}

interface NumberFieldProps {
  readonly label: string;
  readonly unit: string;
  readonly value: number;
  readonly range: { readonly from: number; readonly to: number };
  readonly onChange: (value: number) => void;
}

function NumberField({ label, unit, value, range, onChange }: NumberFieldProps) {
  const id = useId();
  const [text, setText] = useState(String(value));
  return (
    <span className="fault-field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="number"
        required
        min={range.from}
        max={range.to}
        value={text}
        onChange={({ target }) => {
          setText(target.value);
          const next = Number(target.value);
          if (target.value !== "" && next >= range.from && next <= range.to) onChange(next);
        }}
      />
      {unit}
    </span>
  );
}

function Choice(props: {
  readonly label: string;
  readonly value: string;
  readonly among: readonly string[];
  readonly onChange: (value: string) => void;
}) {
  const id = useId();
  return (
    <span className="fault-field">
      <label htmlFor={id}>{props.label}</label>
      <select id={id} value={props.value} onChange={({ target }) => props.onChange(target.value)}>
        {props.among.map((each) => (
          <option key={each}>{each}</option>
        ))}
      </select>
    </span>
  );
}

/** A slow or lossy link from one place to another. */
export function Link({ from: first }: { readonly from: string }) {
  const settings = useApp((state) => state.world.settings);
  const nodes = settings.nodes.map(({ name }) => name);
  const all = [...settings.clients.map(({ name }) => name), ...nodes];
  const [chosen, setChosen] = useState("");
  const [latencyMs, setLatency] = useState(200);
  const [percent, setPercent] = useState(30);
  const ends = (nodes.includes(first) ? all : nodes).filter((each) => each !== first);
  const other = ends.includes(chosen) ? chosen : (ends.find((each) => nodes.includes(each)) ?? "");
  const fault: Fault = { kind: "link", between: [first, other], latencyMs, loss: percent / 100 };
  return (
    <>
      <h3>{W.link(first)}</h3>
      <Form fault={fault} label={W.link(first)}>
        <Choice label={W.to} value={other} among={ends} onChange={setChosen} />
        <NumberField
          label={W.latency}
          unit="ms"
          value={latencyMs}
          range={{ from: 0, to: 60_000 }}
          onChange={setLatency}
        />
        <NumberField label={W.loss} unit="%" value={percent} range={{ from: 0, to: 100 }} onChange={setPercent} />
      </Form>
    </>
  );
}

/** The pod network between two nodes. */
export function PodNetwork() {
  const nodes = useApp((state) => state.world.settings.nodes).map(({ name }) => name);
  const [first, setFirst] = useState(nodes[0] ?? "");
  const [second, setSecond] = useState(nodes[1] ?? "");
  const others = nodes.filter((each) => each !== first);
  const other = others.includes(second) ? second : (others[0] ?? "");
  if (other === "") return null;
  return (
    <>
      <h3>{W.network}</h3>
      <Form fault={{ kind: "pod-network", between: [first, other] }} label={W.network}>
        <Choice label={W.between} value={first} among={nodes} onChange={setFirst} />
        <Choice label={W.and} value={other} among={others} onChange={setSecond} />
      </Form>
    </>
  );
}
