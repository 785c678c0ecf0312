// Session affinity: which client each node holds to which endpoint, and for how long.
import type { Service } from "../../../cluster/index.ts";
import { pinnedTo } from "../../../diagnosis/index.ts";
import { useApp, useNow } from "../../store/react.ts";
import { spanText } from "./words.ts";
import "./more.css";
import { W } from "../../../words/en/beyond.ts";

export function Clients({ service }: { readonly service: Service }) {
  const world = useApp((state) => state.world);
  useNow(1000);
  if (service.spec?.sessionAffinity !== "ClientIP") return null;
  const pinned = pinnedTo(world, service);
  return (
    <section className="why" aria-label={W.affinity}>
      <h3 className="inspector-title">{W.affinity}</h3>
      {pinned.length === 0 ? (
        <p className="inspector-text quiet">{W.nobody}</p>
      ) : (
        <ul className="slice-endpoints">
          {pinned.map(({ node, client, endpoint, remaining }) => (
            <li key={`${node} ${client} ${endpoint}`}>
              <div>
                <span className="mono">{client}</span> {W.on(node)}
              </div>
              <div className="slice-endpoint">
                <span>
                  → <span className="mono">{endpoint}</span>
                </span>
                <span className="quiet" title={W.clientTitle}>
                  {W.left(spanText(remaining))}
                </span>
              </div>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
