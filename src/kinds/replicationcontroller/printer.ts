// The table of ReplicationControllers.

import type { ReplicationController } from "../../cluster/index.ts";
import type { Printers } from "../../kubectl/printers/printer.ts";
import { formatLabels } from "../../kubectl/text.ts";
import { replicasPrinter } from "../replicaset/printer.ts";

// Models kubernetes/pkg/printers/internalversion printReplicationController
const replicationControllerPrinter = replicasPrinter<ReplicationController>(({ spec }) => formatLabels(spec?.selector));

export const printers: Printers = { replicationcontrollers: replicationControllerPrinter };
