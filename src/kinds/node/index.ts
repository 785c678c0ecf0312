// What of Nodes is loaded late: machines that join for them.
import type { Addon } from "../../cluster/index.ts";
import { startMachines } from "./machines.ts";

export const kind: Addon = { name: "kind node", component: "machines", start: startMachines };
