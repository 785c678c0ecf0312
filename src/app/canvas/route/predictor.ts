// Asks about one exchange where its packet goes next, lets it move once someone chose, and says what happened.
import { Emitter, type Hop, type World } from "../../../cluster/index.ts";
import type { Playground } from "../../store/playground.ts";
import { type Actual, actualOf, explained, type Question, questionOf } from "./questions.ts";

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

/** The moved packet is shown just before it arrives. */
const BEFORE_MS = 1;

export class Predictor {
  readonly #playground: Playground;
  readonly #exchange: number;
  readonly #origin: object;
  readonly changed = new Emitter<void>();
  #unfollow: () => void;
  #hop: Hop | undefined;
  #asked: Asked | undefined;

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

  /** Lets the packet go on; without a choice the question does not count. */
  goOn(): void {
    if (this.#asked === undefined) return;
    this.#release();
    this.dispose();
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
    else if (asked.chosen === undefined || asked.told !== undefined) {
      if (playing) this.goOn(); // by Play, or Space
    } else this.#follow(asked, world);
  }

  /** Asks while the packet is on its way to a Node. */
  #ask(world: World): void {
    const exchange = world.trace.exchange(this.#exchange);
    if (exchange === undefined || exchange.outcome.kind !== "pending") return;
    const hop = exchange.packets.flatMap((id) => world.trace.packet(id)?.hops ?? []).at(-1);
    if (hop === undefined || hop.to.kind !== "node" || world.clock.now >= hop.arrivesAt) return;
    if (world.trace.packet(hop.packet)?.kind !== "request") return;
    const question = questionOf(world, hop, this.#exchange);
    if (question === undefined) return;
    this.#hop = hop;
    this.#asked = { question, chosen: undefined, told: undefined };
    this.#playground.hold.at = undefined;
    this.#playground.setPlaying(false);
    this.changed.emit();
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
