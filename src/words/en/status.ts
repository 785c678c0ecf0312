// The fields that show an object's state.
import { spoken } from "../language.ts";

export const EN = {
  beyond: "What others know of it",
  none: "none",
  state: "State",
  ready: "Ready",
  ports: "Ports",
  node: "Node",
  owner: "Owner",
  image: "Image",
  labels: "Labels",
  type: "Type",
  clusterIP: "ClusterIP",
  external: "External",
  selector: "Selector",
  affinity: "Affinity",
  externalPolicy: "External policy",
  internalPolicy: "Internal policy",
  address: "Address",
  podAddresses: "Pod addresses",
  zone: "Zone",
  unschedulable: "Unschedulable",
  taints: "Taints",
  yes: "yes",
  no: "no",
  unserved: "none: no controller serves it",
  class: "Class",
  unclaimed: "none: no controller claims it",
  rules: "Rules",
  defaultBackend: "Default backend",
  own404: "the controller's own 404",
  bySecret: (hosts: string, secret: string | undefined) => `${hosts} by Secret ${secret}`,
  desired: "Desired",
  conditions: "Conditions",
};

export const W = spoken("status", EN);
