// Continuous traffic: the same request again and again at a steady rate.
import type { Clock, Timer } from "../sim/clock.ts";
import { Emitter } from "../sim/emitter.ts";
import type { Driver } from "./driver.ts";
import type { KeepAlive } from "./keep-alive.ts";
import type { Place, Protocol, SendRequest } from "./packet.ts";

/** What to send over and over. */
export interface TrafficRequest {
  readonly from: Place;
  readonly host: string;
  readonly port: number;
  readonly protocol?: Protocol;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Requests per virtual second, above 0 and at most 10,000. */
  readonly rate: number;
  /** Give up on one request after this long; default 10 s. */
  readonly timeoutMs?: number;
  readonly target?: string;
  /** All over one connection (TCP) or socket (UDP), as a client with keep-alive sends; else each over one of its own. */
  readonly keepAlive?: boolean;
}

const MAX_RATE = 10_000;
const DEFAULT_TIMEOUT_MS = 10_000;

/** All traffic that runs. */
export class Traffic {
  /** Called when traffic has begun or ended. */
  readonly changed = new Emitter<void>();
  readonly #clock: Clock;
  readonly #driver: Driver;
  readonly #running = new Map<
    number,
    { request: TrafficRequest; sent: SendRequest; timer: Timer | undefined; client: KeepAlive | undefined }
  >();
  readonly #newClient: () => KeepAlive;
  #nextId = 1;

  constructor(clock: Clock, driver: Driver, newClient: () => KeepAlive) {
    this.#clock = clock;
    this.#driver = driver;
    this.#newClient = newClient;
  }

  /** Starts at once; returns the traffic's id. @throws RangeError when the rate is not above 0 and at most 10,000. */
  start(request: TrafficRequest): number {
    if (!(request.rate > 0 && request.rate <= MAX_RATE))
      throw new RangeError(`rate must be above 0 and at most ${MAX_RATE} requests per second, got ${request.rate}`);
    const id = this.#nextId++;
    const client = request.keepAlive === true ? this.#newClient() : undefined;
    this.#running.set(id, { request, sent: sentBy(request), timer: undefined, client });
    this.#tick(id);
    this.changed.emit();
    return id;
  }

  /** Stops sending; what is in flight continues. False when there is no such traffic. */
  stop(id: number): boolean {
    this.#running.get(id)?.timer?.cancel();
    const stopped = this.#running.delete(id);
    if (stopped) this.changed.emit();
    return stopped;
  }

  /** What runs, oldest first. */
  list(): readonly { readonly id: number; readonly request: TrafficRequest }[] {
    return Array.from(this.#running, ([id, { request }]) => ({ id, request }));
  }

  #tick(id: number): void {
    const running = this.#running.get(id);
    if (running === undefined) return;
    (running.client ?? this.#driver).send(running.sent);
    running.timer = this.#clock.schedule(1000 / running.request.rate, () => this.#tick(id));
  }
}

/** What is sent each time. */
function sentBy({ rate: _, timeoutMs, keepAlive: __, ...rest }: TrafficRequest): SendRequest {
  const target = rest.target ?? `${rest.host}:${rest.port}`;
  return { ...rest, target, timeoutMs: timeoutMs ?? DEFAULT_TIMEOUT_MS, purpose: "traffic" };
}
