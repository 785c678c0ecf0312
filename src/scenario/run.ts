// A run: a cluster, the shell on it, and the log of what people did. Performing the log again gives the same run.
import {
  type Addon,
  type Cluster,
  createCluster,
  isPlain,
  lateKindsOf,
  PAGE_MANAGER,
  type Place,
} from "../cluster/index.ts";
import { parseManifest } from "../manifest/index.ts";
import type { Process, Shell, ShellOptions, Sink } from "../shell/index.ts";
import { internalError, ManagedText, type TextReport } from "./apply.ts";
import { Digest, follow, type Occurrence } from "./digest.ts";
import type { Action, Scenario, TimedAction } from "./scenario.ts";

/** The outcome of an action, as far as it is known at once. */
export interface ActionResult {
  /** For `apply`: what became of each document. */
  readonly text?: TextReport;
  /** For `shell`: the running command. */
  readonly process?: Process;
  /** For `send`: the exchange, to be read from `cluster.trace`. */
  readonly exchange?: number;
  /** What the API server or the cluster refused, in its words. */
  readonly error?: string;
}

/** Why a run went no further: it was asked to, or it met its most actions or events. */
export type Stopped = "arrived" | "actions" | "events";

/** Called for every action when it is performed, replayed ones included. */
export type ActionListener = (timed: TimedAction, result: ActionResult) => void;

/** Makes the console of a run: `createShell` of the shell's room, handed in so that a page without a console need not load it. */
export type ShellFactory = (options: ShellOptions) => Shell;

export interface RunOptions {
  /** Needed before the first shell action; may also be attached later. */
  readonly createShell?: ShellFactory;
  /** Where the output of shell actions goes, called before each begins; nowhere unless given. */
  readonly sink?: Sink & { begins?(): void };
  readonly onAction?: ActionListener;
  /** Called for everything that the digest is made of. */
  readonly onOccurrence?: (occurrence: Occurrence) => void;
  /** Software that the scenario's settings or actions switch on, and kinds that its texts name; runs share a set of them. */
  readonly addons?: readonly Addon[] | Set<Addon>;
}

/** Whether a run of this scenario needs a shell from the beginning. */
export function needsShell(scenario: Scenario): boolean {
  return scenario.log.some(({ action }) => action.kind === "shell");
}

/** Software that settings switch on, by their names. */
export type Controller = "ingress" | "gateway";

/** The controllers that a run of this scenario needs from the beginning; lines of a shell bring them themselves. */
export function controllersOf({ settings, log }: Pick<Scenario, "settings" | "log">): readonly Controller[] {
  const all = [settings, ...log.map(({ action }) => (action.kind === "configure" ? action.settings : {}))];
  return (["ingress", "gateway"] as const).filter((name) => all.some((each) => each[name] === true));
}

/** Whether a run of this scenario needs the container runtime from the beginning; lines of a shell bring it themselves. */
export function needsRuntime({ text, log }: Scenario): boolean {
  return [text, ...log.flatMap(({ action }) => (action.kind === "apply" ? [action.text] : []))].some(textNeedsRuntime);
}

/** Whether a manifest holds a pod that is more than plain servers. */
export function textNeedsRuntime(text: string): boolean {
  return parseManifest(text).some(({ value }) => holdsProgram(value));
}

/** The kinds of the scenario's texts whose part of the engine is loaded late. */
export function lateKinds({ text, log }: Scenario): ReadonlySet<string> {
  const texts = [text, ...log.flatMap(({ action }) => (action.kind === "apply" ? [action.text] : []))];
  return new Set(texts.flatMap((each) => [...textLateKinds(each)]));
}

/** Those of one text. */
export function textLateKinds(text: string): ReadonlySet<string> {
  const found = new Set<string>();
  const look = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    const { kind, items } = value as { readonly kind?: unknown; readonly items?: unknown }; // read only
    if (typeof kind === "string") for (const late of lateKindsOf(kind)) found.add(late);
    if (Array.isArray(items)) for (const item of items) look(item);
  };
  for (const { value } of parseManifest(text)) look(value);
  return found;
}

function holdsProgram(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(([key, each]) => {
    if (key === "initContainers" || key === "hostAliases") return true;
    if (key === "containers" && Array.isArray(each) && each.some((container) => !isPlainForm(container))) return true;
    return holdsProgram(each);
  });
}

/** Fields of a container that never take more than a plain server; what probes run does. */
const PLAIN_FIELDS = /^(?:name|image|imagePullPolicy|ports|resources|securityContext|\w+Probe)$/;

function isPlainForm(value: unknown): boolean {
  if (typeof value !== "object" || value === null || !("image" in value)) return false;
  const { image } = value;
  if (typeof image !== "string" || !Object.keys(value).every((field) => PLAIN_FIELDS.test(field))) return false;
  return (
    !/"(?:exec|grpc|scheme|host|httpHeaders|hostPort)":/.test(JSON.stringify(value)) && isPlain({ name: "", image })
  );
}

/** Begins a run of this scenario at virtual time 0. Its manifest is applied at once, its log as time passes. */
export function createRun(scenario: Scenario, options: RunOptions = {}): Run {
  return new Run(scenario, options);
}

/** One life of a scenario. */
export class Run {
  readonly cluster: Cluster;
  readonly #scenario: Scenario;
  readonly #options: RunOptions;
  #createShell: ShellFactory | undefined;
  readonly #addons: Set<Addon>;
  readonly #text: ManagedText;
  readonly #digest = new Digest();
  readonly #log: TimedAction[] = [];
  #pending: readonly TimedAction[];
  #process: Process | undefined;
  #shell: Shell | undefined;
  readonly #initial: TextReport;

  constructor(scenario: Scenario, options: RunOptions) {
    this.#scenario = scenario;
    this.#options = options;
    this.#pending = scenario.log;
    this.#addons = options.addons instanceof Set ? options.addons : new Set(options.addons);
    const { seed, settings } = scenario;
    this.cluster = createCluster({ seed, settings, addons: [...this.#addons] });
    follow(this.cluster, (occurrence) => {
      this.#digest.add(occurrence);
      options.onOccurrence?.(occurrence);
    });
    if (options.createShell !== undefined) this.attachShell(options.createShell);
    this.#text = new ManagedText(this.cluster);
    this.#initial = this.#text.apply(scenario.text);
  }

  /** The console, once it is attached. */
  get shell(): Shell | undefined {
    return this.#shell;
  }

  /** Puts a console on the cluster; does nothing when there is one. */
  attachShell(createShell: ShellFactory): void {
    this.#createShell ??= createShell;
    this.#shell ??= createShell({ cluster: this.cluster, files: new Map(), editor: true });
  }

  /** Hands software to the cluster, as `createCluster` does with that of its options. */
  attachAddon(addon: Addon): void {
    this.#addons.add(addon);
    this.cluster.attach(addon);
  }

  /** What another run of the same scenario must be given: the console and the software that this one has by now. */
  get attached(): Pick<RunOptions, "createShell" | "addons"> {
    return { addons: this.#addons, ...(this.#createShell === undefined ? {} : { createShell: this.#createShell }) };
  }

  /** The outcome of the scenario's manifest at time 0. */
  get initial(): TextReport {
    return this.#initial;
  }

  /** The manifest as it was applied last. */
  get text(): string {
    return this.#text.text;
  }

  /** What was performed so far. */
  get log(): readonly TimedAction[] {
    return this.#log;
  }

  /** What the scenario still holds and time has not reached. */
  get pending(): readonly TimedAction[] {
    return this.#pending;
  }

  /** A hash over all that happened so far: every change of an object, with its contents, and every hop. Equal digests mean equal runs. */
  get digest(): string {
    return this.#digest.text;
  }

  /** Performs an action now and writes it into the log. Acting while a log still replays cuts the rest of that log off. */
  perform(action: Action): ActionResult {
    this.#pending = [];
    this.cluster.advance(0); // a replay, too, runs what is due in this instant before an action and after it
    const result = this.#perform({ at: this.cluster.clock.now, action });
    this.cluster.advance(0);
    return result;
  }

  /**
   * Takes a longer log for what is still to come: another run of the same scenario was acted on since this one was made.
   *
   * @throws Error when `log` does not begin with what this run performed.
   */
  follow(log: readonly TimedAction[]): void {
    const last = this.#log.at(-1);
    if (last !== undefined && log[this.#log.length - 1] !== last)
      throw new Error("run: the log to follow is not one that this run began");
    this.#pending = log.slice(this.#log.length);
  }

  /**
   * Lets virtual time pass; actions of the scenario's log are performed when their time comes.
   *
   * @param mostActions - logged actions after which less time passes than asked for: a log may hold ten thousand for one instant.
   * @param mostEvents - events after which it stops, perhaps in the middle of an instant: a moment may be full of them.
   * @returns what it stopped for; `arrived` when all the time has passed.
   */
  advance(ms: number, mostActions = Number.POSITIVE_INFINITY, mostEvents = Number.POSITIVE_INFINITY): Stopped {
    const until = this.cluster.clock.now + ms;
    const stopAfter = this.#log.length + mostActions;
    for (let rounds = 0; rounds < mostEvents; rounds++) {
      const stop = Math.min(until, this.#pending[0]?.at ?? Number.POSITIVE_INFINITY);
      if (!this.cluster.advance(stop - this.cluster.clock.now, mostEvents)) return "events";
      if (stop >= until && !(this.#pending[0] !== undefined && this.#pending[0].at <= until)) return "arrived";
      if (this.#log.length >= stopAfter) return "actions";
      this.#performDue();
    }
    return "events";
  }

  /** The instant of the next event or logged action; undefined when nothing is left. */
  get nextAt(): number | undefined {
    const event = this.cluster.clock.nextAt;
    const action = this.#pending[0]?.at;
    return event === undefined || action === undefined ? (event ?? action) : Math.min(event, action);
  }

  /** Goes to the instant of the next event or logged action and lets all of it happen; false when nothing is left. */
  step(): boolean {
    const next = this.nextAt;
    if (next === undefined) return false;
    this.advance(Math.max(0, next - this.cluster.clock.now));
    return true;
  }

  /** This run as something to save: from its beginning with all that was done, or afresh from the manifest as it stands. */
  scenario(kind: "run" | "text"): Scenario {
    const { title, seed, settings, version } = this.#scenario;
    const head = { version, ...(title === undefined ? {} : { title }), seed, settings };
    if (kind === "text") return { ...head, text: this.text, log: [] };
    return { ...head, text: this.#scenario.text, log: [...this.#log, ...this.#pending] };
  }

  #performDue(): void {
    const [next, ...rest] = this.#pending;
    if (next === undefined || next.at > this.cluster.clock.now) return;
    this.#pending = rest;
    this.#perform(next);
  }

  #perform(timed: TimedAction): ActionResult {
    this.#log.push(timed);
    const result = this.#act(timed.action);
    this.#options.onAction?.(timed, result);
    return result;
  }

  #act(action: Action): ActionResult {
    try {
      return this.#dispatch(action);
    } catch (error) {
      if (isRefusal(error)) return { error: error.message };
      this.cluster.mishaps.note(action.kind, error);
      return { error: internalError(error) };
    }
  }

  #dispatch(action: Action): ActionResult {
    const { cluster } = this;
    switch (action.kind) {
      case "apply":
        for (const addon of this.#addons) this.cluster.attach(addon); // others of the same scenario may have loaded more
        return { text: this.#text.apply(action.text) };
      case "shell":
        if (this.#shell === undefined) throw new Error("run: a shell action before a shell was attached");
        this.#options.sink?.begins?.();
        this.#process = this.#shell.start(action.line, this.#options.sink ?? SILENT);
        return { process: this.#process };
      case "interrupt":
        this.#process?.interrupt();
        return {};
      case "edit":
        this.#shell?.answer(action.text ?? undefined);
        return {};
      case "send": {
        const { kind: _, hostHeader, ...request } = action;
        return { exchange: cluster.send({ ...request, ...named(action) }) };
      }
      case "start-traffic": {
        const { kind: _, hostHeader, ...traffic } = action;
        cluster.startTraffic({ ...traffic, ...named(action) });
        return {};
      }
      case "stop-traffic":
        for (const { id, request } of cluster.listTraffic())
          if (action.from === undefined || samePlace(action.from, request.from)) cluster.stopTraffic(id);
        return {};
      case "kill-pod":
        cluster.api.delete("pods", action.namespace, action.name);
        return {};
      case "crash-container":
        cluster.crash(action.namespace, action.name);
        return {};
      case "scale":
        scale(cluster, action);
        return {};
      case "fail":
        cluster.faults.apply(action.fault);
        return {};
      case "restore":
        cluster.faults.undo(action.id);
        return {};
      case "configure":
        cluster.configure(action.settings);
        return {};
    }
  }
}

/** Scales as the page itself, so that its buttons can be distinguished from a person's commands. */
function scale({ api }: Cluster, { namespace, name, replicas }: Extract<Action, { kind: "scale" }>): void {
  const body = { spec: { replicas } };
  const options = { fieldManager: PAGE_MANAGER, subresource: "scale" } as const;
  api.patch("deployments.apps", { namespace, name }, { type: "merge", body }, options);
}

/** A Host of its own, and the target written so that it can be seen. */
function named({ host, port, path = "/", hostHeader }: Extract<Action, { kind: "send" | "start-traffic" }>) {
  if (hostHeader === undefined) return {};
  return { headers: { host: hostHeader }, target: `${hostHeader}${path} at ${host}:${port}` };
}

const SILENT: Sink = { out: () => undefined, err: () => undefined };

function samePlace(a: Place, b: Place): boolean {
  const namespace = (place: Place) => (place.kind === "pod" ? place.namespace : "");
  return a.kind === b.kind && a.name === b.name && namespace(a) === namespace(b);
}

/** Whether an error is a refusal that people are reported, not a broken invariant. */
function isRefusal(error: unknown): error is Error {
  return error instanceof Error && error.name === "StatusError";
}
