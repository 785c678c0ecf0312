// Which printer each resource has.
import type { KubeObject, ResourceName } from "../../cluster/index.ts";
import {
  certificateSigningRequestPrinter,
  componentStatusPrinter,
  validatingAdmissionPolicyBindingPrinter,
  validatingAdmissionPolicyPrinter,
  webhookConfigurationPrinter,
} from "./admission.ts";
import { horizontalPodAutoscalerPrinter, podDisruptionBudgetPrinter } from "./autoscaling.ts";
import { cronJobPrinter, jobPrinter } from "./batch.ts";
import {
  configMapPrinter,
  leasePrinter,
  priorityClassPrinter,
  resourceQuotaPrinter,
  runtimeClassPrinter,
  secretPrinter,
  serviceAccountPrinter,
} from "./config.ts";
import { endpointSlicePrinter, endpointsPrinter } from "./endpoints.ts";
import { eventPrinter } from "./event.ts";
import {
  ingressClassPrinter,
  ingressPrinter,
  ipAddressPrinter,
  networkPolicyPrinter,
  serviceCIDRPrinter,
} from "./networking.ts";
import { namespacePrinter, nodePrinter } from "./node.ts";
import { podPrinter } from "./pod.ts";
import { type Printer, printer } from "./printer.ts";
import { roleBindingPrinter } from "./rbac.ts";
import { servicePrinter } from "./service.ts";
import {
  csiDriverPrinter,
  csiNodePrinter,
  persistentVolumeClaimPrinter,
  persistentVolumePrinter,
  storageClassPrinter,
  volumeAttachmentPrinter,
} from "./storage.ts";
import {
  controllerRevisionPrinter,
  daemonSetPrinter,
  deploymentPrinter,
  podTemplatePrinter,
  replicaSetPrinter,
  replicationControllerPrinter,
  statefulSetPrinter,
} from "./workloads.ts";

const PRINTERS: Readonly<Record<ResourceName, Printer>> = {
  componentstatuses: componentStatusPrinter,
  configmaps: configMapPrinter,
  endpoints: endpointsPrinter,
  events: eventPrinter,
  namespaces: namespacePrinter,
  nodes: nodePrinter,
  persistentvolumeclaims: persistentVolumeClaimPrinter,
  persistentvolumes: persistentVolumePrinter,
  pods: podPrinter,
  podtemplates: podTemplatePrinter,
  replicationcontrollers: replicationControllerPrinter,
  resourcequotas: resourceQuotaPrinter,
  secrets: secretPrinter,
  serviceaccounts: serviceAccountPrinter,
  services: servicePrinter,
  "controllerrevisions.apps": controllerRevisionPrinter,
  "daemonsets.apps": daemonSetPrinter,
  "deployments.apps": deploymentPrinter,
  "replicasets.apps": replicaSetPrinter,
  "statefulsets.apps": statefulSetPrinter,
  "cronjobs.batch": cronJobPrinter,
  "jobs.batch": jobPrinter,
  "certificatesigningrequests.certificates.k8s.io": certificateSigningRequestPrinter,
  "clusterrolebindings.rbac.authorization.k8s.io": roleBindingPrinter,
  "csidrivers.storage.k8s.io": csiDriverPrinter,
  "csinodes.storage.k8s.io": csiNodePrinter,
  "endpointslices.discovery.k8s.io": endpointSlicePrinter,
  "horizontalpodautoscalers.autoscaling": horizontalPodAutoscalerPrinter,
  "ingressclasses.networking.k8s.io": ingressClassPrinter,
  "ingresses.networking.k8s.io": ingressPrinter,
  "ipaddresses.networking.k8s.io": ipAddressPrinter,
  "leases.coordination.k8s.io": leasePrinter,
  "mutatingwebhookconfigurations.admissionregistration.k8s.io": webhookConfigurationPrinter,
  "networkpolicies.networking.k8s.io": networkPolicyPrinter,
  "poddisruptionbudgets.policy": podDisruptionBudgetPrinter,
  "priorityclasses.scheduling.k8s.io": priorityClassPrinter,
  "rolebindings.rbac.authorization.k8s.io": roleBindingPrinter,
  "runtimeclasses.node.k8s.io": runtimeClassPrinter,
  "servicecidrs.networking.k8s.io": serviceCIDRPrinter,
  "storageclasses.storage.k8s.io": storageClassPrinter,
  "validatingadmissionpolicies.admissionregistration.k8s.io": validatingAdmissionPolicyPrinter,
  "validatingadmissionpolicybindings.admissionregistration.k8s.io": validatingAdmissionPolicyBindingPrinter,
  "validatingwebhookconfigurations.admissionregistration.k8s.io": webhookConfigurationPrinter,
  "volumeattachments.storage.k8s.io": volumeAttachmentPrinter,
};

/** What built-in kinds without columns of their own print (roles, limit ranges, custom resource definitions and others). */
// Models kubernetes/staging/src/k8s.io/apiserver/pkg/registry/rest defaultTableConvertor
const createdAtPrinter = printer<KubeObject>(["NAME", "CREATED AT"], ({ metadata }) => [
  metadata.name,
  metadata.creationTimestamp,
]);

/** The printer of a resource. */
export function printerOf(resource: ResourceName): Printer {
  return PRINTERS[resource] ?? createdAtPrinter;
}
