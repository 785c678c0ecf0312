// What a pod's spec must be: the field errors, in the API server's order.
import type { Container, PodSpec, PodTemplateSpec, Toleration, Volume } from "../../api/types.gen.ts";
import {
  duplicate,
  type FieldErrors,
  forbidden,
  invalid,
  invalidEach,
  notSupported,
  required,
} from "../../apimachinery/field.ts";
import { validateAnnotations, validateLabels } from "../../apimachinery/metadata.ts";
import { dns1123Label, dns1123Subdomain, qualifiedName } from "../../apimachinery/names.ts";
import { ipReasons } from "../../apimachinery/net.ts";
import { validateContainers } from "./container-validation.ts";

const RESTART_POLICIES = ["Always", "OnFailure", "Never"];
const DNS_POLICIES = ["ClusterFirst", "ClusterFirstWithHostNet", "Default", "None"];
const LARGEST_INT32 = 2147483647;

/** A pod template under `path`. */
// Models kubernetes/pkg/apis/core/validation ValidatePodTemplateSpec
export function validateTemplate(template: PodTemplateSpec, path: string): FieldErrors {
  return [
    ...validateLabels(template.metadata?.labels, `${path}.metadata.labels`),
    ...validateAnnotations(template.metadata?.annotations, `${path}.metadata.annotations`),
    ...validatePodSpec(template.spec ?? { containers: [] }, `${path}.spec`),
  ];
}

/** A pod's spec under `path`. Spec: [POD-2]. */
// Models kubernetes/pkg/apis/core/validation ValidatePodSpec
export function validatePodSpec(spec: PodSpec, path: string): FieldErrors {
  const volumes = new Set((spec.volumes ?? []).map(({ name }) => name));
  const names = new Set<string>();
  const containers = spec.containers ?? [];
  return [
    ...validateVolumes(spec.volumes ?? [], `${path}.volumes`),
    ...(containers.length === 0
      ? [required(`${path}.containers`)]
      : validateContainers(containers, `${path}.containers`, volumes, names)),
    ...validateInitContainers(spec, path, volumes, names),
    ...validatePolicies(spec, path),
    ...validateLabels(spec.nodeSelector, `${path}.nodeSelector`),
    ...validateSpread(spec, `${path}.topologySpreadConstraints`),
    ...validateNames(spec, path),
    ...validateTolerations(spec.tolerations ?? [], `${path}.tolerations`),
    ...validateHostAliases(spec, `${path}.hostAliases`),
  ];
}

function validateInitContainers(
  spec: PodSpec,
  path: string,
  volumes: ReadonlySet<string>,
  names: Set<string>,
): FieldErrors {
  const at = `${path}.initContainers`;
  const containers: readonly Container[] = spec.initContainers ?? [];
  const errors = validateContainers(containers, at, volumes, names);
  for (const [i, each] of containers.entries()) {
    if (each.restartPolicy === "Always") continue;
    for (const probe of ["livenessProbe", "readinessProbe", "startupProbe"] as const)
      if (each[probe] !== undefined)
        errors.push(
          forbidden(`${at}[${i}].${probe}`, "may not be set for init containers without restartPolicy=Always"),
        );
  }
  return errors;
}

const VOLUME_SOURCES_WITH_NAME = {
  configMap: ["name", "name"],
  secret: ["secretName", "secretName"],
  hostPath: ["path", "path"],
  persistentVolumeClaim: ["claimName", "claimName"],
} as const;

function validateVolumes(volumes: readonly Volume[], path: string): FieldErrors {
  const names = new Set<string>();
  return volumes.flatMap((volume, i) => {
    const at = `${path}[${i}]`;
    const { name, ...sources } = volume;
    const given = Object.entries(sources).filter(([, value]) => value !== undefined);
    const errors: FieldErrors = given
      .slice(1)
      .map(([source]) => forbidden(`${at}.${source}`, "may not specify more than 1 volume type"));
    for (const [source, [field]] of Object.entries(VOLUME_SOURCES_WITH_NAME)) {
      const value: Readonly<Record<string, unknown>> | undefined = Object.fromEntries(given)[source] as never;
      if (value !== undefined && ((value[field] as string | undefined) ?? "") === "")
        errors.push(required(`${at}.${source}.${field}`));
    }
    if (name === "") errors.push(required(`${at}.name`));
    else errors.push(...invalidEach(`${at}.name`, name, dns1123Label(name)));
    if (names.has(name)) errors.push(duplicate(`${at}.name`, name));
    names.add(name);
    return errors;
  });
}

function validatePolicies(spec: PodSpec, path: string): FieldErrors {
  const errors: FieldErrors = [];
  const { restartPolicy = "", dnsPolicy = "" } = spec;
  if (restartPolicy === "") errors.push(required(`${path}.restartPolicy`));
  else if (!RESTART_POLICIES.includes(restartPolicy))
    errors.push(notSupported(`${path}.restartPolicy`, restartPolicy, RESTART_POLICIES));
  if (dnsPolicy === "") errors.push(required(`${path}.dnsPolicy`));
  else if (!DNS_POLICIES.includes(dnsPolicy)) errors.push(notSupported(`${path}.dnsPolicy`, dnsPolicy, DNS_POLICIES));
  if (dnsPolicy === "None" && (spec.dnsConfig?.nameservers?.length ?? 0) === 0)
    errors.push(
      required(`${path}.dnsConfig.nameservers`, "must provide at least one DNS nameserver when `dnsPolicy` is None"),
    );
  return errors;
}

function validateSpread(spec: PodSpec, path: string): FieldErrors {
  return (spec.topologySpreadConstraints ?? []).flatMap(({ maxSkew, topologyKey, whenUnsatisfiable }, i) => {
    const at = `${path}[${i}]`;
    const errors: FieldErrors = [];
    if (maxSkew <= 0) errors.push(invalid(`${at}.maxSkew`, maxSkew, "must be greater than zero"));
    if (topologyKey === "") errors.push(required(`${at}.topologyKey`, "can not be empty"));
    if (!["DoNotSchedule", "ScheduleAnyway"].includes(whenUnsatisfiable))
      errors.push(notSupported(`${at}.whenUnsatisfiable`, whenUnsatisfiable, ["DoNotSchedule", "ScheduleAnyway"]));
    return errors;
  });
}

function validateNames(spec: PodSpec, path: string): FieldErrors {
  const errors: FieldErrors = [];
  const { serviceAccountName = "", nodeName = "", hostname = "", subdomain = "", priorityClassName = "" } = spec;
  if (serviceAccountName !== "")
    errors.push(...invalidEach(`${path}.serviceAccountName`, serviceAccountName, dns1123Subdomain(serviceAccountName)));
  if (nodeName !== "") errors.push(...invalidEach(`${path}.nodeName`, nodeName, dns1123Subdomain(nodeName)));
  const seconds = spec.activeDeadlineSeconds;
  if (seconds !== undefined && (seconds < 1 || seconds > LARGEST_INT32))
    errors.push(invalid(`${path}.activeDeadlineSeconds`, seconds, `must be between 1 and ${LARGEST_INT32}, inclusive`));
  if (hostname !== "") errors.push(...invalidEach(`${path}.hostname`, hostname, dns1123Label(hostname)));
  if (subdomain !== "") errors.push(...invalidEach(`${path}.subdomain`, subdomain, dns1123Label(subdomain)));
  if (priorityClassName !== "")
    errors.push(...invalidEach(`${path}.priorityClassName`, priorityClassName, dns1123Subdomain(priorityClassName)));
  return errors;
}

// Models kubernetes/pkg/apis/core/validation ValidateTolerations
function validateTolerations(tolerations: readonly Toleration[], path: string): FieldErrors {
  return tolerations.flatMap(({ key = "", operator = "", value = "", effect = "", tolerationSeconds }, i) => {
    const at = `${path}[${i}]`;
    const errors = key === "" ? [] : invalidEach(`${at}.key`, key, qualifiedName(key));
    if (key === "" && operator !== "Exists")
      errors.push(
        invalid(
          `${at}.operator`,
          operator,
          'operator must be Exists when `key` is empty, which means "match all values and all keys"',
        ),
      );
    if (tolerationSeconds !== undefined && effect !== "NoExecute")
      errors.push(invalid(`${at}.effect`, effect, "effect must be 'NoExecute' when `tolerationSeconds` is set"));
    if (operator === "Exists" && value !== "")
      errors.push(invalid(`${at}.operator`, value, "value must be empty when `operator` is 'Exists'"));
    if (!["", "Equal", "Exists"].includes(operator))
      errors.push(notSupported(`${at}.operator`, operator, ["Equal", "Exists"]));
    if (!["", "NoSchedule", "PreferNoSchedule", "NoExecute"].includes(effect))
      errors.push(notSupported(`${at}.effect`, effect, ["NoSchedule", "PreferNoSchedule", "NoExecute"]));
    return errors;
  });
}

function validateHostAliases(spec: PodSpec, path: string): FieldErrors {
  return (spec.hostAliases ?? []).flatMap(({ ip, hostnames = [] }, i) => [
    ...invalidEach(`${path}[${i}].ip`, ip, ipReasons(ip)),
    ...hostnames.flatMap((name, j) => invalidEach(`${path}[${i}].hostnames[${j}]`, name, dns1123Subdomain(name))),
  ]);
}

/** What is accepted but likely not meant, under `path`. */
// Models kubernetes/pkg/api/pod/warnings.go
export function podSpecWarnings(spec: PodSpec, path: string): string[] {
  const warnings: string[] = [];
  if ((spec.terminationGracePeriodSeconds ?? 0) < 0)
    warnings.push(
      `${path}.terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be treated as 1`,
    );
  const containers = (spec.containers ?? []).map((container, i) => ({ container, at: `${path}.containers[${i}]` }));
  for (const { container, at } of containers) {
    const seen = new Set<string>();
    for (const [i, { name }] of (container.env ?? []).entries()) {
      if (seen.has(name))
        warnings.push(
          `${at}.env[${i}]: hides previous definition of ${JSON.stringify(name)}, which may be dropped when using apply`,
        );
      seen.add(name);
    }
  }
  return [...warnings, ...portWarnings(containers)];
}

function portWarnings(containers: ReadonlyArray<{ container: Container; at: string }>): string[] {
  const numbers = new Map<string, string>();
  const names = new Map<string, string>();
  const warnings: string[] = [];
  for (const { container, at } of containers) {
    for (const [i, port] of (container.ports ?? []).entries()) {
      const here = `${at}.ports[${i}]`;
      const key = `${port.containerPort}/${port.protocol}/${port.hostIP ?? ""}/${port.hostPort ?? 0}`;
      const same = numbers.get(key);
      if (same !== undefined) warnings.push(`${here}: duplicate port definition with ${same}`);
      else numbers.set(key, here);
      if ((port.name ?? "") === "") continue;
      const first = names.get(port.name ?? "");
      if (first !== undefined)
        warnings.push(
          `${here}: duplicate port name ${JSON.stringify(port.name)} with ${first}, services and probes that select ports by name will use ${first}`,
        );
      else names.set(port.name ?? "", here);
    }
  }
  return warnings;
}
