// The door of the embed's own parts.
export { EmbedButton } from "./EmbedButton.tsx";
export { speakWithHost } from "./host.ts";
export { type ReadMessage, readMessage } from "./messages.ts";
export { OpenFull } from "./OpenFull.tsx";
export { type EmbedOptions, type EmbedView, isEmbed, type ParsedOptions, parseOptions, parsePlace } from "./options.ts";
export { type SplitTab, SplitTabs } from "./SplitTabs.tsx";
export { useShown } from "./useShown.ts";
