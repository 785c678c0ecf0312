// What checks of lessons say: what is missing, what was observed, and why a task is lost.
import { plural, spoken } from "../language.ts";

/** How a request ended. */
type Ended = "answered" | "refused" | "timeout" | "unreachable" | "unresolved" | "reset" | "failed";

/** Something a person did. */
type Deed =
  | ("apply" | "shell" | "interrupt" | "edit" | "send" | "start-traffic" | "stop-traffic" | "kill-pod")
  | ("crash-container" | "scale" | "fail" | "restore" | "configure");

/** What a field of an object is; undefined when it is not set. */
interface FieldIs {
  readonly what: string;
  readonly path: string;
  readonly value: string | undefined;
}

/** Who answered whom, when, and whom the pod saw as the sender. */
interface Answered {
  readonly server: string;
  readonly client: string;
  readonly target: string;
  readonly at: string;
  readonly saw: string | undefined;
}

/** Of answers: who gave them, which source the pod saw, and the status; each as a lesson writes it. */
interface Answers {
  readonly by?: string | undefined;
  readonly source?: string | undefined;
  readonly status?: number | undefined;
}

const ONE: Readonly<Record<Ended, string>> = {
  answered: "was answered",
  refused: "was refused",
  timeout: "ran into its time-out",
  unreachable: "found no way to its address",
  unresolved: "failed at a name that does not resolve",
  reset: "was cut off",
  failed: "failed",
};

const SEVERAL: Readonly<Record<Ended, string>> = {
  ...ONE,
  answered: "were answered",
  refused: "were refused",
  timeout: "ran into their time-out",
  unreachable: "found no way to their address",
  reset: "were cut off",
};

/** Of what has not come about so far. */
const YET: Readonly<Record<Ended, string>> = {
  answered: "has been answered",
  refused: "has been refused",
  timeout: "has run into its time-out",
  unreachable: "has found no way to its address",
  unresolved: "has failed at a name that does not resolve",
  reset: "has been cut off",
  failed: "has failed",
};

const DEEDS: Readonly<Record<Deed, string>> = {
  apply: "Applying the manifest",
  shell: "Typing a command",
  interrupt: "Stopping a command",
  edit: "Editing an object in the console",
  send: "Sending a request",
  "start-traffic": "Starting traffic",
  "stop-traffic": "Stopping traffic",
  "kill-pod": "Deleting a pod",
  "crash-container": "Restarting a container",
  scale: "Scaling",
  fail: "Breaking something",
  restore: "Restoring what was broken",
  configure: "Changing the cluster's settings",
};

const HOSTS: ReadonlyMap<string, string> = new Map([
  ["node", "a node"],
  ["pod", "a pod"],
  ["no-pod", "a pod that is gone"],
  ["cluster-ip", "a ClusterIP"],
]);

const VIA = {
  clusterIP: "ClusterIP",
  nodePort: "nodePort",
  externalIP: "external IP",
  loadBalancerIP: "load balancer's address",
};

/** `pod web`, `a node`, `the laptop`; of `pod/web`, `node`, `laptop`. */
function who(place: string): string {
  const [kind = "", ...rest] = place.split("/");
  if (kind === "node" || kind === "pod") return rest.length === 0 ? `a ${kind}` : `${kind} ${rest.at(-1)}`;
  return `the ${place}`;
}

function by(answerer: string): string {
  if (answerer.startsWith("Service/")) return `an endpoint of Service ${answerer.slice(8)}`;
  return answerer.startsWith("node/") ? `a pod on ${answerer.slice(5)}` : who(answerer);
}

function sourceOf(source: string): string {
  if (source === "node" || source === "pod") return `the address of a ${source}`;
  return /^\d/.test(source) ? source : `the address of the ${source}`;
}

function how(answers: Answers): string {
  const answerer = answers.by === undefined ? "" : ` by ${by(answers.by)}`;
  const source = answers.source === undefined ? "" : ` with ${sourceOf(answers.source)} as its source`;
  return `${answerer}${source}${answers.status === undefined ? "" : ` with status ${answers.status}`}`;
}

const capital = (text: string) => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
const pods = (n: number) => plural(n, { one: "# pod", other: "# pods" });
const podsWith = (n: number, labels: string) =>
  `${pods(n)} with the label ${labels} ${plural(n, { one: "is", other: "are" })} ready`;
const endpoints = (what: string, n: number) =>
  `${what} has ${plural(n, { one: "# ready endpoint", other: "# ready endpoints" })}`;
const field = ({ what, path, value }: FieldIs) => `${what}: ${path} is ${value ?? "not set"}`;

export const EN = {
  /** An object, at the beginning of a sentence or within one. */
  object: (kind: string, name: string, namespace: string | undefined, isFirst: boolean) => {
    const within = kind === "Pod" || kind === "Node" ? kind.toLowerCase() : kind;
    return `${isFirst ? kind : within} ${name}${namespace === undefined ? "" : ` in namespace ${namespace}`}`;
  },
  noObject: (what: string) => `There is no ${what} yet.`,
  stillThere: (what: string) => `${what} still exists.`,
  exists: (what: string) => `${what} exists.`,
  gone: (what: string) => `${what} is gone.`,

  field: (is: FieldIs) => `${field(is)}.`,
  fieldSet: (is: FieldIs) => `${field(is)}; it must not be set.`,
  fieldNot: (is: FieldIs, wanted: string) => `${field(is)}, not ${wanted} yet.`,
  fieldStill: (is: FieldIs) => `${field(is)} still.`,
  fieldWithout: (is: FieldIs, wanted: string) => `${field(is)}, without ${wanted}.`,
  fieldLess: (is: FieldIs, least: number) => `${field(is)}, not at least ${least} yet.`,

  endpoints: (what: string, n: number, listed: readonly string[]) =>
    `${endpoints(what, n)}${listed.length === 0 ? "" : `: ${listed.join(", ")}`}.`,
  endpointsNot: (what: string, n: number, wanted: number) => `${endpoints(what, n)}, not ${wanted}.`,
  endpointsLess: (what: string, n: number, least: number) => `${endpoints(what, n)}; it needs at least ${least}.`,
  pods: (n: number, labels: string) => `${podsWith(n, labels)}.`,
  podsNot: (n: number, labels: string, wanted: number) => `${podsWith(n, labels)}, not ${wanted}.`,
  noNewPod: (labels: string) => `No new pod with the label ${labels} is ready yet.`,
  newPod: (name: string) => `Pod ${name} is new, and ready.`,
  broken: "Something in the cluster is still broken.",
  unbroken: "Nothing in the cluster is broken any more.",

  notTyped: (line: string) => `The command ${line} has not been typed yet.`,
  typed: (line: string, at: string) => `Typed at ${at}: ${line}`,
  notDone: (deed: Deed) => `${DEEDS[deed]} has not been done yet.`,
  done: (deed: Deed, at: string) => `${DEEDS[deed]} was done at ${at}.`,
  not: (line: string) => `This task is to be done without: ${line}.`,
  notDeed: (deed: Deed) => `This task is to be done without: ${DEEDS[deed].toLowerCase()}.`,
  without: (lines: readonly string[]) => `So far without ${lines.join(" or ")}.`,
  withoutDeeds: (deeds: readonly Deed[]) =>
    `So far without ${deeds.map((each) => DEEDS[each].toLowerCase()).join(" or ")}.`,

  /** `from the laptop to port 80 of a pod`; of `pod:80`, of `HOST:PORT`, or of `Service/NAME`. */
  requests: ({ from, to, path, via }: RequestsWanted) => {
    const [, kind, port] = /^(node|pod|no-pod|cluster-ip):(\d+)$/.exec(to ?? "") ?? [];
    const target = kind === undefined ? to?.replace("Service/", "Service ") : `port ${port} of ${HOSTS.get(kind)}`;
    const words = [
      from === undefined ? "" : `from ${who(from)}`,
      to === undefined ? "" : `to ${target}${via === undefined ? "" : ` by its ${VIA[via]}`}`,
      path === undefined ? "" : `for ${path}`,
    ];
    return words.filter((each) => each !== "").join(" ") || "of anyone";
  },
  none: (requests: string, ended: Ended, answers: Answers, rest: string) =>
    `No request ${requests} ${YET[ended]}${how(answers)} yet${rest}.`,
  lastOne: (ended: Ended) => `; the last one ${ONE[ended]}`,
  lastSaw: (address: string) => `; the last pod saw ${address}`,
  few: ([n, of]: readonly [n: number, of: number], requests: string, ended: Ended, answers: Answers) =>
    `Only ${n} of ${of} requests ${requests} ${SEVERAL[ended]}${how(answers)} so far.`,
  fewSent: (n: number, of: number, requests: string) => `Only ${n} of ${of} requests ${requests} were sent so far.`,
  fewPods: (n: number, of: number, requests: string) =>
    `The requests ${requests} were answered by ${n} different ${n === 1 ? "pod" : "pods"} so far, not ${of}.`,
  notOnePod: (n: number, requests: string) => `The last ${n} requests ${requests} were not all answered by one pod.`,
  against: (n: number, requests: string, ended: Ended) =>
    n === 1
      ? `1 request ${requests} ${ONE[ended]} since the step began.`
      : `${n} requests ${requests} ${SEVERAL[ended]} since the step began.`,
  never: (n: number, requests: string, ended: Ended) =>
    n === 1 ? `The one request ${requests} never ${ONE[ended]}.` : `Of ${n} requests ${requests} none ${ONE[ended]}.`,
  several: (
    n: number,
    requests: string,
    ended: Ended,
    last: { readonly at: string; readonly pods: number | undefined },
  ) =>
    `${n} requests ${requests} ${SEVERAL[ended]}${last.pods === undefined ? "" : ` by ${pods(last.pods)}`}, the last one at ${last.at}.`,
  one: (requests: string, ended: Ended, at: string) => `A request ${requests} ${ONE[ended]} at ${at}.`,
  answered: ({ server, client, target, at, saw }: Answered) =>
    `${capital(who(server))} answered ${who(client)}, which called ${target}, at ${at}${saw === undefined ? "" : `, and saw ${saw} as its sender`}.`,
  /** A sentence about what is missing, where that is how it should be. */
  asWanted: (missing: string) => missing.replace(/ yet(?=[.;])/g, ""),

  lost: "From here the task can't be done any more.",
  goBack: (why: string, at: string) => `${why} Go back to ${at}.`,
};

interface RequestsWanted {
  readonly from?: string;
  readonly to?: string;
  readonly path?: string;
  readonly via?: keyof typeof VIA;
}

export const W = spoken("lesson-checks", EN);
