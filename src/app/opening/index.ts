// The door of the opening.
export { type OnTheWay, Opening } from "./Opening.tsx";
