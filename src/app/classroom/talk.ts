// What a speaker goes through with two keys: a lesson, whose solution is done press by press, or a deck of moments.
import { type Doing, doingText, type LessonRun, plainText } from "../../lessons/index.ts";
import { W } from "../../words/en/talk.ts";
import type { Playground } from "../store/playground.ts";
import { doDoing } from "../ui/doDoing.ts";
import { type KeptMoment, showMoment } from "./deck.ts";

/** What the room and the speaker see of where a talk is. */
export interface Slide {
  readonly title: string;
  /** For the room: what to expect or to do. */
  readonly text: string;
  /** Place, from 1, and how many there are. */
  readonly at: number;
  readonly of: number;
  /** For the speaker. */
  readonly notes: readonly string[];
  /** What the next press does. */
  readonly next: string;
}

/** What is next while presses wait: the room sees it too. */
export const WAITING = W.waiting;

/** Something to go through. */
export interface Talk {
  /** Whether the stops of a packet come first. */
  readonly hasStops: boolean;
  readonly slide: Slide;
  /** Goes on; what it needs may have to be loaded first. */
  next(): Promise<void>;
  previous(): void;
  /** Called now and then. */
  look(): void;
  /** Nobody goes through it any more. */
  end(): void;
}

/** Virtual milliseconds a real one while nothing but time is missing. */
const FAST = 10;
/** Virtual milliseconds after which a step that is not done may be left. */
const PATIENCE_MS = 90_000;

/** Whether the packet on the picture still has stops ahead, or behind. Then the keys belong to it. */
export function hasStops({ store }: Playground, direction: "ahead" | "behind"): boolean {
  const { route, world } = store.getState();
  const exchange = route === undefined ? undefined : world.trace.exchange(route);
  if (exchange === undefined) return false;
  return direction === "ahead" ? exchange.outcome.kind === "pending" : world.clock.now > exchange.startedAt;
}

/** A lesson that is shown: each press does the next thing of its solution, and goes to the next step when its checks are met. Spec: [TALK-1]. */
export class LessonTalk implements Talk {
  readonly hasStops = true;
  readonly #playground: Playground;
  readonly #course: LessonRun;
  #at = -1;
  /** How many things of the step's solution were done. */
  #done = 0;
  /** Until when time passes quickly, and how it passed before. */
  #wait: { readonly until: number; readonly speed: number; readonly untilMet: boolean } | undefined;
  /** The routes on the picture: before the last thing was done, and the first since. */
  #routes: { readonly before: number | undefined; readonly first?: number } = { before: undefined };
  #hasWaited = false;
  /** When steps began, in virtual milliseconds. */
  readonly #began = new Map<number, number>();

  constructor(playground: Playground, course: LessonRun) {
    this.#playground = playground;
    this.#course = course;
    this.#arrive();
  }

  get slide(): Slide {
    const { step, at, lesson } = this.#course;
    const { predict, taskText } = step;
    const asks = predict === undefined ? [] : [this.#prediction()];
    const task = taskText === undefined ? [] : [plainText(taskText)];
    const body = [...(at === 0 ? lesson.intro : []), ...step.body].flatMap((block) => {
      if (block.kind === "code") return [block.text];
      return block.kind === "list" ? block.items.map(plainText) : [plainText(block.children)];
    });
    return {
      title: step.title,
      text: [...asks, ...task][0] ?? body.at(-1) ?? "",
      at: at + 1,
      of: lesson.steps.length,
      notes: [
        ...body,
        ...asks,
        ...task,
        ...(predict === undefined ? [] : [W.afterwards(predict.because.replaceAll("`", ""))]),
      ],
      next: this.#following(),
    };
  }

  async next(): Promise<void> {
    const { store } = this.#playground;
    this.#arrive();
    if (store.getState().past) return this.#forward();
    const { run } = store.getState();
    this.look();
    if (this.#wait !== undefined || run.transcript.busy) {
      this.#playground.setPlaying(true);
      return undefined;
    }
    const doing = this.#course.step.solution?.[this.#done];
    if (this.#course.checks(run).met && !isWait(doing)) {
      if (!this.#course.next(run)) return undefined;
      this.#playground.clearRoute(); // its story belongs to the step before
      this.#arrive();
      return undefined;
    }
    if (doing === undefined) {
      if (this.#hasWaited) this.#goTo(this.#course.at + 1);
      else this.#hurry(PATIENCE_MS, true);
      this.#hasWaited = true;
      return undefined;
    }
    this.#done++;
    this.#playground.setPlaying(true);
    if (isWait(doing)) {
      this.#hurry(doing.wait, false);
      return undefined;
    }
    this.#routes = { before: store.getState().route };
    await doDoing(this.#playground, this.#course, doing);
    // A prediction is not seen; what shows whether it is right comes with the same press.
    if (typeof doing !== "string" && "predict" in doing) return this.next();
    return undefined;
  }

  previous(): void {
    this.end();
    this.#arrive();
    const { now } = this.#playground.store.getState().world.clock;
    const began = this.#began.get(this.#course.at) ?? 0;
    const to = now > began + 1 ? this.#course.at : this.#course.at - 1;
    const time = this.#began.get(to);
    if (to < 0) return;
    this.#playground.clearRoute();
    if (time !== undefined) this.#playground.seek(time);
    if (to !== this.#course.at) this.#goTo(to);
  }

  look(): void {
    this.#runOn();
    if (this.#wait === undefined) return;
    const { run } = this.#playground.store.getState();
    const { until, untilMet } = this.#wait;
    if (run.world.clock.now >= until || (untilMet && this.#course.checks(run).met)) this.end();
  }

  /** Of several requests of one command the first is shown stop by stop; the others run on. */
  #runOn(): void {
    const { route } = this.#playground.store.getState();
    const { before, first } = this.#routes;
    if (route === undefined || route === before || route === first) return;
    if (first === undefined) this.#routes = { before, first: route };
    else this.#playground.clearRoute();
  }

  end(): void {
    if (this.#wait !== undefined) this.#playground.setSpeed(this.#wait.speed);
    this.#wait = undefined;
  }

  /** Lets time pass quickly, as long as it takes. */
  #hurry(ms: number, untilMet: boolean): void {
    const { world, speed } = this.#playground.store.getState();
    this.#wait = { until: world.clock.now + ms, speed, untilMet };
    this.#playground.setSpeed(Math.max(speed, FAST));
    this.#playground.setPlaying(true);
  }

  /** Through what was shown already: to where the next step began, and to now after the last. */
  #forward(): void {
    const to = this.#course.at + 1;
    const time = this.#began.get(to);
    this.#playground.clearRoute();
    if (time === undefined || this.#course.isLast) {
      this.#playground.toNow();
      this.#playground.setPlaying(true);
      return;
    }
    this.#playground.seek(time);
    this.#goTo(to);
  }

  #goTo(step: number): void {
    this.#course.goTo(step, this.#playground.store.getState().run);
    this.#arrive();
  }

  #arrive(): void {
    const { at } = this.#course;
    if (at === this.#at) return;
    this.#at = at;
    this.#done = 0;
    this.#hasWaited = false;
    if (!this.#began.has(at)) this.#began.set(at, this.#playground.store.getState().world.clock.now);
  }

  #prediction(): string {
    const state = this.#course.prediction(this.#playground.store.getState().run);
    if (state === undefined) return "";
    const choices = state.choices.map((choice, at) => `${String.fromCharCode(65 + at)}: ${choice}`);
    return [plainText(state.question), ...choices].join(" · ");
  }

  #following(): string {
    const { run, past } = this.#playground.store.getState();
    if (past) return W.back;
    if (this.#wait !== undefined || run.transcript.busy) return WAITING;
    if (this.#course.checks(run).met && !isWait(this.#course.step.solution?.[this.#done]))
      return this.#course.isLast ? W.done : W.nextStep(this.#course.lesson.steps[this.#course.at + 1]?.title ?? "");
    const solution = this.#course.at === this.#at ? (this.#course.step.solution ?? []).slice(this.#done) : [];
    const doing = solution.find((each) => typeof each === "string" || !("predict" in each));
    if (doing !== undefined) return doingText(doing);
    return this.#course.checks(run).missing.join(" ");
  }
}

function isWait(doing: Doing | undefined): doing is { readonly wait: number } {
  return typeof doing === "object" && "wait" in doing;
}

/** A deck of moments: each press shows the next one, in the presenter's order. Spec: [TALK-2]. */
export class DeckTalk implements Talk {
  readonly hasStops = false;
  readonly #playground: Playground;
  readonly #deck: readonly KeptMoment[];
  #at: number;

  /** @param at - the moment that is shown, from 0; -1 before the first. */
  constructor(playground: Playground, deck: readonly KeptMoment[], at = -1) {
    this.#playground = playground;
    this.#deck = deck;
    this.#at = Math.min(at, deck.length - 1);
  }

  get at(): number {
    return this.#at;
  }

  get slide(): Slide {
    const caption = this.#deck[this.#at]?.text ?? "";
    const next = this.#deck[this.#at + 1];
    return {
      title: caption,
      text: "",
      at: this.#at + 1,
      of: this.#deck.length,
      notes: [caption],
      next: next === undefined ? W.last : next.text,
    };
  }

  async next(): Promise<void> {
    this.#show(this.#at + 1);
  }

  previous(): void {
    this.#show(this.#at - 1);
  }

  look(): void {
    // Moments stand still.
  }

  end(): void {
    // Nothing goes on by itself.
  }

  #show(at: number): void {
    const moment = this.#deck[at];
    if (moment === undefined) return;
    this.#at = at;
    showMoment(this.#playground, moment);
  }
}
