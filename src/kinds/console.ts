// How kubectl shows the kinds that have a folder here.
import type { Describers } from "../kubectl/describe/describer.ts";
import type { Printers } from "../kubectl/printers/printer.ts";

/** The `printers` of every folder that has a `printer.ts`. */
export const PRINTERS: Printers = Object.fromEntries(
  Object.values(import.meta.glob<Printers>("./*/printer.ts", { eager: true, import: "printers" })).flatMap(
    Object.entries<Printers[string]>,
  ),
);

/** The `describers` of every folder that has a `describer.ts`. */
export const DESCRIBERS: Describers = Object.fromEntries(
  Object.values(import.meta.glob<Describers>("./*/describer.ts", { eager: true, import: "describers" })).flatMap(
    Object.entries<Describers[string]>,
  ),
);
