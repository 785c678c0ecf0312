// The door of the editor.
export { Editor } from "./Editor.tsx";
