// The door of the console.
export { Console } from "./Console.tsx";
