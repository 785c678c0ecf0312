// What a container of a pod must be: the field errors, in the API server's order.
import type { Container, ContainerPort, ResourceRequirements } from "../../cluster/api/types.gen.ts";
import {
  duplicate,
  type FieldErrors,
  forbidden,
  invalid,
  invalidEach,
  notSupported,
  required,
} from "../../cluster/apimachinery/field.ts";
import { dns1123Label, portName, portNumber, qualifiedName } from "../../cluster/apimachinery/names.ts";
import { parseQuantity } from "../../cluster/apimachinery/quantity.ts";
import { own } from "../../cluster/sim/values.ts";
import { validateEnv, validateEnvFrom } from "./api-env-validation.ts";
import { validateHooksAndProbes } from "./api-probe-validation.ts";
import { validateMounts } from "./api-volume-validation.ts";

const PROTOCOLS = ["SCTP", "TCP", "UDP"];
const PULL_POLICIES = ["Always", "IfNotPresent", "Never"];
const MESSAGE_POLICIES = ["File", "FallbackToLogsOnError"];

/** What containers of a pod share. */
export interface PodParts {
  /** Names of volumes that may be mounted. */
  readonly volumes: ReadonlySet<string>;
  /** Seconds that the pod has for its end. */
  readonly grace: number | undefined;
}

/** The containers of a pod under `path`. */
// Models kubernetes/pkg/apis/core/validation validateContainers
export function validateContainers(containers: readonly Container[], path: string, parts: PodParts): FieldErrors {
  if (containers.length === 0) return [required(path)];
  const names = new Set<string>();
  const errors = containers.flatMap((container, i) => {
    const at = `${path}[${i}]`;
    const found = validateContainer(container, at, parts.volumes);
    if (names.has(container.name)) found.push(duplicate(`${at}.name`, container.name));
    names.add(container.name);
    return [...found, ...validateHooksAndProbes(container, at, parts.grace)];
  });
  return [...errors, ...validateHostPorts(containers, path)];
}

/** The init containers under `path`; `others` are the names of the containers. */
// Models kubernetes/pkg/apis/core/validation validateInitContainers
export function validateInitContainers(
  containers: readonly Container[],
  path: string,
  parts: PodParts,
  others: readonly string[],
): FieldErrors {
  const names = new Set(others);
  return containers.flatMap((container, i) => {
    const at = `${path}[${i}]`;
    const errors = validateContainer(container, at, parts.volumes);
    if (names.has(container.name)) errors.push(duplicate(`${at}.name`, container.name));
    else if (container.name !== "") names.add(container.name);
    errors.push(...validateHostPorts([container], path));
    if (container.restartPolicy === "Always") return [...errors, ...validateHooksAndProbes(container, at, parts.grace)];
    for (const field of ["lifecycle", "livenessProbe", "readinessProbe", "startupProbe"] as const)
      if (container[field] !== undefined) errors.push(forbidden(`${at}.${field}`, NO_SIDECAR));
    return errors;
  });
}

const NO_SIDECAR = "may not be set for init containers without restartPolicy=Always";

function validateContainer(container: Container, at: string, volumes: ReadonlySet<string>): FieldErrors {
  const { name = "", image = "", imagePullPolicy = "", terminationMessagePolicy = "File" } = container;
  const errors = name === "" ? [required(`${at}.name`)] : invalidEach(`${at}.name`, name, dns1123Label(name));
  if (image === "") errors.push(required(`${at}.image`));
  if (!MESSAGE_POLICIES.includes(terminationMessagePolicy))
    errors.push(notSupported(`${at}.terminationMessagePolicy`, terminationMessagePolicy, MESSAGE_POLICIES));
  errors.push(...validateContainerPorts(container.ports ?? [], `${at}.ports`));
  errors.push(...validateEnv(container.env ?? [], `${at}.env`));
  errors.push(...validateEnvFrom(container, `${at}.envFrom`));
  errors.push(...validateMounts(container.volumeMounts ?? [], `${at}.volumeMounts`, volumes));
  if (!PULL_POLICIES.includes(imagePullPolicy))
    errors.push(notSupported(`${at}.imagePullPolicy`, imagePullPolicy, PULL_POLICIES));
  errors.push(...validateResources(container.resources ?? {}, `${at}.resources`));
  return [
    ...errors,
    ...validateIds(container.securityContext ?? {}, ["runAsUser", "runAsGroup"], `${at}.securityContext`),
  ];
}

/** Numbers of users and groups, the named fields in their order. */
export function validateIds<T extends object>(
  context: T,
  fields: ReadonlyArray<keyof T & string>,
  path: string,
): FieldErrors {
  return fields.flatMap((field) => {
    const id = context[field];
    if (typeof id !== "number" || (id >= 0 && id <= LARGEST_ID)) return [];
    return [invalid(`${path}.${field}`, id, `must be between 0 and ${LARGEST_ID}, inclusive`)];
  });
}

const LARGEST_ID = 2147483647;

// Models kubernetes/pkg/apis/core/validation validateContainerPorts
function validateContainerPorts(ports: readonly ContainerPort[], path: string): FieldErrors {
  const names = new Set<string>();
  return ports.flatMap((port, i) => {
    const at = `${path}[${i}]`;
    const errors = validateContainerPortName(port.name ?? "", `${at}.name`, names);
    if (port.containerPort === 0) errors.push(required(`${at}.containerPort`));
    else errors.push(...invalidEach(`${at}.containerPort`, port.containerPort, portNumber(port.containerPort)));
    if ((port.hostPort ?? 0) !== 0)
      errors.push(...invalidEach(`${at}.hostPort`, port.hostPort, portNumber(port.hostPort ?? 0)));
    if (!PROTOCOLS.includes(port.protocol ?? "")) errors.push(notSupported(`${at}.protocol`, port.protocol, PROTOCOLS));
    return errors;
  });
}

function validateContainerPortName(name: string, at: string, names: Set<string>): FieldErrors {
  if (name === "") return [];
  const malformed = invalidEach(at, name, portName(name));
  if (malformed.length > 0) return malformed;
  if (names.has(name)) return [duplicate(at, name)];
  names.add(name);
  return [];
}

function validateHostPorts(containers: readonly Container[], path: string): FieldErrors {
  const seen = new Set<string>();
  return containers.flatMap((container, i) =>
    (container.ports ?? []).flatMap(({ hostPort = 0, hostIP = "", protocol }, j) => {
      if (hostPort === 0) return [];
      const key = `${protocol}/${hostIP}/${hostPort}`;
      if (seen.has(key)) return [duplicate(`${path}[${i}].ports[${j}].hostPort`, key)];
      seen.add(key);
      return [];
    }),
  );
}

const CONTAINER_RESOURCE = /^(cpu|memory|ephemeral-storage|hugepages-.+)$/;
/** Resources of other kinds that are counted, though no container asks for them. */
const STANDARD_RESOURCE =
  /^((requests|limits)\.(cpu|memory|ephemeral-storage|storage)|count\/.+|pods|services(\.nodeports|\.loadbalancers)?|replicationcontrollers|resourcequotas|secrets|configmaps|persistentvolumeclaims|storage|bindings)$/;

// Models kubernetes/pkg/apis/core/validation validateResourceRequirements
function validateResources({ limits = {}, requests = {} }: ResourceRequirements, path: string): FieldErrors {
  const errors = Object.entries(limits).flatMap(([name, amount]) => validateAmount(`${path}.limits`, name, amount));
  for (const [name, amount] of Object.entries(requests)) {
    errors.push(...validateAmount(`${path}.requests`, name, amount));
    const limit = own(limits, name);
    const isExact = isExtended(name) || name.startsWith("hugepages-");
    if (limit === undefined) {
      if (isExact) errors.push(required(`${path}.limits`, "Limit must be set for non overcommitable resources"));
    } else if (isExact && nanosOf(amount) !== nanosOf(limit))
      errors.push(invalid(`${path}.requests`, amount, `must be equal to ${name} limit of ${limit}`));
    else if (nanosOf(amount) > nanosOf(limit))
      errors.push(invalid(`${path}.requests`, amount, `must be less than or equal to ${name} limit of ${limit}`));
  }
  return errors;
}

const isExtended = (name: string) => name.includes("/") && !name.split("/")[0]?.endsWith("kubernetes.io");

function validateAmount(path: string, name: string, amount: string): FieldErrors {
  const at = `${path}[${name}]`;
  const errors = validateResourceName(name, at);
  if (!name.includes("/") && !CONTAINER_RESOURCE.test(name))
    errors.push(invalid(at, name, "must be a standard resource for containers"));
  return [...errors, ...validateQuantity(name, amount, at)];
}

/** A resource's name: one of Kubernetes' own or one with a domain before it. */
// Models kubernetes/pkg/apis/core/validation validateResourceName
export function validateResourceName(name: string, at: string): FieldErrors {
  const errors = invalidEach(at, name, qualifiedName(name));
  if (errors.length > 0 || name.includes("/") || CONTAINER_RESOURCE.test(name) || STANDARD_RESOURCE.test(name))
    return errors;
  return [invalid(at, name, "must be a standard resource type or fully qualified")];
}

/** An amount of a resource: not below zero, and whole where it is a count. */
// Models kubernetes/pkg/apis/core/validation ValidateResourceQuantityValue
export function validateQuantity(name: string, amount: string, at: string): FieldErrors {
  const nanos = nanosOf(amount);
  const errors = nanos < 0n ? [invalid(at, amount, "must be greater than or equal to 0")] : [];
  const isCount = isExtended(name) || (STANDARD_RESOURCE.test(name) && !/^(storage|requests|limits)/.test(name));
  return isCount && nanos % 1_000_000_000n !== 0n ? [...errors, invalid(at, amount, "must be an integer")] : errors;
}

/** A quantity in billionths; 0 for what is none. */
export function nanosOf(amount: string): bigint {
  const quantity = parseQuantity(String(amount));
  return "error" in quantity ? 0n : quantity.nanos;
}
