// The one store of the page and its one gateway: panels read the state and call `run`.
import { createStore, type StoreApi } from "zustand/vanilla";
import { RESOURCES, resourceName } from "../../cluster/index.ts";
import type { Scenario, SharedSettings } from "../../scenario/index.ts";
import { Doors } from "./doors.ts";
import { type FrameSource, Frames } from "./frames.ts";
import { type Journal, keepJournal } from "./journal.ts";
import type { FieldAt, Lit } from "./lit.ts";
import { type ObjectsWatch, watchObjects } from "./objects.ts";
import { type Action, type ActionResult, loadIngress, openRun, type Run } from "./run.ts";
import {
  type AppState,
  type Breaking,
  brokenIn,
  type Draft,
  initialState,
  type Selection,
  trafficOf,
  type ViewOptions,
} from "./state.ts";

/** Actions of a log that is replayed which one frame performs: a link may bring thousands for one instant. */
const ACTIONS_A_FRAME = 20;

/** A run with its store, its frames and its gateway. */
export class Playground {
  readonly store: StoreApi<AppState>;
  readonly frames: Frames;
  readonly doors = new Doors();
  #watch: ObjectsWatch;
  #journal: Journal;
  #unfollow: () => void;
  #shown = true;
  #notices = 0;
  #opened = 0;
  #asked = 0;

  constructor(session: Run, source: FrameSource) {
    this.#watch = watchObjects(session.cluster.api, RESOURCES.map(resourceName));
    this.#journal = keepJournal(session.cluster.trace, () => session.cluster.clock.now);
    this.store = createStore(() => initialState(session, this.#watch.take()));
    this.#unfollow = this.#follow(session);
    this.frames = new Frames(source, (dt) => this.#frame(dt));
    this.frames.setRunning(true);
  }

  /** Does one action to the world. A refusal becomes a notice, in the API server's words, beside being in the result. */
  run(action: Action): ActionResult {
    const result = this.store.getState().session.perform(action);
    if (result.error !== undefined) this.notify("error", result.error);
    this.flush();
    return result;
  }

  /** Changes settings that stand otherwise; the ingress controller is loaded before it is switched on. */
  async configure(settings: Partial<SharedSettings>): Promise<void> {
    const { session } = this.store.getState();
    if (settings.ingress === true) session.cluster.attach(await loadIngress());
    if (session !== this.store.getState().session) return;
    const now = session.cluster.settings;
    const changed = Object.fromEntries(
      Object.entries(settings).filter(([name, value]) => now[name as keyof SharedSettings] !== value), // its own keys
    );
    if (Object.keys(changed).length > 0) this.run({ kind: "configure", settings: changed });
  }

  /** Begins a scenario in the place of what runs now, once the parts that it needs are loaded. The last one asked for wins. */
  async open(scenario: Scenario): Promise<void> {
    const asked = ++this.#opened;
    const run = await openRun(scenario);
    if (asked === this.#opened) this.replace(run);
  }

  /** Puts another run in the place of this one. */
  replace(session: Run): void {
    this.#watch.stop();
    this.#journal.stop();
    this.#unfollow();
    this.#watch = watchObjects(session.cluster.api, RESOURCES.map(resourceName));
    this.#journal = keepJournal(session.cluster.trace, () => session.cluster.clock.now);
    const { view, playing, speed } = this.store.getState();
    this.store.setState({ ...initialState(session, this.#watch.take()), view, playing, speed });
    this.#unfollow = this.#follow(session);
    this.frames.request();
  }

  setPlaying(playing: boolean): void {
    this.store.setState({ playing });
    this.#decideFrames();
  }

  setSpeed(speed: number): void {
    this.store.setState({ speed });
  }

  /** Runs the next event and pauses. */
  step(): void {
    this.setPlaying(false);
    this.store.getState().session.step();
    this.flush();
  }

  /** Says whether anybody can see the page; unseen, no time passes. */
  setShown(shown: boolean): void {
    this.#shown = shown;
    this.#decideFrames();
  }

  select(selection: Selection | undefined): void {
    this.store.setState({ selection });
    this.frames.request();
  }

  setView(change: Partial<ViewOptions>): void {
    this.store.setState((state) => ({ view: { ...state.view, ...change } }));
    this.frames.request();
  }

  setDraft(change: Partial<Draft>): void {
    this.store.setState((state) => ({ draft: { ...state.draft, ...change } }));
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
    this.store.getState().session.cluster.trace.resetCounts();
    this.store.setState({ counts: new Map() });
  }

  /** Shows a field in the text of the editor. */
  reveal(field: FieldAt): void {
    this.store.setState({ asked: { id: ++this.#asked, field } });
  }

  /** Opens the menu of faults, or closes it. */
  setBreaking(breaking: Breaking | undefined): void {
    this.store.setState({ breaking });
  }

  notify(tone: "info" | "error", text: string): void {
    this.store.setState({ notice: { id: ++this.#notices, tone, text } });
  }

  dismissNotice(): void {
    this.store.setState({ notice: undefined });
  }

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
    this.#journal.stop();
  }

  /** Shows what is broken and what traffic runs as the engine has it, whoever did it. */
  #follow({ cluster }: Run): () => void {
    const stops = [
      cluster.faults.changed.on(() => this.store.setState(({ session }) => brokenIn(session))),
      cluster.trafficChanged.on(() => this.store.setState(({ session }) => ({ traffic: trafficOf(session) }))),
      cluster.settingsChanged.on(() => this.store.setState({})), // selectors look again
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }

  #decideFrames(): void {
    this.frames.setRunning(this.store.getState().playing && this.#shown);
  }

  #advance(ms: number): void {
    try {
      this.store.getState().session.advance(ms, ACTIONS_A_FRAME);
    } catch (error) {
      this.setPlaying(false);
      this.notify("error", `The simulation stopped: ${error instanceof Error ? error.message : String(error)}`);
      reportError(error);
    }
  }

  #frame(dt: number): void {
    const state = this.store.getState();
    if (state.playing && this.#shown && dt > 0) this.#advance(dt * state.speed);
    this.#publish();
  }

  /** Gives the panels what changed in the run. */
  #publish(): void {
    const state = this.store.getState();
    state.session.transcript.tick();
    const objects = this.#watch.take();
    const log = this.#journal.takeLog();
    const counts = this.#journal.takeCounts(state.counts);
    if (objects !== state.objects || log !== state.log || counts !== state.counts)
      this.store.setState({ objects, log, counts });
  }
}
