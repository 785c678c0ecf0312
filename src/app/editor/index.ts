// The entry to the editor.
export { Editor } from "./Editor.tsx";
