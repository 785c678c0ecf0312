// What may follow a program of the console: addresses it can reach from where it runs, names, nodes, files.
import type { Place, Service, World } from "../cluster/index.ts";
import type { Word } from "./complete.ts";

/** What completion looks at. */
export interface ProgramContext {
  readonly world: World;
  readonly files: ReadonlyMap<string, string>;
  /** Where the program would run. */
  readonly place: Place;
  readonly namespace: string;
}

/** Programs with a few words each. `filter` programs read what comes before a pipe. */
export const PROGRAMS: readonly (Word & { readonly filter?: boolean })[] = [
  { text: "kubectl", detail: "talk to the cluster" },
  { text: "curl", detail: "send a request" },
  { text: "dig", detail: "ask the cluster's DNS" },
  { text: "nslookup", detail: "ask the cluster's DNS" },
  { text: "wget", detail: "send a request" },
  { text: "ssh", detail: "work on a node" },
  { text: "sim", detail: "what a cluster hasn't" },
  { text: "sleep", detail: "let virtual time pass" },
  { text: "timeout", detail: "end a command that goes on" },
  { text: "ping", detail: "try an address" },
  { text: "nc", detail: "try a port" },
  { text: "cat", detail: "print a file" },
  { text: "echo", detail: "print words" },
  { text: "grep", detail: "lines that fit", filter: true },
  { text: "head", detail: "the first lines", filter: true },
  { text: "tail", detail: "the last lines", filter: true },
  { text: "sort", detail: "lines in order", filter: true },
  { text: "uniq", detail: "each line once", filter: true },
  { text: "wc", detail: "count lines", filter: true },
  { text: "cut", detail: "columns", filter: true },
  { text: "sed", detail: "change lines", filter: true },
  { text: "awk", detail: "print fields", filter: true },
  { text: "jq", detail: "paths in JSON", filter: true },
  { text: "tee", detail: "into a file as well", filter: true },
  { text: "jobs", detail: "what runs beside" },
  { text: "history", detail: "what was typed" },
  { text: "clear", detail: "empty the screen" },
  { text: "help", detail: "what is simulated" },
];

const URLS = new Set(["curl", "wget"]);
const HOSTS = new Set(["ping", "nc", "dig", "nslookup", "host"]);
const READERS = new Set(["cat", "grep", "head", "tail", "sort", "wc", "cut", "sed", "awk", "jq", "tee", "uniq"]);

/** Words that fit behind a program; the last of `words` is what is being typed. */
export function completeProgram(program: string, words: readonly string[], context: ProgramContext): readonly Word[] {
  const partial = words.at(-1) ?? "";
  return candidates(program, words, context).filter(({ text }) => text.startsWith(partial) && text !== partial);
}

function candidates(program: string, words: readonly string[], context: ProgramContext): readonly Word[] {
  const before = words.at(-2);
  if (before === ">" || before === "<" || before === ">>") return filesOf(context);
  if (URLS.has(program)) return doors(context).map(({ host, port, detail }) => ({ text: urlOf(host, port), detail }));
  if (program === "nc" && /^[^-]/.test(before ?? "-")) return portsOf(before ?? "", context);
  if (HOSTS.has(program)) return hosts(program, context);
  if (program === "ssh" && words.length === 1) return nodes(context);
  if (READERS.has(program) && !(words.at(-1) ?? "").startsWith("-")) return filesOf(context);
  return [];
}

function filesOf({ files }: ProgramContext): readonly Word[] {
  return [...files.keys()].sort().map((text) => ({ text }));
}

function nodes({ world }: ProgramContext): readonly Word[] {
  return world.settings.nodes.map(({ name, address }) => ({ text: name, detail: address }));
}

interface Door {
  readonly host: string;
  readonly port: number;
  readonly detail: string;
}

function urlOf(host: string, port: number): string {
  return port === 80 ? `http://${host}` : `http://${host}:${port}`;
}

/** Where Services answer, seen from a place: their names in pods, their addresses on nodes, what is open to outside on the laptop. */
function doors({ world, place, namespace }: ProgramContext): readonly Door[] {
  const services = world.api.list("services").filter(({ metadata }) => metadata.namespace !== "kube-system");
  if (place.kind === "pod") return services.flatMap((service) => named(service, namespace));
  const outside = services.flatMap((service) => opened(service, world));
  return place.kind === "node" ? [...services.flatMap(addressed), ...outside] : outside;
}

const titleOf = ({ metadata }: Service) => `Service ${metadata.name}`;

function named(service: Service, namespace: string): Door[] {
  const { name = "", namespace: own = "" } = service.metadata;
  const host = own === namespace ? name : `${name}.${own}`;
  return (service.spec?.ports ?? []).map(({ port }) => ({ host, port, detail: titleOf(service) }));
}

function addressed(service: Service): Door[] {
  const { clusterIP, ports = [] } = service.spec ?? {};
  if (clusterIP === undefined || clusterIP === "" || clusterIP === "None") return [];
  return ports.map(({ port }) => ({ host: clusterIP, port, detail: titleOf(service) }));
}

function opened(service: Service, { settings }: World): Door[] {
  const { ports = [], externalIPs = [] } = service.spec ?? {};
  const balanced = (service.status?.loadBalancer?.ingress ?? []).flatMap(({ ip }) => ip ?? []);
  const detail = titleOf(service);
  const ofNodes = ports.flatMap(({ nodePort }) =>
    nodePort === undefined
      ? []
      : settings.nodes.map(({ name, address }) => ({ host: address, port: nodePort, detail: `${detail} at ${name}` })),
  );
  return [
    ...[...balanced, ...externalIPs].flatMap((host) => ports.map(({ port }) => ({ host, port, detail }))),
    ...ofNodes,
  ];
}

function hosts(program: string, context: ProgramContext): readonly Word[] {
  const asksDns = program === "dig" || program === "nslookup" || program === "host";
  const texts = new Map<string, string>();
  const within = asksDns
    ? { ...context, place: { kind: "pod", namespace: context.namespace, name: "" } as const }
    : context;
  for (const { host, detail } of doors(within)) if (!texts.has(host)) texts.set(host, detail);
  const full = asksDns
    ? [...texts].map(([name, detail]) => ({
        text: `${name.includes(".") ? name : `${name}.${context.namespace}`}.svc.cluster.local`,
        detail,
      }))
    : [];
  const short = program === "dig" ? [] : [...texts].map(([text, detail]) => ({ text, detail }));
  return [...short, ...full];
}

function portsOf(host: string, context: ProgramContext): readonly Word[] {
  return doors(context)
    .filter((door) => door.host === host)
    .map(({ port, detail }) => ({ text: String(port), detail }));
}
