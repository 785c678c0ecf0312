// Cluster IPs: which are taken, and which one an object gets that names none.
import { parseCIDR, parseIP, v4Number, v4Text } from "../apimachinery/net.ts";
import type { Rng } from "../sim/rng.ts";

const NOT_IN_RANGE = "the provided network does not match the current range";
const TAKEN = "provided IP is already allocated";

/** The addresses of one IPv4 service network. The lower part is for addresses asked for by hand. */
// Models kubernetes/pkg/registry/core/service/ipallocator
export class IPAllocator {
  readonly #taken = new Set<number>();
  readonly #base: number;
  readonly #size: number;
  readonly #rng: Rng;

  constructor(cidr: string, rng: Rng) {
    const parsed = parseCIDR(cidr);
    if (parsed === undefined) throw new Error(`ip allocator: no CIDR "${cidr}"`);
    const size = 2 ** (32 - parsed.prefix);
    const network = v4Number(parsed.address);
    this.#base = network - (network % size);
    this.#size = size;
    this.#rng = rng;
  }

  /** What a dry run shows in place of an address: the network's own. */
  get placeholder(): string {
    return v4Text(this.#base);
  }

  /** How many addresses the lower part holds. */
  get offset(): number {
    if (this.#size <= 16) return 0;
    return Math.min(Math.max(16, Math.floor(this.#size / 16)), 256);
  }

  /** Why the address cannot be had; undefined when it was taken (or could be, with `dryRun`). */
  allocate(text: string, dryRun: boolean): string | undefined {
    const address = parseIP(text);
    if (address === undefined || address.length !== 4) return NOT_IN_RANGE;
    const number = v4Number(address);
    if (number <= this.#base || number >= this.#base + this.#size - 1) return NOT_IN_RANGE;
    if (dryRun) return undefined;
    if (this.#taken.has(number)) return TAKEN;
    this.#taken.add(number);
    return undefined;
  }

  /** Takes a free address: a random one of the upper part, then of the lower; undefined when none is left. */
  allocateNext(): string | undefined {
    const first = this.#base + 1;
    const last = this.#base + this.#size - 2;
    const middle = first + this.offset;
    const number = this.#draw(middle, last) ?? this.#draw(first, middle - 1);
    if (number === undefined) return undefined;
    this.#taken.add(number);
    return v4Text(number);
  }

  release(text: string): void {
    const address = parseIP(text);
    if (address !== undefined) this.#taken.delete(v4Number(address));
  }

  #draw(from: number, to: number): number | undefined {
    const count = to - from + 1;
    if (count <= 0) return undefined;
    const start = this.#rng.int(count);
    for (let i = 0; i < count; i++) {
      const number = from + ((start + i) % count);
      if (!this.#taken.has(number)) return number;
    }
    return undefined;
  }
}
