// The door of the opening.
export { keepMessages } from "../store/early.ts";
export { type OnTheWay, Opening } from "./Opening.tsx";
