// The fields of the built-in kinds beyond those that every cluster has.
import type { Addon } from "../../cluster/index.ts";
import { GO_TYPES, STRUCTS } from "./structs.gen.ts";

export const kind: Addon = { name: "kind schema", kinds: [{ structs: { STRUCTS, GO_TYPES } }] };
