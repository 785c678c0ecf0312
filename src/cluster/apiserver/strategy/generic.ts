// Kinds without their own rules: their metadata is checked, the rest by the field schema.
import type { KubeObject } from "../../api/objects.ts";
import { dns1123Subdomain } from "../../apimachinery/names.ts";
import type { Strategy } from "./strategy.ts";

export const generic: Strategy<KubeObject> = { checkName: dns1123Subdomain };

/** Kinds whose generation counts the changes of their spec. */
export const withGeneration: Strategy<KubeObject> = { checkName: dns1123Subdomain, generation: true };
