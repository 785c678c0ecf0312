// What is stored here without effect.
import { spoken } from "../language.ts";

export const EN = {
  access: "Permissions are not checked here: everyone may do everything.",
  admission: "It checks and changes no requests: the API server here has only its built-in admission.",
  devices: "Pods here don't wait for devices and don't get any.",
  storage: "No storage driver runs here to read it.",
  flow: "Requests to the API server are not queued or limited here.",
  hpa: "It scales nothing while no metrics server runs here (`sim metrics on`), as on a real cluster without one.",
  apiService: "No other API server is called here.",
  priority: "Nothing is preempted here: no pod makes way for another.",
  serviceCidr: "ClusterIPs come only from the cluster's own range.",
  csr: "Nothing signs it here.",
  podTemplate: "No controller creates pods from it.",
  networkPolicy:
    "It drops no packets: nobody enforces policies while the network plugin here doesn't (`sim cni policy on`), as on a real cluster whose plugin has no support for them.",
  clusterPolicy: "It admits and denies nothing: the network plugin here enforces only NetworkPolicies.",
  spread:
    "The scheduler here ignores topologySpreadConstraints; it always spreads the pods of a workload over the nodes.",
  podAffinity: "The scheduler here ignores podAffinity.",
  podAntiAffinity:
    "The scheduler here ignores podAntiAffinity; it always spreads the pods of a workload over the nodes.",
  appProtocol: "appProtocol is a hint for ingress controllers and meshes; nothing here reads it.",
  timeZone: "Schedules run in UTC here, whatever the time zone.",
  cloudBalancer: "A cloud's load balancer controller",
  google: "Google's controllers",
  aws: "The AWS load balancer controller",
  haproxy: "The HAProxy ingress controller",
  podSecurity: "Pod Security admission",
  autoscaler: "The cluster autoscaler",
  nginx: (key: string) => `The ingress controller here doesn't read ${key}.`,
  foreign: (who: string, key: string) => `${who} would read ${key}, but doesn't run here.`,
  annotations: "Annotations and labels of other controllers",
  annotationsSay: (owners: readonly string[], read: string) =>
    `Nothing here reads what is meant for ${owners.map((who) => who.replace(/^(The|A) /, (article) => article.toLowerCase())).join(", ")}, or for ingress-nginx beyond ${read}.`,
};

export const W = spoken("effects", EN);
