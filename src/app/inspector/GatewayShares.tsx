// What the backends of a Gateway's routes got of its requests, beside what their weights say.
import { useMemo } from "react";
import type { Gateway } from "../../gateway/index.ts";
import { W } from "../../words/en/status.ts";
import { useApp, useNow } from "../store/react.ts";
import { sharesOf } from "./gatewayShares.ts";
import "./distribution.css";

export function GatewayShares({ gateway }: { readonly gateway: Gateway }) {
  const world = useApp((state) => state.world);
  const second = useNow(1000);
  const rules = useMemo(() => {
    void second; // requests are counted again each second
    return sharesOf(world, gateway);
  }, [world, gateway, second]);
  return (
    <section className="why">
      <h3 className="inspector-title">{W.backends}</h3>
      {rules.length === 0 && <p className="inspector-text quiet">{W.noBackends}</p>}
      {rules.map(({ route, paths, backends }) => (
        <table key={`${route} ${paths}`} className="shares">
          <caption className="quiet">{W.rule("HTTPRoute", route, paths)}</caption>
          <thead>
            <tr>
              <th>{W.service}</th>
              <th>{W.requests}</th>
              <th>{W.share}</th>
              <th title={W.weightTitle}>{W.weight}</th>
            </tr>
          </thead>
          <tbody>
            {backends.map(({ backend, count, share, expected }) => (
              <tr key={backend}>
                <td className="mono">{backend}</td>
                <td className="why-chance">{count}</td>
                <td className="why-chance">
                  {share === undefined ? "–" : percent(share)}
                  {share !== undefined && (
                    <span className="share-bar" aria-hidden="true">
                      <span className="share-part" style={{ width: `${100 * share}%` }} />
                      <span className="share-expected" style={{ left: `${100 * expected}%` }} />
                    </span>
                  )}
                </td>
                <td className="why-chance">{percent(expected)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ))}
    </section>
  );
}

function percent(part: number): string {
  return `${Math.round(part * 100)} %`;
}
