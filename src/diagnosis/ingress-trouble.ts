// An HTTP error that an ingress controller made itself: no rule, no Service, no endpoint, no connection.
import type { Hop } from "../cluster/index.ts";
import { W } from "../words/en/why-requests.ts";
import { ingressFindings } from "./checks/ingress.ts";
import { holdsValue } from "./claims.ts";
import { findingsOf } from "./diagnose.ts";
import { sendCure } from "./request.ts";
import type { Cause, Trouble } from "./trouble.ts";
import { listed, refOf } from "./words.ts";

/** Spec: [DIAG-29]. */
export function ingressTrouble(trouble: Trouble): Cause | undefined {
  const { survey, exchange } = trouble;
  const { outcome } = exchange;
  if (outcome.kind !== "answered" || outcome.status < 400) return undefined;
  const why = said(trouble);
  if (why === undefined) return undefined;
  const [, key = "", service] =
    /matched \S+ to Ingress (\S+) \(.*→ (?:Service ([a-z0-9-]+)|no Service)/.exec(why) ?? [];
  if (key === "") return noRule(trouble, why);
  const [namespace = "default", name = ""] = key.split("/");
  const missing = ingressFindings(survey).find(
    (each) =>
      each.service.name === name &&
      each.service.namespace === namespace &&
      (service === undefined || each.explanation.includes(`Service ${service}`)),
  );
  if (missing !== undefined) return missing;
  const backend = service === undefined ? undefined : survey.service(namespace, service);
  return backend && findingsOf(survey, backend).find(({ severity }) => severity !== "info");
}

/** What the controller said of its own answer. */
function said({ survey, exchange }: Trouble): string | undefined {
  const packets = exchange.packets.flatMap((id) => survey.world.trace.packet(id) ?? []);
  const hops: readonly Hop[] = packets.flatMap((packet) => packet.hops);
  return hops.find(({ because }) => because !== undefined && /Ingress/.test(because))?.because;
}

function noRule({ survey, asked, exchange }: Trouble, why: string): Cause | undefined {
  const [, wanted] = /found no (?:Ingress for the host|path for) (\S+?),? /.exec(`${why} `) ?? [];
  if (wanted === undefined) return undefined;
  const ingresses = survey.world.api.list("ingresses.networking.k8s.io");
  const rules = ingresses.flatMap(({ metadata, spec }) =>
    (spec?.rules ?? []).flatMap(({ host = "*", http }) =>
      (http?.paths ?? []).map(({ path = "/" }) => `${host}${path} (Ingress ${metadata.name})`),
    ),
  );
  const [first] = ingresses;
  const host = first?.spec?.rules?.find((each) => each.host !== undefined)?.host;
  return {
    class: "ingress-without-rule",
    claims: [
      {
        kind: "outcome",
        outcome: "answered",
        status: exchange.outcome.kind === "answered" ? exchange.outcome.status : 0,
      },
      ...ingresses.map((each) => holdsValue(refOf(each), ["spec", "rules"], each.spec?.rules)),
    ],
    title: W.noRule(wanted),
    explanation: W.noRuleLong(wanted, rules.length === 0 ? undefined : listed(rules, 6)),
    evidence: [
      {
        command: "kubectl get ingress -A",
        shows: ingresses.length === 0 ? "No resources found" : "HOSTS",
        prints: ingresses.length === 0 ? ["No resources found"] : ["HOSTS", ...(host === undefined ? [] : [host])],
      },
    ],
    ...(first === undefined ? {} : { responsible: { object: refOf(first), path: ["spec", "rules", 0, "host"] } }),
    cures: host === undefined || host.includes("*") ? [] : [sendCure(W.sendHost(host), { ...asked, hostHeader: host })],
  };
}
