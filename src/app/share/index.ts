// The door of sharing.
export { LinkBanner } from "./LinkBanner.tsx";
export { Share } from "./Share.tsx";
