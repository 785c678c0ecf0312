// Which printer each resource has: that of its kind's folder, or one of these for kinds that are only kept here.
import type { KubeObject, ResourceInfo } from "../../cluster/index.ts";
import { own, resourceName } from "../../cluster/index.ts";
import { PRINTERS } from "../../kinds/console.ts";
import {
  certificateSigningRequestPrinter,
  componentStatusPrinter,
  mutatingAdmissionPolicyPrinter,
  validatingAdmissionPolicyBindingPrinter,
  validatingAdmissionPolicyPrinter,
  webhookConfigurationPrinter,
} from "./admission.ts";
import { apiServicePrinter, flowSchemaPrinter, priorityLevelPrinter } from "./apimachinery.ts";
import { columnsPrinter } from "./columns.ts";
import {
  leasePrinter,
  priorityClassPrinter,
  resourceQuotaPrinter,
  runtimeClassPrinter,
  serviceAccountPrinter,
} from "./config.ts";
import { resourceClaimPrinter, resourceSlicePrinter } from "./devices.ts";
import { ingressClassPrinter, ipAddressPrinter, serviceCIDRPrinter } from "./networking.ts";
import { ageOnlyPrinter, type Printer, type Printers, printer } from "./printer.ts";
import {
  csiDriverPrinter,
  csiNodePrinter,
  csiStorageCapacityPrinter,
  storageClassPrinter,
  volumeAttachmentPrinter,
  volumeAttributesClassPrinter,
} from "./storage.ts";
import { controllerRevisionPrinter, podTemplatePrinter } from "./workloads.ts";

const OTHERS: Printers = {
  componentstatuses: componentStatusPrinter,
  podtemplates: podTemplatePrinter,
  resourcequotas: resourceQuotaPrinter,
  serviceaccounts: serviceAccountPrinter,
  "controllerrevisions.apps": controllerRevisionPrinter,
  "certificatesigningrequests.certificates.k8s.io": certificateSigningRequestPrinter,
  "csidrivers.storage.k8s.io": csiDriverPrinter,
  "csinodes.storage.k8s.io": csiNodePrinter,
  "ingressclasses.networking.k8s.io": ingressClassPrinter,
  "ipaddresses.networking.k8s.io": ipAddressPrinter,
  "leases.coordination.k8s.io": leasePrinter,
  "mutatingwebhookconfigurations.admissionregistration.k8s.io": webhookConfigurationPrinter,
  "priorityclasses.scheduling.k8s.io": priorityClassPrinter,
  "runtimeclasses.node.k8s.io": runtimeClassPrinter,
  "servicecidrs.networking.k8s.io": serviceCIDRPrinter,
  "storageclasses.storage.k8s.io": storageClassPrinter,
  "validatingadmissionpolicies.admissionregistration.k8s.io": validatingAdmissionPolicyPrinter,
  "validatingadmissionpolicybindings.admissionregistration.k8s.io": validatingAdmissionPolicyBindingPrinter,
  "validatingwebhookconfigurations.admissionregistration.k8s.io": webhookConfigurationPrinter,
  "volumeattachments.storage.k8s.io": volumeAttachmentPrinter,
  "volumeattributesclasses.storage.k8s.io": volumeAttributesClassPrinter,
  "csistoragecapacities.storage.k8s.io": csiStorageCapacityPrinter,
  "apiservices.apiregistration.k8s.io": apiServicePrinter,
  "mutatingadmissionpolicies.admissionregistration.k8s.io": mutatingAdmissionPolicyPrinter,
  "mutatingadmissionpolicybindings.admissionregistration.k8s.io": validatingAdmissionPolicyBindingPrinter,
  "flowschemas.flowcontrol.apiserver.k8s.io": flowSchemaPrinter,
  "prioritylevelconfigurations.flowcontrol.apiserver.k8s.io": priorityLevelPrinter,
  "deviceclasses.resource.k8s.io": ageOnlyPrinter,
  "resourceclaims.resource.k8s.io": resourceClaimPrinter,
  "resourceclaimtemplates.resource.k8s.io": ageOnlyPrinter,
  "resourceslices.resource.k8s.io": resourceSlicePrinter,
};

/** What built-in kinds without columns of their own print (roles, limit ranges, custom resource definitions and others). */
// Models kubernetes/staging/src/k8s.io/apiserver/pkg/registry/rest defaultTableConvertor
const createdAtPrinter = printer<KubeObject>(["NAME", "CREATED AT"], ({ metadata }) => [
  metadata.name,
  metadata.creationTimestamp,
]);

/** The printer of a resource. */
export function printerOf(info: ResourceInfo): Printer {
  if (info.columns !== undefined) return columnsPrinter(info.columns);
  const name = resourceName(info);
  return own(PRINTERS, name) ?? own(OTHERS, name) ?? createdAtPrinter;
}
