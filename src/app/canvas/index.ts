// The door of the canvas.
export { Canvas } from "./Canvas.tsx";
