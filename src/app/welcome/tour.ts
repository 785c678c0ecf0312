// "Show me": one request and one killed pod in three stops, each of which holds until the visitor goes on.
import { Emitter, type Exchange, type Hop, LabelServiceName, makeKey, type World } from "../../cluster/index.ts";
import { formatElapsed } from "../../scenario/index.ts";
import { W } from "../../words/en/tour.ts";
import { EXAMPLES, scenarioOf } from "../examples/index.ts";
import type { Playground } from "../store/playground.ts";
import { drafted } from "../store/request.ts";

export const STOPS = 3;

/** What is shown of the tour. */
export interface Tell {
  /** From 1. */
  readonly stop: number;
  readonly sentence: string;
  /** Whether time waits at the stop for the visitor. */
  readonly holds: boolean;
}

/** Nobody waits longer for a new endpoint, in virtual milliseconds. */
const PATIENCE_MS = 20_000;

/** A packet is shown just before it arrives, as what it leads to sets out in the same moment. */
const BEFORE_MS = 1;

/** A pod that was killed: by its name and address, and when. */
interface Killed {
  readonly name: string;
  readonly address: string;
  readonly at: number;
  /** The addresses of the Service's endpoints before. */
  readonly before: readonly string[];
}

export class Tour {
  readonly #playground: Playground;
  readonly changed = new Emitter<void>();
  readonly #onEnd: () => void;
  readonly #origin: object;
  readonly #exchange: number;
  #unfollow: () => void;
  #stop = 0;
  #holds = false;
  #killed: Killed | undefined;
  #tell: Tell;

  /**
   * Begins in the first example's cluster: the one on the page where nothing was done in it yet, else a fresh one. Undefined when it
   * cannot be opened, or the visitor gave it up.
   */
  static async begin(playground: Playground, onEnd: () => void): Promise<Tour | undefined> {
    playground.doors.manifest?.settle();
    const { run, beginning, past } = playground.store.getState();
    const isFresh = beginning.source.kind === "page" && run.log.length === 0 && run.text === beginning.text && !past;
    const [first] = EXAMPLES;
    if (first === undefined) return undefined;
    const source = { kind: "example", name: first.title } as const;
    if (!isFresh && !(await playground.open(await scenarioOf(first), { source }))) return undefined;
    playground.freshDraft();
    playground.setView({ touring: true, route: "logical", only: undefined });
    const state = playground.store.getState();
    const { from, target } = drafted(
      { ...state, draft: { ...state.draft, from: undefined, target: undefined } },
      undefined,
    );
    const sent = target && playground.run({ kind: "send", from, ...target }).exchange;
    if (sent !== undefined) return new Tour(playground, sent, onEnd);
    playground.setView({ touring: false });
    return undefined;
  }

  private constructor(playground: Playground, exchange: number, onEnd: () => void) {
    this.#playground = playground;
    this.#exchange = exchange;
    this.#onEnd = onEnd;
    this.#origin = playground.store.getState().run.origin;
    this.#tell = this.#telling();
    this.#unfollow = playground.frames.on(
      () => this.#look(),
      (error) => {
        this.end();
        reportError(error);
      },
    );
    playground.setSpeed(1);
    playground.setPlaying(true);
    this.#look();
  }

  readonly get = (): Tell => this.#tell;

  /** Goes to the next stop; from the last one the tour ends. */
  next(): void {
    if (this.#stop === STOPS - 1) {
      this.end();
      return;
    }
    this.#stop++;
    this.#holds = false;
    this.#playground.setPlaying(true);
    this.#look();
  }

  /** Ends the tour wherever it is; time runs on. */
  end(): void {
    const playground = this.#playground;
    this.#unfollow();
    this.#unfollow = () => undefined;
    playground.hold.at = undefined;
    playground.clearRoute();
    playground.setView({ touring: false });
    if (!playground.store.getState().past) playground.setPlaying(true);
    this.#onEnd();
  }

  #look(): void {
    const { run, world, past, playing } = this.#playground.store.getState();
    if (run.origin !== this.#origin || past) {
      this.end(); // the visitor went elsewhere
      return;
    }
    if (this.#holds && playing) {
      this.next(); // by Play, or Space
      return;
    }
    if (!this.#holds) this.#goOn(world);
    const tell = this.#telling();
    if (JSON.stringify(tell) === JSON.stringify(this.#tell)) return;
    this.#tell = tell;
    this.changed.emit();
  }

  /** Pauses where the stop is reached, and kills the pod once its answer is back. */
  #goOn(world: World): void {
    const playground = this.#playground;
    const { now } = world.clock;
    if (this.#stop < STOPS - 1) {
      const arrives = hopAt(world, this.#exchange, this.#stop)?.arrivesAt;
      if (arrives === undefined) return;
      playground.hold.at = arrives - BEFORE_MS;
      if (now >= arrives - BEFORE_MS) this.#hold();
      return;
    }
    playground.hold.at = undefined;
    const exchange = world.trace.exchange(this.#exchange);
    if (this.#killed === undefined) {
      if (exchange?.outcome.kind === "pending") return;
      this.#killed = this.#kill(world, exchange);
    }
    const killed = this.#killed;
    const made = killed && endpointsLike(world, killed).filter((each) => !killed.before.includes(each));
    if (killed === undefined || (made?.length ?? 0) > 0 || now > killed.at + PATIENCE_MS) this.#hold();
  }

  #hold(): void {
    this.#holds = true;
    this.#playground.hold.at = undefined;
    this.#playground.setPlaying(false);
  }

  #kill(world: World, exchange: Exchange | undefined): Killed | undefined {
    if (exchange?.outcome.kind !== "answered" || exchange.outcome.servedBy.kind !== "pod") return undefined;
    const { namespace, name } = exchange.outcome.servedBy;
    const address = world.api.find("pods", namespace, name)?.status?.podIP ?? "";
    const killed = { name, address, at: world.clock.now, before: endpointsLike(world, { address }) };
    this.#playground.clearRoute();
    const { error } = this.#playground.run({ kind: "kill-pod", namespace, name });
    return error === undefined ? killed : undefined;
  }

  #telling(): Tell {
    const { world } = this.#playground.store.getState();
    const hop = hopAt(world, this.#exchange, this.#stop);
    const sentence = this.#stop === 0 ? sentText(hop) : this.#stop === 1 ? drawnText(hop) : this.#killText(world);
    return { stop: this.#stop + 1, sentence, holds: this.#holds };
  }

  #killText(world: World): string {
    const killed = this.#killed;
    if (killed === undefined) return W.answer;
    const made = endpointsLike(world, killed).find((each) => !killed.before.includes(each));
    const when = formatElapsed(killed.at);
    if (made === undefined) return W.killed(killed.name, when);
    return W.replaced(killed.name, when, killed.address, made);
  }
}

/** The hop of the request at whose end a stop is: to the Node, then past the Service's rules to the pod. */
function hopAt(world: World, exchange: number, stop: number): Hop | undefined {
  const packets = world.trace.exchange(exchange)?.packets ?? [];
  const hops = world.trace.packet(packets[0] ?? -1)?.hops ?? [];
  return stop === 0 ? hops[0] : hops.find(({ service }) => service !== undefined);
}

export function sentText(hop: Hop | undefined): string {
  if (hop === undefined) return W.sends;
  const { destination, destinationPort } = hop.header;
  return W.goes(destination, destinationPort, hop.to.name);
}

export function drawnText(hop: Hop | undefined): string {
  if (hop?.service === undefined) return W.nobody;
  const { name, candidates } = hop.service;
  const ready = candidates.filter(({ state }) => state === "drawn" || state === "eligible").length;
  const [before, after] = [hop.received, hop.header].map((header) => `${header.destination}:${header.destinationPort}`);
  return W.rules(name, ready, before, after);
}

/** The addresses of the ready endpoints of the Services that have had this one. */
function endpointsLike(
  world: World,
  { address, before = [address] }: { address: string; before?: readonly string[] },
): readonly string[] {
  const slices = world.api.list("endpointslices.discovery.k8s.io");
  const keyOf = ({ metadata: { namespace = "", labels } }: (typeof slices)[number]) =>
    makeKey(namespace, labels?.[LabelServiceName] ?? "");
  const has = slices.find(({ endpoints }) =>
    endpoints?.some(({ addresses }) => addresses.some((each) => before.includes(each))),
  );
  if (has === undefined) return [];
  const own = slices.filter((each) => keyOf(each) === keyOf(has)).flatMap(({ endpoints }) => endpoints ?? []);
  return own.flatMap(({ addresses, conditions }) => ((conditions?.ready ?? true) ? addresses : []));
}
