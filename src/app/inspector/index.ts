// The door of the inspector.
export { Inspector } from "./Inspector.tsx";
