// The table of Namespaces.
import type { Namespace } from "../../cluster/index.ts";
import { ageOf } from "../../kubectl/duration.ts";
import { type Printers, printer } from "../../kubectl/printers/printer.ts";

// Models kubernetes/pkg/printers/internalversion printNamespace
const namespacePrinter = printer<Namespace>(["NAME", "STATUS", "AGE"], ({ metadata, status }, { now }) => [
  metadata.name,
  status?.phase,
  ageOf(metadata.creationTimestamp, now),
]);

export const printers: Printers = { namespaces: namespacePrinter };
