// The only door of the engine.

export type { Addon, AddonHost } from "./addon.ts";
export {
  type KubeObject,
  keyOf,
  makeKey,
  type ObjectKey,
  splitKey,
  type UnknownObject,
} from "./api/objects.ts";
export type { ResourceTypes } from "./api/resources.ts";
export { type Field, type FieldType, type ScalarName, type Struct, structNamed, structOfKind } from "./api/schema.ts";
export {
  groupVersion,
  RESOURCES,
  type ResourceInfo,
  type ResourceName,
  resourceForKind,
  resourceInfo,
  resourceName,
} from "./api/scheme.ts";
export type * from "./api/types.gen.ts";
export {
  type FieldError,
  type FieldErrorType,
  type Status,
  StatusError,
  type StatusReason,
  statusError,
} from "./apimachinery/errors.ts";
export { fieldErrorText } from "./apimachinery/field-error-text.ts";
export {
  hasAll,
  type Labels,
  matches,
  type Requirement,
  type Selector,
  selectorFromMap,
} from "./apimachinery/labels.ts";
export { PatchError } from "./apimachinery/patch/json.ts";
export { createThreeWayMergePatch } from "./apimachinery/patch/threeway.ts";
export { formatQuantity, parseQuantity, type Quantity } from "./apimachinery/quantity.ts";
export { decodeStrict, type FieldValidation, metadataError } from "./apiserver/decode.ts";
export { applyPatch } from "./apiserver/patching.ts";
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
export { controllerQueue, writeStatus } from "./client-go/controller.ts";
export type { Informer, Informers } from "./client-go/informer.ts";
export { isNodeReady } from "./client-go/nodes.ts";
export { isPodReady } from "./client-go/pods.ts";
export { Cluster, type ClusterOptions, createCluster } from "./cluster.ts";
export { describeFault } from "./describe-fault.ts";
export { type ActiveFault, type Fault, type FaultyWorkload, faultId } from "./fault.ts";
export type { Faults } from "./faults.ts";
export { portVariable } from "./kubelet/images/table.ts";
export { describeHop, describeOutcome } from "./network/describe.ts";
export { type DnsAnswer, type DnsRecord, readAnswer, writeQuestion } from "./network/dns-message.ts";
export { hostOf } from "./network/incoming.ts";
export type { KeepAlive } from "./network/keep-alive.ts";
export { forwardKey, type Handler, type IncomingRequest, type PortForward, type Reply } from "./network/network.ts";
export type * from "./network/packet.ts";
export { formatRoute, type RouteAnswer, type RouteQuestion } from "./network/route.ts";
export type { EndpointCount, Trace, TraceNews } from "./network/trace.ts";
export type { TrafficRequest } from "./network/traffic.ts";
export { printRules } from "./rules.ts";
export {
  type ClusterSettings,
  type NodeSettings,
  RECORDED_SETTINGS,
  SHELL_SETTINGS,
} from "./sim/settings.ts";
export { compareText } from "./sim/text.ts";
export { parseTime } from "./sim/time.ts";
export { deepCopy, deepEqual, deepFreeze } from "./sim/values.ts";
