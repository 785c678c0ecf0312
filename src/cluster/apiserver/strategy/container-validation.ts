// What a container of a pod must be: the field errors, in the API server's order.
import type {
  Container,
  ContainerPort,
  EnvVar,
  Probe,
  ResourceRequirements,
  VolumeMount,
} from "../../api/types.gen.ts";
import {
  duplicate,
  type FieldErrors,
  forbidden,
  invalid,
  invalidEach,
  notSupported,
  required,
} from "../../apimachinery/field.ts";
import {
  dns1123Label,
  envVarName,
  nonNegative,
  portName,
  portNumber,
  qualifiedName,
} from "../../apimachinery/names.ts";
import { parseQuantity } from "../../apimachinery/quantity.ts";
import { validatePortOrName } from "./service-validation.ts";

const PROTOCOLS = ["SCTP", "TCP", "UDP"];
const PULL_POLICIES = ["Always", "IfNotPresent", "Never"];
const MESSAGE_POLICIES = ["FallbackToLogsOnError", "File"];
const SCHEMES = ["HTTP", "HTTPS"];

/** The containers of a pod under `path`; `volumes` are the names that may be mounted. */
// Models kubernetes/pkg/apis/core/validation validateContainers
export function validateContainers(
  containers: readonly Container[],
  path: string,
  volumes: ReadonlySet<string>,
  names: Set<string>,
): FieldErrors {
  const errors = containers.flatMap((container, i) => {
    const at = `${path}[${i}]`;
    const found = validateContainer(container, at, volumes);
    if (container.name !== "" && names.has(container.name)) found.push(duplicate(`${at}.name`, container.name));
    names.add(container.name);
    return [...found, ...validateProbes(container, at)];
  });
  return [...errors, ...validateHostPorts(containers, path)];
}

function validateContainer(container: Container, at: string, volumes: ReadonlySet<string>): FieldErrors {
  const { name = "", image = "", imagePullPolicy = "", terminationMessagePolicy = "File" } = container;
  const errors = name === "" ? [required(`${at}.name`)] : invalidEach(`${at}.name`, name, dns1123Label(name));
  if (image === "") errors.push(required(`${at}.image`));
  else if (image.trim() !== image)
    errors.push(invalid(`${at}.image`, image, "must not have leading or trailing whitespace"));
  if (!MESSAGE_POLICIES.includes(terminationMessagePolicy))
    errors.push(notSupported(`${at}.terminationMessagePolicy`, terminationMessagePolicy, MESSAGE_POLICIES));
  errors.push(...validateContainerPorts(container.ports ?? [], `${at}.ports`));
  errors.push(...validateEnv(container.env ?? [], `${at}.env`));
  errors.push(...validateEnvFrom(container, `${at}.envFrom`));
  errors.push(...validateMounts(container.volumeMounts ?? [], `${at}.volumeMounts`, volumes));
  if (!PULL_POLICIES.includes(imagePullPolicy))
    errors.push(notSupported(`${at}.imagePullPolicy`, imagePullPolicy, PULL_POLICIES));
  return [...errors, ...validateResources(container.resources ?? {}, `${at}.resources`)];
}

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

// Models kubernetes/pkg/apis/core/validation ValidateEnv
function validateEnv(env: readonly EnvVar[], path: string): FieldErrors {
  return env.flatMap(({ name, value = "", valueFrom }, i) => {
    const at = `${path}[${i}]`;
    const errors = name === "" ? [required(`${at}.name`)] : invalidEach(`${at}.name`, name, envVarName(name));
    if (valueFrom === undefined) return errors;
    const sources = Object.values(valueFrom).filter((each) => each !== undefined).length;
    if (sources === 0)
      errors.push(
        invalid(
          `${at}.valueFrom`,
          "",
          "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`",
        ),
      );
    else if (value !== "")
      errors.push(invalid(`${at}.valueFrom`, "", "may not be specified when `value` is not empty"));
    else if (sources > 1)
      errors.push(invalid(`${at}.valueFrom`, "", "may not have more than one field specified at a time"));
    for (const source of ["configMapKeyRef", "secretKeyRef"] as const) {
      const reference = valueFrom[source];
      if (reference === undefined) continue;
      if ((reference.name ?? "") === "") errors.push(required(`${at}.valueFrom.${source}.name`));
      if (reference.key === "") errors.push(required(`${at}.valueFrom.${source}.key`));
    }
    return errors;
  });
}

function validateEnvFrom(container: Container, path: string): FieldErrors {
  return (container.envFrom ?? []).flatMap(({ configMapRef, secretRef }, i) => {
    const at = `${path}[${i}]`;
    if (configMapRef !== undefined && secretRef !== undefined)
      return [invalid(at, "", "may not have more than one field specified at a time")];
    if (configMapRef === undefined && secretRef === undefined)
      return [invalid(at, "", "must specify one of: `configMapRef` or `secretRef`")];
    if ((configMapRef ?? secretRef)?.name) return [];
    return [required(`${at}.${configMapRef === undefined ? "secretRef" : "configMapRef"}.name`)];
  });
}

// Models kubernetes/pkg/apis/core/validation ValidateVolumeMounts
function validateMounts(mounts: readonly VolumeMount[], path: string, volumes: ReadonlySet<string>): FieldErrors {
  const paths = new Set<string>();
  return mounts.flatMap(({ name, mountPath, subPath, subPathExpr }, i) => {
    const at = `${path}[${i}]`;
    const errors: FieldErrors = [];
    if (name === "") errors.push(required(`${at}.name`));
    if (!volumes.has(name)) errors.push({ type: "Not found", field: `${at}.name`, value: name, detail: "" });
    if (mountPath === "") errors.push(required(`${at}.mountPath`));
    if (paths.has(mountPath)) errors.push(invalid(`${at}.mountPath`, mountPath, "must be unique"));
    paths.add(mountPath);
    if ((subPath ?? "") !== "" && (subPathExpr ?? "") !== "")
      errors.push(invalid(`${at}.subPathExpr`, subPathExpr, "subPathExpr and subPath are mutually exclusive"));
    return errors;
  });
}

const STANDARD_RESOURCE = /^(cpu|memory|ephemeral-storage|hugepages-.+)$/;

// Models kubernetes/pkg/apis/core/validation ValidateResourceRequirements
function validateResources({ limits = {}, requests = {} }: ResourceRequirements, path: string): FieldErrors {
  const errors = Object.entries(limits).flatMap(([name, amount]) => validateAmount(`${path}.limits`, name, amount));
  for (const [name, amount] of Object.entries(requests)) {
    errors.push(...validateAmount(`${path}.requests`, name, amount));
    const limit = limits[name];
    if (limit === undefined || nanosOf(amount) <= nanosOf(limit)) continue;
    errors.push(invalid(`${path}.requests`, amount, `must be less than or equal to ${name} limit of ${limit}`));
  }
  return errors;
}

function validateAmount(path: string, name: string, amount: string): FieldErrors {
  const at = `${path}[${name}]`;
  const errors = invalidEach(at, name, qualifiedName(name));
  if (errors.length === 0 && !name.includes("/") && !STANDARD_RESOURCE.test(name))
    errors.push(
      invalid(at, name, "must be a standard resource type or fully qualified"),
      invalid(at, name, "must be a standard resource for containers"),
    );
  if (nanosOf(amount) < 0n) errors.push(invalid(at, amount, "must be greater than or equal to 0"));
  return errors;
}

function nanosOf(amount: string): bigint {
  const quantity = parseQuantity(String(amount));
  return "error" in quantity ? 0n : quantity.nanos;
}

function validateProbes(container: Container, at: string): FieldErrors {
  const { livenessProbe, readinessProbe, startupProbe } = container;
  return [
    ...validateProbe(livenessProbe, `${at}.livenessProbe`, true),
    ...validateProbe(readinessProbe, `${at}.readinessProbe`, false),
    ...validateProbe(startupProbe, `${at}.startupProbe`, true),
  ];
}

const PROBE_NUMBERS = [
  "initialDelaySeconds",
  "timeoutSeconds",
  "periodSeconds",
  "successThreshold",
  "failureThreshold",
] as const;

// Models kubernetes/pkg/apis/core/validation validateProbe
function validateProbe(probe: Probe | undefined, at: string, mustSucceedOnce: boolean): FieldErrors {
  if (probe === undefined) return [];
  const errors = validateHandler(probe, at);
  for (const field of PROBE_NUMBERS) {
    const value = probe[field];
    if (value !== undefined) errors.push(...invalidEach(`${at}.${field}`, value, nonNegative(value)));
  }
  if (mustSucceedOnce && probe.successThreshold !== 1)
    errors.push(invalid(`${at}.successThreshold`, probe.successThreshold ?? 0, "must be 1"));
  return errors;
}

function validateHandler(probe: Probe, at: string): FieldErrors {
  const handlers = (["exec", "httpGet", "tcpSocket", "grpc"] as const).filter((each) => probe[each] !== undefined);
  if (handlers.length === 0) return [required(at, "must specify a handler type")];
  const errors: FieldErrors = handlers
    .slice(1)
    .map((each) => forbidden(`${at}.${each}`, "may not specify more than 1 handler type"));
  const { exec, httpGet, tcpSocket, grpc } = probe;
  if (exec !== undefined && (exec.command?.length ?? 0) === 0) errors.push(required(`${at}.exec.command`));
  if (httpGet !== undefined) {
    errors.push(...validatePortOrName(httpGet.port, `${at}.httpGet.port`));
    if (!SCHEMES.includes(httpGet.scheme ?? ""))
      errors.push(notSupported(`${at}.httpGet.scheme`, httpGet.scheme, SCHEMES));
  }
  if (tcpSocket !== undefined) errors.push(...validatePortOrName(tcpSocket.port, `${at}.tcpSocket.port`));
  if (grpc !== undefined) errors.push(...invalidEach(`${at}.grpc.port`, grpc.port, portNumber(grpc.port)));
  return errors;
}
