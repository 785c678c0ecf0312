// All that is fuzzed: one target for each door that outside data comes in by.
import type { Target } from "../target.ts";
import { actions } from "./actions.ts";
import { history } from "./history.ts";
import { lessons } from "./lessons.ts";
import { lines } from "./lines.ts";
import { links } from "./links.ts";
import { manifests } from "./manifests.ts";
import { messages } from "./messages.ts";

export const TARGETS: readonly Target[] = [manifests, lines, links, lessons, messages, actions, history];
