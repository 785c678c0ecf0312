// Node-port allocation (`nodePort`, `healthCheckNodePort`): one lease per number for the whole cluster, whatever the protocol.
import type { Rng } from "../sim/rng.ts";

const TAKEN = "provided port is already allocated";

/** Why a number is no node port of a cluster with this range; undefined when it is one. A dry run doesn't look. */
export function whyOutOfRange(
  port: number,
  { from, to }: { readonly from: number; readonly to: number },
): string | undefined {
  if (port >= from && port <= to) return undefined;
  return `provided port is not in the valid range. The range of valid ports is ${from}-${to}`;
}

/** The node ports of a cluster. The lower band is for ports asked for by hand. */
// Models kubernetes/pkg/registry/core/service/portallocator
export class PortAllocator {
  readonly #taken = new Set<number>();
  readonly #range: () => { readonly from: number; readonly to: number };
  readonly #rng: Rng;

  constructor(range: () => { readonly from: number; readonly to: number }, rng: Rng) {
    this.#range = range;
    this.#rng = rng;
  }

  /** How many ports the lower band holds. */
  get offset(): number {
    const { from, to } = this.#range();
    const size = to - from + 1;
    return size <= 16 ? 0 : Math.min(Math.max(16, Math.floor(size / 32)), 128);
  }

  has(port: number): boolean {
    return this.#taken.has(port);
  }

  /** Why the port cannot be had; undefined when it was taken. */
  allocate(port: number): string | undefined {
    const reason = whyOutOfRange(port, this.#range());
    if (reason !== undefined) return reason;
    if (this.#taken.has(port)) return TAKEN;
    this.#taken.add(port);
    return undefined;
  }

  /** Takes a free port: a random one of the upper band, then of the lower; undefined when none is left. */
  allocateNext(): number | undefined {
    const { from, to } = this.#range();
    const middle = from + this.offset;
    const port = this.#draw(middle, to) ?? this.#draw(from, middle - 1);
    if (port !== undefined) this.#taken.add(port);
    return port;
  }

  release(port: number): void {
    this.#taken.delete(port);
  }

  #draw(from: number, to: number): number | undefined {
    const count = to - from + 1;
    if (count <= 0) return undefined;
    const start = this.#rng.int(count);
    for (let i = 0; i < count; i++) {
      const port = from + ((start + i) % count);
      if (!this.#taken.has(port)) return port;
    }
    return undefined;
  }
}
