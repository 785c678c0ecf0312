// What kube-proxy answers on a Service's healthCheckNodePort, and on its own 10256.
import type { Node } from "../api/types.gen.ts";
import type { Reply } from "../network/network.ts";

/** Where kube-proxy answers for itself: balancers ask it of Services whose every node will do. */
export const PROXY_HEALTH_PORT = 10256;
const LEAVING = "ToBeDeletedByClusterAutoscaler";

/** The answer of a running kube-proxy: 503 while its node is about to be taken away. */
// Models kubernetes/pkg/proxy/healthcheck/proxy_health.go healthzHandler. Spec: [PROXY-14].
export function proxyHealthReply(node: Node | undefined, date: string): Reply {
  const eligible = node?.spec?.taints?.some(({ key }) => key === LEAVING) !== true;
  return {
    status: eligible ? 200 : 503,
    headers: { "Content-Type": "application/json", "X-Content-Type-Options": "nosniff" },
    body: `{"lastUpdated": "${date}","currentTime": "${date}", "nodeEligible": ${eligible}}`,
  };
}

/** The answer for one Service: 200 while ready endpoints run on this node, else 503. */
// Models kubernetes/pkg/proxy/healthcheck/service_health.go hcHandler. Spec: [PROXY-12].
export function healthReply(service: { namespace: string; name: string }, localEndpoints: number): Reply {
  const body = [
    "{",
    '\t"service": {',
    `\t\t"namespace": "${service.namespace}",`,
    `\t\t"name": "${service.name}"`,
    "\t},",
    `\t"localEndpoints": ${localEndpoints},`,
    '\t"serviceProxyHealthy": true',
    "}",
  ].join("\n");
  return {
    status: localEndpoints > 0 ? 200 : 503,
    headers: {
      "Content-Type": "application/json",
      "X-Content-Type-Options": "nosniff",
      "X-Load-Balancing-Endpoint-Weight": String(localEndpoints),
    },
    body,
  };
}
