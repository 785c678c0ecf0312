// The variables of a pod's containers as of their start, and the Services that came too late for them.
import type { Pod } from "../../../cluster/index.ts";
import { type ServiceLink, serviceLinks } from "../../../diagnosis/index.ts";
import { useApp, useObjects } from "../../store/react.ts";
import "./more.css";
import { W } from "../../../words/en/beyond.ts";

export function Environment({ pod }: { readonly pod: Pod }) {
  const world = useApp((state) => state.world);
  useObjects("services"); // which of them are missing changes with them
  const { name = "", namespace = "default" } = pod.metadata;
  const containers = pod.spec?.containers ?? [];
  return (
    <section className="why" aria-label={W.variables}>
      <h3 className="inspector-title">{W.variables}</h3>
      {containers.map((container) => {
        const variables = world.environment(namespace, name, container.name);
        return (
          <div key={container.name}>
            {containers.length > 1 && <b>{container.name}</b>}
            {variables === undefined ? (
              <p className="inspector-text quiet">{W.unknown}</p>
            ) : (
              <Variables variables={variables} links={serviceLinks(world, pod, variables)} />
            )}
          </div>
        );
      })}
    </section>
  );
}

function Variables({
  variables,
  links,
}: {
  readonly variables: Readonly<Record<string, string>>;
  readonly links: readonly ServiceLink[];
}) {
  const known = links.filter((link) => Object.keys(link.variables).length > 0);
  const late = links.filter((link) => Object.keys(link.variables).length === 0);
  const ofServices = new Set(known.flatMap((link) => Object.keys(link.variables)));
  const own = Object.entries(variables).filter(([name]) => !ofServices.has(name));
  return (
    <>
      <List entries={own} />
      {known.map(({ service, variables: its, now }) => (
        <details key={service} className="inspector-details">
          <summary>
            {W.ofService(service, Object.keys(its).length)}
            {now !== undefined && <b> {W.another(now)}</b>}
          </summary>
          <List entries={Object.entries(its)} />
        </details>
      ))}
      {late.length > 0 && (
        <p className="inspector-text">
          <b>{W.noneOf(late.length)}</b> {late.map(({ service }) => service).join(", ")}
          {W.late}
        </p>
      )}
    </>
  );
}

function List({ entries }: { readonly entries: ReadonlyArray<readonly [string, string]> }) {
  return (
    <ul className="variables mono">
      {entries.map(([name, value]) => (
        <li key={name}>
          {name}={value}
        </li>
      ))}
    </ul>
  );
}
