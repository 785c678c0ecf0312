// Asks about one exchange where its packet goes next, lets it move once someone chose, and says what happened.
import { Emitter, type Hop, type World } from "../../../cluster/index.ts";
import type { Playground } from "../../store/playground.ts";
import { type Actual, actualOf, answerQuestion, explained, type Question, questionOf } from "./questions.ts";

/** What is asked, and what came out. */
export interface Asked {
  readonly question: Question;
  /** Undefined while the packet waits for a choice. */
  readonly chosen: number | undefined;
  /** Undefined until the packet has moved. */
  readonly told:
    | {
        /** Which choice was right; -1 for none of them. */
        readonly right: number;
        readonly explanation: string;
      }
    | undefined;
}

const LEAVES_AFTER_FRAMES = 8;

/** The moved packet is shown just before it arrives. */
const BEFORE_MS = 1;

export class Predictor {
  readonly #playground: Playground;
  readonly #exchange: number;
  readonly #origin: object;
  readonly changed = new Emitter<void>();
  #unfollow: () => void;
  #hop: Hop | undefined;
  /** What was asked about this exchange: once about the request, once about its answer. */
  readonly #done = new Set<"request" | "reply">();
  #asked: Asked | undefined;
  /** For how many more frames an answered question stays: the next one may come at once. */
  #leaving = 0;

  /** @param fail - called when looking fails, for the component to fail. */
  constructor(playground: Playground, exchange: number, fail: (error: unknown) => void) {
    this.#playground = playground;
    this.#exchange = exchange;
    this.#origin = playground.store.getState().run.origin;
    this.#unfollow = playground.frames.on(() => this.#look(), fail);
    this.#look();
    // Sending holds time until someone is there to ask.
    if (this.#asked === undefined) this.#release();
  }

  readonly get = (): Asked | undefined => this.#asked;

  choose(choice: number): void {
    if (this.#asked === undefined || this.#asked.chosen !== undefined) return;
    this.#asked = { ...this.#asked, chosen: choice };
    this.#release();
    this.changed.emit();
  }

  /** Lets the packet go on, to the question about its answer where there is one. */
  goOn(): void {
    if (this.#asked === undefined) return;
    this.#leaving = LEAVES_AFTER_FRAMES;
    this.#release();
  }

  /** Lets the exchange run; what is not answered does not count. */
  skip(): void {
    this.#done.add("reply");
    this.#asked = undefined;
    this.#release();
    this.changed.emit();
  }

  dispose(): void {
    this.#unfollow();
    this.#unfollow = () => undefined;
    this.#asked = undefined;
    this.#playground.hold.at = undefined;
  }

  #release(): void {
    this.#playground.hold.at = undefined;
    this.#playground.setPlaying(true);
  }

  #look(): void {
    const { world, run, past, playing } = this.#playground.store.getState();
    if (past || run.origin !== this.#origin) {
      this.dispose();
      this.changed.emit();
      return;
    }
    const asked = this.#asked;
    if (asked === undefined) this.#ask(world);
    else if (this.#leaving > 0) this.#leave(asked, world);
    else if (asked.chosen === undefined || asked.told !== undefined) {
      if (playing) this.skip(); // by Play, or Space
    } else {
      if (!playing) this.#playground.setPlaying(true); // the narration of a presenter pauses, too
      this.#follow(asked, world);
    }
  }

  #leave(asked: Asked, world: World): void {
    this.#ask(world);
    if (this.#asked !== asked || --this.#leaving > 0) return;
    this.#asked = undefined;
    this.changed.emit();
  }

  /** Asks while the packet is on its way to a Node. */
  #ask(world: World): void {
    const exchange = world.trace.exchange(this.#exchange);
    if (exchange === undefined || exchange.outcome.kind !== "pending") return;
    const packet = exchange.packets.flatMap((id) => world.trace.packet(id) ?? []).at(-1);
    const hop = packet?.hops.at(-1);
    if (packet === undefined || hop === undefined || hop.to.kind !== "node" || world.clock.now >= hop.arrivesAt) return;
    const { kind } = packet;
    if ((kind !== "request" && kind !== "reply") || this.#done.has(kind)) return;
    const question = kind === "request" ? questionOf(world, hop, this.#exchange) : this.#aboutAnswer(world, hop);
    if (question === undefined) return;
    this.#done.add(kind);
    this.#hop = hop;
    this.#leaving = 0;
    this.#asked = { question, chosen: undefined, told: undefined };
    this.#playground.hold.at = undefined;
    this.#playground.setPlaying(false);
    this.changed.emit();
  }

  #aboutAnswer({ trace }: World, hop: Hop): Question | undefined {
    const packets = trace.exchange(this.#exchange)?.packets.flatMap((id) => trace.packet(id) ?? []) ?? [];
    const request = packets.findLast(({ kind }) => kind === "request");
    return answerQuestion(request?.hops ?? [], hop, this.#exchange);
  }

  #follow(asked: Asked, world: World): void {
    const actual = this.#hop && actualOf(world.trace, this.#hop);
    if (actual === undefined) return;
    const arrives = actual.kind === "goes" ? actual.hop.arrivesAt - BEFORE_MS : world.clock.now;
    this.#playground.hold.at = arrives;
    if (world.clock.now < arrives) return;
    this.#playground.hold.at = undefined;
    this.#playground.setPlaying(false);
    this.#tell(asked, actual);
  }

  #tell(asked: Asked, actual: Actual): void {
    const right = asked.question.choices.findIndex(({ holds }) => holds(actual));
    this.#asked = { ...asked, told: { right, explanation: explained(actual) } };
    const { view } = this.#playground.store.getState();
    const { right: score = 0, of = 0 } = view.predicted ?? {};
    if (right >= 0)
      this.#playground.setView({ predicted: { right: score + Number(right === asked.chosen), of: of + 1 } });
    this.changed.emit();
  }
}
