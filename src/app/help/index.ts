// The door of the help.
export { Help } from "./Help.tsx";
