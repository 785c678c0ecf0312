// The small picture of a manifest: who asks, the Services, and the pods behind them.
import { memo } from "react";
import { W } from "../../words/en/gallery.ts";
import type { SketchedService, SketchOf } from "./sketch.ts";

const WIDTH = 176;
const HEIGHT = 76;
/** More rows than these are counted. */
const ROWS = 4;
const SERVICE = { x: 70, width: 44, height: 13 };
const PODS = { x: 132, size: 9, gap: 3 };

interface Props {
  /** Undefined until the manifest has come. */
  readonly sketch: SketchOf | undefined;
  /** What leads where is for the visitor to find out. */
  readonly riddle: boolean;
}

export const Sketch = memo(function Sketch({ sketch, riddle }: Props) {
  return (
    <svg className="sketch" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      <title>{W.sketch}</title>
      {sketch !== undefined && (
        <>
          <WayIn sketch={sketch} />
          {!riddle && <Edges sketch={sketch} />}
          <Services services={sketch.services} />
          <Pods sketch={sketch} />
          {riddle && (
            <text className="sketch-riddle" x={(SERVICE.x + SERVICE.width + PODS.x) / 2} y={HEIGHT / 2 + 6}>
              ?
            </text>
          )}
        </>
      )}
    </svg>
  );
});

/** Whether nothing outside can send: then a pod inside does. */
const isInside = ({ services, ingress }: SketchOf) => ingress === undefined && !services.some(isOpen);

/** The workloads on the right. */
function servers(sketch: SketchOf): readonly number[] {
  const all = sketch.workloads.map((_, at) => at);
  return isInside(sketch) ? all.filter((at) => !sketch.clients.includes(at)) : all;
}

const isOpen = ({ type }: SketchedService) => type === "NodePort" || type === "LoadBalancer";

/** The middle of a row among `count` rows. */
function rowAt(at: number, count: number): number {
  const shown = Math.min(count, ROWS);
  return (HEIGHT * (Math.min(at, ROWS - 1) + 0.5)) / Math.max(shown, 1);
}

/** The laptop, what is in front of the Services, and lines to those that outsiders reach. */
function WayIn({ sketch }: { readonly sketch: SketchOf }) {
  const { services, ingress } = sketch;
  if (isInside(sketch) && sketch.clients.length > 0) return <Client services={services} />;
  const reached = services.flatMap((service, at) => (isOpen(service) || ingress?.includes(at) === true ? [at] : []));
  if (reached.length === 0) return null;
  const gates = services.filter(({ type }) => type === "LoadBalancer").length;
  const middle = HEIGHT / 2;
  return (
    <>
      {reached.slice(0, ROWS).map((at) => (
        <path
          key={at}
          className="sketch-request"
          d={`M22 ${middle} C 50 ${middle}, 46 ${rowAt(at, services.length)}, ${SERVICE.x} ${rowAt(at, services.length)}`}
        />
      ))}
      <rect className="sketch-laptop" x={6} y={middle - 7} width={16} height={11} rx={2} />
      <path className="sketch-laptop" d={`M3 ${middle + 7} h22`} />
      {ingress !== undefined && <rect className="sketch-gate" x={36} y={middle - 12} width={9} height={24} rx={4} />}
      {ingress === undefined &&
        services.map((service, at) =>
          isOpen(service) && at < ROWS ? (
            <rect
              key={service.name}
              className={gates > 0 ? "sketch-balancer" : "sketch-gate"}
              x={SERVICE.x - 16}
              y={rowAt(at, services.length) - 5}
              width={11}
              height={10}
              rx={gates > 0 ? 5 : 3}
            />
          ) : null,
        )}
    </>
  );
}

/** A pod that asks from inside. */
function Client({ services }: Pick<SketchOf, "services">) {
  const middle = HEIGHT / 2;
  return (
    <>
      {services.slice(0, ROWS).map(({ name }, at) => (
        <path
          key={name}
          className="sketch-request"
          d={`M24 ${middle} C 50 ${middle}, 46 ${rowAt(at, services.length)}, ${SERVICE.x} ${rowAt(at, services.length)}`}
        />
      ))}
      <rect className="sketch-pod" x={14} y={middle - 5} width={10} height={10} rx={2} />
    </>
  );
}

function Edges({ sketch }: { readonly sketch: SketchOf }) {
  const { services } = sketch;
  const shown = servers(sketch);
  return services.slice(0, ROWS).flatMap(({ name, type, to }, at) => {
    const y = rowAt(at, services.length);
    const from = SERVICE.x + SERVICE.width;
    if (type === "ExternalName") return [<path key={name} className="sketch-away" d={`M${from} ${y} h56`} />];
    return to
      .map((workload) => shown.indexOf(workload))
      .filter((row) => row >= 0 && row < ROWS)
      .map((row) => {
        const end = rowAt(row, shown.length);
        const middle = (from + PODS.x) / 2;
        const curve = `M${from} ${y} C ${middle} ${y}, ${middle} ${end}, ${PODS.x - 2} ${end}`;
        return <path key={`${name} ${row}`} className="sketch-edge" d={curve} />;
      });
  });
}

function Services({ services }: { readonly services: readonly SketchedService[] }) {
  const more = services.length - ROWS;
  return services.slice(0, ROWS).map(({ name, type }, at) => {
    const y = rowAt(at, services.length);
    return (
      <g key={name}>
        <rect
          className={type === "Headless" ? "sketch-headless" : "sketch-service"}
          x={SERVICE.x}
          y={y - SERVICE.height / 2}
          width={SERVICE.width}
          height={SERVICE.height}
          rx={3}
        />
        {more > 0 && at === ROWS - 1 && (
          <text className="sketch-more" x={SERVICE.x + SERVICE.width / 2} y={y + 3.5}>{`+${more + 1}`}</text>
        )}
      </g>
    );
  });
}

function Pods({ sketch }: { readonly sketch: SketchOf }) {
  const shown = servers(sketch);
  return shown.slice(0, ROWS).flatMap((workload, row) => {
    const y = rowAt(row, shown.length) - PODS.size / 2;
    return Array.from({ length: Math.min(sketch.workloads[workload] ?? 0, 3) }, (_, at) => (
      <rect
        // biome-ignore lint/suspicious/noArrayIndexKey: they have no other name
        key={`${workload} ${at}`}
        className="sketch-pod"
        x={PODS.x + at * (PODS.size + PODS.gap)}
        y={y}
        width={PODS.size}
        height={PODS.size}
        rx={2}
      />
    ));
  });
}
