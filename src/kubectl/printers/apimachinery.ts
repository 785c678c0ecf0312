// The tables of kinds that tell the API server how to treat requests: API services, flow schemas, priority levels.
import type { APIService, FlowSchema, PriorityLevelConfiguration } from "../../cluster/index.ts";
import { ageOf } from "../duration.ts";
import { printer } from "./printer.ts";

// Models kubernetes/staging/src/k8s.io/kube-aggregator/pkg/registry/apiservice/etcd REST.ConvertToTable
export const apiServicePrinter = printer<APIService>(
  ["NAME", "SERVICE", "AVAILABLE", "AGE"],
  ({ metadata, spec, status }, { now }) => {
    const available = status?.conditions?.find(({ type }) => type === "Available");
    const why = available?.status === "True" ? "" : ` (${available?.reason ?? ""})`;
    return [
      metadata.name,
      spec?.service === undefined ? "Local" : `${spec.service.namespace}/${spec.service.name}`,
      available === undefined ? "Unknown" : `${available.status}${why}`,
      ageOf(metadata.creationTimestamp, now),
    ];
  },
);

// Models kubernetes/pkg/printers/internalversion printFlowSchema
export const flowSchemaPrinter = printer<FlowSchema>(
  ["NAME", "PRIORITYLEVEL", "MATCHINGPRECEDENCE", "DISTINGUISHERMETHOD", "AGE", "MISSINGPL"],
  ({ metadata, spec, status }, { now }) => [
    metadata.name,
    spec?.priorityLevelConfiguration.name,
    spec?.matchingPrecedence ?? 0,
    spec?.distinguisherMethod?.type ?? "<none>",
    ageOf(metadata.creationTimestamp, now),
    status?.conditions?.find(({ type }) => type === "Dangling")?.status ?? "?",
  ],
);

// Models kubernetes/pkg/printers/internalversion printPriorityLevelConfiguration
export const priorityLevelPrinter = printer<PriorityLevelConfiguration>(
  ["NAME", "TYPE", "NOMINALCONCURRENCYSHARES", "QUEUES", "HANDSIZE", "QUEUELENGTHLIMIT", "AGE"],
  ({ metadata, spec }, { now }) => {
    const queuing = spec?.limited?.limitResponse?.queuing;
    const count = (value: number | undefined) => (queuing === undefined ? "<none>" : (value ?? 0));
    return [
      metadata.name,
      spec?.type,
      spec?.limited === undefined ? "<none>" : (spec.limited.nominalConcurrencyShares ?? 0),
      count(queuing?.queues),
      count(queuing?.handSize),
      count(queuing?.queueLengthLimit),
      ageOf(metadata.creationTimestamp, now),
    ];
  },
);
