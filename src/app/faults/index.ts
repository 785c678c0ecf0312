// The menu of faults, loaded when it is first opened.
export { FaultMenu } from "./FaultMenu.tsx";
