// Every known mistake, each with a lasting name.
import type { Mistake } from "../mistake.ts";
import { ADDRESS_MISTAKES } from "./addresses.ts";
import { ENDPOINT_MISTAKES } from "./endpoints.ts";
import { MACHINE_MISTAKES } from "./machines.ts";
import { NAME_MISTAKES } from "./names.ts";
import { PORT_MISTAKES } from "./ports.ts";

export const KINDS: readonly Mistake[] = [
  ...ENDPOINT_MISTAKES,
  ...PORT_MISTAKES,
  ...NAME_MISTAKES,
  ...ADDRESS_MISTAKES,
  ...MACHINE_MISTAKES,
];
