// The door of the opening.
export { keepMessages } from "../store/early.ts";
export { speakChosen } from "../ui/language.ts";
export { type OnTheWay, Opening } from "./Opening.tsx";
