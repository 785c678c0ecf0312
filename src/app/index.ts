// The door of the page.
export { App } from "./App.tsx";
export { Playground } from "./store/playground.ts";
export { startRun } from "./store/start.ts";
