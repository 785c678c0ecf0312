// What the record says of the Service whose rules decided.
import type { ServiceDecision } from "../packet.ts";
import type { RuleSubject } from "./rule.ts";

/** A decision as the record shows it; its candidates are listed only when someone looks. */
export class Choice implements ServiceDecision {
  readonly via: ServiceDecision["via"];
  readonly #subject: RuleSubject;
  readonly #policy: "cluster" | "local";
  readonly #drawn: string | undefined;

  constructor(
    subject: RuleSubject,
    how: {
      readonly via: ServiceDecision["via"] | undefined;
      readonly policy: "cluster" | "local";
      readonly drawn: string | undefined;
    },
  ) {
    this.via = how.via ?? "clusterIP";
    this.#subject = subject;
    this.#policy = how.policy;
    this.#drawn = how.drawn;
  }

  get namespace(): string {
    return this.#subject.namespace;
  }

  get name(): string {
    return this.#subject.name;
  }

  get portName(): string {
    return this.#subject.portName;
  }

  get clusterIP(): string {
    return this.#subject.clusterIP;
  }

  get port(): number {
    return this.#subject.port;
  }

  get candidates(): ServiceDecision["candidates"] {
    return this.#subject.candidates(this.#policy, this.#drawn);
  }

  toJSON(): ServiceDecision {
    const { namespace, name, portName, clusterIP, port, via, candidates } = this;
    return { namespace, name, portName, clusterIP, port, via, candidates };
  }
}
