// The entry to change: the sheet in which an object of the picture is changed.
export { ChangeSheet } from "./ChangeSheet.tsx";
