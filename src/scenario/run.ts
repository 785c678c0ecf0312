// A run: a cluster, the shell on it, and the log of what people did. Performing the log again gives the same run.
import { type Addon, type Cluster, createCluster, type Place, type WatchEvent } from "../cluster/index.ts";
import type { Process, Shell, ShellOptions, Sink } from "../shell/index.ts";
import { ManagedText, type TextReport } from "./apply.ts";
import type { Action, Scenario, TimedAction } from "./scenario.ts";

/** A point of the log by which a replay is checked: equal digests mean equal runs so far. */
export interface Checkpoint {
  readonly at: number;
  /** How many actions of the log had been performed. */
  readonly actions: number;
  /** A hash over every change of an object and every packet's leg so far. */
  readonly digest: string;
}

/** What came of an action, as far as it is known at once. */
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

/** Told of every action when it is performed, replayed ones included. */
export type ActionListener = (timed: TimedAction, result: ActionResult) => void;

/** Makes the console of a run: `createShell` of the shell's room, handed in so that a page without a console need not load it. */
export type ShellFactory = (options: ShellOptions) => Shell;

export interface RunOptions {
  /** Needed before the first shell action; may also be attached later. */
  readonly createShell?: ShellFactory;
  /** Where the output of shell actions goes; nowhere unless told. */
  readonly sink?: Sink;
  readonly onAction?: ActionListener;
  /** Software that the scenario's settings or actions switch on. */
  readonly addons?: readonly Addon[];
}

/** Whether a run of this scenario needs a shell from the beginning. */
export function needsShell(scenario: Scenario): boolean {
  return scenario.log.some(({ action }) => action.kind === "shell");
}

/** Whether a run of this scenario needs the ingress controller from the beginning; lines of a shell bring it themselves. */
export function needsIngress({ settings, log }: Scenario): boolean {
  return (
    settings.ingress === true ||
    log.some(({ action }) => action.kind === "configure" && action.settings.ingress === true)
  );
}

const CHECKPOINT_EVERY = 10_000;

/** Begins a run of this scenario at virtual time 0. Its manifest is applied at once, its log as time passes. */
export function createRun(scenario: Scenario, options: RunOptions = {}): Run {
  return new Run(scenario, options);
}

/** One life of a scenario. */
export class Run {
  readonly cluster: Cluster;
  readonly #scenario: Scenario;
  readonly #options: RunOptions;
  readonly #text: ManagedText;
  readonly #digest = new Digest();
  readonly #log: TimedAction[] = [];
  #pending: readonly TimedAction[];
  readonly #checkpoints: Checkpoint[] = [];
  #process: Process | undefined;
  #shell: Shell | undefined;
  readonly #initial: TextReport;

  constructor(scenario: Scenario, options: RunOptions) {
    this.#scenario = scenario;
    this.#options = options;
    this.#pending = scenario.log;
    const { seed, settings } = scenario;
    this.cluster = createCluster({
      seed,
      settings,
      ...(options.addons === undefined ? {} : { addons: options.addons }),
    });
    this.cluster.api.watch("*", (event) => this.#digest.object(event));
    this.cluster.trace.news.on((news) => {
      if (news.kind === "hop-ended")
        this.#digest.add(`${news.hop.packet} ${news.hop.index} ${news.hop.verdict} ${news.hop.arrivesAt}`);
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
    this.#shell ??= createShell({ cluster: this.cluster, files: new Map(), editor: true });
  }

  /** What became of the scenario's manifest at time 0. */
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

  get checkpoints(): readonly Checkpoint[] {
    return this.#checkpoints;
  }

  /** A hash over all that happened so far. */
  get digest(): string {
    return this.#digest.text;
  }

  /** Performs an action now and writes it into the log. Acting while a log still replays cuts the rest of that log off. */
  perform(action: Action): ActionResult {
    this.#pending = [];
    return this.#perform({ at: this.cluster.clock.now, action });
  }

  /**
   * Lets virtual time pass; actions of the scenario's log are performed when their time comes.
   *
   * @param mostActions - logged actions after which less time passes than asked for: a log may hold ten thousand for one instant.
   */
  advance(ms: number, mostActions = Number.POSITIVE_INFINITY): void {
    const until = this.cluster.clock.now + ms;
    const stopAfter = this.#log.length + mostActions;
    for (;;) {
      const stop = Math.min(until, this.#pending[0]?.at ?? Number.POSITIVE_INFINITY, this.#nextCheckpoint());
      this.cluster.advance(stop - this.cluster.clock.now);
      if (stop === this.#nextCheckpoint()) this.#mark();
      if (stop >= until && !(this.#pending[0] !== undefined && this.#pending[0].at <= until)) return;
      if (this.#log.length >= stopAfter) return;
      this.#performDue();
    }
  }

  /** Goes to the instant of the next event or logged action and lets all of it happen; false when nothing is left. */
  step(): boolean {
    const event = this.cluster.clock.nextAt;
    const action = this.#pending[0]?.at;
    const next = Math.min(event ?? Number.POSITIVE_INFINITY, action ?? Number.POSITIVE_INFINITY);
    if (!Number.isFinite(next)) return false;
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
      throw error;
    }
  }

  #dispatch(action: Action): ActionResult {
    const { cluster } = this;
    switch (action.kind) {
      case "apply":
        return { text: this.#text.apply(action.text) };
      case "shell":
        if (this.#shell === undefined) throw new Error("run: a shell action before a shell was attached");
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
        cluster.api.patch("deployments.apps", action, { type: "merge", body: { spec: { replicas: action.replicas } } });
        return {};
      case "readiness":
        cluster.setReadiness(action.namespace, action.name, action.ready ?? undefined);
        return {};
      case "node-power":
        if (action.on) cluster.restoreNode(action.name);
        else cluster.failNode(action.name);
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

  #nextCheckpoint(): number {
    return (this.#checkpoints.at(-1)?.at ?? 0) + CHECKPOINT_EVERY;
  }

  #mark(): void {
    this.#checkpoints.push({ at: this.cluster.clock.now, actions: this.#log.length, digest: this.#digest.text });
  }
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

/** Whether an error is a refusal that people are told, not a broken invariant of ours. */
function isRefusal(error: unknown): error is Error {
  return error instanceof Error && error.name === "StatusError";
}

/** A rolling 53-bit hash. */
class Digest {
  #a = 0xdeadbeef;
  #b = 0x41c6ce57;

  get text(): string {
    return (this.#a >>> 0).toString(16).padStart(8, "0") + (this.#b >>> 0).toString(16).padStart(8, "0");
  }

  object(event: WatchEvent): void {
    const { name, namespace = "" } = event.object.metadata;
    this.add(`${event.resourceVersion} ${event.type} ${event.resource} ${namespace}/${name}`);
  }

  add(text: string): void {
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      this.#a = Math.imul(this.#a ^ code, 2654435761);
      this.#b = Math.imul(this.#b ^ code, 1597334677);
    }
    this.#a ^= this.#b >>> 15;
  }
}
