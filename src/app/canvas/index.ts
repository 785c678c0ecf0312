// The entry to the canvas.
export { Canvas } from "./Canvas.tsx";
