// The tables of what pods are configured with and limited by.
import {
  type Lease,
  own,
  type PriorityClass,
  type ResourceQuota,
  type RuntimeClass,
  type ServiceAccount,
} from "../../cluster/index.ts";
import { ageOf } from "../duration.ts";
import { sortedKeys } from "../text.ts";
import { printer } from "./printer.ts";

// Models kubernetes/pkg/printers/internalversion printServiceAccount; without secrets since kubernetes/kubernetes#117160
export const serviceAccountPrinter = printer<ServiceAccount>(["NAME", "AGE"], (account, { now }) => [
  account.metadata.name,
  ageOf(account.metadata.creationTimestamp, now),
]);

// Models kubernetes/pkg/printers/internalversion printLease
export const leasePrinter = printer<Lease>(["NAME", "HOLDER", "AGE"], ({ metadata, spec }, { now }) => [
  metadata.name,
  spec?.holderIdentity,
  ageOf(metadata.creationTimestamp, now),
]);

// Models kubernetes/pkg/printers/internalversion printPriorityClass
export const priorityClassPrinter = printer<PriorityClass>(
  ["NAME", "VALUE", "GLOBAL-DEFAULT", "AGE", "PREEMPTIONPOLICY*"],
  (priority, { now }) => [
    priority.metadata.name,
    priority.value,
    priority.globalDefault ?? false,
    ageOf(priority.metadata.creationTimestamp, now),
    priority.preemptionPolicy,
  ],
);

// Models kubernetes/pkg/printers/internalversion printRuntimeClass
export const runtimeClassPrinter = printer<RuntimeClass>(["NAME", "HANDLER", "AGE"], (runtime, { now }) => [
  runtime.metadata.name,
  runtime.handler,
  ageOf(runtime.metadata.creationTimestamp, now),
]);

// Models kubernetes/pkg/printers/internalversion printResourceQuota
export const resourceQuotaPrinter = printer<ResourceQuota>(["NAME", "REQUEST", "LIMIT", "AGE"], (quota, { now }) => {
  const { hard, used } = quota.status ?? {};
  const isLimit = (name: string) => name.startsWith("limits.");
  const cell = (names: readonly string[]) =>
    names.map((name) => `${name}: ${own(used, name) ?? "0"}/${own(hard, name) ?? "0"}`).join(", ");
  const names = sortedKeys(hard);
  return [
    quota.metadata.name,
    cell(names.filter((name) => !isLimit(name))),
    cell(names.filter(isLimit)),
    ageOf(quota.metadata.creationTimestamp, now),
  ];
});
