// A digest that is equal for equal runs: every change of an object and every hop, in full.
import type { Cluster, Hop, WatchEvent } from "../cluster/index.ts";

/** Something that happened in a run, at a virtual time. */
export interface Occurrence {
  readonly at: number;
  readonly what: WatchEvent | Hop;
}

/** Calls `listener` for everything that happens in a cluster from now on. */
export function follow(cluster: Cluster, listener: (occurrence: Occurrence) => void): void {
  const { clock } = cluster;
  cluster.api.watch("*", (what) => listener({ at: clock.now, what }));
  cluster.trace.news.on((news) => {
    if (news.kind === "hop-ended") listener({ at: clock.now, what: news.hop });
  });
}

/** Whether an occurrence is a change of an object. */
export function isChange(what: Occurrence["what"]): what is WatchEvent {
  return "resource" in what;
}

/** A rolling 64-bit hash. */
export class Digest {
  #a = 0xdeadbeef;
  #b = 0x41c6ce57;

  get text(): string {
    return (this.#a >>> 0).toString(16).padStart(8, "0") + (this.#b >>> 0).toString(16).padStart(8, "0");
  }

  add({ at, what }: Occurrence): void {
    if (isChange(what)) {
      this.#text(`${at} ${what.type} ${what.resource}`);
      this.#end();
      this.#text(JSON.stringify(what.object));
      this.#end();
      return;
    }
    // Piece by piece: hops are many, and a text put together for each costs more than the hop.
    const { header, from, to } = what;
    this.#number(at, " ");
    this.#number(what.packet, " ");
    this.#number(what.index, " ");
    this.#text(what.verdict);
    this.#place(from);
    this.#place(to);
    this.#end();
    this.#text(header.source);
    this.#text(":");
    this.#number(header.sourcePort, " ");
    this.#text(header.destination);
    this.#text(":");
    this.#number(header.destinationPort, "");
    this.#end();
  }

  #place({ kind, name }: Hop["from"]): void {
    this.#text(" ");
    this.#text(kind);
    this.#text("/");
    this.#text(name);
  }

  /** Takes in a number as its decimal digits, and what follows it. */
  #number(value: number, after: string): void {
    if (!Number.isInteger(value) || value < 0) {
      this.#text(`${value}${after}`);
      return;
    }
    let place = 1;
    while (place * 10 <= value) place *= 10;
    let [a, b] = [this.#a, this.#b];
    for (; place >= 1; place /= 10) {
      const code = ZERO + (Math.floor(value / place) % 10);
      a = Math.imul(a ^ code, 2654435761);
      b = Math.imul(b ^ code, 1597334677);
    }
    this.#a = a;
    this.#b = b;
    this.#text(after);
  }

  #text(text: string): void {
    let [a, b] = [this.#a, this.#b];
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      a = Math.imul(a ^ code, 2654435761);
      b = Math.imul(b ^ code, 1597334677);
    }
    this.#a = a;
    this.#b = b;
  }

  #end(): void {
    this.#a ^= this.#b >>> 15;
  }
}

const ZERO = "0".charCodeAt(0);
