// How much work one frame of the page may do.

/** Actions of a log that is replayed which one frame performs: a link may bring thousands for one instant. */
export const ACTIONS_A_FRAME = 20;
/** Real milliseconds of a frame that a seek may take. */
export const SEEK_MS = 12;
/** The fastest at which time may run for runs to be parked meanwhile: they must follow. */
export const SPARING = 2;
/** Real milliseconds of a frame in which time may pass. */
export const FRAME_WORK_MS = 24;
