import type { EN } from "../en/lesson-checks.ts";
import { plural } from "../language.ts";

type Ended = Parameters<typeof EN.one>[1];
type Deed = Parameters<typeof EN.notDone>[0];
type Answers = Parameters<typeof EN.none>[2];
type FieldIs = Parameters<typeof EN.field>[0];

/** Both parts of the verb; what else is said of a request is between them. */
const ONE: Readonly<Record<Ended, readonly [verb: string, rest: string]>> = {
  answered: ["wurde", "beantwortet"],
  refused: ["wurde", "abgewiesen"],
  timeout: ["lief", "in den Timeout"],
  unreachable: ["fand", "keinen Weg zu ihrer Adresse"],
  unresolved: ["scheiterte", "an einem Namen, der sich nicht auflösen lässt"],
  reset: ["wurde", "abgebrochen"],
  failed: ["schlug", "fehl"],
};

const SEVERAL: Readonly<Record<Ended, readonly [verb: string, rest: string]>> = {
  answered: ["wurden", "beantwortet"],
  refused: ["wurden", "abgewiesen"],
  timeout: ["liefen", "in den Timeout"],
  unreachable: ["fanden", "keinen Weg zu ihrer Adresse"],
  unresolved: ["scheiterten", "an einem Namen, der sich nicht auflösen lässt"],
  reset: ["wurden", "abgebrochen"],
  failed: ["schlugen", "fehl"],
};

const DEEDS: Readonly<Record<Deed, string>> = {
  apply: "das Manifest anwenden",
  shell: "einen Befehl eingeben",
  interrupt: "einen Befehl abbrechen",
  edit: "ein Objekt in der Konsole bearbeiten",
  send: "eine Anfrage senden",
  "start-traffic": "Traffic starten",
  "stop-traffic": "Traffic stoppen",
  "kill-pod": "einen Pod löschen",
  "crash-container": "einen Container neu starten",
  scale: "skalieren",
  fail: "etwas stören",
  restore: "Gestörtes wiederherstellen",
  configure: "die Einstellungen des Clusters ändern",
};

const HOSTS: ReadonlyMap<string, string> = new Map([
  ["node", "eines Nodes"],
  ["pod", "eines Pods"],
  ["no-pod", "eines Pods, den es nicht mehr gibt"],
  ["cluster-ip", "einer ClusterIP"],
]);

const VIA = {
  clusterIP: "seine ClusterIP",
  nodePort: "seinen nodePort",
  externalIP: "seine externe IP",
  loadBalancerIP: "die Adresse seines Load-Balancers",
};

const CLIENTS: ReadonlyMap<string, { readonly is: string; readonly of: string; readonly from: string }> = new Map([
  ["laptop", { is: "der Laptop", of: "des Laptops", from: "vom Laptop" }],
  ["phone", { is: "das Telefon", of: "des Telefons", from: "vom Telefon" }],
]);

/** `Pod web`, `ein Node`, `der Laptop`; of `pod/web`, `node`, `laptop`. */
function who(place: string): string {
  const [kind = "", ...rest] = place.split("/");
  if (kind !== "node" && kind !== "pod") return CLIENTS.get(place)?.is ?? place;
  const noun = kind === "node" ? "Node" : "Pod";
  return rest.length === 0 ? `ein ${noun}` : `${noun} ${rest.at(-1)}`;
}

function from(place: string): string {
  if (place === "node" || place === "pod") return `von einem ${place === "node" ? "Node" : "Pod"}`;
  return CLIENTS.get(place)?.from ?? `von ${who(place)}`;
}

function by(answerer: string): string {
  if (answerer.startsWith("Service/")) return `von einem Endpoint des Service ${answerer.slice(8)}`;
  return answerer.startsWith("node/") ? `von einem Pod auf ${answerer.slice(5)}` : from(answerer);
}

function sourceOf(source: string): string {
  if (/^\d/.test(source)) return source;
  return `der Adresse ${HOSTS.get(source) ?? CLIENTS.get(source)?.of ?? `von ${source}`}`;
}

/** The verb of a sentence with all that is said of the answers. */
function verb([first, last]: readonly [string, string], answers: Answers, between = ""): string {
  const words = [
    first,
    between,
    answers.by === undefined ? "" : by(answers.by),
    answers.source === undefined ? "" : `mit ${sourceOf(answers.source)} als Quelle`,
    answers.status === undefined ? "" : `mit Status ${answers.status}`,
    last,
  ];
  return words.filter((each) => each !== "").join(" ");
}

const capital = (text: string) => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
const podsWith = (n: number, labels: string) =>
  `${plural(n, { one: "# Pod", other: "# Pods" })} mit dem Label ${labels} ${plural(n, { one: "ist", other: "sind" })} bereit`;
const endpoints = (what: string, n: number) =>
  `${what} hat ${plural(n, { one: "# bereiten Endpoint", other: "# bereite Endpoints" })}`;
const field = ({ what, path, value }: FieldIs) => `${what}: ${path} ist ${value ?? "nicht gesetzt"}`;

export const DE: typeof EN = {
  object: (kind, name, namespace) => `${kind} ${name}${namespace === undefined ? "" : ` im Namespace ${namespace}`}`,
  noObject: (what) => `${what} gibt es noch nicht.`,
  stillThere: (what) => `${what} gibt es noch.`,
  exists: (what) => `${what} ist da.`,
  gone: (what) => `${what} gibt es nicht mehr.`,

  field: (is) => `${field(is)}.`,
  fieldSet: (is) => `${field(is)}; das Feld darf nicht gesetzt sein.`,
  fieldNot: (is, wanted) => `${field(is)}, noch nicht ${wanted}.`,
  fieldStill: ({ what, path, value }) => `${what}: ${path} ist noch ${value ?? "nicht gesetzt"}.`,
  fieldWithout: (is, wanted) => `${field(is)}, ohne ${wanted}.`,
  fieldLess: (is, least) => `${field(is)}, noch nicht mindestens ${least}.`,

  endpoints: (what, n, listed) => `${endpoints(what, n)}${listed.length === 0 ? "" : `: ${listed.join(", ")}`}.`,
  endpointsNot: (what, n, wanted) => `${endpoints(what, n)}, nicht ${wanted}.`,
  endpointsLess: (what, n, least) => `${endpoints(what, n)}; nötig: mindestens ${least}.`,
  pods: (n, labels) => `${podsWith(n, labels)}.`,
  podsNot: (n, labels, wanted) => `${podsWith(n, labels)}, nicht ${wanted}.`,
  noNewPod: (labels) => `Noch kein neuer Pod mit dem Label ${labels} ist bereit.`,
  newPod: (name) => `Pod ${name} ist neu und bereit.`,
  broken: "Etwas im Cluster ist noch gestört.",
  unbroken: "Im Cluster ist nichts mehr gestört.",

  notTyped: (line) => `Der Befehl ${line} wurde noch nicht eingegeben.`,
  typed: (line, at) => `Eingegeben bei ${at}: ${line}`,
  notDone: (deed) => `Noch nicht getan: ${DEEDS[deed]}.`,
  done: (deed, at) => `Getan bei ${at}: ${DEEDS[deed]}.`,
  not: (line) => `Was in dieser Aufgabe nicht vorkommen darf: ${line}.`,
  notDeed: (deed) => `Was in dieser Aufgabe nicht vorkommen darf: ${DEEDS[deed]}.`,
  without: (lines) => `Bisher nicht verwendet: ${lines.join(", ")}.`,
  withoutDeeds: (deeds) => `Bisher nicht getan: ${deeds.map((each) => DEEDS[each]).join(", ")}.`,

  requests: ({ from: sender, to, path, via }) => {
    const [, kind, port] = /^(node|pod|no-pod|cluster-ip):(\d+)$/.exec(to ?? "") ?? [];
    const target = kind === undefined ? to?.replace("Service/", "Service ") : `Port ${port} ${HOSTS.get(kind)}`;
    const words = [
      sender === undefined ? "" : from(sender),
      to === undefined ? "" : `an ${target}${via === undefined ? "" : ` über ${VIA[via]}`}`,
      path === undefined ? "" : `nach ${path}`,
    ];
    return words.filter((each) => each !== "").join(" ") || "von irgendjemandem";
  },
  none: (requests, ended, answers, rest) => `Noch keine Anfrage ${requests} ${verb(ONE[ended], answers)}${rest}.`,
  lastOne: (ended) => `; die letzte ${ONE[ended].join(" ")}`,
  lastSaw: (address) => `; der letzte Pod sah ${address}`,
  few: ([n, of], requests, ended, answers) =>
    `Erst ${n} von ${of} Anfragen ${requests} ${verb(n === 1 ? ONE[ended] : SEVERAL[ended], answers)}.`,
  fewSent: (n, of, requests) => `Erst ${n} von ${of} Anfragen ${requests} ${n === 1 ? "wurde" : "wurden"} gesendet.`,
  fewPods: (n, of, requests) =>
    `Die Anfragen ${requests} wurden bisher von ${n === 1 ? "nur einem Pod" : `${n} verschiedenen Pods`} beantwortet, nicht von ${of}.`,
  notOnePod: (n, requests) => `Die letzten ${n} Anfragen ${requests} wurden nicht alle von einem Pod beantwortet.`,
  against: (n, requests, ended) =>
    n === 1
      ? `1 Anfrage ${requests} ${verb(ONE[ended], {}, "seit Beginn des Schritts")}.`
      : `${n} Anfragen ${requests} ${verb(SEVERAL[ended], {}, "seit Beginn des Schritts")}.`,
  never: (n, requests, ended) =>
    n === 1
      ? `Die eine Anfrage ${requests} ${verb(ONE[ended], {}, "nie")}.`
      : `Von ${n} Anfragen ${requests} ${ONE[ended][0]} keine ${ONE[ended][1]}.`,
  several: (n, requests, ended, { at, pods }) => {
    const answerers = pods === undefined ? "" : `von ${pods === 1 ? "einem Pod" : `${pods} Pods`}`;
    return `${n} Anfragen ${requests} ${verb(SEVERAL[ended], {}, answerers)}, die letzte bei ${at}.`;
  },
  one: (requests, ended, at) => `Eine Anfrage ${requests} ${verb(ONE[ended], {}, `bei ${at}`)}.`,
  answered: ({ server, client, target, at, saw }) =>
    `${capital(who(server))} hat bei ${at} die Anfrage ${from(client)} an ${target} beantwortet${saw === undefined ? "" : ` und sah ${saw} als Absender`}.`,
  asWanted: (missing) =>
    missing
      .replace(/^Noch (\S)/, (_, first: string) => first.toUpperCase())
      .replace(/ noch nicht(?=[.;, ])/g, " nicht")
      .replace(/^Erst /, "Nur "),

  lost: "Von hier aus ist die Aufgabe nicht mehr zu lösen.",
  goBack: (why, at) => `${why} Zurück zu ${at} gehen.`,
};
