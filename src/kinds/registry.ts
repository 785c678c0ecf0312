// The registry of kinds that have a folder here: what each folder brings to the engine, and when. A list of data only.

/** What the engine is to know of a folder. */
export interface Kind {
  /** The resources whose rules it has. */
  readonly resources: readonly string[];
  /** Its part of the engine is loaded when a text, a log or a console may need it: the folder has an `index.ts`. */
  readonly isLate?: true;
  /** It is no late kind, but has an `index.ts` with more that is loaded so. */
  readonly hasLatePart?: true;
  /** Late kinds of which its controllers make objects. */
  readonly makes?: readonly string[];
}

/** By folder. */
export const KINDS: Readonly<Record<string, Kind>> = {
  configmap: { resources: ["configmaps"] },
  customresourcedefinition: { resources: ["customresourcedefinitions.apiextensions.k8s.io"], isLate: true },
  daemonset: { resources: ["daemonsets.apps"], isLate: true },
  deployment: { resources: ["deployments.apps"] },
  endpoints: { resources: ["endpoints"] },
  endpointslice: { resources: ["endpointslices.discovery.k8s.io"] },
  event: { resources: ["events"] },
  horizontalpodautoscaler: { resources: ["horizontalpodautoscalers.autoscaling"], isLate: true },
  ingress: { resources: ["ingresses.networking.k8s.io"], isLate: true },
  job: { resources: ["cronjobs.batch", "jobs.batch"], isLate: true },
  limitrange: { resources: ["limitranges"], isLate: true },
  namespace: { resources: ["namespaces"] },
  networkpolicy: { resources: ["networkpolicies.networking.k8s.io"], isLate: true },
  node: { resources: ["nodes"], hasLatePart: true },
  persistentvolumeclaim: { resources: ["persistentvolumeclaims", "persistentvolumes"], isLate: true },
  pod: { resources: ["pods"] },
  poddisruptionbudget: { resources: ["poddisruptionbudgets.policy"], isLate: true },
  replicaset: { resources: ["replicasets.apps"] },
  replicationcontroller: { resources: ["replicationcontrollers"], isLate: true },
  resourcequota: { resources: ["resourcequotas"], isLate: true },
  role: {
    resources: [
      "clusterrolebindings.rbac.authorization.k8s.io",
      "clusterroles.rbac.authorization.k8s.io",
      "rolebindings.rbac.authorization.k8s.io",
      "roles.rbac.authorization.k8s.io",
    ],
  },
  /** No kind of its own: the fields of all kinds that not every cluster has. */
  schema: { resources: [], hasLatePart: true },
  secret: { resources: ["secrets"] },
  service: { resources: ["services"] },
  statefulset: { resources: ["statefulsets.apps"], isLate: true, makes: ["persistentvolumeclaim"] },
};

/** Those that are loaded late. */
export const LATE: ReadonlyMap<string, Kind> = new Map(Object.entries(KINDS).filter(([, { isLate }]) => isLate));
