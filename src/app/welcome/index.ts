// The door of the front door: what a first visit offers.
export { isFirstVisit, Welcome } from "./Welcome.tsx";
