// The door of the container runtime: software of the nodes, loaded by those whose pods need it.

export type { Room, Tools } from "./box.ts";
export { containers, createContainers } from "./containers.ts";
export { holds } from "./images/contents.ts";
export { portVariable, servesByItself } from "./images/table.ts";
