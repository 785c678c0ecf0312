// The door of the page.
export { start } from "./start.tsx";
