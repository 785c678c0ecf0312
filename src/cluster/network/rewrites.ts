// What was done to a header, kept as the headers before and after.
import { textOf, textOfSource } from "./header.ts";
import type { Header, Rewrite } from "./packet.ts";

/** A change of a header, put into words when someone reads it. */
abstract class Change implements Rewrite {
  readonly kind: Rewrite["kind"];
  readonly by: string;
  readonly before: Header;
  readonly after: Header;

  constructor(kind: Rewrite["kind"], before: Header, after: Header, by: string) {
    this.kind = kind;
    this.before = before;
    this.after = after;
    this.by = by;
  }

  abstract get from(): string;
  abstract get to(): string;

  toJSON(): Rewrite {
    const { kind, from, to, by } = this;
    return { kind, from, to, by };
  }
}

/** A change of where a packet goes. */
export class TargetChange extends Change {
  get from(): string {
    return textOf(this.before);
  }

  get to(): string {
    return textOf(this.after);
  }
}

/** A change of where a packet says it comes from. */
export class SourceChange extends Change {
  get from(): string {
    return textOfSource(this.before);
  }

  get to(): string {
    return textOfSource(this.after);
  }
}
