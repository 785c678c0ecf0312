// EndpointSlices as objects: their endpoints with conditions, node and hints.
import {
  type Endpoint,
  type EndpointSlice,
  keyOf,
  LabelServiceName,
  makeKey,
  type ObjectKey,
  type ResourceName,
  type Service,
  splitKey,
} from "../../../cluster/index.ts";
import { slicesOf } from "../../store/derive.ts";
import { useApp, usePlayground } from "../../store/react.ts";
import "./more.css";
import { W } from "../../../words/en/beyond.ts";

const SLICES = "endpointslices.discovery.k8s.io";

/** The slices of a Service, each a way to the object. */
export function Slices({ service }: { readonly service: Service }) {
  const slices = useApp((state) => slicesOf(state.objects, keyOf(service)));
  if (service.spec?.type === "ExternalName") return null;
  return (
    <section className="why" aria-label={W.slices}>
      <h3 className="inspector-title">{W.slices}</h3>
      {slices.length === 0 && <p className="inspector-text quiet">{W.noSlices}</p>}
      {slices.map((slice) => (
        <div key={keyOf(slice)} className="slice">
          <ObjectLink resource={SLICES} objectKey={keyOf(slice)} />
          <span className="quiet"> {portsOf(slice)}</span>
          <EndpointTable slice={slice} />
        </div>
      ))}
    </section>
  );
}

/** A slice that is selected itself. */
export function SliceOf({ slice }: { readonly slice: EndpointSlice }) {
  const service = slice.metadata.labels?.[LabelServiceName];
  return (
    <section className="why" aria-label={W.endpoints}>
      <dl className="facts">
        <div>
          <dt>{W.service}</dt>
          <dd>
            {service === undefined ? (
              <span className="quiet">{W.noLabel(LabelServiceName)}</span>
            ) : (
              <ObjectLink resource="services" objectKey={makeKey(slice.metadata.namespace, service)} />
            )}
          </dd>
        </div>
        <div>
          <dt>{W.type}</dt>
          <dd>{slice.addressType}</dd>
        </div>
        <div>
          <dt>{W.ports}</dt>
          <dd className="mono">{portsOf(slice)}</dd>
        </div>
      </dl>
      <h3 className="inspector-title">{W.endpoints}</h3>
      <EndpointTable slice={slice} />
    </section>
  );
}

function portsOf({ ports }: EndpointSlice): string {
  const all = (ports ?? []).map(
    ({ name, port, protocol = "TCP" }) =>
      `${name === undefined || name === "" ? "" : `${name} `}${port ?? "any"}/${protocol}`,
  );
  return all.length === 0 ? W.noPorts : all.join(", ");
}

function EndpointTable({ slice }: { readonly slice: EndpointSlice }) {
  const endpoints = slice.endpoints ?? [];
  if (endpoints.length === 0) return <p className="inspector-text quiet">{W.empty}</p>;
  return (
    <ul className="slice-endpoints" aria-label={W.endpointsOf(slice.metadata.name)}>
      {endpoints.map((endpoint) => (
        <EndpointItem key={endpoint.addresses.join()} endpoint={endpoint} />
      ))}
    </ul>
  );
}

function EndpointItem({ endpoint }: { readonly endpoint: Endpoint }) {
  const { addresses, nodeName, zone, targetRef, hints } = endpoint;
  const zones = hints?.forZones?.map(({ name }) => name).join(", ");
  return (
    <li>
      <div className="slice-endpoint">
        <span className="mono">{addresses.join(", ")}</span>
        {targetRef?.kind === "Pod" && (
          <ObjectLink resource="pods" objectKey={makeKey(targetRef.namespace, targetRef.name ?? "")} />
        )}
      </div>
      <div className="slice-states">
        <Condition name="ready" is={endpoint.conditions?.ready} otherwise={true} />
        <Condition name="serving" is={endpoint.conditions?.serving} otherwise={endpoint.conditions?.ready ?? true} />
        <Condition name="terminating" is={endpoint.conditions?.terminating} otherwise={false} />
      </div>
      <div className="quiet">
        {nodeName === undefined ? W.noNode : nodeName}
        {zone !== undefined && `, ${zone}`}
        {zones === undefined ? "" : W.hint(zones)}
      </div>
    </li>
  );
}

/** A condition in words; one that is not set counts as `otherwise`. */
function Condition({ name, is, otherwise }: { name: string; is: boolean | undefined; otherwise: boolean }) {
  const value = is ?? otherwise;
  return (
    <span data-is={value} title={is === undefined ? W.unset(otherwise) : undefined}>
      <span aria-hidden="true">{value ? "✓" : "✕"}</span> {value ? name : W.not(name)}
    </span>
  );
}

function ObjectLink({ resource, objectKey }: { readonly resource: ResourceName; readonly objectKey: ObjectKey }) {
  const playground = usePlayground();
  return (
    <button
      type="button"
      className="field-link mono"
      onClick={() => playground.select({ kind: "object", resource, key: objectKey })}
    >
      {splitKey(objectKey).name}
    </button>
  );
}
