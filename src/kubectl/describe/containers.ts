// The containers of a pod or of a pod template, as descriptions show them.
import {
  type Container,
  type ContainerPort,
  type ContainerState,
  type ContainerStatus,
  compareText,
  type EnvVar,
  own,
  type Pod,
  type Probe,
  type ResourceRequirements,
} from "../../cluster/index.ts";
import { longDate } from "../duration.ts";
import { hostPort, sortedKeys } from "../text.ts";
import type { Page } from "./page.ts";

/** What is described, and where it is: templates are indented and have no statuses. */
export interface ContainerSection {
  readonly title: string;
  readonly containers: readonly Container[];
  readonly statuses?: readonly ContainerStatus[] | undefined;
  /** Where field references of environment variables are looked up. */
  readonly pod?: Pod;
  readonly indent: string;
}

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/describe describeContainers
export function writeContainers(page: Page, section: ContainerSection): void {
  const { title, containers, statuses = [], indent } = section;
  page.raw(`${indent}${title}:${containers.length === 0 ? " <none>" : ""}\n`);
  for (const container of containers) {
    const status = statuses.find((each) => each.name === container.name);
    page.line(1, `${indent === "" ? "" : " "}${container.name}:`);
    writeBasics(page, container, status);
    writeCommand(page, "Command", container.command);
    writeCommand(page, "Args", container.args);
    if (status !== undefined) writeStatus(page, status);
    writeResources(page, container.resources, 2);
    writeProbe(page, "Liveness", container.livenessProbe);
    writeProbe(page, "Readiness", container.readinessProbe);
    writeProbe(page, "Startup", container.startupProbe);
    writeEnvironment(page, container, section.pod);
    writeMounts(page, container);
  }
}

function writeBasics(page: Page, container: Container, status: ContainerStatus | undefined): void {
  if (status !== undefined) page.field("Container ID", status.containerID, 2);
  page.field("Image", container.image, 2);
  if (status !== undefined) page.field("Image ID", status.imageID, 2);
  writePorts(page, "Port", container, (port) => port.containerPort);
  writePorts(page, "Host Port", container, (port) => port.hostPort ?? 0);
  const seccomp = container.securityContext?.seccompProfile;
  if (seccomp === undefined) return;
  page.field("SeccompProfile", seccomp.type, 2);
  if (seccomp.type === "Localhost") page.field("LocalhostProfile", seccomp.localhostProfile, 3);
}

function writePorts(page: Page, title: string, container: Container, number: (port: ContainerPort) => number): void {
  const ports = (container.ports ?? []).map((port) => {
    const text = `${number(port)}/${port.protocol ?? "TCP"}`;
    return port.name === undefined || port.name === "" ? text : `${text} (${port.name})`;
  });
  page.field(ports.length > 1 ? `${title}s` : title, ports.join(", ") || "<none>", 2);
}

function writeCommand(page: Page, title: string, words: readonly string[] | undefined): void {
  if (words === undefined || words.length === 0) return;
  page.line(2, `${title}:`);
  for (const word of words) for (const part of word.split("\n")) page.line(3, part);
}

function writeStatus(page: Page, status: ContainerStatus): void {
  writeState(page, "State", status.state);
  if (status.lastState?.terminated !== undefined) writeState(page, "Last State", status.lastState);
  page.field("Ready", status.ready ? "True" : "False", 2);
  page.field("Restart Count", status.restartCount, 2);
}

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/describe describeStatus
function writeState(page: Page, title: string, state: ContainerState | undefined): void {
  const { running, terminated } = state ?? {};
  if (running !== undefined) {
    page.field(title, "Running", 2);
    page.field("Started", longDate(running.startedAt), 3);
  } else if (state?.waiting !== undefined || terminated === undefined) {
    page.field(title, "Waiting", 2);
    if (state?.waiting?.reason) page.field("Reason", state.waiting.reason, 3);
  } else {
    page.field(title, "Terminated", 2);
    if (terminated.reason) page.field("Reason", terminated.reason, 3);
    if (terminated.message) page.field("Message", terminated.message, 3);
    page.field("Exit Code", terminated.exitCode, 3);
    if ((terminated.signal ?? 0) > 0) page.field("Signal", terminated.signal, 3);
    page.field("Started", longDate(terminated.startedAt), 3);
    page.field("Finished", longDate(terminated.finishedAt), 3);
  }
}

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/describe describeResources
export function writeResources(page: Page, resources: ResourceRequirements | undefined, level: number): void {
  for (const [title, list] of [
    ["Limits", resources?.limits],
    ["Requests", resources?.requests],
  ] as const) {
    const names = sortedKeys(list);
    if (names.length > 0) page.line(level, `${title}:`);
    for (const name of names) page.field(name, own(list, name), level + 1);
  }
}

function writeProbe(page: Page, title: string, probe: Probe | undefined): void {
  if (probe !== undefined) page.field(title, probeText(probe), 2);
}

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/describe DescribeProbe
function probeText(probe: Probe): string {
  const { initialDelaySeconds = 0, timeoutSeconds = 1, periodSeconds = 10 } = probe;
  const { successThreshold = 1, failureThreshold = 3 } = probe;
  const times = `delay=${initialDelaySeconds}s timeout=${timeoutSeconds}s period=${periodSeconds}s #success=${successThreshold} #failure=${failureThreshold}`;
  if (probe.exec !== undefined) return `exec [${(probe.exec.command ?? []).join(" ")}] ${times}`;
  if (probe.httpGet !== undefined) {
    const { scheme = "HTTP", host = "", port, path = "" } = probe.httpGet;
    const slash = path.startsWith("/") || path === "" ? "" : "/";
    return `http-get ${scheme.toLowerCase()}://${host}:${port}${slash}${path} ${times}`;
  }
  if (probe.tcpSocket !== undefined) return `tcp-socket ${probe.tcpSocket.host ?? ""}:${probe.tcpSocket.port} ${times}`;
  if (probe.grpc !== undefined)
    return `grpc ${hostPort("<pod>", probe.grpc.port)} ${probe.grpc.service ?? ""} ${times}`;
  return `unknown ${times}`;
}

function writeEnvironment(page: Page, container: Container, pod: Pod | undefined): void {
  const { env = [], envFrom = [] } = container;
  if (envFrom.length > 0) page.line(2, "Environment Variables from:");
  for (const { configMapRef, secretRef, prefix } of envFrom) {
    const source = configMapRef ?? secretRef;
    const from = configMapRef !== undefined ? "ConfigMap" : secretRef !== undefined ? "Secret" : "";
    const led = prefix === undefined || prefix === "" ? from : `${from} with prefix '${prefix}'`;
    page.row(3, [source?.name, led, `Optional: ${source?.optional ?? false}`]);
  }
  page.line(2, `Environment:${env.length === 0 ? "\t<none>" : ""}`);
  for (const variable of env) writeVariable(page, variable, { container, pod });
}

interface Owner {
  readonly container: Container;
  readonly pod: Pod | undefined;
}

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/describe describeContainerEnvVars
function writeVariable(page: Page, { name, value = "", valueFrom }: EnvVar, owner: Owner): void {
  if (valueFrom === undefined) {
    for (const [index, part] of value.split("\n").entries()) page.line(3, `${index === 0 ? `${name}:` : ""}\t${part}`);
    return;
  }
  const { fieldRef, resourceFieldRef, secretKeyRef, configMapKeyRef } = valueFrom;
  if (fieldRef !== undefined) {
    page.field(
      name,
      `${fieldValue(owner.pod, fieldRef.fieldPath)} (${fieldRef.apiVersion ?? "v1"}:${fieldRef.fieldPath})`,
      3,
    );
  } else if (resourceFieldRef !== undefined) {
    page.field(name, `${resourceValue(owner.container, resourceFieldRef.resource)} (${resourceFieldRef.resource})`, 3);
  } else if (secretKeyRef !== undefined) {
    const from = `<set to the key '${secretKeyRef.key}' in secret '${secretKeyRef.name ?? ""}'>`;
    page.field(name, `${from}\tOptional: ${secretKeyRef.optional ?? false}`, 3);
  } else if (configMapKeyRef !== undefined) {
    const from = `<set to the key '${configMapKeyRef.key}' of config map '${configMapKeyRef.name ?? ""}'>`;
    page.field(name, `${from}\tOptional: ${configMapKeyRef.optional ?? false}`, 3);
  }
}

// Models kubernetes/pkg/fieldpath ExtractFieldPathAsString
function fieldValue(pod: Pod | undefined, path: string): string {
  if (pod === undefined) return "";
  const { metadata, spec, status } = pod;
  const subscript = /^metadata\.(labels|annotations)\['(.+)'\]$/.exec(path);
  if (subscript !== null)
    return own(subscript[1] === "labels" ? metadata.labels : metadata.annotations, subscript[2] ?? "") ?? "";
  const values: Readonly<Record<string, string | undefined>> = {
    "metadata.name": metadata.name,
    "metadata.namespace": metadata.namespace,
    "metadata.uid": metadata.uid,
    "spec.nodeName": spec?.nodeName,
    "spec.serviceAccountName": spec?.serviceAccountName,
    "status.hostIP": status?.hostIP,
    "status.podIP": status?.podIP,
    "status.podIPs": status?.podIPs?.map((each) => each.ip).join(","),
  };
  return own(values, path) ?? "";
}

function resourceValue(container: Container, resource: string): string {
  const [list, name = ""] = resource.split(/\.(.*)/s);
  const found = list === "limits" ? own(container.resources?.limits, name) : own(container.resources?.requests, name);
  if (found !== undefined) return found;
  return resource === "limits.cpu" || resource === "limits.memory" ? "node allocatable" : "0";
}

function writeMounts(page: Page, { volumeMounts = [], volumeDevices = [] }: Container): void {
  const none = volumeMounts.length === 0 ? "\t<none>" : "";
  page.line(2, `Mounts:${none}`);
  for (const mount of [...volumeMounts].sort((a, b) => compareText(a.mountPath, b.mountPath))) {
    const path = mount.subPath === undefined || mount.subPath === "" ? "" : `,path=${JSON.stringify(mount.subPath)}`;
    page.line(3, `${mount.mountPath} from ${mount.name} (${mount.readOnly === true ? "ro" : "rw"}${path})`);
  }
  if (volumeDevices.length > 0) page.line(2, `Devices:${none}`);
  for (const device of [...volumeDevices].sort((a, b) => compareText(a.devicePath, b.devicePath)))
    page.line(3, `${device.devicePath} from ${device.name}`);
}
