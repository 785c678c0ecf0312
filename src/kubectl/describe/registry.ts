// Which describer each resource has: that of its kind's folder, or one of these for kinds that are only kept here.
import type { ResourceName } from "../../cluster/index.ts";
import { own } from "../../cluster/index.ts";
import { DESCRIBERS } from "../../kinds/console.ts";
import { describeLimitRange, describePriorityClass, describeResourceQuota, describeServiceAccount } from "./config.ts";
import type { Describer, Describers } from "./describer.ts";
import { describeGeneric } from "./generic.ts";
import { describeIngressClass, describeIPAddress, describeServiceCIDR } from "./networking.ts";
import { describeStorageClass } from "./storage.ts";

const OTHERS: Describers = {
  limitranges: describeLimitRange,
  resourcequotas: describeResourceQuota,
  serviceaccounts: describeServiceAccount,
  "ingressclasses.networking.k8s.io": describeIngressClass,
  "ipaddresses.networking.k8s.io": describeIPAddress,
  "priorityclasses.scheduling.k8s.io": describePriorityClass,
  "servicecidrs.networking.k8s.io": describeServiceCIDR,
  "storageclasses.storage.k8s.io": describeStorageClass,
};

/** The describer of a resource; kinds without one are described field by field. */
export function describerOf(resource: ResourceName): Describer {
  return own(DESCRIBERS, resource) ?? own(OTHERS, resource) ?? describeGeneric;
}
