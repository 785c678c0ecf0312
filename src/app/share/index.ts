// The door of sharing.
export { Share } from "./Share.tsx";
