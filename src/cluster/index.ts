// The only door of the engine.

export type { Addon, AddonHost } from "./addon.ts";
export {
  type KubeObject,
  keyOf,
  makeKey,
  type ObjectKey,
  type ObjectRef,
  splitKey,
  type UnknownObject,
} from "./api/objects.ts";
export type { ResourceTypes } from "./api/resources.ts";
export {
  addStructs,
  type Field,
  type FieldType,
  type ScalarName,
  type Struct,
  structNamed,
  structOfKind,
  structOfType,
} from "./api/schema.ts";
export {
  type Column,
  type CustomVersion,
  groupVersion,
  RESOURCES,
  type ResourceInfo,
  type ResourceName,
  resourceForKind,
  resourceInfo,
  resourceName,
  SECOND_VERSIONS,
  structOfResource,
} from "./api/scheme.ts";
export type * from "./api/types.gen.ts";
export {
  AnnotationIngressClass,
  BetaIsDefaultStorageClassAnnotation,
  BetaStorageClassAnnotation,
  ChangeCauseAnnotation,
  ControllerRevisionHashLabelKey,
  CronJobInstantiate,
  DefaultContainerAnnotationName,
  DefaultDeploymentUniqueLabelKey,
  IsDefaultStorageClassAnnotation,
  LabelMetadataName,
  LabelOSStable,
  LabelServiceName,
  LabelTopologyRegion,
  LabelTopologyZone,
  LastAppliedConfigAnnotation,
  LoadBalancerCleanupFinalizer,
  PodIndexLabel,
  RestartedAt,
  RevisionAnnotation,
  StatefulSetPodNameLabel,
} from "./api/well-known.ts";
export { textOfBase64 } from "./apimachinery/base64.ts";
export { durationError, parseDuration } from "./apimachinery/duration.ts";
export {
  type FieldError,
  type FieldErrorType,
  type Status,
  StatusError,
  type StatusReason,
  statusError,
} from "./apimachinery/errors.ts";
export { fieldErrorText } from "./apimachinery/field-error-text.ts";
export { type FieldPath, parsePath, pathText, samePath, valueAt } from "./apimachinery/field-path.ts";
export {
  hasAll,
  type Labels,
  matches,
  type Requirement,
  type Selector,
  selectorFromLabelSelector,
  selectorFromMap,
} from "./apimachinery/labels.ts";
export { PatchError } from "./apimachinery/patch/json.ts";
export { jsonSyntaxError } from "./apimachinery/patch/syntax.ts";
export { createThreeWayMergePatch } from "./apimachinery/patch/threeway.ts";
export { formatQuantity, parseQuantity, type Quantity } from "./apimachinery/quantity.ts";
export { parseSelector, SelectorSyntaxError } from "./apimachinery/selector-text.ts";
export { decodeStrict, type FieldValidation, metadataError } from "./apiserver/decode.ts";
export type { KindDefinition, Kinds } from "./apiserver/kinds.ts";
export { PAGE_MANAGER } from "./apiserver/managedfields/managers.ts";
export { ownersOf } from "./apiserver/managedfields/owners.ts";
export { applyPatch } from "./apiserver/patching.ts";
export { whyOutOfRange } from "./apiserver/portallocator.ts";
export type {
  Answer,
  ApiServer,
  DeleteOptions,
  ListOptions,
  ObjectOf,
  Patch,
  PatchType,
  WriteOptions,
} from "./apiserver/server.ts";
export type { WatchEvent } from "./apiserver/store.ts";
export { inKeptVersion } from "./apiserver/versions.ts";
export { controllerQueue, writeStatus } from "./client-go/controller.ts";
export type { Informer, Informers } from "./client-go/informer.ts";
export { isNodeReady } from "./client-go/nodes.ts";
export { isPodReady } from "./client-go/pods.ts";
export { milliValue, type PodUsage, totalUsage, type Usage, usageNow } from "./client-go/usage.ts";
export { Cluster, type ClusterOptions, createCluster } from "./cluster.ts";
export { COMPONENTS, type Component } from "./components.ts";
export { describeFault } from "./describe-fault.ts";
export { type ActiveFault, type Fault, type FaultyWorkload, faultId } from "./fault.ts";
export type { Faults } from "./faults.ts";
export { type EngineKind, lateKindsOf } from "./kinds.ts";
export type { LogLine } from "./kubelet/container.ts";
export { sizeOf } from "./kubelet/node-object.ts";
export {
  BIND,
  declaredPorts,
  greeter,
  isPlain,
  type ProgramPort,
  plainProgram,
  portOf,
  repositoryOf,
  speaks,
  textReply,
  uniquePorts,
  webPage,
} from "./kubelet/plain.ts";
export {
  askSocket,
  judge,
  LATE,
  type ProbeDone,
  type ProbeResult,
  type ProbeTarget,
  pathOf,
  type Question,
  reach,
} from "./kubelet/probe.ts";
export type { ExecEnd, Listener, Program, Surroundings } from "./kubelet/program.ts";
export type { Cell, Runtime, Slot } from "./kubelet/runtime.ts";
export { createMirror, type Mirror, type MirrorSource, READING_COMPONENTS } from "./mirror.ts";
export { type Flow, timeLeft } from "./network/conntrack.ts";
export type { Decision, Stage, Visit } from "./network/decide.ts";
export { chainsOf, describeHop, describeOutcome } from "./network/describe.ts";
export { type DnsAnswer, type DnsRecord, readAnswer, writeQuestion } from "./network/dns-message.ts";
export { hostOf } from "./network/incoming.ts";
export { type Cidr, contains, holds, parseCidr, parseIPv4 } from "./network/ip.ts";
export type { KeepAlive } from "./network/keep-alive.ts";
export { fixedChain, SharedChain } from "./network/netfilter/chain.ts";
export type { Chain, Rule } from "./network/netfilter/rule.ts";
export {
  type AttachedPod,
  forwardKey,
  type Handler,
  type IncomingRequest,
  type PortForward,
  type Reply,
} from "./network/network.ts";
export type * from "./network/packet.ts";
export type { RouteAnswer, RouteQuestion } from "./network/route.ts";
export { searchNames } from "./network/stub-resolver.ts";
export { tookTls } from "./network/tls.ts";
export type { EndpointCount, Trace, TraceNews } from "./network/trace.ts";
export type { TrafficRequest } from "./network/traffic.ts";
export { withStage } from "./network/with-stage.ts";
export { freeName, type PlanProblem, planProblem, whyNoNode } from "./node-plan.ts";
export { printRules } from "./rules.ts";
export { Emitter } from "./sim/emitter.ts";
export {
  changed,
  NODE_FORMS,
  NODES_LIMIT,
  type NodePlan,
  PODS_LIMIT,
  type SettingsChange,
} from "./sim/machines.ts";
export { type Mishap, Mishaps } from "./sim/mishaps.ts";
export { guardPrototypes } from "./sim/prototypes.ts";
export {
  type ClusterSettings,
  type NodeSettings,
  PAGE_SETTINGS,
  RECORDED_SETTINGS,
  SHELL_SETTINGS,
} from "./sim/settings.ts";
export { compareText } from "./sim/text.ts";
export { parseTime } from "./sim/time.ts";
export { deepCopy, deepEqual, deepFreeze, own, setOwn } from "./sim/values.ts";
export type { NodeRules, ObjectReader, Places, World } from "./world.ts";
