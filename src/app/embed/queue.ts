// Answers messages in the order in which they came, one piece of work after the other, however many come.
import type { Act, FrameMessage, HostMessage } from "./messages.ts";

type Set = Extract<HostMessage, { type: "podpath:set" }>;
type Answer = (message: FrameMessage) => void;

/** What the queue needs done. Neither may throw. */
export interface QueueWork {
  /** Does a set; the problem when it could not be done. */
  set(message: Set): Promise<string | undefined>;
  /** Does something else that changes what is shown; the problem when it could not be done. */
  act(message: Act): Promise<string | undefined>;
  /** The state now. */
  get(): Promise<Omit<Extract<FrameMessage, { type: "podpath:state" }>, "type" | "id">>;
  /** Lets the page do something else. */
  pause(): Promise<void>;
}

/** Messages of one kind that came one by one: one piece of work serves them all. */
type Group =
  /** Only the last of them is done: what the others set would never be seen. */
  | { readonly kind: "set"; last: Set; readonly waiting: Waiting[] }
  | { readonly kind: "act"; readonly act: Act; readonly waiting: Waiting[] }
  | { readonly kind: "get"; readonly waiting: Waiting[] }
  | { readonly kind: "refused"; readonly waiting: Waiting[] };

interface Waiting {
  readonly id: string | undefined;
  readonly answer: Answer;
  readonly problem?: string;
}

/** Sets and gets that wait by turns; more are refused, so that no flood of messages keeps the frame busy for long. */
const MOST_GROUPS = 12;
/** Characters of state that one group of gets is given, in all. */
const MOST_CHARACTERS = 32_000_000;
/** Answers between two pauses. */
const ANSWERS = 100;

export const TOO_MANY = `too many messages at once: more than ${MOST_GROUPS} alternating changes and queries are queued`;

/** Serves messages. Every message gets one answer, in the order of the messages. Spec: [EMBED-9]. */
export class MessageQueue {
  readonly #work: QueueWork;
  readonly #groups: Group[] = [];
  #busy = false;

  constructor(work: QueueWork) {
    this.#work = work;
  }

  add(message: HostMessage, answer: Answer): void {
    const { id } = message;
    const waiting = { id, answer };
    const last = this.#groups.at(-1);
    if (last?.kind === "set" && message.type === "podpath:set") {
      last.last = message;
      last.waiting.push(waiting);
    } else if (last?.kind === "get" && message.type === "podpath:get") last.waiting.push(waiting);
    else if (this.#groups.filter(({ kind }) => kind !== "refused").length >= MOST_GROUPS)
      this.refuse(id, answer, TOO_MANY);
    else this.#groups.push(groupOf(message, waiting));
    this.#begin();
  }

  /** Answers that a message cannot be used, when its turn comes. */
  refuse(id: string | undefined, answer: Answer, problem: string): void {
    const last = this.#groups.at(-1);
    if (last?.kind === "refused") last.waiting.push({ id, answer, problem });
    else this.#groups.push({ kind: "refused", waiting: [{ id, answer, problem }] });
    this.#begin();
  }

  #begin(): void {
    if (this.#busy) return;
    this.#busy = true;
    void this.#serve();
  }

  async #serve(): Promise<void> {
    await this.#work.pause(); // what is posted in one go is seen whole
    for (let group = this.#groups.shift(); group !== undefined; group = this.#groups.shift())
      await this.#serveGroup(group);
    this.#busy = false;
  }

  async #serveGroup(group: Group): Promise<void> {
    const replies = await this.#repliesOf(group);
    for (const [at, { id, answer, problem }] of group.waiting.entries()) {
      answer(problem === undefined ? replies(id, at) : { type: "podpath:error", id, message: problem });
      if (at % ANSWERS === ANSWERS - 1) await this.#work.pause();
    }
  }

  async #repliesOf(group: Group): Promise<(id: string | undefined, at: number) => FrameMessage> {
    if (group.kind === "set") {
      const { last, waiting } = group;
      const problem = await this.#work.set(last);
      return (id, at) => {
        if (at < waiting.length - 1) return { type: "podpath:done", id, superseded: true };
        return problem === undefined ? { type: "podpath:done", id } : { type: "podpath:error", id, message: problem };
      };
    }
    if (group.kind === "act") {
      const problem = await this.#work.act(group.act);
      return (id) =>
        problem === undefined ? { type: "podpath:done", id } : { type: "podpath:error", id, message: problem };
    }
    if (group.kind === "refused") return (id) => ({ type: "podpath:error", id, message: TOO_MANY });
    const state = await this.#work.get();
    const most = Math.max(1, Math.floor(MOST_CHARACTERS / (state.text.length + state.fragment.length + 1)));
    return (id, at) =>
      at < most ? { type: "podpath:state", id, ...state } : { type: "podpath:error", id, message: TOO_MANY };
  }
}

function groupOf(message: HostMessage, waiting: Waiting): Group {
  switch (message.type) {
    case "podpath:set":
      return { kind: "set", last: message, waiting: [waiting] };
    case "podpath:get":
      return { kind: "get", waiting: [waiting] };
    default:
      return { kind: "act", act: message, waiting: [waiting] };
  }
}
