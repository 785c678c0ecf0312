// Where the playhead is in a route's story, and the way from stop to stop: through time, as with the timeline.
import { Emitter, type Trace } from "../../../cluster/index.ts";
import type { Playground } from "../../store/playground.ts";
import { readSetting, writeSetting } from "../../ui/storage.ts";
import { FOLLOW, isFollowed } from "../send.ts";
import type { Story } from "./stop.ts";
import { storyOf, type TimeOf } from "./story.ts";

/** Times of stops are compared in virtual milliseconds; they are sums of parts. */
const SAME_MS = 0.01;

/** What is shown now. */
export interface Telling {
  readonly story: Story | undefined;
  /** Index of the stop at which the playhead is; -1 before the first. */
  readonly at: number;
  /** Virtual time of the playhead when this was shown. */
  readonly now: number;
  /** Whether time pauses at each stop. */
  readonly follow: boolean;
  /** Whether this is the first story of a visitor, who learns how to let it run on. */
  readonly first: boolean;
}

const NOTHING: Telling = { story: undefined, at: -1, now: 0, follow: false, first: false };

/** Tells the story of one exchange after the other. A frame is its only clock. */
export class Narrator {
  readonly #playground: Playground;
  /** Tells that the telling is another. */
  readonly changed = new Emitter<void>();
  readonly #stop: () => void;
  #unhear: () => void = () => undefined;
  #heard: Trace | undefined;
  #exchange = -1;
  #timeOf: TimeOf | undefined;
  #dirty = true;
  #story: Story | undefined;
  /** Whether the next stop pauses without "Follow". */
  #once = false;
  /** The stop that was gone to among several of one time. */
  #pinned: { readonly at: number; readonly index: number } | undefined;
  #reached = -1;
  /** The length of the log when this paused time; undefined while it does not. */
  #held: number | undefined;
  #telling: Telling = NOTHING;

  /** @param fail - called when looking fails, for the component to fail. */
  constructor(playground: Playground, fail: (error: unknown) => void) {
    this.#playground = playground;
    const state = playground.store.getState();
    const follow = isFollowed(state) && state.view.predict !== true; // then the question holds time
    this.#telling = { ...NOTHING, follow, first: follow && readSetting(FOLLOW) === undefined };
    this.#stop = playground.frames.on(() => this.#look(), fail);
  }

  readonly get = (): Telling => this.#telling;

  /** Stops listening. Where the route was taken away the story is over; else another one continues, in a picture of another shape. */
  dispose(): void {
    this.#stop();
    this.#unhear();
    if (this.#playground.store.getState().route !== undefined) return;
    this.#playground.hold.at = undefined;
    if (this.#telling.first) this.#settled();
    if (this.#held !== undefined) this.#playground.setPlaying(true);
  }

  /** Tells the story of another exchange, its stops at the times at which the picture shows them. */
  tell(exchange: number, timeOf: TimeOf | undefined): void {
    if (exchange !== this.#exchange) {
      this.#reached = -1;
      this.#pinned = undefined;
      this.#once = false;
    }
    this.#exchange = exchange;
    this.#timeOf = timeOf;
    this.#dirty = true;
    this.#look();
  }

  /** Goes to the stop before; with several at one time only the strip changes. */
  previous(): void {
    const { at } = this.#telling;
    if (at > 0) this.#goTo(at - 1);
  }

  /** Goes to the next stop: through the past, or by letting time run until the packet is there. */
  next(): void {
    const { story, at } = this.#telling;
    if (story === undefined || this.isOver) return;
    const next = story.stops[at + 1];
    if (next !== undefined && next.at <= this.#playground.now + SAME_MS) {
      this.#goTo(at + 1);
      return;
    }
    this.#once = true;
    if (this.#playground.store.getState().past) this.#playground.toNow();
    this.#held = undefined;
    this.#playground.setPlaying(true);
    this.#look();
  }

  /** Whether the last stop of a request that has ended is shown. */
  get isOver(): boolean {
    const { story, at } = this.#telling;
    return story === undefined || (story.exchange.outcome.kind !== "pending" && at >= story.stops.length - 1);
  }

  /** Pauses at each stop from now on, or no more; what was paused for it runs on. */
  follow(follow: boolean): void {
    this.#remember(follow);
    this.#tell({ follow, first: false });
    if (follow) return;
    this.#playground.hold.at = undefined;
    this.#release();
  }

  /** Whoever presented does no more: what was paused for it runs on. */
  presented(): void {
    if (this.#telling.follow) return;
    this.#playground.hold.at = undefined;
    this.#release();
  }

  /** A presenter goes from stop to stop, whatever they want at other times. */
  get #isPresented(): boolean {
    return this.#playground.store.getState().view.presenting;
  }

  /** In the browser, and on this page, which may be one without storage. */
  #remember(follow: boolean): void {
    writeSetting(FOLLOW, follow ? "on" : "off");
    this.#playground.setView({ narrated: follow });
  }

  #release(): void {
    if (this.#held === undefined) return;
    this.#held = undefined;
    this.#playground.setPlaying(true);
  }

  /** A visitor has seen one story: later ones run on unless they want to follow. */
  #settled(): void {
    this.#remember(false);
    this.#tell({ follow: false, first: false });
  }

  #goTo(index: number): void {
    const stop = this.#telling.story?.stops[index];
    if (stop === undefined) return;
    this.#pinned = { at: stop.at, index };
    this.#reached = index;
    const { now } = this.#playground.store.getState().world.clock;
    if (Math.abs(stop.at - now) <= SAME_MS) this.#look();
    else if (stop.at >= this.#playground.now - SAME_MS) this.#playground.toNow();
    else this.#playground.seek(stop.at);
  }

  #look(): void {
    const playground = this.#playground;
    this.#hear(playground.head.world.trace);
    if (this.#dirty) {
      this.#story = storyOf(this.#exchange, playground.head.world.trace, this.#timeOf);
      this.#dirty = false;
    }
    const { run, world, playing } = playground.store.getState();
    const { now } = world.clock;
    const at = this.#indexAt(now);
    this.#pauseWhereDue(at, now, playing);
    this.#letGo(run.log.length);
    const before = this.#telling;
    const moved = this.#moves(before.now, now);
    if (this.#story !== before.story || at !== before.at || moved) this.#tell({ story: this.#story, at, now });
  }

  /** Whether hops set out or arrive between two times, either way. */
  #moves(before: number, now: number): boolean {
    const [from, to] = before < now ? [before, now] : [now, before];
    const between = (time: number) => time > from && time <= to;
    return this.#story?.hops.some((hop) => between(hop.sentAt) || between(hop.arrivesAt)) ?? false;
  }

  #indexAt(now: number): number {
    const stops = this.#story?.stops ?? [];
    const pinned = this.#pinned;
    if (pinned !== undefined && Math.abs(pinned.at - now) <= SAME_MS) return Math.min(pinned.index, stops.length - 1);
    return stops.findLastIndex((stop) => stop.at <= now + SAME_MS);
  }

  /** Sets where time is to pause next, and pauses at an unforeseen stop. */
  #pauseWhereDue(at: number, now: number, playing: boolean): void {
    const { first } = this.#telling;
    const follow = this.#telling.follow || this.#isPresented;
    const stops = this.#story?.stops ?? [];
    const isNew = at > this.#reached;
    this.#reached = Math.max(this.#reached, at);
    const isEnd = this.#story?.exchange.outcome.kind !== "pending" && at >= stops.length - 1;
    if (isNew && isEnd && first) this.#settled();
    if (!follow && !this.#once) return;
    const next = stops.find((stop) => stop.at > now + SAME_MS);
    if (isNew && !isEnd) {
      this.#once = false;
      this.#playground.hold.at = undefined;
      this.#held = this.#playground.store.getState().run.log.length;
      if (playing) this.#playground.setPlaying(false);
    } else if (playing) this.#playground.hold.at = next?.at;
  }

  /** Whatever else the visitor does at a pause lets time run on: nothing that they start may seem to be dead. */
  #letGo(actions: number): void {
    if (this.#held === undefined) return;
    if (this.#playground.store.getState().playing) this.#held = undefined;
    else if (actions > this.#held && !this.#playground.store.getState().past) {
      if (this.#isPresented) this.#release();
      else this.follow(false);
    }
  }

  /** Follows the exchange, and those that it leads to. */
  #hear(trace: Trace): void {
    if (trace === this.#heard) return;
    this.#heard = trace;
    this.#unhear();
    this.#dirty = true;
    this.#unhear = trace.news.on((news) => {
      const id = "hop" in news ? news.packet.exchange : news.exchange.id;
      if (this.#isKin(id, trace)) this.#dirty = true;
    });
  }

  #isKin(id: number, trace: Trace): boolean {
    for (let each: number | undefined = id; each !== undefined; each = trace.exchange(each)?.parent)
      if (each === this.#exchange) return true;
    return false;
  }

  #tell(change: Partial<Telling>): void {
    this.#telling = { ...this.#telling, ...change };
    this.changed.emit();
  }
}
