// The door of the opening.
export { Opening } from "./Opening.tsx";
