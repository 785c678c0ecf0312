// The tables of admission configuration, certificates and other kinds that concern the API server itself.
import type {
  CertificateSigningRequest,
  ComponentStatus,
  MutatingAdmissionPolicy,
  MutatingWebhookConfiguration,
  ValidatingAdmissionPolicy,
  ValidatingAdmissionPolicyBinding,
} from "../../cluster/index.ts";
import { ageOf, humanDuration } from "../duration.ts";
import { printer } from "./printer.ts";

/** Mutating and validating configurations print alike. */
// Models kubernetes/pkg/printers/internalversion printMutatingWebhook
export const webhookConfigurationPrinter = printer<MutatingWebhookConfiguration>(
  ["NAME", "WEBHOOKS", "AGE"],
  ({ metadata, webhooks }, { now }) => [metadata.name, webhooks?.length ?? 0, ageOf(metadata.creationTimestamp, now)],
);

// Models kubernetes/pkg/printers/internalversion printValidatingAdmissionPolicy
export const validatingAdmissionPolicyPrinter = printer<ValidatingAdmissionPolicy>(
  ["NAME", "VALIDATIONS", "PARAMKIND", "AGE"],
  ({ metadata, spec }, { now }) => [
    metadata.name,
    spec?.validations?.length ?? 0,
    spec?.paramKind === undefined ? "<unset>" : `${spec.paramKind.apiVersion}/${spec.paramKind.kind}`,
    ageOf(metadata.creationTimestamp, now),
  ],
);

// Models kubernetes/pkg/printers/internalversion printMutatingAdmissionPolicy
export const mutatingAdmissionPolicyPrinter = printer<MutatingAdmissionPolicy>(
  ["NAME", "MUTATIONS", "PARAMKIND", "AGE"],
  ({ metadata, spec }, { now }) => [
    metadata.name,
    spec?.mutations?.length ?? 0,
    spec?.paramKind === undefined ? "<unset>" : `${spec.paramKind.apiVersion}/${spec.paramKind.kind}`,
    ageOf(metadata.creationTimestamp, now),
  ],
);

/** Bindings of validating and of mutating policies print alike. */
// Models kubernetes/pkg/printers/internalversion printValidatingAdmissionPolicyBinding, printMutatingAdmissionPolicyBinding
export const validatingAdmissionPolicyBindingPrinter = printer<ValidatingAdmissionPolicyBinding>(
  ["NAME", "POLICYNAME", "PARAMREF", "AGE"],
  ({ metadata, spec }, { now }) => [
    metadata.name,
    spec?.policyName,
    spec?.paramRef?.name === undefined ? "<unset>" : `${spec.paramRef.namespace ?? "*"}/${spec.paramRef.name}`,
    ageOf(metadata.creationTimestamp, now),
  ],
);

// Models kubernetes/pkg/printers/internalversion printCertificateSigningRequest
export const certificateSigningRequestPrinter = printer<CertificateSigningRequest>(
  ["NAME", "AGE", "SIGNERNAME", "REQUESTOR", "REQUESTEDDURATION", "CONDITION"],
  ({ metadata, spec, status }, { now }) => {
    const has = (type: string) => status?.conditions?.some((each) => each.type === type) ?? false;
    const decision = has("Denied") ? "Denied" : has("Approved") ? "Approved" : "Pending";
    return [
      metadata.name,
      ageOf(metadata.creationTimestamp, now),
      spec.signerName || "<none>",
      spec.username,
      spec.expirationSeconds === undefined ? "<none>" : humanDuration(spec.expirationSeconds * 1_000),
      `${decision}${has("Failed") ? ",Failed" : ""}${status?.certificate ? ",Issued" : ""}`,
    ];
  },
);

// Models kubernetes/pkg/printers/internalversion printComponentStatus
export const componentStatusPrinter = printer<ComponentStatus>(
  ["NAME", "STATUS", "MESSAGE", "ERROR"],
  ({ metadata, conditions }) => {
    const healthy = conditions?.find((each) => each.type === "Healthy");
    const status = healthy === undefined ? "Unknown" : healthy.status === "True" ? "Healthy" : "Unhealthy";
    return [metadata.name, status, healthy?.message, healthy?.error];
  },
);
