// What the address asked for when the page was opened.
import type { Decoded, Scenario } from "../../scenario/index.ts";

/** The outcome of it: as a link was read, or given up on its way to its moment. */
export type Opened = Decoded | { readonly kind: "cancelled"; readonly message: string; readonly scenario: Scenario };
