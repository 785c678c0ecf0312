// What the page runs: a run of a scenario, and the shell's screen that belongs to it.
import {
  type Addon,
  type ApiServer,
  Emitter,
  type Exchange,
  own,
  type Protocol,
  type SendRequest,
  type World,
} from "../../cluster/index.ts";
import {
  type Action,
  type ActionResult,
  type Controller,
  controllersOf,
  createRun as createScenarioRun,
  lateKinds,
  needsRuntime,
  needsShell,
  type Occurrence,
  type OtherFuture,
  type RunOptions,
  type Scenario,
  type Run as ScenarioRun,
  type ShellFactory,
  type TextReport,
  type TimedAction,
  textLateKinds,
} from "../../scenario/index.ts";
import { W } from "../../words/en/store.ts";
import { type Journal, keepJournal } from "./journal.ts";
import { loadPart } from "./parts.ts";
import { readAhead } from "./slices.ts";
import { Story } from "./story.ts";
import { Transcript } from "./transcript.ts";

export type { Action, ActionResult } from "../../scenario/index.ts";

/** Where to send: an address or a name, and a port. */
export interface Target {
  readonly host: string;
  readonly port: number;
  readonly path?: string;
  /** The Host that an HTTP request names, when it is another than the address it goes to. */
  readonly hostHeader?: string;
  /** TCP by default. */
  readonly protocol?: Protocol;
}

/** A target that the visitor asked for. */
export interface Wanted {
  readonly target: Target;
  /** The choice that it was; undefined for an address that nothing here had. */
  readonly id: string | undefined;
  /** Typed by hand: it outlives the scenario, if it can be meant there too. */
  readonly typed: boolean;
}

/** An action that was performed, and its outcome. */
export interface Performed {
  readonly action: Action;
  readonly result: ActionResult;
}

/** A run as the page has it. */
export type Run = ScenarioRun & {
  /** Its cluster, to read. */
  readonly world: World;
  /**
   * Sends a request that is no action, and lets time pass without the log until `isOver` or for `patience` milliseconds. For a run that isn't kept: it is
   * spoiled.
   */
  readonly ask: (
    request: SendRequest,
    isOver: (exchange: Exchange) => boolean,
    patience: number,
  ) => Exchange | undefined;
  /** Lends the API server to someone who asks what it would refuse: every write there is a dry run, since this is no action. */
  readonly dryRun: (ask: (api: ApiServer) => void) => void;
  /** What the run began from. */
  readonly origin: Scenario;
  /** What was typed and printed in the shell. */
  readonly transcript: Transcript;
  /** What its packets did, in sentences and numbers, since its beginning. */
  readonly journal: Journal;
  /** When something happened in it that can be seen, since its beginning. */
  readonly story: Story;
  /** The outcome of the manifest's last application. */
  readonly lastApplied: () => TextReport;
  /** The other futures of its scenario, played to their ends when it was opened. */
  readonly siblings: Sibling[];
  /** Tells every action that is performed, replayed ones included. */
  readonly performed: Emitter<Performed>;
};

/** Another future of a scenario. */
export interface Sibling {
  readonly future: OtherFuture;
  readonly head: Run;
}

interface OwnOptions extends Pick<RunOptions, "createShell" | "addons"> {
  /** What the first run of this scenario began from, when this is another one. */
  readonly origin?: Scenario;
}

/** Virtual milliseconds between two looks at a request that was asked. */
const ASK_STEP_MS = 200;

/** Begins a run of a scenario, its shell's output going to a screen of its own. A scenario that needs a shell is opened with `openRun`. */
export function createRun(scenario: Scenario, options: OwnOptions = {}): Run {
  const { origin = scenario, ...given } = options;
  const performed = new Emitter<Performed>();
  const transcript = new Transcript(() => run.shell?.prompt ?? "$ ");
  let applied: TextReport | undefined;
  const onAction = (timed: TimedAction, result: ActionResult) => {
    transcript.onAction(timed, result);
    applied = result.text ?? applied;
    performed.emit({ action: timed.action, result });
  };
  let story: Story | undefined;
  const onOccurrence = (each: Occurrence) => story?.add(each);
  const run: ScenarioRun = createScenarioRun(scenario, { ...given, sink: transcript.sink, onAction, onOccurrence });
  const world: World = run.cluster;
  story = new Story(world.trace);
  const journal = keepJournal(world.trace, () => world.clock.now);
  const ask: Run["ask"] = (request, isOver, patience) => {
    const { cluster } = run;
    const id = cluster.send(request);
    for (let waited = 0; waited < patience; waited += ASK_STEP_MS) {
      cluster.advance(ASK_STEP_MS);
      const exchange = cluster.trace.exchange(id);
      if (exchange === undefined || isOver(exchange)) return exchange;
    }
    return cluster.trace.exchange(id);
  };
  const dryRun: Run["dryRun"] = (ask) => ask(run.cluster.api);
  const lastApplied = () => applied ?? run.initial;
  const told = { transcript, journal, story, lastApplied, performed };
  return Object.assign(run, { world, ask, dryRun, origin, ...told, siblings: [] });
}

/** Another run of what `run` is a run of, from its beginning, with everything attached that it has. */
export function runAgain({ attached, origin }: Run, scenario: Scenario): Run {
  return createRun(scenario, { ...attached, origin });
}

/** What only looks: nothing of it could be lost. */
const LOOKING: ReadonlySet<Action["kind"]> = new Set([
  "send",
  "start-traffic",
  "stop-traffic",
  "configure",
  "interrupt",
]);

/** Whether an action leaves something behind that someone may want to keep. */
export function isWork({ kind }: Action): boolean {
  return !LOOKING.has(kind);
}

/** Whether someone did something in this run beyond what its scenario holds. */
export function isTouched({ log, origin }: Run): boolean {
  const last = log.at(-1);
  return last !== undefined && !origin.log.includes(last);
}

/** Begins a run of any scenario; shell, ingress controller and container runtime are loaded first where it needs them. */
export async function openRun(scenario: Scenario): Promise<Run> {
  const { text, log } = scenario;
  await readAhead([text, ...log.flatMap(({ action }) => (action.kind === "apply" ? [action.text] : []))]);
  const [addons, createShell] = await Promise.all([
    Promise.all([
      ...[...controllersOf(scenario)].map(loadController),
      ...(needsRuntime(scenario) ? [loadRuntime()] : []),
      ...[...lateKinds(scenario)].map(loadKind),
    ]),
    needsShell(scenario) ? loadShell() : undefined,
  ]);
  return createRun(scenario, createShell === undefined ? { addons } : { createShell, addons });
}

/** A controller, which a cluster must have been handed before its setting is switched on. */
export async function loadController(name: Controller): Promise<Addon> {
  return name === "ingress"
    ? loadPart(W.ingress, async () => (await import("../../ingress/index.ts")).ingressNginx)
    : loadPart(W.gateway, async () => (await import("../../gateway/index.ts")).gatewayController);
}

/** What containers and their images do, where a scenario's pods need it. */
async function loadRuntime(): Promise<Addon> {
  return loadPart(W.containers, async () => (await import("../../shell/index.ts")).containers);
}

/** Hands a run the kinds that a text names, loaded first, before the text is applied. */
export async function loadKinds(run: Run, text: string): Promise<void> {
  for (const kind of await Promise.all([...textLateKinds(text)].map(loadKind))) run.attachAddon(kind);
}

/** A kind whose part of the engine few scenarios need. @throws Error when there is no folder for it: a name comes from the registry. */
async function loadKind(name: string): Promise<Addon> {
  const load = own(KINDS, `../../kinds/${name}/index.ts`);
  if (load === undefined) throw new Error(`kinds: no folder ${name}`);
  return loadPart(W.kind, load);
}

const KINDS = import.meta.glob<Addon>("../../kinds/*/index.ts", { import: "kind" });

/** The shell, which a run is handed when someone needs a console. */
export async function loadShell(): Promise<ShellFactory> {
  return loadPart(W.shell, async () => (await import("../../shell/index.ts")).createShell);
}
