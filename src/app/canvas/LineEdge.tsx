// A line of the picture; one from a Service to an endpoint shows its share of the traffic.
import { BaseEdge, type EdgeProps } from "reactflow";
import { useApp } from "../store/react.ts";
import type { AppState } from "../store/state.ts";
import type { SceneEdge } from "./sceneEdges.ts";

export function LineEdge({ id, data, markerEnd }: EdgeProps<SceneEdge>) {
  const share = useApp((state) => (data?.endpoint === undefined ? 0 : shareOf(state, data.endpoint)));
  return (
    <>
      <BaseEdge
        id={id}
        style={share > 0 ? { strokeWidth: 1 + 0.06 * share } : undefined}
        path={data?.path ?? ""}
        {...(markerEnd === undefined ? {} : { markerEnd })}
        {...data?.words}
        className={`line line-${data?.tone ?? "wire"}`}
        interactionWidth={0}
      />
      {share > 0 && data?.end !== undefined && (
        <text className="line-share" x={data.end.x - 6} y={data.end.y - 7}>{`${share} %`}</text>
      )}
    </>
  );
}

/** Of the connections of a Service, how many hundredths an endpoint was drawn for; 0 while there is no traffic. */
function shareOf({ counts, traffic }: AppState, [service, address]: readonly [string, string]): number {
  const counted = traffic.length === 0 ? undefined : counts.get(service);
  return counted === undefined ? 0 : (sharesIn(counted).get(address) ?? 0);
}

const SHARES = new WeakMap<ReadonlyMap<string, number>, ReadonlyMap<string, number>>();

/** The hundredths by address, worked out once for all lines of a Service. */
function sharesIn(counted: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const known = SHARES.get(counted);
  if (known !== undefined) return known;
  let all = 0;
  const own = new Map<string, number>();
  for (const [endpoint, count] of counted) {
    const address = endpoint.slice(0, endpoint.lastIndexOf(":"));
    own.set(address, (own.get(address) ?? 0) + count);
    all += count;
  }
  const shares = new Map([...own].map(([address, count]) => [address, Math.round((100 * count) / Math.max(1, all))]));
  SHARES.set(counted, shares);
  return shares;
}
