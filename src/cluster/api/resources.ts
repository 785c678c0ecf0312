// Which object type each resource holds, for the kinds the engine works with by type.
import type * as types from "./types.gen.ts";

/** Resource name (plural with group) to object type. */
export interface ResourceTypes {
  configmaps: types.ConfigMap;
  endpoints: types.Endpoints;
  events: types.Event;
  namespaces: types.Namespace;
  nodes: types.Node;
  persistentvolumeclaims: types.PersistentVolumeClaim;
  persistentvolumes: types.PersistentVolume;
  pods: types.Pod;
  replicationcontrollers: types.ReplicationController;
  secrets: types.Secret;
  services: types.Service;
  "controllerrevisions.apps": types.ControllerRevision;
  "daemonsets.apps": types.DaemonSet;
  "deployments.apps": types.Deployment;
  "replicasets.apps": types.ReplicaSet;
  "statefulsets.apps": types.StatefulSet;
  "cronjobs.batch": types.CronJob;
  "jobs.batch": types.Job;
  "customresourcedefinitions.apiextensions.k8s.io": types.CustomResourceDefinition;
  "leases.coordination.k8s.io": types.Lease;
  "endpointslices.discovery.k8s.io": types.EndpointSlice;
  "ingressclasses.networking.k8s.io": types.IngressClass;
  "ingresses.networking.k8s.io": types.Ingress;
  "networkpolicies.networking.k8s.io": types.NetworkPolicy;
  "poddisruptionbudgets.policy": types.PodDisruptionBudget;
  "storageclasses.storage.k8s.io": types.StorageClass;
  "servicecidrs.networking.k8s.io": types.ServiceCIDR;
}
