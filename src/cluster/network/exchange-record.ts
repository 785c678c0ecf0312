// What the record keeps of one exchange: as an object while it runs or someone looks, as a list of values afterwards.
import { Reader, Writer } from "./packed-hops.ts";
import type { Exchange, Loss, Outcome } from "./packet.ts";
import { PacketRecord } from "./packet-record.ts";

const NONE: readonly never[] = [];
const PENDING: Outcome = { kind: "pending" };

/** An exchange's record while it grows. Others see copies only, so it is changed in place. */
export class ExchangeRecord {
  readonly id: number;
  readonly from: Exchange["from"];
  readonly target: string;
  readonly purpose: Exchange["purpose"];
  readonly protocol: Exchange["protocol"];
  readonly asked: Exchange["asked"];
  readonly startedAt: number;
  readonly parent: number | undefined;
  endedAt: number | undefined = undefined;
  outcome: Outcome = PENDING;
  loss: Loss | undefined = undefined;
  packets: readonly PacketRecord[] = NONE;
  isKept = true;
  shown: Exchange | undefined = undefined;
  /** Its neighbours in the order of beginning. */
  older: Kept | undefined = undefined;
  newer: Kept | undefined = undefined;

  constructor(id: number, of: Asked) {
    this.id = id;
    this.from = of.from;
    this.target = of.target;
    this.purpose = of.purpose;
    this.protocol = of.protocol;
    this.asked = of.asked;
    this.startedAt = of.startedAt;
    this.parent = of.parent;
  }
}

/** What is known of an exchange when it begins. */
export type Asked = Pick<Exchange, "from" | "target" | "purpose" | "protocol" | "asked" | "startedAt" | "parent">;

/** What stands in the record for an exchange. */
export type Kept = ExchangeRecord | AnsweredExchange;

type Answered = Extract<Outcome, { kind: "answered" }>;

/**
 * An answered exchange at which nobody looked, as values in a list. These are used again and again: what is made for a request then
 * does not outlive it, and collecting garbage, which costs by what is alive, takes a third of the time.
 */
export class AnsweredExchange {
  readonly #values: unknown[] = [];
  older: Kept | undefined = undefined;
  newer: Kept | undefined = undefined;

  /** Whether nothing of an exchange is but in its record. */
  static isPossible({ outcome, loss, shown, packets }: ExchangeRecord): boolean {
    if (outcome.kind !== "answered" || loss !== undefined || shown !== undefined) return false;
    if (outcome.tls !== undefined || outcome.certificate !== undefined) return false;
    for (const packet of packets) if (!packet.isAlone) return false;
    return true;
  }

  /** Takes in a record for which that `isPossible`. */
  take(record: ExchangeRecord, outcome: Answered): void {
    const into = new Writer(this.#values);
    into.put(record.id);
    into.put(record.from);
    into.put(record.target);
    into.put(record.purpose);
    into.put(record.protocol);
    into.put(record.asked?.method);
    into.put(record.asked?.path);
    into.put(record.startedAt);
    into.put(record.parent);
    into.put(record.endedAt);
    into.put(outcome.status);
    into.put(outcome.headers);
    into.put(outcome.body);
    into.put(outcome.servedBy);
    into.put(outcome.endpoint);
    into.put(outcome.clientSeen);
    into.put(record.packets.length);
    for (const packet of record.packets) packet.write(into);
  }

  /** The record that was taken in. */
  read(): ExchangeRecord {
    const from = new Reader(this.#values);
    const id = from.next<number>();
    const head = {
      from: from.next<Asked["from"]>(),
      target: from.next<string>(),
      purpose: from.next<Asked["purpose"]>(),
    };
    const protocol = from.next<Asked["protocol"]>();
    const [method, path] = [from.next<string | undefined>(), from.next<string>()];
    const asked = method === undefined ? undefined : { method, path };
    const record = new ExchangeRecord(id, {
      ...head,
      protocol,
      asked,
      startedAt: from.next(),
      parent: from.next(),
    });
    record.endedAt = from.next();
    record.outcome = {
      kind: "answered",
      status: from.next(),
      headers: from.next(),
      body: from.next(),
      servedBy: from.next(),
      endpoint: from.next(),
      clientSeen: from.next(),
    };
    const packets: PacketRecord[] = [];
    for (let left = from.next<number>(); left > 0; left--) packets.push(PacketRecord.of(record, from));
    record.packets = packets;
    return record;
  }
}
