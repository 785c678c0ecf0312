// Seeded chance: the only source of randomness in the engine.

/** A seeded generator (sfc32). Streams forked under different labels are independent, so a draw in one never shifts another. */
export class Rng {
  readonly #seed: string;
  #a: number;
  #b: number;
  #c: number;
  #counter: number;

  /** @param seed - any text; equal seeds give equal streams on every machine. */
  constructor(seed: string) {
    this.#seed = seed;
    [this.#a, this.#b, this.#c, this.#counter] = hash128(seed);
    for (let i = 0; i < 12; i++) this.next();
  }

  /** A stream of its own for one purpose, such as "names" or "packets". */
  fork(label: string): Rng {
    return new Rng(`${this.#seed}/${label}`);
  }

  /** A number in [0, 1) with 32 bits. */
  next(): number {
    const t = (((this.#a + this.#b) | 0) + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + t;
    return (t >>> 0) / 4294967296;
  }

  /** A whole number in [0, limit). */
  int(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  /** One of `items`, all equally likely. */
  pick<T>(items: readonly T[]): T {
    const item = items[this.int(items.length)];
    if (item === undefined) throw new Error("rng: pick from an empty list");
    return item;
  }

  /** `length` characters of Kubernetes' alphabet for generated names (no vowels, no look-alikes). */
  suffix(length: number): string {
    let text = "";
    for (let i = 0; i < length; i++) text += SAFE_ALPHABET[this.int(SAFE_ALPHABET.length)];
    return text;
  }

  /** A random UUID, version 4. */
  uuid(): string {
    // By its characters' codes: a text that is put together grows as a chain of its parts, which takes many times its memory.
    const codes: number[] = [];
    for (const each of UUID) {
      if (each === "x") codes.push(HEX.charCodeAt(this.int(16)));
      else codes.push(each === "v" ? VARIANTS.charCodeAt(this.int(4)) : each.charCodeAt(0));
    }
    return String.fromCharCode(...codes);
  }
}

const HEX = "0123456789abcdef";
const VARIANTS = "89ab";
const UUID = "xxxxxxxx-xxxx-4xxx-vxxx-xxxxxxxxxxxx";

// Models kubernetes/staging/src/k8s.io/apimachinery/pkg/util/rand alphanums
export const SAFE_ALPHABET = "bcdfghjklmnpqrstvwxz2456789";

function hash128(text: string): [number, number, number, number] {
  let h1 = 1779033703;
  let h2 = 3144134277;
  let h3 = 1013904242;
  let h4 = 2773480762;
  for (let i = 0; i < text.length; i++) {
    const k = text.charCodeAt(i);
    h1 = h2 ^ Math.imul(h1 ^ k, 597399067);
    h2 = h3 ^ Math.imul(h2 ^ k, 2869860233);
    h3 = h4 ^ Math.imul(h3 ^ k, 951274213);
    h4 = h1 ^ Math.imul(h4 ^ k, 2716044179);
  }
  return [h1 | 0, h2 | 0, h3 | 0, h4 | 0];
}
