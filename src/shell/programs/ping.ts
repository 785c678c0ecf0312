// `ping`: one echo a second, as packets that no Service rule takes.
import type { Outcome } from "../../cluster/index.ts";
import { type Program, type ProgramIO, refuse } from "../program.ts";
import { resolverOf } from "./dns.ts";
import { find } from "./names.ts";
import { type Answered, flavourOf, send } from "./places.ts";

/** Without `-c` real ones go on until Ctrl+C. */
const DEFAULT_COUNT = 4;
const ATTEMPT_MS = 10_000;
const TTL = 64;

/** Answers come from machines and pods that are up; a ClusterIP is nobody's address and answers nothing. */
export const ping: Program = (words, io) => {
  const value = (option: string) => {
    const at = words.findIndex((word) => word.startsWith(option) && /^-\w(\d+(\.\d+)?)?$/.test(word));
    return at < 0 ? undefined : Number(words[at]?.slice(2) || words[at + 1]) || undefined;
  };
  const [host] = words.slice(1).filter((word, i) => !word.startsWith("-") && !/^-[cWwisIt]$/.test(words[i] ?? ""));
  if (host === undefined) return refuse(io, "Usage: ping [-c COUNT] [-W SECONDS] [-i SECONDS] HOST", 2);
  const count = Math.min(1_000, value("-c") ?? DEFAULT_COUNT);
  new Ping(io, host, {
    count,
    waitMs: (value("-W") ?? 0) * 1000 || ATTEMPT_MS,
    everyMs: (value("-i") ?? 1) * 1000,
  }).run();
};

interface How {
  readonly count: number;
  readonly waitMs: number;
  readonly everyMs: number;
}

class Ping {
  readonly #io: ProgramIO;
  readonly #host: string;
  readonly #how: How;
  readonly #small: boolean;
  readonly #startedAt: number;
  readonly #times: number[] = [];
  #address = "";
  #sent = 0;
  #ended = 0;
  #errors = 0;
  /** When the last echo left, or the last answer came: what iputils counts its time to. */
  #lastAt = 0;

  constructor(io: ProgramIO, host: string, how: How) {
    this.#io = io;
    this.#host = host;
    this.#how = how;
    this.#small = flavourOf(io) !== "gnu";
    this.#startedAt = io.cluster.clock.now;
  }

  /** The address is found first, where someone can be asked for it, and then the echoes follow at their pace, whatever comes back. */
  run(): void {
    if (/^\d+(?:\.\d+){3}$/.test(this.#host)) this.#begin(this.#host);
    else if (resolverOf(this.#io) === undefined) this.#begin(undefined);
    else
      find(this.#io, this.#host, (records) => {
        this.#begin(records?.find(({ type }) => type === "A")?.data);
      });
  }

  /** Without an address the first echo finds it, by the machine's own resolver. */
  #begin(address: string | undefined): void {
    if (address !== undefined) this.#greet(address);
    this.#echo(address ?? this.#host);
    this.#plan();
  }

  #plan(): void {
    if (this.#sent >= this.#how.count) return;
    const timer = this.#io.cluster.clock.schedule(this.#how.everyMs, () => {
      if (this.#address !== "") this.#echo(this.#address);
      this.#plan();
    });
    this.#io.onInterrupt(() => timer.cancel());
  }

  #echo(host: string): void {
    const seq = this.#sent++;
    this.#lastAt = this.#io.cluster.clock.now;
    const request = { host, port: 0, protocol: "ICMP", target: this.#host, timeoutMs: this.#how.waitMs } as const;
    send(this.#io, request, (answer) => this.#take(seq, answer));
  }

  #take(seq: number, { outcome, remote, local, elapsedMs, resolvedMs }: Answered): void {
    if (outcome.kind === "unresolved" || (remote === undefined && seq === 0)) {
      const text = this.#small ? `ping: bad address '${this.#host}'` : `ping: ${this.#host}: ${UNKNOWN}`;
      this.#sent = this.#how.count;
      refuse(this.#io, text, this.#small ? 1 : 2);
      return;
    }
    if (this.#address === "") this.#greet(remote?.address ?? this.#host);
    this.#ended += 1;
    this.#io.out(this.#line(seq, outcome, { elapsedMs: elapsedMs - resolvedMs, local: local?.address ?? "" }));
    if (this.#ended < this.#how.count) return;
    this.#io.out(this.#statistics());
    this.#io.exit(this.#times.length > 0 ? 0 : 1);
  }

  #greet(address: string): void {
    this.#address = address;
    const size = this.#small ? ": 56 data bytes" : " 56(84) bytes of data.";
    this.#io.out(`PING ${this.#host} (${address})${size}\n`);
  }

  #line(seq: number, outcome: Outcome, { elapsedMs, local }: { elapsedMs: number; local: string }): string {
    if (outcome.kind === "answered") {
      this.#times.push(elapsedMs);
      this.#lastAt = this.#io.cluster.clock.now;
      const number = this.#small ? `seq=${seq}` : `icmp_seq=${seq + 1}`;
      return `64 bytes from ${this.#address}: ${number} ttl=${TTL} time=${elapsedMs.toFixed(3)} ms\n`;
    }
    if (outcome.kind !== "unreachable" || this.#small) return "";
    this.#errors += 1;
    return `From ${local} icmp_seq=${seq + 1} Destination Host Unreachable\n`;
  }

  #statistics(): string {
    const { count } = this.#how;
    const received = this.#times.length;
    const loss = Math.round(((count - received) / count) * 100);
    const [least, most] = [Math.min(...this.#times), Math.max(...this.#times)];
    const mean = this.#times.reduce((sum, each) => sum + each, 0) / received;
    const spread = Math.sqrt(this.#times.reduce((sum, each) => sum + (each - mean) ** 2, 0) / received);
    const numbers = (values: readonly number[]) => values.map((each) => each.toFixed(3)).join("/");
    const head = `\n--- ${this.#host} ping statistics ---\n${count} packets transmitted, `;
    if (this.#small)
      return `${head}${received} packets received, ${loss}% packet loss\n${received === 0 ? "" : `round-trip min/avg/max = ${numbers([least, mean, most])} ms\n`}`;
    const errors = this.#errors === 0 ? "" : `+${this.#errors} errors, `;
    const time = Math.round(this.#lastAt - this.#startedAt);
    return `${head}${received} received, ${errors}${loss}% packet loss, time ${time}ms\n${received === 0 ? "" : `rtt min/avg/max/mdev = ${numbers([least, mean, most, spread])} ms`}\n`;
  }
}

const UNKNOWN = "Name or service not known";
