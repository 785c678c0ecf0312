// What kube-proxy answers on a Service's healthCheckNodePort, and on its own 10256.
import type { Reply } from "../network/network.ts";

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
