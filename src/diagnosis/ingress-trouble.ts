// An HTTP error that an ingress controller made itself: no rule, no Service, no endpoint, no connection.
import type { Hop } from "../cluster/index.ts";
import { ingressFindings } from "./checks/ingress.ts";
import { findingsOf } from "./diagnose.ts";
import type { Cause, Trouble } from "./trouble.ts";
import { listed, refOf } from "./words.ts";

/** Spec: [DIAG-29]. */
export function ingressTrouble(trouble: Trouble): Cause | undefined {
  const { world, exchange } = trouble;
  const { outcome } = exchange;
  if (outcome.kind !== "answered" || outcome.status < 400) return undefined;
  const why = said(trouble);
  if (why === undefined) return undefined;
  const [, key = "", service] =
    /matched \S+ to Ingress (\S+) \(.*→ (?:Service ([a-z0-9-]+)|no Service)/.exec(why) ?? [];
  if (key === "") return noRule(trouble, why);
  const [namespace = "default", name = ""] = key.split("/");
  const missing = ingressFindings(world).find(
    (each) =>
      each.service.name === name &&
      each.service.namespace === namespace &&
      (service === undefined || each.explanation.includes(`Service ${service}`)),
  );
  if (missing !== undefined) return missing;
  const backend = service === undefined ? undefined : world.service(namespace, service);
  return backend && findingsOf(world, backend).find(({ severity }) => severity !== "info");
}

/** What the controller said of its own answer. */
function said({ world, exchange }: Trouble): string | undefined {
  const packets = exchange.packets.flatMap((id) => world.cluster.trace.packet(id) ?? []);
  const hops: readonly Hop[] = packets.flatMap((packet) => packet.hops);
  return hops.find(({ because }) => because !== undefined && /Ingress/.test(because))?.because;
}

function noRule({ world, asked }: Trouble, why: string): Cause | undefined {
  const [, wanted] = /found no (?:Ingress for the host|path for) (\S+?),? /.exec(`${why} `) ?? [];
  if (wanted === undefined) return undefined;
  const ingresses = world.cluster.api.list("ingresses.networking.k8s.io");
  const rules = ingresses.flatMap(({ metadata, spec }) =>
    (spec?.rules ?? []).flatMap(({ host = "*", http }) =>
      (http?.paths ?? []).map(({ path = "/" }) => `${host}${path} (Ingress ${metadata.name})`),
    ),
  );
  const [first] = ingresses;
  return {
    title: `No Ingress has a rule for ${wanted}`,
    explanation: `The ingress controller goes by the Host header, then by the path, and ${wanted} fits no rule, so it answers 404 itself; no Service was asked. There are rules for ${rules.length === 0 ? "nothing" : listed(rules, 6)}.`,
    evidence: [
      { command: "kubectl get ingress -A", shows: "HOSTS" },
      {
        command: `curl -H "Host: ${first?.spec?.rules?.[0]?.host ?? "HOST"}" http://${asked.host}:${asked.port}`,
        shows: "what it says to a host that it knows",
      },
    ],
    ...(first === undefined ? {} : { responsible: { object: refOf(first), path: ["spec", "rules", 0, "host"] } }),
    cures: [],
  };
}
