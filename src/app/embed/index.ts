// The door of the embed's own parts.
export { EmbedButton } from "./EmbedButton.tsx";
export { speakWithHost } from "./host.ts";
export { OpenFull } from "./OpenFull.tsx";
export { type EmbedOptions, type EmbedView, isEmbed, type ParsedOptions, parseOptions } from "./options.ts";
export { useShown } from "./useShown.ts";
