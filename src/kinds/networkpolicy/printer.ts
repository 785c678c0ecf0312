// The table of NetworkPolicies.
import type { NetworkPolicy } from "../../cluster/index.ts";
import { ageOf } from "../../kubectl/duration.ts";
import { type Printers, printer } from "../../kubectl/printers/printer.ts";
import { formatLabelSelector } from "../../kubectl/text.ts";

// Models kubernetes/pkg/printers/internalversion printNetworkPolicy
const networkPolicyPrinter = printer<NetworkPolicy>(["NAME", "POD-SELECTOR", "AGE"], ({ metadata, spec }, { now }) => [
  metadata.name,
  formatLabelSelector(spec?.podSelector),
  ageOf(metadata.creationTimestamp, now),
]);

export const printers: Printers = { "networkpolicies.networking.k8s.io": networkPolicyPrinter };
