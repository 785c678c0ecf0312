// A scenario from unknown data: a link, a file or a message. Nothing in it is trusted.
import type { Fault, Place, Protocol } from "../cluster/index.ts";
import type { Action, Scenario, SharedSettings, TimedAction } from "./scenario.ts";

/** Largest text of one manifest, in characters. */
export const TEXT_LIMIT = 1_000_000;
/** Most actions of one log. */
export const LOG_LIMIT = 10_000;

/** Thrown for data that is no scenario; says where and what was expected. */
export class ScenarioError extends Error {
  override name = "ScenarioError";
}

type Fields = Readonly<Record<string, unknown>>;

/** Checks every field of `value` and returns it as a scenario. Unknown fields are dropped. @throws ScenarioError */
export function parseScenario(value: unknown): Scenario {
  const fields = record(value, "scenario");
  if (fields.version !== 1) {
    throw new ScenarioError(
      `this link was made by a version of Podpath that this one does not know (${quote(fields.version)})`,
    );
  }
  const title = fields.title;
  return {
    version: 1,
    ...(title === undefined ? {} : { title: text(title, "title", 200) }),
    seed: text(fields.seed ?? "podpath", "seed", 200),
    settings: parseSettings(fields.settings ?? {}, "settings"),
    text: text(fields.text ?? "", "text", TEXT_LIMIT),
    log: parseLog(fields.log ?? []),
  };
}

function parseLog(value: unknown): TimedAction[] {
  if (!Array.isArray(value)) throw new ScenarioError("log: expected a list");
  if (value.length > LOG_LIMIT) throw new ScenarioError(`log: at most ${LOG_LIMIT} actions, got ${value.length}`);
  let last = 0;
  return value.map((each, index) => {
    const fields = record(each, `log[${index}]`);
    const at = number(fields.at, `log[${index}].at`, { from: last, to: 1e12 });
    last = at;
    return { at, action: parseAction(fields.action, `log[${index}].action`) };
  });
}

/** Checks one action. @throws ScenarioError */
export function parseAction(value: unknown, where: string): Action {
  const fields = record(value, where);
  const kind = fields.kind;
  const parser = typeof kind === "string" && Object.hasOwn(ACTIONS, kind) ? ACTIONS[kind as Action["kind"]] : undefined;
  if (parser === undefined) throw new ScenarioError(`${where}.kind: not an action: ${quote(kind)}`);
  return parser(fields, where);
}

const ACTIONS: Readonly<Record<Action["kind"], (fields: Fields, where: string) => Action>> = {
  apply: (fields, where) => ({ kind: "apply", text: text(fields.text, `${where}.text`, TEXT_LIMIT) }),
  shell: (fields, where) => ({ kind: "shell", line: text(fields.line, `${where}.line`, TEXT_LIMIT) }),
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
    rate: number(fields.rate, `${where}.rate`, { from: 0.01, to: 10_000 }),
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
  readiness: (fields, where) => ({
    kind: "readiness",
    ...parseName(fields, where),
    ready: fields.ready === null ? null : flag(fields.ready, `${where}.ready`),
  }),
  "node-power": (fields, where) => ({
    kind: "node-power",
    name: text(fields.name, `${where}.name`, 253),
    on: flag(fields.on, `${where}.on`),
  }),
  fail: (fields, where) => ({ kind: "fail", fault: parseFault(fields.fault, `${where}.fault`) }),
  restore: (fields, where) => ({ kind: "restore", id: text(fields.id, `${where}.id`, 600) }),
  configure: (fields, where) => ({
    kind: "configure",
    settings: parseSettings(fields.settings, `${where}.settings`),
  }),
};

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
  const name = (field: string) => text(fields[field], `${where}.${field}`, 253);
  const amount = (field: string, to: number) => number(fields[field], `${where}.${field}`, { from: 0, to });
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
      if (resource === undefined)
        throw new ScenarioError(`${where}.resource: not a workload: ${quote(fields.resource)}`);
      return { kind, resource, namespace: name("namespace"), name: name("name"), seconds: amount("seconds", 3_600) };
    }
    default:
      throw new ScenarioError(`${where}.kind: not a fault: ${quote(kind)}`);
  }
}

function parsePlace(value: unknown, where: string): Place {
  const fields = record(value, where);
  const kind = fields.kind;
  if (kind === "pod") return { kind, ...parseName(fields, where) };
  if (kind !== "client" && kind !== "node") {
    throw new ScenarioError(`${where}.kind: expected client, node or pod, got ${quote(kind)}`);
  }
  return { kind, name: text(fields.name, `${where}.name`, 253) };
}

function parseProtocol(value: unknown, where: string): Protocol {
  if (value === "TCP" || value === "UDP" || value === "SCTP") return value;
  throw new ScenarioError(`${where}.protocol: expected TCP, UDP or SCTP, got ${quote(value)}`);
}

/** Lags longer than an hour are refused: they would only look broken. */
const HOUR = 3_600_000;
const LAGS = ["hopLatency", "controllerLag", "imagePull", "containerStart", "processExit"] as const;
const SWITCHES = ["probes", "cloud", "ingress", "coredns", "internet"] as const;

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
    throw new ScenarioError(`${where}.balancer: expected vip, proxy or hostname, got ${quote(balancer)}`);
  if (fields.proxyLag !== undefined) {
    const lag = record(fields.proxyLag, `${where}.proxyLag`);
    const from = number(lag.from, `${where}.proxyLag.from`, { from: 0, to: HOUR });
    settings.proxyLag = { from, to: number(lag.to, `${where}.proxyLag.to`, { from, to: HOUR }) };
  }
  return settings;
}

function record(value: unknown, where: string): Fields {
  if (value === null || typeof value !== "object" || Array.isArray(value)) {
    throw new ScenarioError(`${where}: expected an object, got ${quote(value)}`);
  }
  return value as Fields; // checked just above
}

function text(value: unknown, where: string, limit: number): string {
  if (typeof value !== "string") throw new ScenarioError(`${where}: expected text, got ${quote(value)}`);
  if (value.length > limit) throw new ScenarioError(`${where}: at most ${limit} characters, got ${value.length}`);
  return value;
}

function number(value: unknown, where: string, range: { from: number; to: number; whole?: boolean }): number {
  const fits = typeof value === "number" && value >= range.from && value <= range.to;
  if (!fits || (range.whole === true && !Number.isInteger(value))) {
    throw new ScenarioError(`${where}: expected a number from ${range.from} to ${range.to}, got ${quote(value)}`);
  }
  return value;
}

function flag(value: unknown, where: string): boolean {
  if (typeof value !== "boolean") throw new ScenarioError(`${where}: expected true or false, got ${quote(value)}`);
  return value;
}

function quote(value: unknown): string {
  const written = JSON.stringify(value) ?? "nothing";
  return written.length > 60 ? `${written.slice(0, 57)}…` : written;
}
