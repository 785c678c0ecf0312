// The pod addresses of one node: the lowest free one is given out.

/** Addresses of a CIDR from .2 on (.0 is the network, .1 the bridge), without the broadcast address. Spec: [KUBELET-2]. */
export class AddressPool {
  readonly #base: number;
  readonly #size: number;
  readonly #used = new Set<number>();
  /** No free address lies below this offset. */
  #lowest = 2;

  constructor(cidr: string) {
    const [address = "", prefix = "24"] = cidr.split("/");
    this.#base = toNumber(address);
    this.#size = 2 ** (32 - Number(prefix));
  }

  /** The lowest free address; undefined when all are taken. */
  take(): string | undefined {
    let offset = this.#lowest;
    while (this.#used.has(offset)) offset++;
    this.#lowest = offset;
    if (offset >= this.#size - 1) return undefined;
    this.#used.add(offset);
    return toText(this.#base + offset);
  }

  release(address: string): void {
    const offset = toNumber(address) - this.#base;
    if (this.#used.delete(offset)) this.#lowest = Math.min(this.#lowest, offset);
  }
}

function toNumber(address: string): number {
  return address.split(".").reduce((number, part) => number * 256 + Number(part), 0);
}

function toText(number: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join(".");
}
