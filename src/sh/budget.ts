// What a line may do in one instant of virtual time: nothing runs forever, and everything can be interrupted.
import { Runaway } from "./flow.ts";
import { type Clock, sleep, type Task } from "./task.ts";

/**
 * Commands that a line may start in one instant of virtual time, and what each takes beyond them. Short scripts take no time;
 * an endless loop lets the world continue and can be interrupted.
 */
const COMMANDS_AN_INSTANT = 200;
const COMMAND_MS = 1;
/** Commands that a line may start one by one without a pause. */
const COMMANDS_A_LINE = 10_000;
/** What each command takes behind those where a line is slowed down and not stopped. */
const SLOW_MS = 1_000;
/** Assignments and similar, which start nothing, in one instant. */
const STEPS_AN_INSTANT = 10_000;

/** The budget of one line, or of one job. */
export class Budget {
  readonly #runaway: "stop" | "slow";
  #instant = { at: 0, started: 0, free: COMMANDS_AN_INSTANT };
  #steps = { at: 0, taken: 0 };
  /** Commands in a row that waited for their turn. */
  #hurried = 0;

  /** @param runaway - what becomes of a line of more than ten thousand commands without a pause: it is stopped, or gets a command a second. */
  constructor(runaway: "stop" | "slow" = "stop") {
    this.#runaway = runaway;
  }

  /** Waits until one more command may start. @throws Runaway */
  *command(clock: Clock): Task<void> {
    while (!this.#mayStart(clock.now())) yield* sleep(clock, this.#cost);
  }

  get #cost(): number {
    return this.#hurried > COMMANDS_A_LINE ? SLOW_MS : COMMAND_MS;
  }

  #mayStart(now: number): boolean {
    const { at, started, free } = this.#instant;
    if (now !== at) {
      // Whoever waited for a turn gets one command an instant; whatever else takes time is a pause.
      const waited = now - at <= this.#cost && started >= free;
      this.#hurried = waited ? this.#hurried + 1 : 0;
      this.#instant = { at: now, started: 0, free: waited ? 1 : COMMANDS_AN_INSTANT };
    }
    if (this.#hurried > COMMANDS_A_LINE && this.#runaway === "stop")
      throw new Runaway(
        `a line of more than ${COMMANDS_A_LINE} commands without a pause was stopped; put a sleep into it`,
      );
    if (this.#instant.started >= this.#instant.free) return false;
    this.#instant.started += 1;
    return true;
  }

  /** Counts work that starts no command, and lets time pass when there is much of it. */
  *step(clock: Clock): Task<void> {
    const now = clock.now();
    if (now !== this.#steps.at) this.#steps = { at: now, taken: 0 };
    if (++this.#steps.taken > STEPS_AN_INSTANT) yield* sleep(clock, COMMAND_MS);
  }
}
