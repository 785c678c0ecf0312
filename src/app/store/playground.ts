// The one store of the page and its one gateway: panels read the state and call `run`.
import { createStore, type StoreApi } from "zustand/vanilla";
import { resourceName, type World } from "../../cluster/index.ts";
import type { BranchId, Position } from "../../history/index.ts";
import { controllersOf, type Scenario, type SharedSettings } from "../../scenario/index.ts";
import { W } from "../../words/en/store.ts";
import { Doors } from "./doors.ts";
import { type FrameSource, Frames } from "./frames.ts";
import { goOn } from "./go-on.ts";
import { leave } from "./handover.ts";
import { IdleWork } from "./idle.ts";
import type { FieldAt, Lit } from "./lit.ts";
import { type ObjectsWatch, watchObjects } from "./objects.ts";
import { type Moment, Openings, settle, withDeck, withNotes } from "./open.ts";
import { ACTIONS_A_FRAME, FRAME_WORK_MS, SEEK_MS, SPARING } from "./pace.ts";
import { explainFailure, loadPart, PartError } from "./parts.ts";
import type { Past } from "./past.ts";
import { Rest } from "./rest.ts";
import { Hold, onAsked } from "./route.ts";
import { type Action, type ActionResult, loadController, type Run } from "./run.ts";
import { type Beginning, FROM_PAGE, type From, fromLink, type KeptAside } from "./source.ts";
import {
  type AppState,
  type Breaking,
  brokenIn,
  type Draft,
  initialState,
  type Offer,
  type Selection,
  trafficOf,
  type ViewOptions,
} from "./state.ts";

/** A run with its store, its frames and its gateway. */
export class Playground {
  readonly store: StoreApi<AppState>;
  readonly frames: Frames;
  readonly doors = new Doors();
  #watch: ObjectsWatch;
  /** Loaded when someone goes back. */
  #past: Past | undefined;
  #unfollow: () => void;
  #shown = true;
  readonly #rest = new Rest();
  readonly hold = new Hold();
  #notices = 0;
  readonly #openings: Openings;
  #asked = 0;
  #beginnings = 0;
  readonly #now: () => number;
  readonly #ahead: IdleWork | undefined;

  constructor(run: Run, source: FrameSource, from: From = FROM_PAGE) {
    this.#now = () => source.now?.() ?? 0;
    this.#ahead = source.idle && new IdleWork(source.idle, (hasTime) => this.#past?.prepare(hasTime) ?? false);
    this.#openings = new Openings(this.#now, (opening) => this.store.setState({ opening }));
    this.#watch = watchObjects(run.world.api, run.world.api.kinds.all.map(resourceName));
    this.store = createStore(() => initialState(run, this.#watch.take()));
    this.begin(from, run.text);
    this.#unfollow = this.#follow(run.world);
    this.frames = new Frames(source, (dt) => this.#frame(dt));
    this.frames.setRunning(true);
    this.#meetSiblings();
  }

  /**
   * Does one action to the world, where the playhead is: in the past that begins a branch. A refusal becomes a notice, in the
   * API server's words, beside being in the result.
   */
  run(action: Action): ActionResult {
    const { past, run } = this.store.getState();
    const result = this.#past === undefined ? run.perform(action) : this.#past.perform(action);
    if (past) this.#announceFork();
    if (result.error !== undefined) this.notify("error", result.error);
    this.flush();
    return result;
  }

  /** Changes settings that differ; a controller is loaded before it is switched on. */
  async configure(settings: Partial<SharedSettings>): Promise<void> {
    const { run } = this.store.getState();
    for (const name of controllersOf({ settings, log: [] })) run.attachAddon(await loadController(name));
    if (run !== this.store.getState().run) return;
    const now = run.world.settings;
    const changed = Object.fromEntries(
      Object.entries(settings).filter(([name, value]) => now[name as keyof SharedSettings] !== value), // its own keys
    );
    if (Object.keys(changed).length > 0) this.run({ kind: "configure", settings: changed });
  }

  /**
   * Begins a scenario in place of the current run, at a moment of it, once the parts that it needs are loaded. The current run continues
   * meanwhile. The last one asked for wins; false for the others, and for one that the visitor gave up.
   */
  open(scenario: Scenario | Promise<Scenario>, from?: From, moment: Moment = {}): Promise<boolean> {
    return this.#openings.open(scenario, moment, (run) => {
      this.replace(run, from ?? fromLink(run.origin.title));
      if (moment.at !== undefined || moment.step !== undefined) this.setPlaying(false);
    });
  }

  /** Lets what was just applied come up, unless time is paused or the past is shown. */
  async settle(): Promise<void> {
    const { run, playing, past } = this.store.getState();
    if (!playing || past) return;
    await settle(run, { signal: new AbortController().signal, now: this.#now, onProgress: () => undefined });
    if (run === this.store.getState().run) this.flush();
  }

  /** Says that a text is about to take the place of what is on the page, and where it comes from. */
  begin(from: From, text: string): void {
    this.store.setState({ beginning: this.#beginning(from, text) });
  }

  /** Says what of the visitor's own made place and can be opened again. */
  setKept(kept: KeptAside | undefined): void {
    this.store.setState({ kept });
  }

  /** Puts another run in place of this one, with a history of its own. */
  replace(run: Run, from: From = fromLink(undefined)): void {
    this.freshDraft();
    this.setView({ only: undefined, servicesSought: undefined });
    const { view, playing, speed, draft, kept, opening } = this.store.getState();
    const beginning = this.#beginning(from, run.text);
    this.#past = undefined;
    this.#look(run);
    const stays = { view, playing, speed, draft, kept, beginning, opening };
    this.store.setState({ ...initialState(run, this.#watch.take()), ...stays });
    this.frames.request();
    this.#meetSiblings();
  }

  /** The run at the end of the branch that is shown. */
  get head(): Run {
    return this.#past?.history.head ?? this.store.getState().run;
  }

  /** What goes back in time, loaded the first time: branches, and runs at their moments. */
  async travel(): Promise<Past> {
    if (this.#past !== undefined) return this.#past;
    const { run } = this.store.getState();
    const { Past: Made } = await loadPart(W.past, () => import("./past.ts"));
    if (run !== this.store.getState().run) return this.travel(); // another scenario came meanwhile
    this.#past ??= this.#pastOf(Made, run);
    return this.#past;
  }

  /** A scenario that came with other futures shows them as branches. */
  #meetSiblings(): void {
    if (this.store.getState().run.siblings.length > 0) void this.attempt(() => this.travel());
  }

  /** Everything that is to be saved: the branch that a run is the end of, or that is shown, its notes, and all other branches. */
  scenarioOf(run: Run = this.head): Scenario {
    const all = this.#past?.scenarioOf(run) ?? withNotes(run.scenario("run"), run.origin.notes);
    return withDeck(all, this.store.getState().deck);
  }

  /** Does it at once where going back is loaded; loads it first otherwise. */
  #inTime(act: (past: Past) => void): void {
    if (this.#past !== undefined) act(this.#past);
    else void this.attempt(async () => act(await this.travel()));
  }

  /** The time of now, wherever the playhead is, in virtual milliseconds. */
  get now(): number {
    return this.head.world.clock.now;
  }

  /**
   * Looks at a moment of the branch that is shown; time is paused there until someone plays it. A far one takes some frames.
   *
   * @param actions - how many actions of the branch have been done by then, where several share that time.
   */
  seek(time: number, actions?: number): void {
    this.#settle();
    this.setPlaying(false);
    this.#inTime((past) => {
      past.seek(time, actions);
      this.frames.request();
    });
  }

  /** Looks at now again. */
  toNow(): void {
    this.#past?.toNow();
    this.flush();
  }

  /** Goes back before the last action, or forward past the next one; false when there is none. */
  undo(): boolean {
    const any = this.store.getState().run.log.length > 0;
    if (any) this.#inTime((past) => this.#goTo(past.beforeLastAction()));
    return any;
  }

  redo(): boolean {
    return this.#goTo(this.#past?.afterNextAction());
  }

  switchTo(branch: BranchId): void {
    this.#settle();
    this.clearRoute();
    this.#past?.switchTo(branch);
    this.flush();
  }

  /** What was typed at now and is not applied yet belongs to now. */
  #settle(): void {
    if (!this.store.getState().past) this.doors.manifest?.settle();
  }

  setPlaying(playing: boolean): void {
    this.store.setState({ playing });
    this.#decideFrames();
  }

  setSpeed(speed: number): void {
    this.store.setState({ speed });
    this.frames.request();
  }

  /** Says whether anyone can see the page; unseen, no time passes. */
  setShown(shown: boolean): void {
    this.#shown = shown;
    this.#decideFrames();
  }

  select(selection: Selection | undefined): void {
    this.store.setState(selection?.kind === "exchange" ? { selection, route: selection.id } : { selection });
    this.frames.request();
  }

  /** Takes the route of the last request from the picture. */
  readonly clearRoute = (): void => this.store.setState({ route: undefined });

  setView(change: Partial<ViewOptions>): void {
    this.store.setState((state) => ({ view: { ...state.view, ...change } }));
    this.frames.request();
  }

  setDraft(change: Partial<Draft>): void {
    this.store.setState((state) => ({ draft: { ...state.draft, ...change } }));
  }

  /** Forgets what was selected and drafted in another scenario; what was typed by hand stays, for as long as it can be meant. */
  freshDraft(): void {
    this.store.setState(({ draft }) => ({
      selection: undefined,
      draft: { ...draft, from: undefined, target: draft.target?.typed === true ? draft.target : undefined },
    }));
  }

  /** Says what the visitor points at, for every panel to light what belongs to it. */
  point(lit: Lit | undefined): void {
    if (lit !== this.store.getState().lit) this.store.setState({ lit });
  }

  /** Ends what a panel pointed at; what another one points at by now stays. */
  unpoint(by: Lit["by"]): void {
    if (this.store.getState().lit?.by === by) this.store.setState({ lit: undefined });
  }

  /** Counts the connections of every endpoint from 0 again. */
  resetCounts(): void {
    this.store.getState().world.trace.resetCounts();
    this.store.setState({ counts: new Map() });
  }

  /** Shows a field in the text of the editor. */
  reveal(field: FieldAt): void {
    this.store.setState({ asked: { id: ++this.#asked, field } });
  }

  /** Opens the menu of faults, or closes it. */
  readonly setBreaking = (breaking: Breaking | undefined): void => this.store.setState({ breaking });

  /** Opens the sheet in which an object is changed, or closes it. */
  readonly setChanging = (changing: AppState["changing"]): void => this.store.setState({ changing });

  notify(tone: "info" | "error", text: string, offer?: Offer): void {
    this.store.setState({ notice: { id: ++this.#notices, tone, text, ...(offer === undefined ? {} : { offer }) } });
  }

  /** Does something that may need a part of the page still to be loaded. When that does not come, the visitor is informed and may retry. */
  async attempt(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof PartError)) throw error;
      const { text } = await explainFailure(error);
      this.notify("error", `${error.message} ${text}`, { name: W.retry, act: () => void this.attempt(work) });
    }
  }

  /** Loads the page again, from the server, and continues there with this run. */
  readonly reload = (): void => {
    const { run } = this.store.getState();
    leave({ scenario: this.scenarioOf(), at: run.world.clock.now });
    location.reload();
  };

  readonly dismissNotice = (): void => this.store.setState({ notice: undefined });

  /** Hands what changed in the run to the panels, now instead of with the next frame. */
  flush(): void {
    this.#publish();
    this.frames.request();
  }

  /** Stops frames and watches for good. */
  dispose(): void {
    this.frames.setRunning(false);
    this.#unfollow();
    this.#watch.stop();
  }

  /** Shows what is broken and what traffic runs as the engine has it, whoever did it. */
  #follow(world: World): () => void {
    const stops = [
      world.faults.changed.on(() => this.store.setState(({ world }) => brokenIn(world))),
      world.trafficChanged.on(() => this.store.setState(({ world }) => ({ traffic: trafficOf(world) }))),
      world.settingsChanged.on(() => this.store.setState({})), // selectors look again
      onAsked(world.trace, (route) => this.store.setState({ route })),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }

  #beginning(from: From, text: string): Beginning {
    return { original: text, ...from, id: ++this.#beginnings, text };
  }

  #decideFrames(): void {
    this.frames.setRunning(this.store.getState().playing && this.#shown);
  }

  #advance(ms: number): void {
    try {
      const until = this.#now() + FRAME_WORK_MS;
      const hasTime = () => this.#now() <= until;
      const far = this.hold.limit(ms, this.store.getState().world.clock.now);
      if (this.#past !== undefined) this.#past.play(far, ACTIONS_A_FRAME, hasTime);
      else goOn(this.store.getState().run, far, { mostActions: ACTIONS_A_FRAME, hasTime });
      if (this.hold.isReached(this.store.getState().world.clock.now)) this.setPlaying(false);
    } catch (error) {
      this.setPlaying(false);
      this.notify("error", W.stopped(error instanceof Error ? error.message : String(error)));
      reportError(error);
    }
  }

  #frame(dt: number): number {
    const state = this.store.getState();
    if (state.playing && this.#shown && dt > 0) this.#advance(dt * state.speed);
    const until = this.#now() + SEEK_MS;
    this.#past?.work(() => this.#now() < until);
    if (this.#past?.progress !== undefined) this.frames.request();
    else if (this.#past !== undefined && (!state.playing || state.speed <= SPARING)) this.#ahead?.request();
    const changed = this.#publish();
    const { run, world, speed } = this.store.getState();
    if (this.#past?.progress !== undefined) return 0;
    return this.#rest.pause(world, changed, { due: run.nextAt, speed });
  }

  #goTo(position: Position | undefined): boolean {
    if (position !== undefined) this.seek(position.time, position.actions);
    return position !== undefined;
  }

  #announceFork(): void {
    const { branch, branches } = this.store.getState();
    const name = branches.find(({ id }) => id === branch)?.name ?? "";
    this.notify("info", W.branch(name));
  }

  #pastOf(Made: typeof Past, run: Run): Past {
    const past: Past = new Made(run, (run) => {
      if (past !== this.#past) return;
      this.#look(run);
      const counts = run.journal.takeCounts(new Map(), true);
      const shown = { run, world: run.world, objects: this.#watch.take(), counts, log: run.journal.takeLog() };
      this.store.setState({ ...shown, traffic: trafficOf(run.world), ...brokenIn(run.world), ...past.state });
    });
    this.store.setState(past.state);
    return past;
  }

  /** Watches another run in place of the previous one. */
  #look({ world }: Run): void {
    this.#watch.stop();
    this.#unfollow();
    this.#watch = watchObjects(world.api, world.api.kinds.all.map(resourceName));
    this.#unfollow = this.#follow(world);
  }

  /** Gives the panels what changed in the run, if anything did. */
  #publish(): boolean {
    const state = this.store.getState();
    state.run.transcript.tick();
    const objects = this.#watch.take();
    const log = state.run.journal.takeLog();
    const counts = state.run.journal.takeCounts(state.counts);
    if (objects === state.objects && log === state.log && counts === state.counts) return false;
    this.store.setState({ objects, log, counts });
    return true;
  }
}
