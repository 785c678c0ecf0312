// The door of the page.
export { pageOf, start } from "./start.tsx";
export { Playground } from "./store/playground.ts";
export { createRun } from "./store/run.ts";
