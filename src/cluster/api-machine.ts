// The machine of the API server, as a packet meets it: the address behind Service default/kubernetes.

import type { KubeObject } from "./api/objects.ts";
import { ensureApiService } from "./apiserver/bootstrap.ts";
import type { ComponentContext } from "./client-go/component.ts";
import type { Handler, Network, Reply } from "./network/network.ts";

/** How often the API server looks after its own Service. Models kubernetes/pkg/controlplane/instance.go EndpointInterval. */
const INTERVAL_MS = 10_000;

/** Makes Service default/kubernetes and its endpoints again at the next turn after someone took or changed them. Spec: [BOOT-5]. */
export function keepApiService({ api, clock, informers, settings }: ComponentContext): void {
  let due = false;
  const changed = (object: KubeObject | undefined, old: KubeObject | undefined) => {
    const { namespace, name } = (object ?? old)?.metadata ?? {};
    if (due || namespace !== "default" || name !== "kubernetes") return;
    due = true;
    clock.schedule(INTERVAL_MS - (((clock.now % INTERVAL_MS) + INTERVAL_MS) % INTERVAL_MS), () => {
      due = false;
      ensureApiService(api, settings());
    });
  };
  informers.of("services").onChange(changed);
  informers.of("endpoints").onChange(changed);
  informers.of("endpointslices.discovery.k8s.io").onChange(changed);
}

/** Puts the addresses of EndpointSlice default/kubernetes on the network. Spec: [WALK-16]. */
export function startApiMachine(context: ComponentContext, network: Network): void {
  context.informers.of("endpointslices.discovery.k8s.io").onChange((slice) => {
    if (slice?.metadata.namespace !== "default" || slice.metadata.name !== "kubernetes") return;
    const sockets = (slice.ports ?? []).flatMap(({ port }) =>
      port === undefined ? [] : [{ protocol: "TCP" as const, port, loopback: false, handler: answer(context) }],
    );
    for (const { addresses } of slice.endpoints ?? [])
      for (const address of addresses) network.outsiders.set(address, { name: "API server", sockets });
  });
}

/** Health and version for everyone; all else is forbidden to callers without credentials. */
// Models kubernetes/staging/src/k8s.io/apiserver/pkg/endpoints/handlers/responsewriters ForbiddenStatusError
function answer(context: ComponentContext): Handler {
  return ({ path, method }): Reply => {
    const bare = path.split("?")[0] ?? "/";
    if (["/healthz", "/livez", "/readyz"].includes(bare)) return { status: 200, body: "ok" };
    if (bare === "/version") return json(200, { gitVersion: context.settings().version });
    const verb = method === "GET" ? "get" : method.toLowerCase();
    return json(403, {
      kind: "Status",
      apiVersion: "v1",
      metadata: {},
      status: "Failure",
      message: `forbidden: User "system:anonymous" cannot ${verb} path "${bare}"`,
      reason: "Forbidden",
      details: {},
      code: 403,
    });
  };
}

function json(status: number, value: object): Reply {
  return { status, headers: { "Content-Type": "application/json" }, body: JSON.stringify(value, null, 2) };
}
