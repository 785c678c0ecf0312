// An HTTP error that a Gateway's pod made itself: no route, a backend that is missing or not ready, a time-out.
import type { Hop, KubeObject } from "../cluster/index.ts";
import type { Route } from "../gateway/index.ts";
import { W } from "../words/en/why-gateway.ts";
import { gatewayFindings } from "./checks/gateway.ts";
import { findingsOf } from "./diagnose.ts";
import { sendCure } from "./request.ts";
import type { Cause, Trouble } from "./trouble.ts";
import { inNamespace, listed, refOf } from "./words.ts";

/** Spec: [DIAG-53]. */
export function gatewayTrouble(trouble: Trouble): Cause | undefined {
  const { survey, exchange } = trouble;
  const { outcome } = exchange;
  if (outcome.kind !== "answered" || outcome.status < 400 || outcome.headers.server !== "podpath") return undefined;
  const why = said(trouble);
  if (why === undefined) return undefined;
  const [, kind = "", namespace = "", name = ""] = /matched \S+ to (\w+Route) ([^/\s]+)\/(\S+)/.exec(why) ?? [];
  if (kind === "") return withoutRoute(trouble, why);
  const [, of = "", service = ""] = /found no ready endpoint of Service ([^/\s]+)\/([^:\s]+)/.exec(why) ?? [];
  const backend = service === "" ? undefined : survey.service(of, service);
  const unready = backend && findingsOf(survey, backend).find(({ severity }) => severity !== "info");
  if (unready !== undefined) return unready;
  const refused = gatewayFindings(survey).find(
    (each) => each.class === "route-refused" && each.service.name === name && each.service.namespace === namespace,
  );
  return refused ?? itself(trouble, { kind, namespace, name }, why);
}

/** What the Gateway's pod said of its own answer. */
function said({ survey, exchange }: Trouble): string | undefined {
  const packets = exchange.packets.flatMap((id) => survey.world.trace.packet(id) ?? []);
  const hops: readonly Hop[] = packets.flatMap((packet) => packet.hops);
  return hops.find(({ because }) => because !== undefined && /Route|listener|route/.test(because))?.because;
}

function answered({ exchange }: Trouble): number {
  return exchange.outcome.kind === "answered" ? exchange.outcome.status : 0;
}

function routesOf({ survey }: Trouble): readonly Route[] {
  const found = survey.world.api.list("httproutes.gateway.networking.k8s.io") as readonly KubeObject[];
  return found as unknown as readonly Route[]; // each resource holds its own kind
}

function withoutRoute(trouble: Trouble, why: string): Cause | undefined {
  const [, wanted] = /found no (?:listener for the host|route for) (\S+?),? /.exec(`${why} `) ?? [];
  if (wanted === undefined) return undefined;
  const routes = routesOf(trouble);
  const rules = routes.flatMap(({ metadata, spec }) =>
    (spec?.hostnames ?? ["*"]).flatMap((host) =>
      (spec?.rules ?? []).flatMap(({ matches = [] }) =>
        matches.map(({ path }) => `${host}${path?.value ?? "/"} (HTTPRoute ${metadata.name})`),
      ),
    ),
  );
  const [first] = routes;
  const host = first?.spec?.hostnames?.[0];
  return {
    class: "gateway-without-route",
    claims: [{ kind: "outcome", outcome: "answered", status: answered(trouble) }],
    title: W.noRoute(wanted),
    explanation: W.noRouteLong(wanted, rules.length === 0 ? undefined : listed(rules, 6)),
    evidence: [
      {
        command: "kubectl get httproutes -A",
        shows: routes.length === 0 ? "No resources found" : "HOSTNAMES",
        prints: [routes.length === 0 ? "No resources found" : "HOSTNAMES"],
      },
    ],
    ...(first === undefined ? {} : { responsible: { object: refOf(first), path: ["spec", "hostnames"] } }),
    cures:
      host === undefined || host.includes("*")
        ? []
        : [sendCure(W.sendHost(host), { ...trouble.asked, hostHeader: host })],
  };
}

/** Another answer of its own, in its words. */
function itself(
  trouble: Trouble,
  { kind, namespace, name }: { readonly kind: string; readonly namespace: string; readonly name: string },
  why: string,
): Cause {
  const status = answered(trouble);
  const object = { apiVersion: "gateway.networking.k8s.io/v1", kind, namespace, name };
  return {
    class: "gateway-answered",
    claims: [
      { kind: "outcome", outcome: "answered", status },
      { kind: "object", object, exists: true },
    ],
    title: W.answered(status),
    explanation: `The Gateway's pod ${why}.`,
    evidence: [
      {
        command: `kubectl describe ${kind.toLowerCase()} ${name}${inNamespace(namespace)}`,
        shows: W.rulesAndConditions,
        prints: [name],
      },
    ],
    responsible: { object, path: ["spec", "rules"] },
    cures: [],
  };
}
