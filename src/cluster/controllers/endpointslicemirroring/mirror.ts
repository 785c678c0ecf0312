// What the slices copied from an Endpoints object look like.

import { portsKey, sortPorts } from "../../../kinds/endpointslice/controller-ports.ts";
import type { Endpoint, EndpointSlice, EndpointSubset, Endpoints } from "../../api/types.gen.ts";
import {
  EndpointsLastChangeTriggerTime,
  LabelManagedBy,
  LabelServiceName,
  LastAppliedConfigAnnotation,
} from "../../api/well-known.ts";
import { controllerReference } from "../../client-go/owners.ts";
import { deepEqual } from "../../sim/values.ts";

export const CONTROLLER_NAME = "endpointslicemirroring-controller.k8s.io";
const NOT_COPIED_ANNOTATIONS = new Set([LastAppliedConfigAnnotation, EndpointsLastChangeTriggerTime]);
const FAMILIES = ["IPv4", "IPv6"] as const;
type AddressType = (typeof FAMILIES)[number];
/** Endpoints a mirrored subset holds at most. */
const MAX_ENDPOINTS = 1000;

/** The writes that bring the mirrored slices up to date. */
export interface MirrorChanges {
  readonly create: readonly EndpointSlice[];
  readonly update: readonly EndpointSlice[];
  readonly remove: readonly EndpointSlice[];
}

/** Compares an Endpoints object with the slices copied from it: one slice per list of ports and kind of address. Spec: [MIRROR-2]. */
// Models kubernetes/pkg/controller/endpointslicemirroring/reconciler.go reconcile
export function mirror(endpoints: Endpoints, slices: readonly EndpointSlice[]): MirrorChanges {
  const wanted = new Map<string, EndpointSlice>();
  const copies = (endpoints.subsets ?? []).flatMap((subset) =>
    FAMILIES.map((addressType) => sliceOf(endpoints, subset, addressType)),
  );
  for (const slice of copies) {
    if (slice.endpoints === undefined || slice.endpoints.length === 0) continue;
    const key = sliceKey(slice);
    const before = wanted.get(key)?.endpoints ?? [];
    wanted.set(key, { ...slice, endpoints: [...before, ...slice.endpoints].slice(0, MAX_ENDPOINTS) });
  }
  const update: EndpointSlice[] = [];
  const remove: EndpointSlice[] = [];
  for (const slice of slices) {
    const key = sliceKey(slice);
    const next = wanted.get(key);
    if (next === undefined) {
      remove.push(slice);
      continue;
    }
    wanted.delete(key);
    const { labels, annotations } = next.metadata;
    const same =
      deepEqual(slice.endpoints, next.endpoints) &&
      deepEqual(slice.metadata.labels, labels) &&
      deepEqual(slice.metadata.annotations ?? {}, annotations ?? {});
    if (!same)
      update.push({ ...slice, metadata: { ...slice.metadata, labels, annotations }, endpoints: next.endpoints });
  }
  const create = [...wanted.values()];
  const gone = remove.filter((old) => {
    const at = create.findLastIndex(({ addressType }) => addressType === old.addressType);
    const [fresh] = at < 0 ? [] : create.splice(at, 1);
    if (fresh === undefined) return true;
    const { labels, annotations } = fresh.metadata;
    update.push({ ...fresh, metadata: { ...old.metadata, labels, annotations } });
    return false;
  });
  return { create, update, remove: gone };
}

function sliceKey({ addressType, ports }: EndpointSlice): string {
  return `${addressType} ${portsKey(ports)}`;
}

function sliceOf(endpoints: Endpoints, subset: EndpointSubset, addressType: AddressType): EndpointSlice {
  const { name = "", namespace, labels, annotations } = endpoints.metadata;
  const copied = Object.entries(annotations ?? {}).filter(([key]) => !NOT_COPIED_ANNOTATIONS.has(key));
  const toEndpoint =
    (ready: boolean) =>
    (address: NonNullable<EndpointSubset["addresses"]>[number]): Endpoint => ({
      addresses: [address.ip],
      conditions: { ready },
      ...(address.hostname === undefined ? {} : { hostname: address.hostname }),
      ...(address.nodeName === undefined ? {} : { nodeName: address.nodeName }),
      ...(address.targetRef === undefined ? {} : { targetRef: address.targetRef }),
    });
  const isOfType = ({ ip }: { readonly ip: string }) => ip.includes(":") === (addressType === "IPv6");
  const ports = (subset.ports ?? []).map((port) => ({
    ...(port.appProtocol === undefined ? {} : { appProtocol: port.appProtocol }),
    name: port.name ?? "",
    port: port.port,
    protocol: port.protocol ?? "TCP",
  }));
  return {
    addressType,
    apiVersion: "discovery.k8s.io/v1",
    kind: "EndpointSlice",
    metadata: {
      generateName: `${name}-`,
      ...(namespace === undefined ? {} : { namespace }),
      labels: { ...labels, [LabelManagedBy]: CONTROLLER_NAME, [LabelServiceName]: name },
      ...(copied.length === 0 ? {} : { annotations: Object.fromEntries(copied) }),
      ownerReferences: [controllerReference({ ...endpoints, apiVersion: "v1", kind: "Endpoints" })],
    },
    endpoints: [
      ...(subset.addresses ?? []).filter(isOfType).map(toEndpoint(true)),
      ...(subset.notReadyAddresses ?? []).filter(isOfType).map(toEndpoint(false)),
    ],
    ports: sortPorts(ports),
  };
}
