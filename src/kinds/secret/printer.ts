// The table of Secrets.
import type { Secret } from "../../cluster/index.ts";
import { ageOf } from "../../kubectl/duration.ts";
import { type Printers, printer } from "../../kubectl/printers/printer.ts";
import { sortedKeys } from "../../kubectl/text.ts";

// Models kubernetes/pkg/printers/internalversion printSecret
const secretPrinter = printer<Secret>(["NAME", "TYPE", "DATA", "AGE"], (secret, { now }) => [
  secret.metadata.name,
  secret.type,
  sortedKeys(secret.data).length,
  ageOf(secret.metadata.creationTimestamp, now),
]);

export const printers: Printers = { secrets: secretPrinter };
