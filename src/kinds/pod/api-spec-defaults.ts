// What a pod's spec has when it is not written: containers, probes, volumes.
import type {
  Container,
  EphemeralContainer,
  PodSpec,
  PodTemplateSpec,
  Probe,
  Volume,
} from "../../cluster/api/types.gen.ts";

const FILE_MODE = 420; // 0644
const TOKEN_SECONDS = 3600;

type AnyContainer = Container | EphemeralContainer;

/** Fills in a pod template. Spec: [POD-1]. */
export function setTemplateDefaults(template: PodTemplateSpec): void {
  template.metadata ??= {};
  template.spec ??= { containers: [] };
  setPodSpecDefaults(template.spec);
}

/** Fills in what both pods and pod templates have. */
// Models kubernetes/pkg/apis/core/v1 SetDefaults_PodSpec
export function setPodSpecDefaults(spec: PodSpec): void {
  spec.containers ??= [];
  if ((spec.dnsPolicy ?? "") === "") spec.dnsPolicy = "ClusterFirst";
  if ((spec.restartPolicy ?? "") === "") spec.restartPolicy = "Always";
  spec.securityContext ??= {};
  spec.terminationGracePeriodSeconds ??= 30;
  if ((spec.schedulerName ?? "") === "") spec.schedulerName = "default-scheduler";
  if (spec.serviceAccount !== undefined && spec.serviceAccountName === undefined)
    spec.serviceAccountName = spec.serviceAccount;
  if (spec.serviceAccountName !== undefined) spec.serviceAccount = spec.serviceAccountName;
  for (const container of [...(spec.initContainers ?? []), ...spec.containers, ...(spec.ephemeralContainers ?? [])])
    setContainerDefaults(container, spec.hostNetwork ?? false);
  for (const volume of spec.volumes ?? []) setVolumeDefaults(volume);
}

// Models kubernetes/pkg/apis/core/v1 SetDefaults_Container
function setContainerDefaults(container: AnyContainer, hostNetwork: boolean): void {
  container.resources ??= {};
  if ((container.imagePullPolicy ?? "") === "") container.imagePullPolicy = pullPolicyFor(container.image ?? "");
  container.terminationMessagePath ??= "/dev/termination-log";
  if ((container.terminationMessagePolicy ?? "") === "") container.terminationMessagePolicy = "File";
  for (const port of container.ports ?? []) {
    if ((port.protocol ?? "") === "") port.protocol = "TCP";
    if (hostNetwork) port.hostPort ??= port.containerPort;
  }
  for (const { valueFrom } of container.env ?? [])
    if (valueFrom?.fieldRef !== undefined) valueFrom.fieldRef.apiVersion ??= "v1";
  for (const probe of [container.livenessProbe, container.readinessProbe, container.startupProbe])
    if (probe !== undefined) setProbeDefaults(probe);
  for (const hook of [container.lifecycle?.postStart, container.lifecycle?.preStop])
    if (hook?.httpGet !== undefined) setHttpDefaults(hook.httpGet);
}

/** Always for images without a tag or with `latest`, IfNotPresent for all others. */
function pullPolicyFor(image: string): string {
  if (image.includes("@")) return "IfNotPresent";
  const tag = /:([^:/]+)$/.exec(image)?.[1] ?? "latest";
  return tag === "latest" ? "Always" : "IfNotPresent";
}

// Models kubernetes/pkg/apis/core/v1 SetDefaults_Probe
function setProbeDefaults(probe: Probe): void {
  probe.timeoutSeconds = positive(probe.timeoutSeconds, 1);
  probe.periodSeconds = positive(probe.periodSeconds, 10);
  probe.successThreshold = positive(probe.successThreshold, 1);
  probe.failureThreshold = positive(probe.failureThreshold, 3);
  if (probe.httpGet !== undefined) setHttpDefaults(probe.httpGet);
  if (probe.grpc !== undefined) probe.grpc.service ??= "";
}

/** The value, or the default where it is absent or 0. */
function positive(value: number | undefined, byDefault: number): number {
  return value === undefined || value === 0 ? byDefault : value;
}

function setHttpDefaults(action: { path?: string | undefined; scheme?: string | undefined }): void {
  if ((action.path ?? "") === "") action.path = "/";
  if ((action.scheme ?? "") === "") action.scheme = "HTTP";
}

function setVolumeDefaults(volume: Volume): void {
  if (Object.keys(volume).every((key) => key === "name")) volume.emptyDir = {};
  for (const source of [volume.secret, volume.configMap, volume.downwardAPI, volume.projected])
    if (source !== undefined) source.defaultMode ??= FILE_MODE;
  if (volume.hostPath !== undefined) volume.hostPath.type ??= "";
  for (const item of volume.downwardAPI?.items ?? [])
    if (item.fieldRef !== undefined) item.fieldRef.apiVersion ??= "v1";
  for (const source of volume.projected?.sources ?? []) {
    if (source.serviceAccountToken !== undefined) source.serviceAccountToken.expirationSeconds ??= TOKEN_SECONDS;
    for (const item of source.downwardAPI?.items ?? [])
      if (item.fieldRef !== undefined) item.fieldRef.apiVersion ??= "v1";
  }
  const claim = volume.ephemeral?.volumeClaimTemplate?.spec;
  if (claim !== undefined) claim.volumeMode ??= "Filesystem";
}
