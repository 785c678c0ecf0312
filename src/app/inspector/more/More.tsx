// What the inspector says of an object beyond its own fields.
export { Missing } from "./Missing.tsx";
