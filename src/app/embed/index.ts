// The door of the embed's own parts.
export { EmbedButton } from "./EmbedButton.tsx";
export { type ReadMessage, readMessage } from "./messages.ts";
export { OpenFull } from "./OpenFull.tsx";
export { type EmbedOptions, type EmbedView, isEmbed, isFramed, type ParsedOptions, parseOptions } from "./options.ts";
export { parsePlace } from "./place.ts";
export { type SplitTab, SplitTabs } from "./SplitTabs.tsx";
export { useHost } from "./useHost.ts";
export { useShown } from "./useShown.ts";
