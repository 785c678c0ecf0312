// Continuous traffic: the same request again and again at a steady rate.
import type { Clock, Timer } from "../sim/clock.ts";
import type { Exchanges } from "./exchanges.ts";
import type { Place, Protocol } from "./packet.ts";

/** What to send over and over. */
export interface TrafficRequest {
  readonly from: Place;
  readonly host: string;
  readonly port: number;
  readonly protocol?: Protocol;
  readonly path?: string;
  /** Requests per virtual second, above 0 and at most 10,000. */
  readonly rate: number;
  /** Give up on one request after this long; 10 s unless told. */
  readonly timeoutMs?: number;
  readonly target?: string;
}

const MAX_RATE = 10_000;
const DEFAULT_TIMEOUT_MS = 10_000;

/** All traffic that runs. */
export class Traffic {
  readonly #clock: Clock;
  readonly #exchanges: Exchanges;
  readonly #running = new Map<number, { request: TrafficRequest; timer: Timer | undefined }>();
  #nextId = 1;

  constructor(clock: Clock, exchanges: Exchanges) {
    this.#clock = clock;
    this.#exchanges = exchanges;
  }

  /** Starts at once; returns the traffic's id. @throws RangeError when the rate is not above 0 and at most 10,000. */
  start(request: TrafficRequest): number {
    if (!(request.rate > 0 && request.rate <= MAX_RATE))
      throw new RangeError(`rate must be above 0 and at most ${MAX_RATE} requests per second, got ${request.rate}`);
    const id = this.#nextId++;
    this.#running.set(id, { request, timer: undefined });
    this.#tick(id);
    return id;
  }

  /** Sends no more; what is on its way goes on. False when there is no such traffic. */
  stop(id: number): boolean {
    this.#running.get(id)?.timer?.cancel();
    return this.#running.delete(id);
  }

  /** What runs, oldest first. */
  list(): readonly { readonly id: number; readonly request: TrafficRequest }[] {
    return Array.from(this.#running, ([id, { request }]) => ({ id, request }));
  }

  #tick(id: number): void {
    const running = this.#running.get(id);
    if (running === undefined) return;
    const { rate, timeoutMs, ...rest } = running.request;
    this.#exchanges.send({ ...rest, timeoutMs: timeoutMs ?? DEFAULT_TIMEOUT_MS, purpose: "traffic" });
    running.timer = this.#clock.schedule(1000 / rate, () => this.#tick(id));
  }
}
