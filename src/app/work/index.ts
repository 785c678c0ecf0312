// The door of the visitor's work.
export { WorkButton, WorkWarning } from "./WorkButton.tsx";
export { type Reopened, Work } from "./work.ts";
