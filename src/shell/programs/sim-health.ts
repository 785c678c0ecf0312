// `sim health` and `sim why`: what is wrong with Services, and why the last request failed.
import { type Exchange, own, resourceForKind, resourceName } from "../../cluster/index.ts";
import {
  type Comparison,
  type Cure,
  cureCommands,
  diagnose,
  type Evidence,
  explainExchange,
  type Finding,
  isFailure,
  type PolicyVerdict,
  policyVerdicts,
  refText,
} from "../../diagnosis/index.ts";
import type { ProgramIO } from "../program.ts";
import type { Verb } from "./sim-words.ts";

/** The lines of `sim`'s usage that belong to diagnosis. */
export const HEALTH_USAGE = `sim health [service/NAME] [-n NAMESPACE] [-o json]
sim why [REQUEST] [-o json]`;

export const health: Verb = ({ rest: [what], options }, io) => {
  const namespace = options.get("-n") ?? options.get("--namespace") ?? io.namespace;
  const about = what === undefined ? undefined : nameOf(what);
  if (what !== undefined && about === undefined) return `expected service/NAME, got ${JSON.stringify(what)}`;
  if (about?.resource === "services" && io.cluster.api.find("services", namespace, about.name) === undefined)
    return `there is no service ${JSON.stringify(about.name)} in namespace ${namespace}`;
  const found = diagnose(io.cluster).filter((each) => about === undefined || isAbout(each, about, namespace));
  if (options.get("-o") === "json") {
    io.out(`${JSON.stringify(found, null, 2)}\n`);
    return undefined;
  }
  const notes = about === undefined ? found.filter((each) => each.class === NO_EFFECT) : [];
  const told = about === undefined ? found.filter(({ severity }) => severity !== "info") : found;
  const texts = told.map((each) => findingText(io, each));
  if (told.length === 0)
    texts.push(notes.length === 0 ? "nothing is wrong\n" : "nothing is wrong with what is simulated\n");
  io.out([...texts, ...notes.map(noteText)].join("\n"));
  return undefined;
};

/** The class of findings about what is stored without effect. */
const NO_EFFECT = "no-effect";

function noteText({ title, explanation }: Finding): string {
  return `NOTE  ${title}\n  ${explanation}\n`;
}

function nameOf(what: string): { readonly resource: string; readonly name: string } | undefined {
  const [, kind = "", name] = /^([^/]+)\/([^/]+)$/.exec(what) ?? [];
  if (name === undefined) return undefined;
  const words: Readonly<Record<string, string>> = {
    service: "services",
    services: "services",
    svc: "services",
    statefulset: "statefulsets.apps",
    sts: "statefulsets.apps",
    ingress: "ingresses.networking.k8s.io",
    ing: "ingresses.networking.k8s.io",
  };
  const resource = own(words, kind);
  return resource === undefined ? undefined : { resource, name };
}

function isAbout(
  { service }: Finding,
  { resource, name }: { readonly resource: string; readonly name: string },
  namespace: string,
): boolean {
  const info = resourceForKind(service.apiVersion, service.kind);
  return (
    info !== undefined && resourceName(info) === resource && service.name === name && service.namespace === namespace
  );
}

/** Words of a severity, first on the line. */
const MARKS = { error: "ERROR", warning: "WARNING", info: "INFO" } as const;

function findingText(io: ProgramIO, finding: Finding): string {
  const { severity, service, title, explanation, comparison } = finding;
  return [
    `${MARKS[severity]}  ${refText(service)}: ${title}`,
    `  ${explanation}`,
    ...rows(comparison),
    ...ways(io, finding),
    "",
  ].join("\n");
}

function rows(comparison: Comparison | undefined): string[] {
  if (comparison === undefined) return [];
  const lines = comparison.rows.map(
    ({ key, wanted, found }) =>
      `    ${key}: wanted ${wanted ?? "anything"}, found ${found ?? "none"}${wanted === undefined || wanted === found ? "" : "  <-- differs"}`,
  );
  return [`  ${comparison.wanted}, ${comparison.found}:`, ...lines];
}

function ways(
  io: ProgramIO,
  { evidence, cures }: { readonly evidence: readonly Evidence[]; readonly cures: readonly Cure[] },
): string[] {
  return [
    ...evidence.map(({ command, shows }) => `  see:  ${command}${shows === "" ? "" : `   # ${shows}`}`),
    ...cures.flatMap((cure) => [
      `  cure: ${cure.label}`,
      ...cureCommands(io.cluster, cure).map((line) => `        ${line.replaceAll("\n", "\n        ")}`),
    ]),
  ];
}

export const why: Verb = ({ rest: [id], options }, io) => {
  const exchange = id === undefined ? lastFailed(io) : io.cluster.trace.exchange(Number(id));
  if (exchange === undefined) return id === undefined ? "no request has failed yet" : `there is no request ${id}`;
  const told = explainExchange(io.cluster, exchange);
  const verdicts = policyVerdicts(io.cluster, exchange);
  if (told === undefined) {
    const what = exchange.endedAt === undefined ? "the request is in progress" : "the request was answered";
    io.out(`${[what, ...verdictLines(verdicts)].join("\n")}\n`);
    return undefined;
  }
  if (options.get("-o") === "json") {
    io.out(`${JSON.stringify(verdicts.length === 0 ? told : { ...told, verdicts }, null, 2)}\n`);
    return undefined;
  }
  const sender = exchange.from.kind === "pod" ? `pod ${exchange.from.name}` : exchange.from.name;
  const lines = [
    `request ${exchange.id} from ${sender} to ${exchange.target}: ${told.seen}`,
    `  ${told.happened}`,
    told.title,
    `  ${told.explanation}`,
    ...rows(told.comparison),
    ...ways(io, told),
    ...verdictLines(verdicts),
  ];
  io.out(`${lines.join("\n")}\n`);
  return undefined;
};

/** What each policy says of the request, at each end. */
function verdictLines(verdicts: readonly PolicyVerdict[]): string[] {
  if (verdicts.length === 0) return [];
  const rows = verdicts.map(
    ({ policy, direction, verdict, why }) => `    ${direction.padEnd(7)}  ${policy}  ${verdict}: ${why}`,
  );
  return ["  NetworkPolicies:", ...rows];
}

/** The last request that someone made and that failed; look-ups of names are reported with the request that asked. */
function lastFailed({ cluster }: ProgramIO): Exchange | undefined {
  let last: Exchange | undefined;
  for (const exchange of cluster.trace.exchanges()) {
    const { purpose } = exchange;
    if (purpose === "probe" || purpose === "dns" || exchange.endedAt === undefined) continue;
    if (isFailure(exchange)) last = exchange;
  }
  return last;
}
