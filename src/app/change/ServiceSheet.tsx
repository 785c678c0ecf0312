// A Service as a form: type, ports, selector, affinity and traffic policies.
import { useMemo, useState } from "react";
import type { Service } from "../../cluster/index.ts";
import { W } from "../../words/en/change.ts";
import { usePlayground } from "../store/react.ts";
import { changeService, plannedService, type Refusals } from "./apply.ts";
import { PortRows } from "./PortRows.tsx";
import { ApplyForm, type Closing, invalid, Problem, SelectField, TextField } from "./parts.tsx";
import { Selector } from "./Selector.tsx";
import { canHaveExternalPolicy, formOf, hasNodePorts, type ServiceForm, type ServiceType, TYPES } from "./service.ts";

const ABOUT: Readonly<Record<ServiceType, string>> = W.about;

const NOTHING: Refusals = new Map();

export function ServiceSheet({ service, closing }: { readonly service: Service; readonly closing: Closing }) {
  const playground = usePlayground();
  const [before, setBefore] = useState(() => formOf(service));
  const [form, setForm] = useState(before);
  const [seen, setSeen] = useState(service);
  const [at, setAt] = useState(NOTHING);
  if (seen !== service) {
    // What others change shows, until something is typed here.
    const live = formOf(service);
    setSeen(service);
    if (form === before && JSON.stringify(live) !== JSON.stringify(before)) {
      setBefore(live);
      setForm(live);
    }
  }
  const plan = useMemo(() => plannedService(playground, service, before, form), [playground, service, before, form]);
  const change = (to: Partial<ServiceForm>) => setForm((now) => ({ ...now, ...to }));
  const isAlias = form.type === "ExternalName";
  return (
    <ApplyForm
      label={`Service ${service.metadata.name}`}
      changes={plan.changes}
      where={plan.where}
      command="kubectl patch"
      apply={() => changeService(playground, service, before, form)}
      onRefused={setAt}
      refused={at.get("")}
      closing={closing}
    >
      <div className="change-type">
        <SelectField
          label="type"
          value={form.type}
          among={TYPES}
          onChange={(value) => change({ type: TYPES.find((each) => each === value) ?? form.type })}
          words={at.get("type")}
        >
          <p className="quiet">{ABOUT[form.type]}</p>
        </SelectField>
      </div>
      {isAlias ? (
        <div className="change-select">
          <span className="mono">externalName</span>
          <TextField
            label="externalName"
            value={form.externalName}
            placeholder="my.database.example.com"
            onChange={(externalName) => change({ externalName })}
            {...invalid(at.get("externalName"), "change-alias")}
          />
          <Problem id="change-alias" words={at.get("externalName")} />
        </div>
      ) : (
        <>
          <PortRows
            rows={form.ports}
            nodePorts={hasNodePorts(form.type)}
            at={at}
            onChange={(ports) => change({ ports })}
          />
          <Selector
            namespace={service.metadata.namespace ?? "default"}
            pairs={form.selector}
            onChange={(selector) => change({ selector })}
            words={at.get("selector")}
          />
          <Policies service={service} form={form} at={at} onChange={change} />
        </>
      )}
    </ApplyForm>
  );
}

interface PoliciesProps {
  readonly service: Service;
  readonly form: ServiceForm;
  readonly at: Refusals;
  readonly onChange: (to: Partial<ServiceForm>) => void;
}

function Policies({ service, form, at, onChange }: PoliciesProps) {
  return (
    <div className="change-policies">
      <SelectField
        label="sessionAffinity"
        value={form.affinity}
        among={["None", "ClientIP"]}
        onChange={(affinity) => onChange({ affinity })}
        words={at.get("affinity")}
      >
        {form.affinity === "ClientIP" && (
          <span className="change-seconds">
            <TextField
              label="timeoutSeconds"
              numeric
              value={form.timeout}
              onChange={(timeout) => onChange({ timeout })}
              {...invalid(at.get("timeout"), "change-timeout")}
            />
            {W.seconds}
          </span>
        )}
        <Problem id="change-timeout" words={at.get("timeout")} />
      </SelectField>
      {canHaveExternalPolicy(service, form.type) && (
        <SelectField
          label="externalTrafficPolicy"
          value={form.external}
          among={["Cluster", "Local"]}
          onChange={(external) => onChange({ external })}
          words={at.get("external")}
        />
      )}
      <SelectField
        label="internalTrafficPolicy"
        value={form.internal}
        among={["Cluster", "Local"]}
        onChange={(internal) => onChange({ internal })}
        words={at.get("internal")}
      />
    </div>
  );
}
