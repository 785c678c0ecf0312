// TLS sent to a port that serves plain HTTP: the packet arrived, and its sender could not read the answer.
import { type Exchange, pathText, tookTls } from "../cluster/index.ts";
import { W } from "../words/en/why-requests.ts";
import { holdsValue, named } from "./claims.ts";
import type { Cure } from "./finding.ts";
import { decidedService } from "./request.ts";
import { edit } from "./scene.ts";
import type { Cause, Trouble } from "./trouble.ts";
import { inNamespace, refOf, shortName } from "./words.ts";

/** Whether a request spoke TLS and what answered does not. */
export function spokeTlsToPlain({ target, outcome }: Exchange): boolean {
  return /^https:/i.test(target) && outcome.kind === "answered" && !tookTls(outcome);
}

/** Spec: [DIAG-41]. */
export function tlsToPlain(trouble: Trouble): Cause | undefined {
  const { asked, exchange, survey } = trouble;
  const { outcome } = exchange;
  if (outcome.kind !== "answered" || !spokeTlsToPlain(exchange)) return undefined;
  const service = decidedService(survey, asked);
  const pod = outcome.servedBy.kind === "pod" ? outcome.servedBy : undefined;
  const who = pod === undefined ? outcome.endpoint : W.podAt(pod.name, outcome.endpoint);
  const index = (service?.spec?.ports ?? []).findIndex(
    ({ port, nodePort }) => port === asked.port || nodePort === asked.port,
  );
  const port = service?.spec?.ports?.[index];
  const target = Number(outcome.endpoint.split(":").at(-1));
  const led = service === undefined || port === undefined ? "" : W.bytesThrough(port.port, shortName(service), target);
  return {
    class: "tls-to-plain-port",
    title: W.noTls(who),
    explanation: W.noTlsLong(who, target, led),
    claims: [
      { kind: "outcome", outcome: "answered", endpoint: outcome.endpoint },
      { kind: "asked", host: asked.host, port: asked.port },
      ...(service === undefined || port === undefined
        ? []
        : [holdsValue(refOf(service), ["spec", "ports", index, "port"], port.port)]),
      ...(pod === undefined
        ? []
        : [
            {
              kind: "listens" as const,
              pod: named({ metadata: pod }),
              port: target,
              protocol: "TCP",
              at: "everywhere" as const,
            },
          ]),
    ],
    evidence:
      service === undefined
        ? []
        : [
            {
              command: `ssh ${survey.someNode().name} curl -sS -k https://${outcome.endpoint}`,
              shows: W.tlsFails,
              prints: ["(35)"],
            },
            {
              command: `kubectl get service ${service.metadata.name}${inNamespace(service.metadata.namespace)} -o jsonpath={.spec.ports[*].targetPort}`,
              shows: W.portMapped,
              prints: [String(port?.targetPort ?? target)],
            },
          ],
    ...(service === undefined || port === undefined
      ? {}
      : { responsible: { object: refOf(service), path: ["spec", "ports", index, "targetPort"] } }),
    cures: [plainly(trouble), ...secure(trouble, index)],
  };
}

/** The same request in plain HTTP. */
function plainly({ asked: { from, host, port, path } }: Trouble): Cure {
  return {
    label: W.sendHttp(host, port),
    remedy: { kind: "send", send: { from, host, port, ...(path === undefined ? {} : { path }) } },
  };
}

/** A port of the same pod that does speak TLS. */
function secure({ asked, survey, exchange }: Trouble, index: number): Cure[] {
  const { outcome } = exchange;
  const service = decidedService(survey, asked);
  if (service === undefined || index < 0 || outcome.kind !== "answered" || outcome.servedBy.kind !== "pod") return [];
  const { namespace, name } = outcome.servedBy;
  const pod = survey.podsIn(namespace).find(({ metadata }) => metadata.name === name);
  const found =
    pod && survey.listening(pod).find(({ tls, loopback, protocol }) => !loopback && protocol === "TCP" && tls);
  if (found === undefined) return [];
  const path = ["spec", "ports", index, "targetPort"];
  return [
    edit(W.setTls(pathText(path), found.port), {
      object: refOf(service),
      changes: [{ op: "set", path, value: found.port }],
    }),
  ];
}
