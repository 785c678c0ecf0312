// A scenario from unknown data: a link, a file or a message. Nothing in it is trusted.
import type { Fault, Place, Protocol } from "../cluster/index.ts";
import { NODE_FORMS, NODES_LIMIT, own, PAGE_SETTINGS, PODS_LIMIT } from "../cluster/index.ts";
import { LONGEST_MANIFEST } from "../manifest/index.ts";
import { W } from "../words/en/scenario.ts";
import {
  type Action,
  type Branches,
  type Note,
  type OtherBranch,
  type Scenario,
  type SharedNode,
  type SharedSettings,
  switchFault,
  type TimedAction,
} from "./scenario.ts";
import { LAGS, SWITCHES } from "./settings.ts";

/** Largest text of one manifest, in characters. */
export const TEXT_LIMIT = LONGEST_MANIFEST;
/** Longest line of a console, here-documents included, in characters. */
const LINE_LIMIT = LONGEST_MANIFEST;
/** Largest text of a scenario with all that its actions hold, in characters: what a link may unpack to. */
const SIZE_LIMIT = 20_000_000;
/** Most actions of one log. */
export const LOG_LIMIT = 10_000;
/** The longest virtual time that a scenario may last, in milliseconds: thirty days. */
export const LONGEST_MS = 30 * 24 * 3_600_000;
/** Most requests a second that a scenario may ask for. */
const RATE_LIMIT = 1_000;

/** Longest text of one note, in characters, and most notes of one branch. */
export const NOTE_LIMIT = 500;
export const NOTES_LIMIT = 200;
/** Most futures beside the scenario's own, and the longest name of one. */
export const BRANCHES_LIMIT = 8;
const NAME_LIMIT = 200;

/** Thrown for data that is no scenario; says where and what was expected. */
export class ScenarioError extends Error {
  override name = "ScenarioError";
  /** The scenario up to what is wrong with it, when only its log is. */
  saved: Scenario | undefined;
}

type Fields = Readonly<Record<string, unknown>>;

/** Checks every field of `value` and returns it as a scenario. Unknown fields are dropped. @throws ScenarioError */
export function parseScenario(value: unknown): Scenario {
  const fields = record(value, "scenario");
  if (fields.version !== 1) {
    throw new ScenarioError(W.version(quote(fields.version)));
  }
  const title = fields.title;
  const head = {
    version: 1 as const,
    ...(title === undefined ? {} : { title: text(title, "title", 200) }),
    ...(fields.lesson === undefined ? {} : { lesson: text(fields.lesson, "lesson", TEXT_LIMIT) }),
    seed: text(fields.seed ?? "podpath", "seed", 200),
    settings: parseSettings(fields.settings ?? {}, "settings"),
    text: text(fields.text ?? "", "text", TEXT_LIMIT),
  };
  const log: TimedAction[] = [];
  let saved: Scenario = { ...head, log };
  try {
    const room = { characters: SIZE_LIMIT - head.text.length, actions: LOG_LIMIT };
    parseLog(fields.log ?? [], log, { where: "log", from: 0, room });
    const notes = parseNotes(fields.notes, "notes");
    saved = { ...saved, ...notes, ...parseNotes(fields.deck, "deck", "deck") };
    return fields.branches === undefined
      ? saved
      : { ...saved, branches: parseBranches(fields.branches, log, room.characters) };
  } catch (error) {
    if (error instanceof ScenarioError) error.saved = saved;
    throw error;
  }
}

/** What a log may still hold; it is used up as the log is read. */
interface Room {
  characters: number;
  actions: number;
}

interface LogAt {
  readonly where: string;
  /** The earliest time of its first action. */
  readonly from: number;
  readonly room: Room;
}

/** Puts the actions of `value` into `log`, one by one, up to the first that is wrong. */
function parseLog(value: unknown, log: TimedAction[], { where, from, room }: LogAt): void {
  if (!Array.isArray(value)) throw new ScenarioError(W.list(where));
  let last = from;
  for (const [index, each] of value.slice(0, room.actions).entries()) {
    const fields = record(each, `${where}[${index}]`);
    const at = number(fields.at, `${where}[${index}].at`, { from: last, to: LONGEST_MS });
    const action = parseAction(fields.action, `${where}[${index}].action`);
    last = at;
    room.characters -= "text" in action ? (action.text?.length ?? 0) : "line" in action ? action.line.length : 0;
    if (room.characters < 0) throw new ScenarioError(W.charactersInAll(`${where}[${index}]`, SIZE_LIMIT));
    log.push({ at, action });
  }
  if (value.length > room.actions) throw new ScenarioError(W.actions(where, room.actions, value.length));
}

function parseNotes(
  value: unknown,
  where: string,
  as: "notes" | "deck" = "notes",
): { readonly [name in "notes" | "deck"]?: readonly Note[] } {
  if (value === undefined) return {};
  const notes = list(value, where, NOTES_LIMIT).map((each, index) => {
    const fields = record(each, `${where}[${index}]`);
    const at = number(fields.at, `${where}[${index}].at`, { from: 0, to: LONGEST_MS });
    return { at, text: text(fields.text, `${where}[${index}].text`, NOTE_LIMIT) };
  });
  return { [as]: notes };
}

/** @param characters - that the logs of all other futures may hold together. */
function parseBranches(value: unknown, own: readonly TimedAction[], characters: number): Branches {
  const fields = record(value, "branches");
  const room = { characters, actions: LOG_LIMIT };
  return {
    name: text(fields.name, "branches.name", NAME_LIMIT),
    until: number(fields.until, "branches.until", { from: 0, to: LONGEST_MS }),
    others: list(fields.others, "branches.others", BRANCHES_LIMIT).map((each, index) =>
      parseBranch(each, own, { where: `branches.others[${index}]`, room }),
    ),
  };
}

function parseBranch(value: unknown, own: readonly TimedAction[], { where, room }: Omit<LogAt, "from">): OtherBranch {
  const fields = record(value, where);
  const shares = number(fields.shares, `${where}.shares`, { from: 0, to: own.length, whole: true });
  const from = own[shares - 1]?.at ?? 0;
  const log: TimedAction[] = [];
  parseLog(fields.log, log, { where: `${where}.log`, from, room });
  room.actions -= log.length;
  return {
    name: text(fields.name, `${where}.name`, NAME_LIMIT),
    shares,
    log,
    until: number(fields.until, `${where}.until`, { from: 0, to: LONGEST_MS }),
    ...parseNotes(fields.notes, `${where}.notes`),
  };
}

/** Checks one action. @throws ScenarioError */
export function parseAction(value: unknown, where: string): Action {
  const fields = record(value, where);
  const kind = fields.kind;
  const parser = typeof kind === "string" ? (own(ACTIONS, kind) ?? own(OLD_ACTIONS, kind)) : undefined;
  if (parser === undefined) throw new ScenarioError(W.noAction(`${where}.kind`, quote(kind)));
  return parser(fields, where);
}

type Parser = (fields: Fields, where: string) => Action;

const ACTIONS: Readonly<Record<Action["kind"], Parser>> = {
  apply: (fields, where) => ({ kind: "apply", text: text(fields.text, `${where}.text`, TEXT_LIMIT) }),
  shell: (fields, where) => ({ kind: "shell", line: text(fields.line, `${where}.line`, LINE_LIMIT) }),
  interrupt: () => ({ kind: "interrupt" }),
  edit: (fields, where) => ({
    kind: "edit",
    text: fields.text === null ? null : text(fields.text, `${where}.text`, TEXT_LIMIT),
  }),
  send: (fields, where) => ({
    kind: "send",
    ...parseTarget(fields, where),
  }),
  "start-traffic": (fields, where) => ({
    kind: "start-traffic",
    ...parseTarget(fields, where),
    rate: number(fields.rate, `${where}.rate`, { from: 0.01, to: RATE_LIMIT }),
    ...(fields.keepAlive === undefined ? {} : { keepAlive: flag(fields.keepAlive, `${where}.keepAlive`) }),
  }),
  "stop-traffic": ({ from }, where) => ({
    kind: "stop-traffic",
    ...(from === undefined ? {} : { from: parsePlace(from, `${where}.from`) }),
  }),
  "kill-pod": (fields, where) => ({ kind: "kill-pod", ...parseName(fields, where) }),
  "crash-container": (fields, where) => ({ kind: "crash-container", ...parseName(fields, where) }),
  scale: (fields, where) => ({
    kind: "scale",
    ...parseName(fields, where),
    replicas: number(fields.replicas, `${where}.replicas`, { from: 0, to: 100_000, whole: true }),
  }),
  fail: (fields, where) => ({ kind: "fail", fault: parseFault(fields.fault, `${where}.fault`) }),
  restore: (fields, where) => ({ kind: "restore", id: text(fields.id, `${where}.id`, 600) }),
  configure: (fields, where) => ({
    kind: "configure",
    settings: parseSettings(fields.settings, `${where}.settings`),
  }),
};

/** Actions of earlier versions, as the faults that they are. Spec: [RUN-7]. */
const OLD_ACTIONS: Readonly<Record<"readiness" | "node-power", Parser>> = {
  readiness: (fields, where) => {
    const { namespace, name: pod } = parseName(fields, where);
    const ready = fields.ready === null ? null : flag(fields.ready, `${where}.ready`);
    return switchFault({ kind: "readiness", namespace, pod, ready: ready ?? false }, ready !== null);
  },
  "node-power": (fields, where) => {
    const node = text(fields.name, `${where}.name`, 253);
    return switchFault({ kind: "node-power", node }, !flag(fields.on, `${where}.on`));
  },
};

/** Clients of every cluster that a scenario is played on. */
const CLIENTS = new Set(PAGE_SETTINGS.clients.map(({ name }) => name));

type ParsedTarget = { from: Place; host: string; port: number; path?: string; protocol?: Protocol };

function parseTarget(fields: Fields, where: string): ParsedTarget {
  return {
    from: parsePlace(fields.from, `${where}.from`),
    host: text(fields.host, `${where}.host`, 253),
    port: number(fields.port, `${where}.port`, { from: 1, to: 65535, whole: true }),
    ...(fields.path === undefined ? {} : { path: text(fields.path, `${where}.path`, 2000) }),
    ...(fields.protocol === undefined ? {} : { protocol: parseProtocol(fields.protocol, where) }),
    ...(fields.hostHeader === undefined ? {} : { hostHeader: text(fields.hostHeader, `${where}.hostHeader`, 253) }),
  };
}

function parseName(fields: Fields, where: string): { namespace: string; name: string } {
  return {
    namespace: text(fields.namespace, `${where}.namespace`, 253),
    name: text(fields.name, `${where}.name`, 253),
  };
}

const WORKLOADS = ["deployments.apps", "replicasets.apps", "statefulsets.apps", "daemonsets.apps", "pods"] as const;

/** Checks a fault field by field; whether there is such a thing to break is for the cluster to say. */
function parseFault(value: unknown, where: string): Fault {
  const fields = record(value, where);
  const name = (field: string) => text(own(fields, field), `${where}.${field}`, 253);
  const amount = (field: string, to: number) => number(own(fields, field), `${where}.${field}`, { from: 0, to });
  const { kind } = fields;
  switch (kind) {
    case "coredns":
    case "firewall":
      return { kind };
    case "node-power":
    case "kubelet":
    case "kube-proxy":
    case "cordon":
      return { kind, node: name("node") };
    case "no-route":
      return { kind, client: name("client") };
    case "pod-network":
    case "link": {
      const [a, b] = Array.isArray(fields.between) ? (fields.between as unknown[]) : [];
      const between = [text(a, `${where}.between[0]`, 253), text(b, `${where}.between[1]`, 253)] as const;
      if (kind === "pod-network") return { kind, between };
      return { kind, between, latencyMs: amount("latencyMs", 60_000), loss: amount("loss", 1) };
    }
    case "readiness":
      return { kind, namespace: name("namespace"), pod: name("pod"), ready: flag(fields.ready, `${where}.ready`) };
    case "listen": {
      const listen = { kind, namespace: name("namespace"), pod: name("pod") } as const;
      const loopback = flag(fields.loopback, `${where}.loopback`);
      if (fields.port === undefined) return { ...listen, loopback };
      return { ...listen, loopback, port: number(fields.port, `${where}.port`, { from: 1, to: 65535, whole: true }) };
    }
    case "slow-start":
    case "slow-shutdown": {
      const resource = WORKLOADS.find((each) => each === fields.resource);
      if (resource === undefined) throw new ScenarioError(W.noWorkload(`${where}.resource`, quote(fields.resource)));
      return { kind, resource, namespace: name("namespace"), name: name("name"), seconds: amount("seconds", 3_600) };
    }
    default:
      throw new ScenarioError(W.noFault(`${where}.kind`, quote(kind)));
  }
}

function parsePlace(value: unknown, where: string): Place {
  const fields = record(value, where);
  const kind = fields.kind;
  if (kind === "pod") return { kind, ...parseName(fields, where) };
  if (kind !== "client" && kind !== "node") {
    throw new ScenarioError(W.oneOf(`${where}.kind`, ["client", "node", "pod"], quote(kind)));
  }
  return { kind, name: text(fields.name, `${where}.name`, 253) };
}

function parseProtocol(value: unknown, where: string): Protocol {
  if (value === "TCP" || value === "UDP" || value === "SCTP") return value;
  throw new ScenarioError(W.oneOf(`${where}.protocol`, ["TCP", "UDP", "SCTP"], quote(value)));
}

/** Lags longer than an hour are refused: they would only look broken. */
const HOUR = 3_600_000;

function parseSettings(value: unknown, where: string): Partial<SharedSettings> {
  const fields = record(value, where);
  const settings: { -readonly [K in keyof SharedSettings]?: SharedSettings[K] } = {};
  for (const name of LAGS) {
    if (fields[name] !== undefined) settings[name] = number(fields[name], `${where}.${name}`, { from: 0, to: HOUR });
  }
  for (const name of SWITCHES) if (fields[name] !== undefined) settings[name] = flag(fields[name], `${where}.${name}`);
  const { balancer } = fields;
  if (balancer === "vip" || balancer === "proxy" || balancer === "hostname") settings.balancer = balancer;
  else if (balancer !== undefined)
    throw new ScenarioError(W.oneOf(`${where}.balancer`, ["vip", "proxy", "hostname"], quote(balancer)));
  if (fields.proxyLag !== undefined) {
    const lag = record(fields.proxyLag, `${where}.proxyLag`);
    const from = number(lag.from, `${where}.proxyLag.from`, { from: 0, to: HOUR });
    settings.proxyLag = { from, to: number(lag.to, `${where}.proxyLag.to`, { from, to: HOUR }) };
  }
  if (fields.nodes !== undefined) settings.nodes = parseNodes(fields.nodes, `${where}.nodes`);
  return settings;
}

/** Machines by their names; their addresses follow from their places. Spec: [LINK-10]. */
function parseNodes(value: unknown, where: string): readonly SharedNode[] {
  const nodes = list(value, where, NODES_LIMIT).map((each, index): SharedNode => {
    const at = `${where}[${index}]`;
    const { name, zone, region, cpu, memory, pods } = record(each, at);
    const plan = {
      name: text(name, `${at}.name`, NAME_LIMIT),
      ...(zone === undefined ? {} : { zone: text(zone, `${at}.zone`, NAME_LIMIT) }),
      ...(region === undefined ? {} : { region: text(region, `${at}.region`, NAME_LIMIT) }),
      ...(cpu === undefined ? {} : { cpu: text(cpu, `${at}.cpu`, NAME_LIMIT) }),
      ...(memory === undefined ? {} : { memory: text(memory, `${at}.memory`, NAME_LIMIT) }),
      ...(pods === undefined ? {} : { pods: number(pods, `${at}.pods`, { from: 1, to: PODS_LIMIT, whole: true }) }),
    };
    for (const [field, form] of NODE_FORMS) {
      const given = plan[field];
      if (given !== undefined && !form.test(given))
        throw new ScenarioError(W.ofNode(`${at}.${field}`, field, quote(given)));
    }
    return plan;
  });
  if (nodes.length === 0) throw new ScenarioError(W.oneNode(where));
  const names = new Set<string>();
  for (const [index, { name }] of nodes.entries()) {
    if (names.has(name)) throw new ScenarioError(W.twoNodes(`${where}[${index}].name`, quote(name)));
    if (CLIENTS.has(name)) throw new ScenarioError(W.clientName(`${where}[${index}].name`, name));
    names.add(name);
  }
  return nodes;
}

function record(value: unknown, where: string): Fields {
  if (value === null || typeof value !== "object" || Array.isArray(value)) {
    throw new ScenarioError(W.object(where, quote(value)));
  }
  return value as Fields; // checked just above
}

function list(value: unknown, where: string, most: number): readonly unknown[] {
  if (!Array.isArray(value)) throw new ScenarioError(W.list(where));
  if (value.length > most) throw new ScenarioError(W.most(where, most, value.length));
  return value;
}

function text(value: unknown, where: string, limit: number): string {
  if (typeof value !== "string") throw new ScenarioError(W.text(where, quote(value)));
  if (value.length > limit) throw new ScenarioError(W.characters(where, limit, value.length));
  return value;
}

function number(value: unknown, where: string, range: { from: number; to: number; whole?: boolean }): number {
  const fits = typeof value === "number" && value >= range.from && value <= range.to;
  if (!fits || (range.whole === true && !Number.isInteger(value))) {
    throw new ScenarioError(W.number(where, range.from, range.to, quote(value)));
  }
  return value;
}

function flag(value: unknown, where: string): boolean {
  if (typeof value !== "boolean") throw new ScenarioError(W.boolean(where, quote(value)));
  return value;
}

function quote(value: unknown): string {
  const written = JSON.stringify(value) ?? "nothing";
  return written.length > 60 ? `${written.slice(0, 57)}…` : written;
}
