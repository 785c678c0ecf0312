// The package `podpath`: its main entry.
export type { FrameOptions, PodPathAttributes } from "./attributes.ts";
export { define } from "./define.ts";
export type { FrameState, PodPath, Sending } from "./element.ts";
export { type LinkOptions, link, shortLink } from "./link.ts";
