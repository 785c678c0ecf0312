// The table of ConfigMaps.
import type { ConfigMap } from "../../cluster/index.ts";
import { ageOf } from "../../kubectl/duration.ts";
import { type Printers, printer } from "../../kubectl/printers/printer.ts";
import { sortedKeys } from "../../kubectl/text.ts";

// Models kubernetes/pkg/printers/internalversion printConfigMap
const configMapPrinter = printer<ConfigMap>(["NAME", "DATA", "AGE"], (config, { now }) => [
  config.metadata.name,
  sortedKeys(config.data).length + sortedKeys(config.binaryData).length,
  ageOf(config.metadata.creationTimestamp, now),
]);

export const printers: Printers = { configmaps: configMapPrinter };
