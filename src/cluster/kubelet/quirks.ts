// How programs in a pod misbehave, when someone made them.

/** Departures of a pod's programs from what their image does. */
export interface Quirks {
  /** Readiness that overrides the probes; undefined leaves it to them. */
  readonly readiness: boolean | undefined;
  /** Listens on 127.0.0.1 only. */
  readonly loopback: boolean;
  /** The port that takes the place of the first one. */
  readonly port: number | undefined;
  /** From the start of the process until its ports are open. */
  readonly startDelayMs: number;
  /** How long the process keeps serving after SIGTERM; undefined: it closes its ports at once. */
  readonly stopDelayMs: number | undefined;
}

/** What no fault touches. */
export const NO_QUIRKS: Quirks = {
  readiness: undefined,
  loopback: false,
  port: undefined,
  startDelayMs: 0,
  stopDelayMs: undefined,
};
