// A container runtime as software of the nodes: it runs what is in containers, and opens their ports of the host.
import type { Addon } from "../cluster/index.ts";
import type { Tools } from "./box.ts";
import { PortMap } from "./portmap.ts";
import { Worlds } from "./worlds.ts";

/** Runs what is in containers on every node; plain containers it leaves to the kubelet. `tools` are the programs that it has not itself. */
export function createContainers(tools: Tools = () => () => undefined): Addon {
  return {
    name: "runtime",
    start(host) {
      host.install(new Worlds(host, tools));
      new PortMap(host);
    },
  };
}

/** The runtime with nothing but its own programs. */
export const containers: Addon = createContainers();
