// What a pod's spec must be: the field errors, in the API server's order.
import type { Container, PodSpec, PodTemplateSpec } from "../../cluster/api/types.gen.ts";
import { PodDeletionCost } from "../../cluster/api/well-known.ts";
import {
  duplicate,
  type FieldErrors,
  invalid,
  invalidEach,
  notSupported,
  required,
} from "../../cluster/apimachinery/field.ts";
import { validateAnnotations, validateLabels } from "../../cluster/apimachinery/metadata.ts";
import {
  dns1123Label,
  dns1123Subdomain,
  dns1123SubdomainWithUnderscore,
  qualifiedName,
} from "../../cluster/apimachinery/names.ts";
import { ipReasons } from "../../cluster/apimachinery/net.ts";
import { validateAffinity, validateSpread, validateTolerations } from "./api-affinity-validation.ts";
import { validateContainers, validateIds, validateInitContainers } from "./api-container-validation.ts";
import { validateVolumes } from "./api-volume-validation.ts";

const RESTART_POLICIES = ["Always", "OnFailure", "Never"];
const DNS_POLICIES = ["ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"];
const LARGEST_INT32 = 2147483647;
const MOST_NAMESERVERS = 3;
const MOST_SEARCHES = 32;

/** A pod template under `path`; upstream leaves `metadata` out of the paths of its labels. */
// Models kubernetes/pkg/apis/core/validation ValidatePodTemplateSpec
export function validateTemplate(template: PodTemplateSpec, path: string, claims: readonly string[] = []): FieldErrors {
  const annotations = template.metadata?.annotations;
  return [
    ...validateLabels(template.metadata?.labels, `${path}.labels`),
    ...validateAnnotations(annotations, `${path}.annotations`),
    ...validateDeletionCost(annotations, `${path}.annotations`),
    ...validatePodSpec(template.spec ?? { containers: [] }, `${path}.spec`, claims),
  ];
}

/** The annotation that says which pods go first, under the path of the annotations. */
export function validateDeletionCost(
  annotations: Readonly<Record<string, string>> | undefined,
  path: string,
): FieldErrors {
  const cost = annotations?.[PodDeletionCost];
  if (cost === undefined || /^(0|-?[1-9][0-9]{0,9})$/.test(cost)) return [];
  return [invalid(`${path}[${PodDeletionCost}]`, cost, "must be a 32bit integer")];
}

/** A pod's spec under `path`; volumes of `claims` may be mounted too. Spec: [POD-2]. */
// Models kubernetes/pkg/apis/core/validation ValidatePodSpec
export function validatePodSpec(spec: PodSpec, path: string, claims: readonly string[] = []): FieldErrors {
  const { errors, names } = validateVolumes(spec.volumes ?? [], `${path}.volumes`);
  const volumes = new Set([...names, ...claims]);
  const parts = { volumes, grace: spec.terminationGracePeriodSeconds };
  const containers: readonly Container[] = spec.containers ?? [];
  return [
    ...errors,
    ...validateContainers(containers, `${path}.containers`, parts),
    ...validateInitContainers(
      spec.initContainers ?? [],
      `${path}.initContainers`,
      parts,
      containers.map(({ name }) => name),
    ),
    ...validateHostNetwork(spec, `${path}.containers`),
    ...validatePolicies(spec, path),
    ...validateLabels(spec.nodeSelector, `${path}.nodeSelector`),
    ...validateIds(spec.securityContext ?? {}, ["fsGroup", "runAsUser", "runAsGroup"], `${path}.securityContext`),
    ...validateAffinity(spec.affinity, `${path}.affinity`),
    ...validateResolver(spec, `${path}.dnsConfig`),
    ...validateGates(spec, path),
    ...validateSpread(spec, `${path}.topologySpreadConstraints`),
    ...validateNames(spec, path),
    ...validateTolerations(spec.tolerations ?? [], `${path}.tolerations`),
    ...validateHostAliases(spec, `${path}.hostAliases`),
    ...validateClasses(spec, path),
  ];
}

/** Ports of a pod on its host's network are the host's. */
// Models kubernetes/pkg/apis/core/validation validatePodHostNetworkDeps
function validateHostNetwork(spec: PodSpec, path: string): FieldErrors {
  if (spec.hostNetwork !== true) return [];
  return (spec.containers ?? []).flatMap(({ ports = [] }, i) =>
    ports.flatMap(({ hostPort = 0, containerPort }, j) =>
      hostPort === containerPort || hostPort === 0
        ? []
        : [
            invalid(
              `${path}[${i}].ports[${j}].hostPort`,
              hostPort,
              "must match `containerPort` when `hostNetwork` is true",
            ),
          ],
    ),
  );
}

function validatePolicies(spec: PodSpec, path: string): FieldErrors {
  const errors: FieldErrors = [];
  const { restartPolicy = "", dnsPolicy = "" } = spec;
  if (restartPolicy === "") errors.push(required(`${path}.restartPolicy`));
  else if (!RESTART_POLICIES.includes(restartPolicy))
    errors.push(notSupported(`${path}.restartPolicy`, restartPolicy, RESTART_POLICIES));
  if (dnsPolicy === "") errors.push(required(`${path}.dnsPolicy`));
  else if (!DNS_POLICIES.includes(dnsPolicy)) errors.push(notSupported(`${path}.dnsPolicy`, dnsPolicy, DNS_POLICIES));
  return errors;
}

// Models kubernetes/pkg/apis/core/validation validatePodDNSConfig
function validateResolver({ dnsConfig, dnsPolicy }: PodSpec, path: string): FieldErrors {
  const { nameservers = [], searches = [], options = [] } = dnsConfig ?? {};
  if (dnsPolicy === "None") {
    if (dnsConfig === undefined) return [required(path, "must provide `dnsConfig` when `dnsPolicy` is None")];
    if (nameservers.length === 0)
      return [required(`${path}.nameservers`, "must provide at least one DNS nameserver when `dnsPolicy` is None")];
  }
  const errors: FieldErrors = [];
  if (nameservers.length > MOST_NAMESERVERS)
    errors.push(invalid(`${path}.nameservers`, nameservers, `must not have more than ${MOST_NAMESERVERS} nameservers`));
  errors.push(...nameservers.flatMap((ip, i) => invalidEach(`${path}.nameservers[${i}]`, ip, ipReasons(ip))));
  if (searches.length > MOST_SEARCHES)
    errors.push(invalid(`${path}.searches`, searches, `must not have more than ${MOST_SEARCHES} search paths`));
  for (const [i, search] of searches.entries()) {
    const name = search.replace(/\.$/, "");
    if (search !== ".")
      errors.push(...invalidEach(`${path}.searches[${i}]`, name, dns1123SubdomainWithUnderscore(name)));
  }
  for (const [i, { name = "" }] of options.entries())
    if (name === "") errors.push(required(`${path}.options[${i}]`, "must not be empty"));
  return errors;
}

function validateGates({ readinessGates = [], schedulingGates = [] }: PodSpec, path: string): FieldErrors {
  const seen = new Set<string>();
  return [
    ...readinessGates.flatMap(({ conditionType }, i) =>
      invalidEach(`${path}.readinessGates[${i}].conditionType`, conditionType, qualifiedName(conditionType)),
    ),
    ...schedulingGates.flatMap(({ name }, i) => {
      const at = `${path}.schedulingGates[${i}]`;
      const errors = invalidEach(at, name, qualifiedName(name));
      if (seen.has(name)) errors.push(duplicate(at, name));
      seen.add(name);
      return errors;
    }),
  ];
}

function validateNames(spec: PodSpec, path: string): FieldErrors {
  const errors: FieldErrors = [];
  const { serviceAccountName = "", nodeName = "", hostname = "", subdomain = "" } = spec;
  if (serviceAccountName !== "")
    errors.push(...invalidEach(`${path}.serviceAccountName`, serviceAccountName, dns1123Subdomain(serviceAccountName)));
  if (nodeName !== "") errors.push(...invalidEach(`${path}.nodeName`, nodeName, dns1123Subdomain(nodeName)));
  const seconds = spec.activeDeadlineSeconds;
  if (seconds !== undefined && (seconds < 1 || seconds > LARGEST_INT32))
    errors.push(invalid(`${path}.activeDeadlineSeconds`, seconds, `must be between 1 and ${LARGEST_INT32}, inclusive`));
  if (hostname !== "") errors.push(...invalidEach(`${path}.hostname`, hostname, dns1123Label(hostname)));
  if (subdomain !== "") errors.push(...invalidEach(`${path}.subdomain`, subdomain, dns1123Label(subdomain)));
  return errors;
}

function validateHostAliases(spec: PodSpec, path: string): FieldErrors {
  return (spec.hostAliases ?? []).flatMap(({ ip, hostnames = [] }, i) => [
    ...invalidEach(`${path}[${i}].ip`, ip, ipReasons(ip)),
    ...hostnames.flatMap((name, j) => invalidEach(`${path}[${i}].hostnames[${j}]`, name, dns1123Subdomain(name))),
  ]);
}

function validateClasses({ priorityClassName = "", runtimeClassName }: PodSpec, path: string): FieldErrors {
  const errors =
    priorityClassName === ""
      ? []
      : invalidEach(`${path}.priorityClassName`, priorityClassName, dns1123Subdomain(priorityClassName));
  if (runtimeClassName === undefined) return errors;
  return [...errors, ...invalidEach(`${path}.runtimeClassName`, runtimeClassName, dns1123Subdomain(runtimeClassName))];
}
