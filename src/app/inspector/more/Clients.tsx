// Session affinity: which client each node holds to which endpoint, and for how long.
import type { Service } from "../../../cluster/index.ts";
import { pinnedTo } from "../../../diagnosis/index.ts";
import { useApp, useNow } from "../../store/react.ts";
import { spanText } from "./words.ts";
import "./more.css";

export function Clients({ service }: { readonly service: Service }) {
  const world = useApp((state) => state.world);
  useNow(1000);
  if (service.spec?.sessionAffinity !== "ClientIP") return null;
  const pinned = pinnedTo(world, service);
  return (
    <section className="why" aria-label="Session affinity">
      <h3 className="inspector-title">Session affinity</h3>
      {pinned.length === 0 ? (
        <p className="inspector-text quiet">No node holds a client now.</p>
      ) : (
        <ul className="slice-endpoints">
          {pinned.map(({ node, client, endpoint, remaining }) => (
            <li key={`${node} ${client} ${endpoint}`}>
              <div>
                <span className="mono">{client}</span> on {node}
              </div>
              <div className="slice-endpoint">
                <span>
                  → <span className="mono">{endpoint}</span>
                </span>
                <span className="quiet" title="Until the node forgets the client, unless it sends again">
                  {spanText(remaining)} left
                </span>
              </div>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
